"""Reads a block as Mermaid does: in a child process, or from the memory of an earlier run."""

from __future__ import annotations

import json
import os
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from convergence_docs import codec
from convergence_docs.config.record import DiagramSettings
from convergence_docs.mermaid.installed import installed
from convergence_docs.mermaid.memory import Memory
from convergence_docs.model.diagrams import reading
from convergence_docs.model.diagrams.reading import Complaint, Edge, Graph, Group, Node, Reading, StyleClass
from convergence_docs.parse import mermaid_label
from convergence_docs.parse.mermaid_label import visible_label

if TYPE_CHECKING:
    from convergence_docs.mermaid.child import Child

_DEFAULT = DiagramSettings()
_FILE = "diagrams.readings"
_FUNCTION = "__readDiagram"


class Reader:
    """What Mermaid makes of blocks, within limits.

    The child process starts with the first block that the memory does not know; all readers of a process share it. In a
    forked process it starts anew.

    Args:
        seconds: of processor time for one block.
        characters: of a block; of a longer one nothing is read.
        is_remembering: whether readings are looked for, and kept, in the user's cache folder.
    """

    problem = ""
    """Why there is no child, once it could not be started; then nothing new is read."""

    def __init__(
        self, *, seconds: float = _DEFAULT.seconds, characters: int = _DEFAULT.characters, is_remembering: bool = True
    ) -> None:
        self._seconds = seconds
        self._characters = characters
        self._read: dict[str, Reading] = {}
        self._memory = Memory(_FILE) if is_remembering else None
        self._salt = b""

    def read(self, text: str) -> Reading | None:
        """What Mermaid makes of a block; ``None`` where Mermaid is not installed or does not run here."""
        if len(text) > self._characters:
            return _limited("characters")
        found = self._read.get(text)
        if found is None and (found := self._recalled(text)):
            self._read[text] = found
        return found

    def close(self) -> None:
        """End the child process, if there is one. Whoever reads on, by this reader or another, starts the next."""
        if _child.cache_info().currsize:
            _child().close()

    def _recalled(self, text: str) -> Reading | None:
        found = installed()
        if found is None:
            return None
        if not self._memory:
            return self._asked(text)
        if not self._salt:
            said = f"{found.version} {self._seconds} {self._characters}"
            self._salt = blake2b(_own_digest() + said.encode()).digest()
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20, key=self._salt).hexdigest()
        stored = self._memory.get(key)
        if stored is not None:
            try:
                return codec.revive(Reading, codec.load(stored))  # type: ignore[no-any-return]  # as `revive` says
            except codec.Damaged:
                pass
        made = self._asked(text)
        if made is not None:
            self._memory.put(key, codec.dump(made))
        return made

    def _asked(self, text: str, *, is_again: bool = False) -> Reading | None:
        if self.problem:
            return None
        from convergence_docs.mermaid.child import Died, NotStarted, Refused, TimedOut

        try:
            answer = _child().call(_FUNCTION, text, seconds=self._seconds)
        except NotStarted as error:
            self.problem = str(error) or "unknown"
            return None
        except TimedOut:
            return _limited("seconds")
        except Died:
            # What earlier blocks left behind may have filled its memory: the second child reads this one alone.
            return _limited("memory") if is_again else self._asked(text, is_again=True)
        except Refused as error:
            return _limited("")._replace(complaint=Complaint(str(error), 0, 0, 0, "", ()))
        return _reading(json.loads(answer))


@cache
def _child() -> Child:
    from pathlib import Path

    from convergence_docs.mermaid.child import Child  # brings much that a run without new diagrams does not need

    return Child([Path(__file__).with_name("reading.js")])


def _own_digest() -> bytes:
    """What tells this reader from an earlier one: its own code and that of what it makes."""
    said = blake2b()
    folder = os.path.dirname(os.path.abspath(__file__))
    own = (os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith((".py", ".js")))
    for path in (*own, *filter(None, (reading.__file__, mermaid_label.__file__))):
        with open(path, "rb") as file:
            said.update(file.read())
    return said.digest()


def _limited(limit: str) -> Reading:
    return Reading("", "", "", "", (), None, None, limit)


def _reading(said: dict[str, Any]) -> Reading:
    if "complaint" in said:
        return _limited("")._replace(kind=said["kind"], complaint=_complaint(said["complaint"]))
    return Reading(
        kind=said["kind"],
        title=_seen(said["title"]),
        description=_seen(said["description"]),
        caption=_seen(said["caption"]),
        labels=tuple(words for label in said["labels"] if (words := _seen(label))),
        graph=_graph(said["graph"]) if said["graph"] else None,
        complaint=None,
        limit="",
    )


def _complaint(said: dict[str, Any]) -> Complaint:
    column, length = said["column"], said["length"]
    return Complaint(
        message=_plain(said["message"]),
        line=said["line"],
        column=column,
        end_column=column + length if column else 0,
        token=_plain(said["token"]),
        expected=tuple(said["expected"]),
    )


def _graph(said: dict[str, Any]) -> Graph:
    return Graph(
        direction="TB" if said["direction"] == "TD" else said["direction"],
        nodes=tuple(
            Node(
                one["id"],
                _seen(one["text"]),
                one["isLabelled"],
                one["shape"],
                one["group"],
                tuple(one["classes"]),
                tuple(one["styles"]),
            )
            for one in said["nodes"]
        ),
        edges=tuple(
            Edge(one["source"], one["target"], _seen(one["text"]), one["stroke"], one["ends"], tuple(one["styles"]))
            for one in said["edges"]
        ),
        groups=tuple(
            Group(
                one["id"],
                _seen(one["title"]),
                one["direction"],
                tuple(one["members"]),
                tuple(one["classes"]),
                tuple(one["styles"]),
            )
            for one in said["groups"]
        ),
        classes=tuple(
            StyleClass(one["name"], tuple(one["styles"]), tuple(one["textStyles"])) for one in said["classes"]
        ),
    )


def _plain(text: str) -> str:
    """The text with entities as an author writes them (``#quot;``) and not as Mermaid hides them from its parsers."""
    if "ﬂ°" not in text:
        return text
    return text.replace("ﬂ°°", "#").replace("ﬂ°", "#").replace("¶ß", ";")


def _seen(text: str) -> str:
    """What a reader sees of a label."""
    return visible_label(_plain(text))
