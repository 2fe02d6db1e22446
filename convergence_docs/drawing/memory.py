"""Diagrams that earlier builds have drawn: a build draws only new ones."""

from __future__ import annotations

import os
from hashlib import blake2b

from convergence_docs import codec
from convergence_docs.cache import cache_folder, digest_of, read_sealed, write_sealed
from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.studio import drawing_digest
from convergence_docs.mermaid.installed import installed

_KEPT = 5_000
"""Diagrams of one site that are remembered, the latest used ones first."""


class DrawingMemory:
    """What was drawn for one site, named by its configuration file, with one version of Mermaid and of this program."""

    def __init__(self, site: str) -> None:
        name = blake2b(site.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        found = installed()
        version = found.version if found else ""
        self._path = os.path.join(cache_folder(), f"{name}.drawings")
        self._key = blake2b(drawing_digest() + version.encode(), digest_size=16).hexdigest()
        self._stored: dict[str, list[object]] | None = None
        self._used: dict[str, list[object]] = {}

    def recall(self, text: str, seconds: float) -> Drawn | NotDrawn | None:
        """What was made of a text, or why nothing, if that would be the same in ``seconds``."""
        name = digest_of(text.encode("utf-8", "surrogatepass"))
        row = self._used.get(name) or self._rows().get(name)
        outcome = _revived(row, seconds) if row else None
        if row and outcome:
            self._used[name] = row
        return outcome

    def keep(self, text: str, outcome: Drawn | NotDrawn, seconds: float = 0.0) -> None:
        """Remember what came of a text; ``seconds`` is set where these were too few."""
        name = digest_of(text.encode("utf-8", "surrogatepass"))
        self._used[name] = list(outcome) if isinstance(outcome, Drawn) else [outcome.reason, seconds]

    def save(self) -> None:
        """Keep it for the next build, if any of it is new."""
        stored = self._rows() if self._used else {}
        if all(stored.get(name) == row for name, row in self._used.items()):
            return
        others = [item for item in stored.items() if item[0] not in self._used]
        self._stored = dict([*others, *self._used.items()][-_KEPT:])
        write_sealed(self._path, self._key, {}, codec.dump(self._stored))

    def _rows(self) -> dict[str, list[object]]:
        if self._stored is None:
            _, data = read_sealed(self._path, self._key)
            try:
                found = codec.load(data) if data else {}
            except codec.Damaged:
                found = {}
            self._stored = found if isinstance(found, dict) else {}
        return self._stored


def _revived(row: list[object], seconds: float) -> Drawn | NotDrawn | None:
    match row:
        case [str(reason), float(needed) | int(needed)]:
            return NotDrawn(reason) if not needed or seconds <= needed else None
        case [
            str(svg),
            float() | int() as width,
            float() | int() as height,
            float() | int() as least,
            str(name),
            str(said),
        ]:
            return Drawn(svg, width, height, least, name, said)
    return None
