"""Where a text holds figures: found by their signs, so that a text without any costs next to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left

from convergence_docs.text import Span

_SIGNS = ("%", "％", "★", "⭐", "☆", "🌟", "¥", "￥", "€", "£", "美元", "亿元", "万元", "百分之")
_DOLLAR = re.compile(r"\$\s?\d")
_FRACTION = re.compile(r"(?<![\d./])\d{1,3}(?:\.\d{1,3})?\s?/\s?(?:5|10|100)(?![\d/.])")
_DEGREE = re.compile(r"(?<![A-Za-z])C\s?[<>≤≥=＜＞]")
_BOUND = ("≤", "≥")

HAS_FIGURE = re.compile(
    r"[%％★⭐☆🌟¥￥€£]|\$\s?\d|\d\s?(?:美元|亿元|万元|元)|百分之|[<>≤≥]\s?0?\.\d|0\.\d+\s?[<>≤≥]|[≤≥=]\s?1\b|\d成|成(?:以上|左右)|"
    + _FRACTION.pattern
)
"""What a cell looks like that holds a figure."""


class Signs:
    """The places of a text's figures, in order."""

    __slots__ = ("places",)

    def __init__(self, text: str) -> None:
        places: list[int] = []
        for sign in _SIGNS:
            at = text.find(sign)
            while at >= 0:
                places.append(at)
                at = text.find(sign, at + 1)
        if "$" in text:
            places += [match.start() for match in _DOLLAR.finditer(text)]
        if "/5" in text or "/10" in text or "/ 5" in text or "/ 10" in text:
            places += [match.start() for match in _FRACTION.finditer(text)]
        if any(bound in text for bound in _BOUND) or "C " in text:
            places += [match.start() for match in _DEGREE.finditer(text)]
        places.sort()
        self.places = places

    def within(self, span: Span) -> bool:
        """Whether a figure stands in ``span``."""
        places = self.places
        at = bisect_left(places, span.start)
        return at < len(places) and places[at] < span.end
