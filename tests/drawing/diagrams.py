"""The diagrams that drawing is tested with: the corpus of all types, and those of this project's own chapters."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.studio import Studio
from tests.diagrams.corpus_files import cases

_DOCS = Path(__file__).parent.parent.parent / "docs"
_FENCE = re.compile(r"^```mermaid\n(.*?)^```$", re.M | re.S)


def own_diagrams() -> dict[str, str]:
    """The diagrams of ``docs/``, by file and number."""
    return {
        f"{path.relative_to(_DOCS)}:{number}": text
        for path in sorted(_DOCS.rglob("*.md"))
        for number, text in enumerate(_FENCE.findall(path.read_text("utf-8")), 1)
    }


def sound_diagrams() -> dict[str, str]:
    """All diagrams that Mermaid can draw, by name."""
    return {case.name: case.text for case in cases() if case.is_sound} | own_diagrams()


@lru_cache(maxsize=1)
def outcomes() -> dict[str, Drawn | NotDrawn]:
    """What comes of each."""
    studio = Studio(seconds=20.0, characters=50_000)
    try:
        return {name: studio.draw(text) for name, text in sound_diagrams().items()}
    finally:
        studio.close()


def drawn() -> dict[str, Drawn]:
    """Those that are drawn."""
    return {name: outcome for name, outcome in outcomes().items() if isinstance(outcome, Drawn)}
