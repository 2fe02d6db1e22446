"""Draws the diagrams of a site, each only once."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from convergence_docs.drawing.memory import DrawingMemory
from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.studio import OutOfReach, Studio
from convergence_docs.mermaid.child import TimedOut

SECONDS = 5.0
"""Of processor time that drawing one diagram may take."""
CHARACTERS = 50_000
"""Length past which a diagram is not drawn."""
_MANY = 12
"""New diagrams for which a second process is worth its start."""
NO_ENGINE = NotDrawn("no engine")


class Artist:
    """Draws diagrams for one site, named by its configuration file. No process starts before one is needed."""

    def __init__(self, site: str, *, seconds: float = SECONDS, characters: int = CHARACTERS) -> None:
        self._memory = DrawingMemory(site)
        self._seconds = seconds
        self._characters = characters
        self._studios = [Studio(seconds=seconds, characters=characters) for _ in range(2)]
        self._is_able = True

    def draw(self, text: str) -> Drawn | NotDrawn:
        """The diagram that Mermaid makes of a text, from memory if an earlier build drew it."""
        if len(text) > self._characters:
            return NotDrawn(f"longer than {self._characters} characters")
        known = self._memory.recall(text, self._seconds)
        return known or self._draw(text, self._studios[0])

    def draw_all(self, texts: Iterable[str]) -> None:
        """Draw many, two at a time, for later `draw` to find them."""
        wanted = dict.fromkeys(text for text in texts if len(text) <= self._characters)
        new = [text for text in wanted if self._memory.recall(text, self._seconds) is None]
        if len(new) < _MANY:
            return
        halves = (new[::2], new[1::2])
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda half, studio: [self._draw(text, studio) for text in half], halves, self._studios))
        self._studios[1].close()

    def save(self) -> None:
        """Keep for the next build what this one has drawn."""
        self._memory.save()

    def close(self) -> None:
        """End the processes that draw."""
        for studio in self._studios:
            studio.close()

    def _draw(self, text: str, studio: Studio) -> Drawn | NotDrawn:
        if not self._is_able:
            return NO_ENGINE
        try:
            outcome = studio.draw(text)
        except OutOfReach:
            self._is_able = False
            return NO_ENGINE
        except TimedOut:
            outcome = NotDrawn(f"it takes longer than {self._seconds:g} s")
            self._memory.keep(text, outcome, self._seconds)
            return outcome
        self._memory.keep(text, outcome)
        return outcome
