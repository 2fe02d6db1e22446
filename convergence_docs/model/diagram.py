"""A diagram as data: what a Mermaid block shows, whichever way it is written down."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.text import Span


class DiagramNode(NamedTuple):
    """A node. ``text`` is its label as a reader sees it, line breaks as one space; its id where it has no label.

    ``span`` covers the label as written where it was first given, without quotes and brackets.
    """

    span: Span
    id: str
    text: str


class DiagramEdge(NamedTuple):
    """An edge from one node to another, by their ids; ``text`` is its label, empty where there is none."""

    span: Span
    source: str
    target: str
    text: str


class Diagram(NamedTuple):
    """A Mermaid block. ``span`` is that of its fence, ``kind`` the word it opens with (``graph``, ``pie``).

    ``nodes`` and ``edges`` are those of flowcharts, in order of first appearance. Of other kinds, whose grammar is
    not read, ``lines`` holds every line with comments and outer blanks gone, so that a change of them is still seen.
    """

    span: Span
    kind: str
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    lines: tuple[str, ...]
