"""Draws the diagrams of a site, each only once."""

from __future__ import annotations

from collections.abc import Iterable

from convergence_docs.drawing.outcome import Drawn, NotDrawn

SECONDS = 10.0
"""Of processor time that drawing one diagram may take."""
CHARACTERS = 50_000
"""Length past which a diagram is not drawn."""


class Artist:
    """Draws diagrams for one site, named by its configuration file. No process starts before one is needed."""

    def __init__(self, site: str, *, seconds: float = SECONDS, characters: int = CHARACTERS) -> None:
        self._site = site
        self._seconds = seconds
        self._characters = characters

    def draw(self, text: str) -> Drawn | NotDrawn:
        """The diagram that Mermaid makes of a text, from memory if an earlier build drew it."""
        return NotDrawn("no engine")

    def draw_all(self, texts: Iterable[str]) -> None:
        """Draw many, for later `draw` to find them."""

    def save(self) -> None:
        """Keep for the next build what this one has drawn."""

    def close(self) -> None:
        """End the processes that draw."""
