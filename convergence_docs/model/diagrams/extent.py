"""How wide a flowchart is when it is drawn, roughly: enough to tell a chain that no phone can show."""

from __future__ import annotations

import unicodedata

from convergence_docs.model.diagrams.reading import Graph

_CHARACTER, _WIDE, _PADDING, _GAP, _MOST = 8.0, 16.0, 60.0, 50.0, 200.0
"""Pixels at 16 px text: a narrow and a wide character, what a box adds, the space between ranks, where text wraps."""


def width_of(graph: Graph) -> tuple[float, int]:
    """The width in pixels of a flowchart from left to right, and how many boxes its longest chain has.

    Of one from top to bottom 0 and 0 come back: what stands side by side there is the layout's choice.
    """
    if graph.direction not in ("LR", "RL"):
        return 0.0, 0
    rank = {node.id: 0 for node in graph.nodes}
    edges = [
        (e.source, e.target) for e in graph.edges if e.source in rank and e.target in rank and e.source != e.target
    ]
    for _ in range(min(len(rank), 200)):
        moved = False
        for source, target in edges:
            if rank[target] <= rank[source] < len(rank):
                rank[target] = rank[source] + 1
                moved = True
        if not moved:
            break
    else:
        return 0.0, 0  # a circle: where it is cut is the layout's choice
    widest: dict[int, float] = {}
    for node in graph.nodes:
        widest[rank[node.id]] = max(widest.get(rank[node.id], 0.0), min(_text_width(node.text), _MOST) + _PADDING)
    labels = max((_text_width(edge.text) for edge in graph.edges), default=0.0)
    gaps = (len(widest) - 1) * (_GAP + min(labels, _MOST))
    return sum(widest.values()) + gaps, len(widest)


def _text_width(text: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _CHARACTER for char in text)
