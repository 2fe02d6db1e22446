"""A drawing as markup for the middle of an HTML page: short, with ids of its own, without a style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from convergence_docs.drawing.outcome import PLACE_OF_SCOPE
from convergence_docs.drawing.painting import computed, palette
from convergence_docs.drawing.palette import PREFIX
from convergence_docs.drawing.tree import (
    REFERRING,
    SHAPES,
    Node,
    Unusable,
    address_of,
    font_size,
    geometry_of,
    referred_to,
)

SMALLEST = 12.0
"""Pixels; smaller text is set in this size."""
_TOO_SMALL = 10.0
"""Pixels; letters of a label that were measured in a smaller size do not fit into its box in a size to be read."""
_FONT = f"var({PREFIX}font,Arial,Helvetica,sans-serif)"
_NUMBER = re.compile(r"-?(?:\d{1,12}\.\d{1,20}|\.\d{1,20})(?:e-?\d{1,3})?")
_SPACES = re.compile(r"\s+")
_LETTERED = re.compile(r"\s*([MmZzLlHhVvCcSsQqTtAa])\s*")

_SVG_INHERITED = {
    "fill": palette("text"),
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-dasharray": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-opacity": "1",
}
_TEXT_INHERITED = {
    "font-size": "16px",
    "font-weight": "normal",
    "font-style": "normal",
    "font-family": _FONT,
    "letter-spacing": "normal",
    "text-anchor": "start",
}
_HTML_INHERITED = {
    "color": palette("text"),
    "text-align": "center",
    "white-space": "nowrap",
    "line-height": "1.5",
    **{name: _TEXT_INHERITED[name] for name in ("font-size", "font-weight", "font-style", "font-family")},
}
_START = {**_SVG_INHERITED, **_TEXT_INHERITED, **_HTML_INHERITED}
_OWN = ("opacity", "dominant-baseline", "alignment-baseline", "visibility", "writing-mode", "text-decoration")
_BLOCKS = frozenset(("div", "p", "ul", "ol", "li"))
_WEIGHTS = {"bolder": "bold", "700": "bold", "400": "normal", "lighter": "normal"}


class Markup:
    """Writes one drawing. ``smallest`` is the size of the smallest text written so far, 0 before the first."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._names: dict[str, str] = {}
        self.smallest = 0.0
        self._referred = set(_references(root))

    def write(self, width: float, height: float, label: str) -> str:
        """The drawing as an ``<svg>`` element; ``label`` holds the attributes that name it."""
        inside = self._children(self._root, _START)
        style = ";".join(f"{name}:{_START[name]}" for name in ("line-height", "white-space", "text-align"))
        box = _rounded(self._root.attributes.get("viewBox", f"0 0 {width} {height}"), 2)
        return (
            f'<svg class="cd-drawing" role="img"{label} width="{width:g}" height="{height:g}" viewBox="{box}"'
            f' fill="{_START["fill"]}" color="{_START["color"]}" font-family="{_FONT}" font-size="16px"'
            f' font-weight="normal" font-style="normal" style="{style}">{inside}</svg>'
        )

    def name(self, identity: str) -> str:
        """What an id of the drawing is called in the page."""
        return self._names.setdefault(identity, f"{PLACE_OF_SCOPE}{len(self._names)}")

    def _children(self, node: Node, state: dict[str, str]) -> str:
        return "".join(
            self._node(child, state)
            if isinstance(child, Node)
            else escape(_SPACES.sub(" ", child), quote=False)
            if node.tag in ("text", "tspan", "title", "desc")
            else ""
            for child in node.children
        )

    def _node(self, node: Node, state: dict[str, str]) -> str:
        if is_hidden(node):
            return ""
        identity = node.attributes.get("id", "")
        if node.tag in ("marker", "clipPath", "linearGradient") and identity not in self._referred:
            return ""
        if node.tag == "foreignObject":
            return self._label(node, state)
        if node.tag in ("title", "desc"):
            return ""
        said = geometry_of(node)
        if node.tag in SHAPES and not _is_seen(node):
            return ""
        if node.tag in SHAPES or node.tag in ("text", "tspan"):
            state = dict(state)
            inherited = _SVG_INHERITED if node.tag in SHAPES else {**_SVG_INHERITED, **_TEXT_INHERITED}
            said |= self._inherited(node, inherited, state)
        said |= {name: value for name in _OWN if (value := node.style.get(name)) and value not in ("1", "visible")}
        said |= self._references(node)
        if identity in self._referred:
            said["id"] = self.name(identity)
        if node.tag == "stop" and "stop-color" in node.style:
            said["stop-color"] = node.style["stop-color"]
        inside = self._children(node, state)
        tag = node.tag
        if tag == "a":
            address = address_of(node)
            tag, said = ("a", {**said, "href": address, "rel": "noopener"}) if address else ("g", said)
        if not inside and tag in ("g", "defs", "text", "tspan", "a"):
            return ""
        if tag in ("g", "defs", "switch") and not said:
            return inside
        attributes = "".join(f' {name}="{_value(name, value)}"' for name, value in said.items())
        return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"

    def _inherited(self, node: Node, initial: dict[str, str], state: dict[str, str]) -> dict[str, str]:
        """What has to be said here for the properties that what is around would hand down; ``state`` follows."""
        said = {}
        for name, start in initial.items():
            value = self._tidy(node, name, computed(node, name) or start)
            if name.startswith("stroke-") and not _is_stroked(node):
                continue
            if value != state[name]:
                said[name] = state[name] = value
        return said

    def _tidy(self, node: Node, name: str, value: str) -> str:
        if name == "font-size":
            size = font_size(node)
            if node.is_html and size < _TOO_SMALL:
                raise Unusable(f"letters of {size:g} px")
            size = max(SMALLEST, size)
            if any(isinstance(child, str) and child.strip() for child in node.children):
                self.smallest = min(self.smallest or size, size)
            return f"{size:g}px"
        if name == "font-family":
            return "monospace" if "mono" in value or "courier" in value.lower() else _FONT
        if name == "font-weight":
            return _WEIGHTS.get(value, value)
        if name == "stroke-dasharray":
            parts = [part.removesuffix("px") for part in re.split(r"[\s,]+", value)]
            return "none" if parts in (["0"], ["1", "0"], ["none"]) else ",".join(parts)
        return value.removesuffix("px") if name == "stroke-width" else value

    def _references(self, node: Node) -> dict[str, str]:
        said = {}
        for name in REFERRING:
            identity = referred_to(node.style.get(name, ""))
            if identity and identity in self._referred:
                said[name] = f"url(#{self.name(identity)})"
        for name in ("fill", "stroke"):
            identity = referred_to(node.style.get(name, ""))
            if identity:
                said[name] = f"url(#{self.name(identity)})" if identity in self._referred else palette("line")
        return said

    def _label(self, node: Node, state: dict[str, str]) -> str:
        said = geometry_of(node)
        inner = [child for child in node.children if isinstance(child, Node)]
        if not node.text().strip() or not inner:
            return ""
        state = dict(state)
        holder = _only(inner[0])
        style = self._inherited(holder, _HTML_INHERITED, state)
        shown = [
            one.style["background-color"] for one in node.walk() if one.is_html and "background-color" in one.style
        ]
        if shown and shown[-1] not in ("none", "inherit"):
            style["background-color"] = shown[-1]
        if any("table" in one.style.get("display", "") for one in node.walk()) and "100%" in inner[0].attributes.get(
            "style", ""
        ):
            style |= {"display": "flex", "height": "100%", "align-items": "center", "justify-content": "center"}
        attributes = "".join(f' {name}="{_value(name, value)}"' for name, value in said.items())
        inside = self._html(holder, state).strip()
        return (
            f'<foreignObject{attributes} style="overflow:visible"><div{_styled(style)}>{inside}</div></foreignObject>'
        )

    def _html(self, node: Node, state: dict[str, str]) -> str:
        parts = []
        for child in node.children:
            if isinstance(child, str):
                parts.append(escape(child, quote=False))
            elif child.tag == "br":
                parts.append("<br>")
            else:
                parts.append(self._written(child, state))
        return "".join(parts)

    def _written(self, node: Node, state: dict[str, str]) -> str:
        state = dict(state)
        style = self._inherited(node, _HTML_INHERITED, state)
        tag = "div" if node.tag == "p" else node.tag
        if tag in ("b", "strong", "i", "em", "code"):
            style.pop("font-weight" if tag[0] in "bs" else "font-style", None)
        inside = self._html(node, state)
        address = address_of(node) if tag == "a" else None
        if address:
            style.setdefault("color", "inherit")  # the page's own colour of links is not chosen for this ground
            style["text-decoration"] = "underline"
            return f'<a href="{escape(address)}" rel="noopener"{_styled(style)}>{inside}</a>'
        tag = "span" if tag == "a" else tag
        if tag == "span" and not style:
            return inside
        return f"<{tag}{_styled(style)}>{inside}</{tag}>" if inside.strip() else ""


