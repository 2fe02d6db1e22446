"""A drawing as Mermaid leaves it, made anew of nothing but what is allowed.

Mermaid sanitises what it draws; this does not rely on it. Every element, attribute and value that a reader's browser
gets is known here by name. An element that is not makes the drawing unusable; an attribute is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from convergence_docs.drawing.stylesheet import StyleSheet, parse_declarations

SVG = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SHAPES = "path rect circle ellipse line polygon polyline"
SHAPES = frozenset(_SHAPES.split())
"""Elements that are painted, other than text."""
_DRAWN = frozenset(
    f"svg g switch defs marker clipPath linearGradient stop text tspan title desc foreignObject a {_SHAPES}".split()
)
_HTML = "a div span p br b strong i em u s sub sup code small ul ol li"
_WRITTEN = frozenset(_HTML.split())
_NOT_SHOWN = frozenset(("style", "filter", "script", "radialGradient", "pattern", "symbol", "metadata"))
"""Left out with what is in them: how they look is not needed, or somebody else says it."""

_PLACES = (
    "x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points d transform viewBox refX refY markerWidth "
    "markerHeight offset"
)
_GEOMETRY = frozenset(_PLACES.split())
_WORDS = "orient markerUnits preserveAspectRatio gradientUnits clipPathUnits gradientTransform textLength"
_KEYWORDS = frozenset(_WORDS.split())
_NUMBERS = re.compile(r"[-+.,%\s\deEpxm]*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa\d\s,.eE+-]*")
_TRANSFORM = re.compile(r"\s*(?:(?:translate|rotate|scale|matrix|skewX|skewY)\s?\([-+\d.,\seE]*\)[\s,]*)*")
_KEYWORD = re.compile(r"[A-Za-z0-9 .()%-]{1,80}")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\s\"'()]+)[\"']?\s*\)")
_REFERENCES = re.compile(r"url\(#([^)\s]+)\)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/)|\./|\.\./|#|[\w%-][\w%./-]*(?:[?#]|$))[^\s\"'<>\\]*", re.IGNORECASE)
_TURN = re.compile(r"rotate\((-?[\d.]{1,9})deg\) scale\(([\d.]{1,9}),\s?[\d.]{1,9}\)")
_CENTRE = re.compile(r"([\d.]{1,20})px ([\d.]{1,20})px")
REFERRING = frozenset(("marker-start", "marker-mid", "marker-end", "clip-path"))
"""Properties that name another element."""

_LENGTH = r"-?(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})(?:px|em|ex|rem|%|pt)?"
_PROPERTIES = {
    **dict.fromkeys(("fill", "stroke", "color", "background-color", "stop-color"), re.compile(r"[#\w\s.,%()-]{1,90}")),
    **dict.fromkeys(("stroke-width", "font-size", "letter-spacing", "rx", "ry"), re.compile(_LENGTH)),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), re.compile(r"[\d.]+%?")),
    "stroke-dasharray": re.compile(rf"none|{_LENGTH}(?:[\s,]+{_LENGTH})*"),
    "line-height": re.compile(rf"normal|{_LENGTH}"),
    "font-weight": re.compile(r"normal|bold|bolder|lighter|[1-9]00"),
    "font-style": re.compile(r"normal|italic|oblique"),
    "font-family": re.compile(r"[\w\s\"',.-]{1,200}"),
    "text-anchor": re.compile(r"start|middle|end"),
    "text-align": re.compile(r"left|right|center|start|end|justify"),
    "text-decoration": re.compile(r"none|underline|line-through"),
    "white-space": re.compile(r"normal|nowrap|pre|pre-wrap|pre-line|break-spaces"),
    "display": re.compile(r"[a-z-]{1,20}"),
    "visibility": re.compile(r"visible|hidden|collapse"),
    "writing-mode": re.compile(r"[a-z-]{1,20}"),
    "fill-rule": re.compile(r"evenodd|nonzero"),
    "stroke-linecap": re.compile(r"butt|round|square"),
    "stroke-linejoin": re.compile(r"miter|round|bevel"),
    "transform": re.compile(r"[a-z]+\([-\d.,\sa-z]*\)(?: [a-z]+\([-\d.,\sa-z]*\))?"),
    **dict.fromkeys(("dominant-baseline", "alignment-baseline"), re.compile(r"[a-z-]{1,20}")),
    **dict.fromkeys(REFERRING, re.compile(r"none|url\(\s*[\"']?#[^\s\"'()]+[\"']?\s*\)")),
}
"""The properties that a drawing may set, and what their values look like."""
_SHORT = {"background": "background-color"}
_DEEPEST = 200


class Unusable(Exception):
    """The drawing holds something that must not or cannot stand in a page; ``str`` of this says what."""


class Node:
    """An element. ``style`` holds what is declared for it and wins, ``sources`` where each property was declared.

    A source is ``attribute``, ``sheet`` or ``inline``.
    """

    __slots__ = ("attributes", "children", "is_html", "parent", "place", "sources", "style", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None, *, is_html: bool) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.is_html = is_html
        self.children: list[Node | str] = []
        self.style: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.place = 0

    @property
    def position(self) -> tuple[int, int]:
        """Which one of how many elements below its parent."""
        if self.parent is None:
            return 0, 1
        return self.place, sum(isinstance(child, Node) for child in self.parent.children)

    @property
    def classes(self) -> frozenset[str]:
        """The words of its class attribute."""
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> Iterator[Node]:
        """This element and all within, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def above(self) -> Iterator[Node]:
        """The elements around it, the nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def text(self) -> str:
        """All text within."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def parse_drawing(svg: str) -> Node:
    """The drawing's elements with what its own style sheets and attributes say of them.

    Raises:
        Unusable: it is no SVG, or it holds what is not allowed.
    """
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg or "<?" in svg:
        raise Unusable("declarations in the drawing")
    try:
        parsed = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ExpatError, ValueError) as error:
        raise Unusable(f"no well-formed drawing: {error}") from None
    if parsed.tag != f"{SVG}svg":
        raise Unusable("no drawing")
    sheets = [style.text or "" for style in parsed.iter(f"{SVG}style")]
    root = _node(parsed, None, 0, frozenset(_REFERENCES.findall(svg)))
    sheet = StyleSheet("\n".join(sheets))
    for node in root.walk():
        _resolve(node, sheet)
    return root


