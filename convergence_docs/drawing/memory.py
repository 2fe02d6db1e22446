"""Diagrams that earlier builds have drawn: a build draws only new ones."""

from __future__ import annotations

from convergence_docs.cache import digest_of
from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.studio import drawing_digest
from convergence_docs.mermaid.installed import installed
from convergence_docs.site_memory import SiteMemory

_KEPT = 5_000


class DrawingMemory:
    """What was drawn for one site, named by its configuration file, with one version of Mermaid and of this program."""

    def __init__(self, site: str) -> None:
        found = installed()
        key = drawing_digest() + (found.version if found else "").encode()
        self._memory: SiteMemory[list[object]] = SiteMemory(site, "drawings", key, _KEPT)

    def recall(self, text: str, seconds: float) -> Drawn | NotDrawn | None:
        """What was made of a text, or why nothing, if that would be the same in ``seconds``."""
        name = _name(text)
        row = self._memory.get(name)
        outcome = _revived(row, seconds) if row else None
        if row and outcome:
            self._memory.use(name, row)
        return outcome

    def keep(self, text: str, outcome: Drawn | NotDrawn, seconds: float = 0.0) -> None:
        """Remember what came of a text; ``seconds`` is set where these were too few."""
        self._memory.use(_name(text), list(outcome) if isinstance(outcome, Drawn) else [outcome.reason, seconds])

    def save(self) -> None:
        """Keep it for the next build, if any of it is new."""
        self._memory.save()


def _name(text: str) -> str:
    return digest_of(text.encode("utf-8", "surrogatepass"))


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
