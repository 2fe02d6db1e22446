"""Where the arcs of a sheet run: one row a node, arcs downwards on the right, arcs upwards on the left.

Nothing depends on chance or on the size of letters: the unit is a row, and the drawing is stretched to the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final, NamedTuple

from convergence_docs.model.values.quantity import render_number
from convergence_docs.site.relations.graph.network import Arc

WIDTH: Final = 100
"""Units from the rows to the outer edge."""
_REACH: Final = 4 / 3
"""A cubic curve reaches three quarters of the way to its control points."""
_SPREAD: Final = 0.36
"""Of a row: how far from its middle arcs begin and end."""
_BEND: Final = 0.7
"""Below 1, so that near rows' arcs can be told apart."""
_MARGIN: Final = 0.96
"""The farthest arc stays this much within the drawing, so that its stroke is whole."""
_WIDEST: Final = 5


class Curve(NamedTuple):
    """An arc as it is drawn: the path, whether it runs downwards, its width from 1 to 5."""

    arc: Arc
    path: str
    is_down: bool
    width: int


def curves(arcs: Sequence[Arc], rows: Sequence[int]) -> tuple[Curve, ...]:
    """The curves of all arcs; ``rows`` tells each node's row, counted from 0 from the top.

    Arcs of one side never cross where they begin or end: what comes from above ends in the upper half of a row,
    what leads below begins in the lower half, and longer arcs lie outside.
    """
    farthest = max((abs(rows[arc.end] - rows[arc.start]) for arc in arcs), default=1)
    most = max((arc.links for arc in arcs), default=1)
    ends: dict[tuple[int, bool], list[int]] = {}
    for arc in arcs:
        is_down = rows[arc.end] > rows[arc.start]
        ends.setdefault((arc.start, is_down), []).append(arc.end)
        ends.setdefault((arc.end, is_down), []).append(arc.start)
    heights = {
        (node, is_down, other): height
        for (node, is_down), others in ends.items()
        for other, height in _heights(node, others, rows)
    }
    found = []
    for arc in arcs:
        is_down = rows[arc.end] > rows[arc.start]
        start, end = heights[arc.start, is_down, arc.end], heights[arc.end, is_down, arc.start]
        out = WIDTH * _REACH * (abs(rows[arc.end] - rows[arc.start]) / farthest) ** _BEND * _MARGIN
        edge = 0 if is_down else WIDTH
        bend = edge + out if is_down else edge - out
        path = (
            f"M{edge} {_short(start)}C{_short(bend)} {_short(start)} {_short(bend)} {_short(end)} {edge} {_short(end)}"
        )
        found.append(Curve(arc, path, is_down, _width(arc.links, most)))
    return tuple(found)


def _width(links: int, most: int) -> int:
    """The number of links where it can be told by width; else the widest stands for most links, in proportion."""
    return links if most <= _WIDEST else 1 + round((_WIDEST - 1) * log(links) / log(most))


def _heights(node: int, others: Sequence[int], rows: Sequence[int]) -> list[tuple[int, float]]:
    """At which height each arc of one side of a node touches it: near ones outside, far ones in the middle."""
    above = sorted((other for other in others if rows[other] < rows[node]), key=lambda other: -rows[other])
    below = sorted((other for other in others if rows[other] > rows[node]), key=lambda other: -rows[other])
    places = [*above, *below]
    step = 2 * _SPREAD / max(len(places) - 1, 1)
    first = rows[node] + 0.5 - (_SPREAD if len(places) > 1 else 0)
    return [(other, first + step * at) for at, other in enumerate(places)]


def _short(number: float) -> str:
    return render_number(round(number, 2))
