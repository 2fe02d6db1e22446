"""What lies under a text: the shapes painted before it, where its middle is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from convergence_docs.drawing.tree import SHAPES, Node, font_size
from convergence_docs.drawing.widths import text_width

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_STEP = re.compile(r"(\w+)\(([^)]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_PIECES = 8
"""Straight pieces that a curve is taken as."""


class Painted(NamedTuple):
    """A shape with a fill, as a polygon in the drawing's own coordinates."""

    node: Node
    outline: tuple[Point, ...]
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, point: Point) -> bool:
        """Whether a point lies within."""
        x, y = point
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return False
        inside = False
        for (ax, ay), (bx, by) in zip(self.outline, (*self.outline[1:], *self.outline[:1]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
        return inside


class Spot(NamedTuple):
    """A text, and where its middle is; ``below`` are the shapes there, the one painted last first."""

    node: Node
    below: tuple[Painted, ...]


def spots(root: Node) -> Iterator[Spot]:
    """Every text and label of a drawing with what lies under it, in order of painting."""
    painted: list[Painted] = []
    for node, matrix in _placed(root, _SAME):
        if node.tag in SHAPES:
            outline = tuple(_apply(matrix, point) for point in _outline(node))
            if len(outline) > 2:
                across, down = zip(*outline, strict=True)
                painted.append(Painted(node, outline, min(across), max(across), min(down), max(down)))
        elif node.tag in ("text", "foreignObject"):
            point = _apply(matrix, _middle(node))
            yield Spot(node, tuple(one for one in reversed(painted) if one.covers(point)))


def _placed(node: Node, matrix: Matrix) -> Iterator[tuple[Node, Matrix]]:
    if node.tag in ("defs", "marker", "clipPath") or node.style.get("display") == "none":
        return
    matrix = _times(matrix, _transform(node.attributes.get("transform", "")))
    yield node, matrix
    if node.tag not in ("text", "foreignObject"):
        for child in node.children:
            if isinstance(child, Node):
                yield from _placed(child, matrix)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def _apply(m: Matrix, point: Point) -> Point:
    x, y = point
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _transform(text: str) -> Matrix:
    matrix = _SAME
    for name, inside in _STEP.findall(text):
        n = numbers(inside)
        step = _SAME
        if name == "translate" and n:
            step = (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
        elif name == "scale" and n:
            step = (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
        elif name == "rotate" and n:
            c, s = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
            x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
            step = (c, s, -s, c, x - c * x + s * y, y - s * x - c * y)
        elif name == "matrix" and len(n) == 6:
            step = (n[0], n[1], n[2], n[3], n[4], n[5])
        matrix = _times(matrix, step)
    return matrix


def numbers(text: str) -> list[float]:
    """Every number in a text, in order."""
    return [float(number) for number in _NUMBER.findall(text)]


def number(node: Node, name: str) -> float:
    """A length attribute; 0 where it is missing."""
    found = numbers(node.attributes.get(name, ""))
    return found[0] if found else 0.0


def reach(root: Node) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of all SVG text, in the drawing's coordinates; ``None`` where there is none."""
    points: list[Point] = []
    for node, matrix in _placed(root, _SAME):
        if node.tag == "text" and node.text().strip():
            for line in _lines(node):
                x, y, wide, size = _line(line, node)
                corners = [(x + side * wide / 2, y + end * size * 0.55) for side in (-1, 1) for end in (-1, 1)]
                points += (_apply(matrix, corner) for corner in corners)
    if not points:
        return None
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _middle(node: Node) -> Point:
    """The middle of a label, or of the first line of a text."""
    if node.tag == "foreignObject":
        return number(node, "x") + number(node, "width") / 2, number(node, "y") + number(node, "height") / 2
    x, y, _, _ = _line(_lines(node)[0], node)
    return x, y


def _lines(node: Node) -> list[Node]:
    """The elements of a text that are placed for themselves, or else the text."""
    lines = [one for one in node.walk() if one.tag == "tspan" and "x" in one.attributes and one.text().strip()]
    return lines or [node]


def _line(line: Node, node: Node) -> tuple[float, float, float, float]:
    """The middle of a line of a text, its width, and the size of its letters."""
    x = number(line if "x" in line.attributes else node, "x")
    y = number(line if "y" in line.attributes else node, "y")
    size = font_size(line)
    y += next((size * float(dy[:-2]) for dy in (line.attributes.get("dy", ""),) if _EMS.fullmatch(dy)), 0.0)
    wide = text_width(" ".join(line.text().split()), size)
    across = {"middle": 0.0, "end": -wide / 2}.get(_inherited(line, "text-anchor"), wide / 2)
    return x + across, y + size * _BASELINES.get(_inherited(line, "dominant-baseline"), -0.35), wide, size


_EMS = re.compile(r"-?\d{0,4}\.?\d{1,6}em")
_BASELINES = {"middle": 0.0, "central": 0.0, "hanging": 0.45, "text-before-edge": 0.5, "text-after-edge": -0.5}
"""From where a text is put to its middle, in its size."""


def _inherited(node: Node, name: str) -> str:
    return next((one.style[name] for one in (node, *node.above()) if name in one.style), "")


def _outline(node: Node) -> list[Point]:
    if node.tag == "rect":
        x, y, width, height = (number(node, name) for name in ("x", "y", "width", "height"))
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)] if width and height else []
    if node.tag in ("circle", "ellipse"):
        x, y = number(node, "cx"), number(node, "cy")
        across, down = (number(node, "r"),) * 2 if node.tag == "circle" else (number(node, "rx"), number(node, "ry"))
        turns = [2 * math.pi * at / 32 for at in range(32)]
        return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]
    if node.tag == "polygon":
        found = numbers(node.attributes.get("points", ""))
        return list(zip(found[::2], found[1::2], strict=False))
    return _path(node.attributes.get("d", "")) if node.tag == "path" else []


def _path(text: str) -> list[Point]:
    """The first closed figure of a path, curves as straight pieces."""
    points: list[Point] = []
    at = start = (0.0, 0.0)
    for letter, inside in _COMMAND.findall(text):
        kind, found = letter.upper(), numbers(inside)
        if kind == "Z":
            at = start
            continue
        for chunk in range(0, max(1, len(found)), _TAKES[kind]):
            n = found[chunk : chunk + _TAKES[kind]]
            if len(n) < _TAKES[kind]:
                break
            base = at if letter.islower() else (0.0, 0.0)
            if kind == "H":
                at = (base[0] + n[0], at[1])
                points.append(at)
                continue
            if kind == "V":
                at = (at[0], base[1] + n[0])
                points.append(at)
                continue
            end = (base[0] + n[-2], base[1] + n[-1])
            if kind == "M" and chunk == 0:
                start = end
            if kind == "A":
                points += _arc(at, end, n)
            elif kind in "CSQ":
                via = [(base[0] + n[i], base[1] + n[i + 1]) for i in range(0, len(n) - 2, 2)]
                points += _curve([at, *via, end])
            points.append(end)
            at = end
    return points


def _curve(via: list[Point]) -> Iterator[Point]:
    for piece in range(1, _PIECES):
        t = piece / _PIECES
        points = via
        while len(points) > 1:
            points = [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for a, b in pairwise(points)]
        yield points[0]


def _arc(start: Point, end: Point, n: list[float]) -> Iterator[Point]:
    """Points of an elliptical arc (SVG 2, B.2.4), its axes taken as those of the drawing."""
    rx, ry = abs(n[0]), abs(n[1])
    if not rx or not ry or start == end:
        return
    x, y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    wide = math.sqrt(x * x / (rx * rx) + y * y / (ry * ry))
    rx, ry = (rx * wide, ry * wide) if wide > 1 else (rx, ry)
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) * (-1 if bool(n[3]) == bool(n[4]) else 1)
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    last = math.atan2((-y - cy) / ry, (-x - cx) / rx)
    if n[4] and last < first:
        last += 2 * math.pi
    elif not n[4] and last > first:
        last -= 2 * math.pi
    mx, my = cx + (start[0] + end[0]) / 2, cy + (start[1] + end[1]) / 2
    pieces = 3 * _PIECES
    for piece in range(1, pieces):
        turn = first + (last - first) * piece / pieces
        yield mx + rx * math.cos(turn), my + ry * math.sin(turn)
