"""Gives a drawing the palette's colours, and every text one that can be read in both schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from convergence_docs.drawing.colour import Colour, black_or_white, colours_in, contrast, parse_colour
from convergence_docs.drawing.ground import Painted, Spot, spots
from convergence_docs.drawing.palette import PALE, PREFIX, SHADES, Shade, name_of
from convergence_docs.drawing.tree import SHAPES, Node, Unusable

READABLE = 4.5
"""The contrast that a text needs (WCAG 2.2, success criterion 1.4.3)."""
_AREA = 0.25
"""How much an author's fill of a group covers: edges and labels upon it keep their contrast in both schemes."""
_BLEND = "0.4"
"""How much a stroke that goes from one colour to another covers: text on it, in any of Mermaid's, can be read."""
_PALE = 0.6
"""Luminance from which on an author's colour is a ground for dark lines and letters."""
_COLOURS = ("fill", "stroke", "color", "background-color", "stop-color")
_DARK, _LIGHT = 0.35, 0.75
"""Luminance below which a colour that Mermaid itself names is for text and lines, and above which for a ground."""


def paint(root: Node, source: str) -> None:
    """Settle the colours of a drawing whose ``source`` tells which of them are its author's.

    Raises:
        Unusable: a text that can be read in neither black nor white.
    """
    chosen = colours_in(source)
    for node in root.walk():
        for name in _COLOURS:
            if name in node.style:
                _settle(node, name, chosen)
        if node.tag in SHAPES and _is_area(node):
            _thin(node, chosen)
    for spot in spots(root):
        ground = _ground(spot)
        for node in _written(spot.node):
            _make_readable(node, ground)


def computed(node: Node, name: str) -> str | None:
    """The value of an inherited property: its own, or that of the nearest element around it that has one."""
    at: Node | None = node
    while at is not None:
        value = at.style.get(name)
        if value is not None and value not in ("inherit", "currentcolor"):
            return value
        at = at.parent
    return None


def shade_of(value: str) -> Shade | None:
    """A settled colour in both schemes; ``None`` for none at all."""
    if value.startswith(f"var({PREFIX}"):
        return SHADES[value[len(PREFIX) + 4 : -1]]
    colour = parse_colour(value)
    return Shade(colour, colour) if colour else None


def palette(name: str) -> str:
    """A colour of the palette as CSS."""
    return f"var({PREFIX}{name})"


def _settle(node: Node, name: str, chosen: Iterable[Colour]) -> None:
    value = node.style[name].strip().lower()
    colour = parse_colour(value)
    if value in ("none", "inherit", "currentcolor"):
        node.style[name] = value
    elif value.startswith("url("):
        node.style[name] = node.style[name].strip()  # ids tell capitals from small letters
        node.style["stroke-opacity"] = _BLEND
    elif colour is None:
        del node.style[name]
    elif colour.alpha == 0:
        node.style[name] = "none"
    else:
        known = name_of(colour)
        is_authors = any(colour.same_as(one) for one in chosen)
        node.style[name] = palette(known) if known else colour.hex() if is_authors else _meant(colour, name)
        if colour.alpha < 1 and name in ("fill", "stroke"):
            node.style.setdefault(f"{name}-opacity", f"{colour.alpha:.2g}")


def _meant(colour: Colour, name: str) -> str:
    """What a colour of Mermaid's own stands for."""
    is_grey = max(colour[:3]) - min(colour[:3]) < 24
    if is_grey and colour.luminance < _DARK:
        return palette("line" if name == "stroke" else "text")
    if is_grey and colour.luminance > _LIGHT and name != "stroke":
        return palette("ground")
    return palette("group-line") if is_grey else colour.hex()


def _is_area(node: Node) -> bool:
    """Whether a shape is the ground of others: a subgraph, or a background in a sequence diagram."""
    above = node.parent
    return node.classes == {"rect"} or bool(above and {"cluster", "statediagram-cluster"} & above.classes)


def _thin(node: Node, chosen: Iterable[Colour]) -> None:
    fill = parse_colour(node.style.get("fill", ""))
    if fill and any(fill.same_as(one) for one in chosen):
        own = _number(node.style.get("fill-opacity"))
        is_pale = fill.luminance > _PALE and own == 1
        node.style["fill-opacity"] = f"var({PREFIX}pale)" if is_pale else f"{min(_AREA, own):.2g}"


def _number(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 1.0


def _ground(spot: Spot) -> Shade:
    """What is seen behind a text, in both schemes."""
    for node in reversed([node for node in spot.node.walk() if node.is_html]):
        shade = shade_of(node.style.get("background-color", "none"))
        if shade:
            return shade
    if "sequenceNumber" in spot.node.classes:
        return SHADES["line"]  # it lies on a marker
    layers: list[tuple[Shade, tuple[float, float]]] = []
    for painted in spot.below:
        fill = _fill(painted)
        if fill:
            layers.append(fill)
            if min(fill[1]) >= 1:
                break
    light, dark = SHADES["ground"]
    for shade, (by_day, by_night) in reversed(layers):
        light = shade.light._replace(alpha=by_day).over(light)
        dark = shade.dark._replace(alpha=by_night).over(dark)
    return Shade(light, dark)


def _fill(painted: Painted) -> tuple[Shade, tuple[float, float]] | None:
    shade = shade_of(computed(painted.node, "fill") or palette("text"))
    said = computed(painted.node, "fill-opacity")
    whole = _number(painted.node.style.get("opacity"))
    covers = PALE if said == f"var({PREFIX}pale)" else (_number(said), _number(said))
    return (shade, (covers[0] * whole, covers[1] * whole)) if shade and covers[1] * whole > 0.02 else None


def _written(node: Node) -> Iterator[Node]:
    """The elements that hold text themselves."""
    for one in node.walk():
        if one.tag not in ("title", "desc") and any(isinstance(child, str) and child.strip() for child in one.children):
            yield one


def _make_readable(node: Node, ground: Shade) -> None:
    name = "color" if node.is_html else "fill"
    value = computed(node, name) or palette("text")
    for candidate in (value, palette("text"), black_or_white(ground.light).hex()):
        shade = shade_of(candidate)
        if shade and all(contrast(one, under) >= READABLE for one, under in zip(shade, ground, strict=True)):
            node.style[name] = candidate
            return
    raise Unusable(f"no colour for the text {node.text().strip()[:40]!r}")
