"""What Mermaid itself makes of a block: a verdict, and where it is sound, the diagram that Mermaid took from it."""

from __future__ import annotations

from typing import NamedTuple


class Complaint(NamedTuple):
    """What Mermaid refuses. ``line`` and the columns are 1-based within the block's text; 0 where Mermaid names none.

    ``token`` is the text that it stumbled over, ``expected`` what it would have taken there, both in Mermaid's terms.
    """

    message: str
    line: int
    column: int
    end_column: int
    token: str
    expected: tuple[str, ...]


class Node(NamedTuple):
    """A node of a flowchart. ``text`` is its label as a reader sees it.

    Where it was given none its id is shown, and ``is_labelled`` is false. ``group`` is the id of the subgraph around
    it, empty where there is none; ``styles`` are declarations such as ``fill:#bfb``, its own only: those of its
    ``classes`` stand in `Graph.classes`.
    """

    id: str
    text: str
    is_labelled: bool
    shape: str
    group: str
    classes: tuple[str, ...]
    styles: tuple[str, ...]


class Edge(NamedTuple):
    """An edge of a flowchart. ``stroke`` is ``normal``, ``thick``, ``dotted`` or ``invisible``.

    ``ends`` is Mermaid's word for its heads: ``arrow_point``, ``arrow_open``, ``double_arrow_point`` …
    """

    source: str
    target: str
    text: str
    stroke: str
    ends: str
    styles: tuple[str, ...]


class Group(NamedTuple):
    """A subgraph. ``members`` are the ids of nodes and subgraphs directly within it."""

    id: str
    title: str
    direction: str
    members: tuple[str, ...]
    classes: tuple[str, ...]
    styles: tuple[str, ...]


class StyleClass(NamedTuple):
    """A ``classDef``: its name and its declarations, for shapes and for their text."""

    name: str
    styles: tuple[str, ...]
    text_styles: tuple[str, ...]


class Graph(NamedTuple):
    """A flowchart as Mermaid holds it. ``direction`` is ``TB``, ``BT``, ``LR`` or ``RL``."""

    direction: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    classes: tuple[StyleClass, ...]


class Reading(NamedTuple):
    """Mermaid's reading of a block.

    ``kind`` is Mermaid's name of the type (``flowchart-v2``, ``sequence``, ``pie``), empty where it knows none.
    ``title`` and ``description`` are the accessible ones (``accTitle``, ``accDescr``), ``caption`` the visible title.
    ``labels`` are the texts that a reader sees in it, in order of appearance. ``graph`` is set for sound flowcharts.
    Where there is a ``complaint`` Mermaid draws nothing, and all but ``kind`` is empty. ``limit`` names the setting
    that stopped Mermaid before it could say anything (``seconds``, ``characters``); empty where it did.
    """

    kind: str
    title: str
    description: str
    caption: str
    labels: tuple[str, ...]
    graph: Graph | None
    complaint: Complaint | None
    limit: str
