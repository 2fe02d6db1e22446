"""Has Mermaid draw, in a process that can be ended."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from convergence_docs.drawing.finishing import finish
from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.settings import config
from convergence_docs.drawing.tree import Unusable
from convergence_docs.mermaid.child import Child, Died, NotStarted, Refused

_KINDS = (
    "flowchart-v2 flowchart flowchart-elk sequence class classDiagram stateDiagram state er gantt pie journey "
    "timeline mindmap gitGraph quadrantChart xychart requirement block sankey swimlane radar "
    "railroad railroadEbnf railroadAbnf railroadPeg treeView ishikawa venn packet"
)
KINDS = frozenset(_KINDS.split())
"""Mermaid's names of the types that come out as in a browser; others are left to one."""
_FOLDER = Path(__file__).parent
_WAITING = ("no answer", "Image is not defined")
"""What comes where Mermaid waits for a picture to load."""
_FORMULA = "$$"
_DAYS = (978_307_200_000, 2_064_787_200_000)
"""Two days, in milliseconds since 1970: what comes out differently on them depends on the day of the build."""


class OutOfReach(Exception):
    """There is nothing to draw with; ``str`` of this says why."""


class Studio:
    """One process that draws, started with the first diagram."""

    def __init__(self, *, seconds: float, characters: int) -> None:
        self._seconds = seconds
        self._config = config(characters)
        self._child = Child(_scripts())

    def draw(self, text: str) -> Drawn | NotDrawn:
        """What Mermaid makes of a text.

        Raises:
            OutOfReach: the process does not start.
            TimedOut: drawing took longer than allowed.
        """
        if _FORMULA in text:
            return NotDrawn("a formula in a label")
        try:
            svg, kind = self._drawn(text, _DAYS[0])
            if kind not in KINDS:
                return NotDrawn(f"the type {kind}")
            drawn = finish(svg, text, kind)
            if kind == "gantt" and finish(self._drawn(text, _DAYS[1])[0], text, kind) != drawn:
                return NotDrawn("it depends on the day")
        except Refused as error:
            if str(error) in _WAITING:
                return NotDrawn("a picture in a label")
            return NotDrawn(f"Mermaid refuses it: {str(error).strip()[:200]}")
        except Unusable as error:
            return NotDrawn(str(error))
        except NotStarted as error:
            raise OutOfReach(str(error)) from error
        except Died:
            return NotDrawn("it takes more memory than allowed")
        return drawn

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def _drawn(self, text: str, today: int) -> tuple[str, str]:
        request = json.dumps({"text": text, "config": self._config, "today": today})
        answer = json.loads(self._child.call("__cdDraw", request, seconds=self._seconds))
        return str(answer["svg"]), str(answer["kind"])


def _scripts() -> tuple[str | Path, ...]:
    widths = (_FOLDER / "widths.json").read_text("utf-8")
    return f"globalThis.__cdWidths = {widths}", _FOLDER / "measuring.js", _FOLDER / "drawing.js"


@lru_cache(maxsize=1)
def drawing_digest() -> bytes:
    """What tells this way of drawing from that of another version: all that makes it up."""
    said = blake2b(digest_size=16)
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in (".py", ".js", ".json"):
            said.update(blake2b(path.name.encode() + path.read_bytes()).digest())
    return said.digest()
