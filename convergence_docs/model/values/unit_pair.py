"""Pairs of units in which one and the same measure is written: percent and ratio, stars and points, two currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from convergence_docs.model.nodes import Cell


class Pair(NamedTuple):
    """Two units: how a cell's text in each is told, and the signs of which each has one at least."""

    one: str
    other: str
    signs: tuple[str, ...]
    other_signs: tuple[str, ...]

    def parted(self, cells: Iterable[Cell]) -> tuple[list[Cell], list[Cell]]:
        """The cells in the one unit, and those in the other; those in both or neither are left out."""
        ones, others = [], []
        for cell in cells:
            is_one, is_other = _pattern(self.one).search(cell.text), _pattern(self.other).search(cell.text)
            if is_one and not is_other:
                ones.append(cell)
            elif is_other and not is_one:
                others.append(cell)
        return ones, others


_PAIRS = (
    Pair(r"^\s*(?![+＋±↑↓-]).*[%％]", r"^\s*(?:0?\.\d{1,6}|1\.0{1,6})\s*$", ("%", "％"), ("0.", "1.0", " .")),
    Pair(r"[★☆⭐]", r"^\s*\d(?:\.\d)?\s?[/／]\s?(?:5|10)\s*$", ("★", "⭐"), ("/", "／")),
    Pair(r"[\d万亿千百]\s?元|[¥￥]\s?\d|人民币", r"美元|\$\s?\d|USD", ("元", "¥", "￥"), ("$", "美元", "USD")),
)
_MEASURE = (
    r"(?i).{0,20}(?:率|占比|比例|份额|收敛度|准确度|成本|价格|单价|售价|费用|金额|预算|投资额?|营收|收入|估值|市值|评级|评分|得分|星级"
    r"|rate|ratio|share|cost|price|revenue|budget|rating|score)(?:[（(].{0,20}[)）])?"
)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def pairs_in(text: str, start: int, end: int) -> list[Pair]:
    """The pairs of which both units may occur between ``start`` and ``end``."""
    return [
        pair
        for pair in _PAIRS
        if any(text.find(sign, start, end) >= 0 for sign in pair.signs)
        and any(text.find(sign, start, end) >= 0 for sign in pair.other_signs)
    ]


@lru_cache(maxsize=4096)  # the same few words name the rows and columns of all tables
def is_measure(name: str) -> bool:
    """Whether a header or label names something that is measured in one unit, by its usual last words."""
    return _pattern(_MEASURE).fullmatch(name.strip()) is not None