def _node(element: ElementTree.Element, parent: Node | None, depth: int, referred: frozenset[str]) -> Node:
    space, _, tag = element.tag.rpartition("}")
    space += "}"
    allowed = _DRAWN if space == SVG else _WRITTEN if space == _XHTML else frozenset[str]()
    if tag not in allowed:
        raise Unusable(f"the element {tag[:40]}")
    if depth > _DEEPEST:
        raise Unusable("too deep")
    attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    node = Node(tag, attributes, parent, is_html=space == _XHTML)
    if element.text:
        node.children.append(element.text)
    place = 0
    for child in list(element)[:1] if tag == "switch" else element:
        is_idle = child.tag == f"{SVG}marker" and child.get("id") not in referred
        if not is_idle and child.tag.rpartition("}")[2] not in _NOT_SHOWN:
            made = _node(child, node, depth + 1, referred)
            made.place, place = place, place + 1
            node.children.append(made)
        if child.tail:
            node.children.append(child.tail)
    return node


def _resolve(node: Node, sheet: StyleSheet) -> None:
    best: dict[str, tuple[tuple[int, ...], str, str]] = {}

    def offer(name: str, value: str, weight: tuple[int, ...], source: str) -> None:
        name = _SHORT.get(name, name)
        pattern = _PROPERTIES.get(name)
        if pattern and pattern.fullmatch(value) and (name not in best or weight >= best[name][0]):
            best[name] = (weight, value, source)

    for name, value in node.attributes.items():
        offer(name, value, (0, -1), "attribute")
    for declaration in sheet.declarations(node):
        offer(declaration.name, declaration.value, declaration.weight, "sheet")
    for at, (name, value, important) in enumerate(parse_declarations(node.attributes.get("style", ""))):
        offer(name, value, (important, 9, 9, 9, at), "inline")
    if best.get("transform", ((), "", ""))[2] == "attribute":
        del best["transform"]
    node.style = {name: value for name, (_, value, _) in best.items()}
    node.sources = {name: source for name, (_, _, source) in best.items()}


_SIZE = re.compile(r"(\d{0,6}\.?\d{0,6})(px|em|ex|rem|%|pt)?")
_UNITS = {"rem": 16.0, "pt": 4 / 3, "px": 1.0}
_X_HEIGHT = 0.519


def font_size(node: Node) -> float:
    """The size of an element's text in pixels."""
    at: Node | None = node
    factor = 1.0
    while at is not None:
        match = _SIZE.fullmatch(at.style.get("font-size", ""))
        if match and match[1] not in ("", "."):
            size, unit = float(match[1]), match[2] or "px"
            if unit in _UNITS:
                return factor * size * _UNITS[unit]
            factor *= size * {"%": 0.01, "ex": _X_HEIGHT}.get(unit, 1.0)
        at = at.parent
    return 16.0 * factor


def geometry_of(node: Node) -> dict[str, str]:
    """The attributes of an element that say where it is and how it is laid out.

    Raises:
        Unusable: a number that is none.
    """
    found = {}
    for name, value in node.attributes.items():
        if name in _GEOMETRY:
            pattern = _PATH if name == "d" else _TRANSFORM if name == "transform" else _NUMBERS
            if not pattern.fullmatch(value):
                if node.is_html:
                    continue
                raise Unusable(f"{name} of {node.tag} is no geometry")
            found[name] = value
        elif name in _KEYWORDS and _KEYWORD.fullmatch(value):
            found[name] = value
    found |= {name: node.style[name].removesuffix("px") for name in ("rx", "ry") if name in node.style}
    turn = _TURN.fullmatch(node.style.get("transform", ""))
    centre = _CENTRE.fullmatch(node.attributes.get("transform-origin", ""))
    if turn and centre:
        x, y = centre.groups()
        found["transform"] = f"translate({x} {y}) rotate({turn[1]}) scale({turn[2]}) translate(-{x} -{y})"
    return found


def referred_to(value: str) -> str | None:
    """The id that a value like ``url(#id)`` names."""
    match = _REFERENCE.fullmatch(value)
    return match[1] if match else None


def address_of(node: Node) -> str | None:
    """Where a link leads, if that is somewhere a page may lead."""
    value = "".join(node.attributes.get("href", "").split())
    return value if _ADDRESS.fullmatch(value) else None
