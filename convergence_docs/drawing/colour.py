"""Colours as CSS writes them, and how well one can be read on another."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import NamedTuple

_NAMES = """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black
000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0
chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki
bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon
e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1
darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick
b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700
goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4
indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00
lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray
d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue
87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00
limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd
mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a
mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin
ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered
ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip
ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399
red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57
seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090
snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise
40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
"""
"""The named colours of CSS Color 4, section 6.1, in sixteens."""
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_PART = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|deg)?")
_WORD = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()\n]{1,80}\)|[a-z]{3,20}")
BLACK_OR_WHITE = 0.179
"""The relative luminance above which black can be read better than white."""


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how much of what lies below is covered, from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def luminance(self) -> float:
        """The relative luminance of WCAG 2.2, from 0 to 1; that of the opaque colour."""
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in self[:3])]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def over(self, ground: Colour) -> Colour:
        """What is seen where this colour lies on an opaque one."""
        return Colour(*(self.alpha * a + (1 - self.alpha) * b for a, b in zip(self[:3], ground[:3], strict=True)))

    def hex(self) -> str:
        """The opaque colour as ``#rrggbb``."""
        return "#" + "".join(f"{min(255, max(0, round(part))):02x}" for part in self[:3])

    def same_as(self, other: Colour) -> bool:
        """Whether it is the same hue, whatever the cover, but for what rounding does."""
        return all(abs(a - b) < 1.01 for a, b in zip(self[:3], other[:3], strict=True))


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((first.luminance, second.luminance))
    return (high + 0.05) / (low + 0.05)


def black_or_white(ground: Colour) -> Colour:
    """Which of both can be read better: contrast is at least 4.58."""
    return Colour(0, 0, 0) if ground.luminance > BLACK_OR_WHITE else Colour(255, 255, 255)


@lru_cache(maxsize=4096)
def parse_colour(text: str) -> Colour | None:
    """The colour that a CSS value names; ``None`` where it names none."""
    value = text.strip().lower()
    if value in _named():
        return _named()[value]
    if value == "transparent":
        return Colour(0, 0, 0, 0)
    if value.startswith("#"):
        return _hex(value[1:])
    match = _FUNCTION.fullmatch(value)
    return _function(match[1], match[2]) if match else None


def colours_in(text: str) -> set[Colour]:
    """Every colour that could be meant in a text."""
    found = (parse_colour(word) for word in _WORD.findall(text.lower()))
    return {Colour(*colour[:3]) for colour in found if colour}


@lru_cache(maxsize=1)
def _named() -> dict[str, Colour]:
    words = _NAMES.split()
    named = {name: _hex(value) for name, value in zip(words[::2], words[1::2], strict=True)}
    return {name: colour for name, colour in named.items() if colour}


def _hex(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) not in (6, 8) or not re.fullmatch("[0-9a-f]+", digits):
        return None
    parts = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    return Colour(parts[0], parts[1], parts[2], parts[3] / 255 if len(parts) == 4 else 1.0)


def _function(name: str, inside: str) -> Colour | None:
    parts = [(float(number), unit) for number, unit in _PART.findall(inside)]
    if len(parts) not in (3, 4):
        return None
    alpha = parts[3][0] / (100 if parts[3][1] == "%" else 1) if len(parts) == 4 else 1.0
    alpha = min(1.0, max(0.0, alpha))
    if name == "hsl":
        hue, saturation, lightness = parts[0][0] % 360 / 360, parts[1][0] / 100, parts[2][0] / 100
        red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness)), min(1.0, max(0.0, saturation)))
        return Colour(255 * red, 255 * green, 255 * blue, alpha)
    red, green, blue = (min(255.0, max(0.0, x * 2.55 if unit else x)) for x, unit in parts[:3])
    return Colour(red, green, blue, alpha)
