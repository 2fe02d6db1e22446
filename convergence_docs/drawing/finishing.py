"""From what Mermaid draws to what a page holds, or why a page cannot hold it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html import escape, unescape

from convergence_docs.drawing.ground import numbers, reach
from convergence_docs.drawing.markup import SMALLEST, Markup, is_hidden
from convergence_docs.drawing.outcome import PLACE_OF_SCOPE, Drawn
from convergence_docs.drawing.painting import paint
from convergence_docs.drawing.tree import Node, Unusable, parse_drawing

_DIGIT = 0.7
"""How wide a digit is with a share of the gap between labels, in the size of its font."""
_GAP = 4.0
_WIDEST = 100_000
_WIDER = 400
_LARGEST = 2_000_000
"""Characters of markup past which a drawing is not taken."""
_APOLOGIES = ("MathML is unsupported", "Syntax error in text", "Maximum text size in diagram exceeded")
_TAG = re.compile(r"<[^>]*>")
_GEOMETRY = re.compile(r"\b(?:NaN|undefined|Infinity)\b")


def finish(svg: str, source: str, kind: str) -> Drawn:
    """The drawing of a ``kind`` that Mermaid made of ``source``, ready for a page.

    Raises:
        Unusable: it is not what the reader would see, or it cannot stand in a page.
    """
    if len(svg) > _LARGEST:
        raise Unusable("too large")
    root = parse_drawing(svg)
    if kind == "gantt":
        _drop(root, "today")
        _space_ticks(root)
    if kind == "sankey":
        root.children.sort(key=lambda child: isinstance(child, str) or "links" not in child.classes)  # below the words
    text = root.text()
    for apology in _APOLOGIES:
        if apology in text:
            raise Unusable(apology)
    for node in root.walk():
        if any(
            _GEOMETRY.search(value) for name, value in node.attributes.items() if name in ("d", "transform", "x", "y")
        ):
            raise Unusable(f"a place that is no number in {node.tag}")
    paint(root, source)
    width, height = _size(root)
    title, description = (_said(root, tag) for tag in ("title", "desc"))
    markup = Markup(root)
    label, named = _named(markup, title, description)
    svg = markup.write(width, height, label)
    if _letters(unescape(_TAG.sub("", svg))) != _letters("".join(_shown(root))):
        raise Unusable("a text that got lost")
    at = svg.index(">") + 1
    return Drawn(svg[:at] + named + svg[at:], width, height, markup.smallest, title, description)


def _letters(text: str) -> str:
    return "".join(sorted("".join(text.split())))


def _shown(node: Node) -> Iterator[str]:
    """Every text that a reader of Mermaid's own drawing would see."""
    for child in node.children:
        if isinstance(child, str):
            if node.is_html or node.tag in ("text", "tspan"):
                yield child
        elif child.tag not in ("title", "desc") and not is_hidden(child):
            yield from _shown(child)


def _drop(root: Node, word: str) -> None:
    for node in list(root.walk()):
        node.children = [child for child in node.children if isinstance(child, str) or word not in child.classes]


def _space_ticks(root: Node) -> None:
    """Take every second label, or more, from a time axis on which they would run into each other."""
    for axis in root.walk():
        ticks = [child for child in axis.children if isinstance(child, Node) and "tick" in child.classes]
        places = [numbers(tick.attributes.get("transform", "") + " 0")[0] for tick in ticks]
        if len(ticks) < 2 or places[-1] == places[0]:
            continue
        wide = max(len(tick.text().strip()) for tick in ticks) * SMALLEST * _DIGIT
        step = math.ceil(wide * (len(ticks) - 1) / abs(places[-1] - places[0]))
        for at, tick in enumerate(ticks):
            if at % step:
                tick.children = [child for child in tick.children if isinstance(child, Node) and child.tag != "text"]


def _size(root: Node) -> tuple[float, float]:
    """Width and height, as much more than Mermaid says as its words reach beyond."""
    box = numbers(root.attributes.get("viewBox", ""))
    if len(box) != 4 or not (0 < box[2] < _WIDEST and 0 < box[3] < _WIDEST):
        raise Unusable("no size")
    left, top, right, bottom = reach(root) or (box[0], box[1], box[0] + box[2], box[1] + box[3])
    x, y = (min(at, least - _GAP) if least < at - 1 else at for at, least in zip(box, (left, top), strict=False))
    ends = (box[0] + box[2], right), (box[1] + box[3], bottom)
    across, down = (most + _GAP if most > end + 1 else end for end, most in ends)
    width, height = across - x, down - y
    if width > 2 * box[2] + _WIDER or height > 2 * box[3] + _WIDER:
        raise Unusable("words far from the drawing")
    root.attributes["viewBox"] = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}"
    return round(width, 2), round(height, 2)


def _said(root: Node, tag: str) -> str:
    nodes = [node for node in root.children if isinstance(node, Node) and node.tag == tag]
    return " ".join(nodes[0].text().split()) if nodes else ""


def _named(markup: Markup, title: str, description: str) -> tuple[str, str]:
    """The attributes that name a drawing, and the elements that hold its name."""
    label = named = ""
    for attribute, tag, text in (("labelledby", "title", title), ("describedby", "desc", description)):
        if text:
            identity = markup.name(f"{PLACE_OF_SCOPE}{tag}")
            label += f' aria-{attribute}="{identity}"'
            named += f'<{tag} id="{identity}">{escape(text, quote=False)}</{tag}>'
    return label, named
