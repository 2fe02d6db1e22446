"""Colours in styles, and whether text can be read on them (WCAG 2.2, 1.4.3: contrast of 4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from convergence_docs.model.diagrams.scan import statements
from convergence_docs.regex import regex

LEAST = 4.5
_LIGHT, _DARK = (0x33, 0x33, 0x33), (0xCC, 0xCC, 0xCC)
"""The text of nodes in Mermaid's default theme and in its dark one."""
_STYLE = regex(r"[ \t]*(?P<word>style|classDef)[ \t]+(?P<id>\S+)[ \t]+(?P<styles>[^;\n]*[^;\s])")
_HEX = regex(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAMED = {
    "white": "fff", "black": "000", "red": "f00", "lime": "0f0", "green": "008000", "blue": "00f", "yellow": "ff0",
    "orange": "ffa500", "pink": "ffc0cb", "gray": "808080", "grey": "808080", "lightgreen": "90ee90",
    "lightblue": "add8e6", "lightyellow": "ffffe0", "lightgrey": "d3d3d3", "lightgray": "d3d3d3", "purple": "800080",
}  # fmt: skip
Colour = tuple[int, int, int]


class Faint(NamedTuple):
    """A style whose text cannot be read: where it stands in the block's text, its fill and colour (or empty).

    ``remedy`` is black or white, whichever keeps more contrast; ``at`` is where it is to be put, and instead of what.
    """

    start: int
    end: int
    fill: str
    colour: str
    contrast: float
    remedy: str
    at: tuple[int, int]


def faint_styles(text: str) -> Iterable[Faint]:
    """Styles with a fill on which text keeps too little contrast in one of the schemes. Unknown colours are passed."""
    if "fill" not in text:
        return
    for line in statements(text):
        match = _STYLE.match(text, *line)
        if match is None:
            continue
        parts: dict[str, tuple[int, int]] = {}
        at = match.start("styles")
        for part in match["styles"].split(","):
            name, _, value = part.partition(":")
            begin = at + len(name) + 1
            parts[name.strip()] = (begin, begin + len(value))
            at += len(part) + 1
        fill = read_colour(text[slice(*parts["fill"])]) if "fill" in parts else None
        if fill is None:
            continue
        written = text[slice(*parts["color"])].strip() if "color" in parts else ""
        colour = read_colour(written) if written else None
        if written and colour is None:
            continue
        least = min(contrast(fill, one) for one in ((colour,) if colour else (_LIGHT, _DARK)))
        if least < LEAST:
            remedy = max(("#000", "#fff"), key=lambda one: contrast(fill, read_colour(one) or _LIGHT))
            end = match.end("styles")
            place = parts["color"] if written else (end, end)
            yield Faint(*match.span("styles"), text[slice(*parts["fill"])].strip(), written, least, remedy, place)


def read_colour(words: str) -> Colour | None:
    """A colour as red, green and blue of 255; ``None`` where it is written in another way."""
    words = words.strip().casefold()
    match = _HEX.fullmatch(f"#{_NAMED[words]}" if words in _NAMED else words)
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(char * 2 for char in match[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
