"""A Mermaid block of a chapter, with what Mermaid itself makes of it: what diagram rules look at."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.places import first_line
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.text import Span


class Figure:
    """The block at ``place`` among those of ``chapter``, and its ``reading``."""

    __slots__ = ("_spans", "chapter", "place", "reading")

    def __init__(self, chapter: Chapter, place: int, reading: Reading) -> None:
        self.chapter = chapter
        self.place = place
        self.reading = reading
        self._spans: Mapping[str, Span] | None = None

    @property
    def block(self) -> Block:
        """What Mermaid is given, and where it stands."""
        return self.chapter.blocks[self.place]

    @property
    def diagram(self) -> Diagram:
        """The diagram as our own grammar reads it, which says where its pieces stand; read when it is asked for."""
        return self.chapter.diagrams[self.place]

    def place_of(self, node: str) -> Span:
        """Where the label of a node stands, by the node's id; the block's first line where that is not known."""
        if self._spans is None:
            self._spans = {node.id: node.span for node in self.diagram.nodes}
        return self._spans.get(node) or first_line(self.block)
