"""How wide a text is about, from the same table that Mermaid's page measures with."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_ELSE = 1.0
"""In the size of the font: what is not in the table is mostly Chinese."""


def text_width(text: str, size: float) -> float:
    """The width of a line in pixels, in the regular face at ``size`` pixels."""
    known = _table()
    return size * sum(known.get(ord(character), _ELSE) for character in text)


@lru_cache(maxsize=1)
def _table() -> dict[int, float]:
    data = json.loads(Path(__file__).with_name("widths.json").read_text("utf-8"))
    widths: dict[int, float] = {}
    at = 0
    for gap, *run in data["regular"]:
        at += gap
        for width in run:
            widths[at] = width / data["em"]
            at += 1
    return widths