def is_hidden(node: Node) -> bool:
    """Whether nobody sees an element or anything in it."""
    return node.style.get("display") == "none" or node.style.get("visibility") == "hidden"


def _only(node: Node) -> Node:
    """The innermost element that holds all of a label."""
    while True:
        inner = [child for child in node.children if not isinstance(child, str) or child.strip()]
        if len(inner) != 1 or not isinstance(inner[0], Node) or inner[0].tag not in ("div", "span", "p"):
            return node
        node = inner[0]


def _is_seen(node: Node) -> bool:
    if node.tag == "rect":
        return all(node.attributes.get(name, "0") not in ("0", "") for name in ("width", "height"))
    if not REFERRING.isdisjoint(node.style):
        return True
    fill, stroke = computed(node, "fill"), computed(node, "stroke")
    return not (fill == "none" and (stroke or "none") == "none")


def _is_stroked(node: Node) -> bool:
    """Whether its stroke is seen, or tells the size of a marker."""
    return (computed(node, "stroke") or "none") != "none" or not REFERRING.isdisjoint(node.style)


def _references(root: Node) -> Iterator[str]:
    for node in root.walk():
        for name in (*REFERRING, "fill", "stroke"):
            identity = referred_to(node.style.get(name, ""))
            if identity:
                yield identity


def _rounded(text: str, digits: int) -> str:
    def shorter(match: re.Match[str]) -> str:
        number = f"{float(match[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if number in ("-0", "") else number

    return _NUMBER.sub(shorter, text)


def _value(name: str, value: str) -> str:
    if name == "d":
        value = _LETTERED.sub(r"\1", _rounded(value, 2))
    elif name == "transform":
        value = _rounded(value, 4 if "translate" not in value or "(" in value.replace("translate(", "") else 2)
    elif name not in ("id", "href", "fill", "stroke", "style"):
        value = _rounded(value, 2)
    return escape(_SPACES.sub(" ", value).strip())


def _styled(style: dict[str, str]) -> str:
    said = ";".join(f"{name}:{value}" for name, value in style.items())
    return f' style="{escape(said)}"' if said else ""
