"""Where a build has its diagrams read and drawn, by Mermaid itself where it is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from convergence_docs.config import Config
from convergence_docs.config.record import DiagramSettings
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.site.diagrams.figure_html import Drawing

if TYPE_CHECKING:
    from convergence_docs.drawing import Artist
    from convergence_docs.mermaid import Reader


_LIMITS: Final = (
    ("it takes longer than", "seconds"),
    ("longer than", "characters"),
    ("it takes more memory", "memory"),
)
"""How reasons for not drawing begin that hold for a reader's browser too, and the limit that each is about."""


class Work(NamedTuple):
    """What came of drawing a block.

    ``drawing`` gives the drawing for a scope of ids; without one the browser must draw, unless a ``limit`` was met
    (``seconds``, ``characters``, ``memory``) that it would come to as well.
    """

    drawing: Callable[[str], Drawing] | None
    limit: str = ""


class Workshop:
    """A build's readers and artists. ``draws``: whether diagrams are drawn now rather than in the browser."""

    def __init__(self, config: Config | None, *, draws: bool) -> None:
        self._settings = config.settings.diagrams if config else DiagramSettings()
        self._artist: Artist | None = None
        self._reader: Reader | None = None
        if draws:
            from convergence_docs.drawing import Artist  # loads the memory of drawings

            site = config.config_file or "" if config else ""
            self._artist = Artist(site, seconds=self._settings.seconds, characters=self._settings.characters)

    def prepare(self, sources: Iterable[str]) -> None:
        """Draw many at once: sooner than one after the other."""
        if self._artist is not None:
            self._artist.draw_all(sources)

    def read(self, source: str) -> Reading | None:
        """Mermaid's reading of a block; ``None`` where Mermaid is not at hand, or not to be asked."""
        if not self._settings.verify:
            return None
        if self._reader is None:
            from convergence_docs.mermaid import Reader  # only a page with diagrams needs it

            self._reader = Reader(seconds=self._settings.seconds, characters=self._settings.characters)
        return self._reader.read(source)

    def draw(self, source: str) -> Work:
        """Draw a block, or recall the drawing of an earlier build."""
        if self._artist is None:
            return Work(None)
        from convergence_docs.drawing import Drawn

        result = self._artist.draw(source)
        if isinstance(result, Drawn):
            return Work(lambda scope: Drawing(result.svg_with_ids(scope), result.width, result.height, result.smallest))
        return Work(None, next((limit for start, limit in _LIMITS if result.reason.startswith(start)), ""))

    def close(self) -> None:
        """Keep for the next build what is new, and end the processes."""
        if self._artist is not None:
            self._artist.save()
            self._artist.close()
        if self._reader is not None:
            self._reader.close()
