"""The colours of drawings: what they are for, and what they are in the light scheme and in the dark one.

Mermaid calculates with the colours that it is given, so it cannot be given CSS custom properties. It is given a
stand-in for each, which no author would write; the drawing's are then replaced by ``var(--cd-diagram-…)``. Whatever
text lies upon has one of two kinds: surfaces, light in the light scheme and dark in the dark one, for ``text``; and
marks, the same in both, which can be told from either ground by 3 to 1, for ``mark-text``.
"""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.drawing.colour import Colour, parse_colour

PREFIX = "--cd-diagram-"
"""What the names of the custom properties begin with."""
FONT = 'Arial, Helvetica, "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
"""Fonts whose letters are as wide as those that the drawings were measured with, and then Chinese ones."""

_MARKS = "#748fde #ce7f30 #27a47a #dd6c9b #2d9dc2 #ab7ce0 #6da026 #db7464 #aa9028 #5496d7 #da63d0 #27a832"
_LIGHT_TINTS = "#e0e7fb #f8e4d0 #b4f4df #fbe0eb #ccedf8 #eee3fb #d2f2a5 #fae2de #f4e7b4 #d9e9fa #fadff8 #bcf5c0"
_DARK_TINTS = "#2f3d69 #513b24 #204639 #642d44 #23444e #4e326e #35441f #60322b #473f20 #28415a #602b5c #204723"

COLOURS: dict[str, tuple[str, str]] = {
    "ground": ("#ffffff", "#1e2129"),
    "text": ("#1c1f26", "#eceef4"),
    "line": ("#5a6274", "#a8b0c3"),
    "node": ("#e8ecf8", "#2d3448"),
    "node-line": ("#5c6bc0", "#8e9ce0"),
    "group": ("#f5f6fa", "#262a35"),
    "group-line": ("#b4bac8", "#525a6d"),
    "note": ("#fff5cf", "#453d20"),
    "note-line": ("#b8982f", "#a8914a"),
    "done": ("#dde1e9", "#3b414e"),
    "active": ("#cddffb", "#24406a"),
    "active-line": ("#3568bd", "#7aa5ea"),
    "alarm": ("#ffd9d6", "#5c2524"),
    "alarm-line": ("#c62828", "#ff8a80"),
    "grid": ("#ccd1db", "#444b5a"),
    **{f"tint-{at}": both for at, both in enumerate(zip(_LIGHT_TINTS.split(), _DARK_TINTS.split(), strict=True), 1)},
    **{f"mark-{at}": (mark, mark) for at, mark in enumerate(_MARKS.split(), 1)},
    "mark-text": ("#000000", "#000000"),
}
"""Every colour by its use: in the light scheme, in the dark one."""


PALE = (1.0, 0.22)
"""How much an author's light colour covers where it is the ground of others: in the dark scheme only a little."""


class Shade(NamedTuple):
    """A colour of the palette in both schemes."""

    light: Colour
    dark: Colour


def _colour(text: str) -> Colour:
    colour = parse_colour(text)
    assert colour is not None
    return colour


SHADES = {name: Shade(*map(_colour, both)) for name, both in COLOURS.items()}
_STAND_INS = {name: Colour(91 + 2 * at, 7 + 5 * at, 203 - 3 * at) for at, name in enumerate(COLOURS)}


def stand_in(name: str) -> str:
    """What Mermaid is told instead of a colour of the palette."""
    return _STAND_INS[name].hex()


def name_of(colour: Colour) -> str | None:
    """The colour of the palette that a stand-in in a drawing means; ``None`` if it is none."""
    return next((name for name, one in _STAND_INS.items() if one.same_as(colour)), None)


def style_sheet() -> str:
    """The custom properties as CSS, for both of Material's schemes and for paper."""
    light, dark = ({name: both[at] for name, both in COLOURS.items()} for at in (0, 1))
    ground = {"ground": "var(--md-default-bg-color, {})"}
    parts: tuple[tuple[str, dict[str, str], dict[str, str], str], ...] = (
        (":root,\n[data-md-color-scheme]", light, {"font": FONT, "pale": f"{PALE[0]:g}"}, ""),
        ('[data-md-color-scheme="slate"],\n[data-bs-theme="dark"]', dark, {"pale": f"{PALE[1]:g}"}, ""),
        (":root,\n[data-md-color-scheme],\n[data-bs-theme]", light, {"pale": f"{PALE[0]:g}"}, "print"),
    )
    css = "/* Written by convergence_docs/drawing/palette.py: the colours of drawings. */\n"
    for selector, colours, more, medium in parts:
        pad = "  " if medium else ""
        css += f"\n@media {medium} {{\n" if medium else "\n"
        css += "".join(f"{pad}{line}\n" for line in f"{selector} {{".split("\n"))
        for name, value in {**more, **colours}.items():
            said = ground[name].format(value) if name in ground and not medium else value
            css += f"{pad}  {PREFIX}{name}: {said};\n"
        css += f"{pad}}}\n" + ("}\n" if medium else "")
    return css
