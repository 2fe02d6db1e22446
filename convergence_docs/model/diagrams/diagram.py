"""A diagram as data: what a Mermaid block shows, whichever way it is written down."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.text import Span


class DiagramNode(NamedTuple):
    """A node. ``text`` is its label as a reader sees it, line breaks as one space; its id where it has no label.

    ``span`` covers the label as written where it was last given, which is the one that is drawn, without quotes and
    brackets; the id where there is no label. The group around nodes (``subgraph``) is a node too.
    """

    span: Span
    id: str
    text: str


class DiagramEdge(NamedTuple):
    """An edge from one node to another, by their ids; ``text`` is its label, empty where there is none.

    ``span`` covers the label as written, without quotes and bars; the arrow where there is no label.
    """

    span: Span
    source: str
    target: str
    text: str


class Diagram(NamedTuple):
    """A Mermaid block. ``span`` is that of its fence, ``kind`` the word it opens with (``graph``, ``pie``).

    ``nodes`` and ``edges`` are those of flowcharts and mind maps, in order of first appearance. In a mind map, whose
    nodes need no ids, what a node reads is its id, and two may read the same. ``lines`` holds what is not read, with
    comments and outer blanks gone, so that a change of it is still seen: every line of other kinds; of a flowchart
    statements that are none. ``reading`` is what Mermaid itself makes of the block, where it was asked.
    """

    span: Span
    kind: str
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    lines: tuple[str, ...]
    reading: Reading | None = None

    @property
    def is_sound(self) -> bool:
        """Whether Mermaid was asked and takes it: then what is said of it is what Mermaid holds."""
        return self.reading is not None and self.reading.complaint is None and not self.reading.limit
