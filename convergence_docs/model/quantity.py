"""Figures as values: percentages, open and closed ranges of them, and ratings in stars or out of a size.

All percentages are ratios here: ``95%`` is 0.95. What a text leaves open stays open: ``95%以上`` runs to infinity,
because only its dimension knows that a share ends at 1.
"""

from __future__ import annotations

import re
import unicodedata
from math import ceil, inf
from typing import NamedTuple

from convergence_docs.text import Span


class Interval(NamedTuple):
    """The numbers from ``low`` to ``high``; an end that is open is not itself among them."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: object) -> bool:
        """Whether a number lies within."""
        if not isinstance(value, (int, float)):
            return False
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    @property
    def largest_named(self) -> float:
        """The largest number that the text itself names: ``high``, or ``low`` where the top is open-ended."""
        return self.low if self.high == inf else self.high


class Percentage(NamedTuple):
    """A percentage as written at ``span``: a range of ratios.

    ``is_change`` tells that a sign or a word before it (+, 提升, faster by) makes it a difference, not a share.
    """

    span: Span
    interval: Interval
    is_change: bool


class Rating(NamedTuple):
    """A rating as written at ``span``: ``value`` out of ``size``.

    ``size`` is what the writing itself shows, filled and empty stars or the number after the slash; 0 for filled
    stars alone, which show a value and no size.
    """

    span: Span
    value: float
    size: int

    @property
    def length(self) -> int:
        """How many stars stand there, filled and empty; the size, for a rating in digits."""
        return self.size or ceil(self.value)


_NUMBER = r"\d{1,12}(?:\.\d{1,12})?"
_PERCENT = re.compile(
    rf"(?P<before>[<>≤≥＜＞+＋]?=?)\s?(?P<low>{_NUMBER})\s?(?:[%％]?\s?(?P<dash>[-–—~～至到])\s?(?P<high>{_NUMBER})\s?)?[%％]"
    r"(?P<after>\s?(?:以上|及以上|以下|及以下|以内|[+＋](?!\d)))?"
)
_CHANGE = re.compile(
    r"(?:增[长加速]|提[升高速]|上[升涨]|涨|改善|加速|扩大|降低?|下降|减少?|节省|节约|快|慢|超出|高出|多|[Ii]ncreas\w*|[Ii]mprov\w*"
    r"|[Gg]row\w*|[Ff]aster|[Ss]lower|[↑↓×xX])[了约至到达近为 \u3000]{0,4}$"
)
_CHANGE_AFTER = re.compile(
    r"\s?(?:的)?(?:增[长加]|提[升高]|上升|改善|加速|下降|降低|减少|faster|slower|more|growth|[↑↓])"
)
_STARS = re.compile(r"(?P<filled>[★⭐🌟](?:\ufe0f?[★⭐🌟])*)\ufe0f?(?P<half>[½⯨])?(?P<empty>[☆✩]*)|(?P<none>[☆✩]{2,})")
_OUT_OF = re.compile(r"(?<![\d./])(?P<value>\d{1,3}(?:\.\d{1,3})?)\s?/\s?(?P<size>5|10|100)(?![\d/.])")


def read_percentages(text: str, offset: int = 0) -> tuple[Percentage, ...]:
    """Every percentage in ``text``, in order; ``offset`` is added to the spans.

    Half- and full-width digits and signs are read, bounds (``<50%``, ``95%以上``, ``90%+``) and ranges (``50-70%``).
    """
    if "%" not in text and "％" not in text:
        return ()
    half = _half_width(text)
    found = []
    for match in _PERCENT.finditer(half):
        low, high = float(match["low"]) / 100, float(match["high"] or match["low"]) / 100
        start = match.start("low")
        before, after = match["before"].strip(), (match["after"] or "").strip()
        is_change = before.startswith("+") or bool(
            _CHANGE.search(half, max(0, match.start() - 24), match.start()) or _CHANGE_AFTER.match(half, match.end())
        )
        found.append(
            Percentage(
                Span(offset + start, offset + match.end()), _bounded(low, max(low, high), before, after), is_change
            )
        )
    return tuple(found)


def _bounded(low: float, high: float, before: str, after: str) -> Interval:
    if before[:1] in (">", "≥"):
        return Interval(low, inf, before == ">", True)
    if before[:1] in ("<", "≤"):
        return Interval(0.0, high, False, before == "<")
    if after.endswith(("以上", "+")):
        return Interval(low, inf, False, True)
    if after.endswith(("以下", "以内")):
        return Interval(0.0, high)
    return Interval(low, high)


def _half_width(text: str) -> str:
    """``text`` with full-width ASCII forms made half-width, one character for one, so that offsets hold."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" else " " if char == "\u3000" else char
        for char in text
    )


def read_star_ratings(text: str, offset: int = 0) -> tuple[Rating, ...]:
    """Every run of stars in ``text``: ``★★★☆☆`` is 3 of 5, ``★★★`` is 3 of a size unsaid, ``★½`` is 1.5."""
    found = []
    for match in _STARS.finditer(text):
        if match["none"]:
            value, size = 0.0, len(match["none"])
        else:
            filled = sum(char != "\ufe0f" for char in match["filled"])
            value = filled + (0.5 if match["half"] else 0.0)
            size = filled + bool(match["half"]) + len(match["empty"]) if match["empty"] else 0
        found.append(Rating(Span(offset + match.start(), offset + match.end()), value, size))
    return tuple(found)


def read_ratings_out_of(text: str, offset: int = 0) -> tuple[Rating, ...]:
    """Every ``4/5``, ``7.5/10`` or ``88/100`` in ``text``; other fractions are no ratings."""
    if "/" not in text and "／" not in text:
        return ()
    return tuple(
        Rating(Span(offset + match.start(), offset + match.end()), float(match["value"]), int(match["size"]))
        for match in _OUT_OF.finditer(_half_width(text))
    )
