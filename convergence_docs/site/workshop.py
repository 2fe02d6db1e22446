"""Where a build has its diagrams read and drawn, by Mermaid itself where it is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from convergence_docs.config import Config
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.site.diagram_html import Drawing

if TYPE_CHECKING:
    from convergence_docs.drawing import Artist
    from convergence_docs.mermaid.reader import Reader


class Workshop:
    """A build's readers and artists. ``draws``: whether diagrams are drawn now rather than in the browser."""

    def __init__(self, config: Config | None, *, draws: bool) -> None:
        self._site = config.config_file or "" if config else ""
        self._artist: Artist | None = None
        self._reader: Reader | None = None
        if draws:
            from convergence_docs.drawing import Artist  # loads the memory of drawings

            self._artist = Artist(self._site)

    def prepare(self, sources: Iterable[str]) -> None:
        """Draw many at once: sooner than one after the other."""
        if self._artist is not None:
            self._artist.draw_all(sources)

    def read(self, source: str) -> Reading | None:
        """Mermaid's reading of a block; ``None`` where Mermaid is not at hand."""
        if self._reader is None:
            from convergence_docs.mermaid.reader import Reader  # only a page with diagrams needs it

            self._reader = Reader()
        return self._reader.read(source)

    def draw(self, source: str) -> Callable[[str], Drawing] | None:
        """What gives the drawing of a block for a scope of ids; ``None`` where the browser must draw it."""
        if self._artist is None:
            return None
        from convergence_docs.drawing import Drawn

        result = self._artist.draw(source)
        if not isinstance(result, Drawn):
            return None
        return lambda scope: Drawing(result.svg_with_ids(scope), result.width, result.smallest)

    def close(self) -> None:
        """Keep for the next build what is new, and end the processes."""
        if self._artist is not None:
            self._artist.save()
            self._artist.close()
        if self._reader is not None:
            self._reader.close()
