"""Percentages in running text, in digits and in Chinese words: ``60%–70%``, ``９５％``, ``九成五``, ``三分之二``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from convergence_docs.model.values.bound import bound_after, bound_before, bounded, is_negated, sign_before
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.width import half_width
from convergence_docs.text import Span


class Percentage(NamedTuple):
    """A percentage as written at ``span``, bounds included: a range in percent.

    ``is_change`` tells that a sign or a word before it (+, 提升, faster by) makes it a difference, not a share;
    ``step`` is the worth of its last written digit (1 for ``95%``, 0.1 for ``94.6%``, 10 for 八成); ``problem`` says
    in a keyword why it cannot be read, else it is empty; ``largest`` is the largest number that is written.
    """

    span: Span
    interval: Interval
    is_change: bool
    step: float = 1.0
    problem: str = ""
    largest: float = 0.0


NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,12})?"
"""A number in half-width digits, with or without separators of thousands."""
DASH = r"(?:[-–—~〜−]|至|到|to)"
"""What stands between the ends of a range."""
ALONE = r"(?<![A-Za-z0-9_%])(?<!\d[.,])"
"""Where a number can begin: not within a word or another number."""


@cache
def _percent() -> re.Pattern[str]:
    return re.compile(
        rf"{ALONE}(?P<low>{NUMBER})\s?(?:%?\s?{DASH}\s?(?P<high>{NUMBER})\s?)?%(?P<double>\s?%)?(?![0-9A-F]{{2}})"
    )


@cache
def _tenths() -> re.Pattern[str]:
    ones = "[一二三四五六七八九]"
    return re.compile(
        rf"(?<![第十百千万零〇两几数一二三四五六七八九])(?P<low>{ones})(?:[到至-]?(?P<high>{ones}))?成(?P<more>{ones}|半)?"
        r"(?![一二三四五六七八九为本功熟交员立果型份就长不分像绩组因形])"
    )


@cache
def _parts() -> re.Pattern[str]:
    part = "[零〇一二三四五六七八九十百]{1,6}(?:点[零〇一二三四五六七八九]{1,6})?"
    return re.compile(
        rf"(?<![第百千万零〇一二三四五六七八九])(?P<whole>[二三四五六七八九十百千万])分之"
        rf"(?:(?P<digits>{NUMBER})|(?P<part>{part}))(?:[到至](?:百分之)?(?P<upto>{part}))?"
    )


_DIGITS = "〇零一二三四五六七八九"
_WHOLES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CHANGES = (
    *(
        "增长",
        "增加",
        "增速",
        "提升",
        "提高",
        "提速",
        "上升",
        "上涨",
        "涨",
        "改善",
        "加速",
        "扩大",
        "超出",
        "高出",
        "多",
    ),
    *("升", "降", "降低", "下降", "减", "减少", "节省", "节约", "快", "慢", "从", "→", "->", "↑", "↓", "×", "x", "X"),
)
_CHANGES_AFTER = (
    *("增长", "增加", "提升", "提高", "上升", "改善", "加速", "下降", "降低", "减少"),
    *("升", "降至", "降到", "变为", "增至", "减至", "→", "->"),
    *("faster", "slower", "more", "growth", "↑", "↓"),
)
_RANKS = ("前", "后")
"""前 20% are the first of all, and no share of anything."""
_LATIN_CHANGES = ("increas", "improv", "grow", "faster", "slower")


def read_percentages(text: str, offset: int = 0) -> tuple[Percentage, ...]:
    """Every percentage in ``text``, in order; ``offset`` is added to the spans.

    Half- and full-width digits and signs are read, bounds (``<50%``, ``95%以上``, ``90%+``), ranges (``50-70%``) and
    Chinese fractions (九成五, 百分之九十五, 三分之二).
    """
    has_words = "成" in text or "分之" in text
    if "%" not in text and "％" not in text and not has_words:
        return ()
    half = half_width(text)
    found = [_in_digits(half, match) for match in _percent().finditer(half)]
    if has_words:
        found += _in_words(half)
        found.sort()
    found = [one for one in found if not half[max(0, one.span.start - 2) : one.span.start].rstrip().endswith(_RANKS)]
    if offset:
        found = [one._replace(span=Span(one.span.start + offset, one.span.end + offset)) for one in found]
    return tuple(found)


def number_of(digits: str) -> float:
    """The number that ``digits`` are."""
    return float(digits.replace(",", ""))


def step_of(digits: str) -> float:
    """The worth of the last digit after the point; 1 without a point."""
    return 10.0 ** -len(digits.partition(".")[2])


def is_change_at(text: str, start: int, end: int) -> bool:
    """Whether the words around a figure make it a difference: 提升 30%, 30% faster."""
    before = text[max(0, start - 24) : start].rstrip("了约至到达近为 ")
    after = text[end : end + 12].lstrip().removeprefix("的")
    if before.endswith(_CHANGES) or after.startswith(_CHANGES_AFTER):
        return True
    if not before[-1:].isascii():
        return False
    words = before.lower().removesuffix(" by").removesuffix(" of").split()
    return bool(words) and words[-1].startswith(_LATIN_CHANGES)


def _in_digits(text: str, match: re.Match[str]) -> Percentage:
    low = number_of(match["low"])
    high = number_of(match["high"]) if match["high"] else low
    step = min(step_of(match["low"]), step_of(match["high"] or match["low"]))
    return figure(text, Span(match.start(), match.end()), low, high, step, "double-sign" if match["double"] else "")


def figure(text: str, span: Span, low: float, high: float, step: float, problem: str = "") -> Percentage:
    """The figure whose digits stand at ``span``, with the bounds and signs that stand around it.

    ``text`` is in half-width characters. The same grammar serves percentages, money and plain numbers.
    """
    sign, start = sign_before(text, span.start)
    before, start = bound_before(text, start) if not sign or sign == "±" else (None, start)
    after, end = bound_after(text, span.end)
    interval = bounded(min(low, high), max(low, high), step, before, after)
    if sign == "-":
        interval = interval and _negative(interval, text[span.start : span.end])
    elif sign == "±":
        interval = Interval(-high, high)
    if not problem and interval is None:
        problem = "contradictory-bounds"
    elif not problem and low > high:
        problem = "reversed-range"
    elif not problem and is_negated(text, start):
        problem = "negated"
    elif not problem and not sign and text[span.start - 1 : span.start] in ("-", "−") and span.start:
        problem = "unclear-sign"
    changed = bool(sign) or is_change_at(text, start, end)
    widest = interval or Interval(min(low, high), max(low, high))
    return Percentage(Span(start, end), widest, changed, step, problem, max(low, high))


def _negative(interval: Interval, written: str) -> Interval:
    """The range below zero: -50-60% is -60 to -50, while -5%~5% runs from -5 to 5."""
    low, high, low_open, high_open = interval
    if any(dash in written for dash in ("~", "〜", "到", "至")):
        return Interval(-low, high, low_open, high_open)
    return Interval(-high, -low, high_open, low_open)


def _in_words(text: str) -> Iterator[Percentage]:
    for match in _tenths().finditer(text):
        low, high = _DIGITS.index(match["low"]) - 1, _DIGITS.index(match["high"] or match["low"]) - 1
        more = match["more"] or ""
        rest = 5 if more == "半" else _DIGITS.index(more) - 1 if more else 0
        span = Span(match.start(), match.end())
        problem = "contradictory-bounds" if more and match["high"] else ""
        yield figure(text, span, low * 10 + rest, high * 10 + rest, 1 if more else 10, problem)
    for match in _parts().finditer(text):
        whole = _WHOLES.get(match["whole"]) or _DIGITS.index(match["whole"]) - 1
        least, most = _ends(match["digits"] or match["part"])
        most = _ends(match["upto"])[1] if match["upto"] else most
        is_exact = whole in (2, 4, 5, 8, 10, 100, 1000, 10000)
        # 三分之二 stands for 67 % as well as for 66.7 %.
        slack = 0.0 if is_exact else 0.5
        span = Span(match.start(), match.end())
        yield figure(text, span, 100 * least / whole - slack, 100 * most / whole + slack, 1)


def _ends(number: str) -> tuple[float, float]:
    """The numbers that a number in digits or Chinese words runs from and to: 七八十 from 70 to 80."""
    if number[0].isdecimal():
        return number_of(number), number_of(number)
    if len(number) == 3 and number[2] == "十" and "十" not in number[:2]:
        return _chinese_number(number[0] + "十"), _chinese_number(number[1:])
    return _chinese_number(number), _chinese_number(number)


def _chinese_number(text: str) -> float:
    """九十五点五 as 95.5, 九五 as 95: digits with at most tens and a hundred before the point."""
    whole, _, decimals = text.partition("点")
    total, digits = 0, 0
    for char in whole:
        if char in "十百":
            total += (digits or 1) * (10 if char == "十" else 100)
            digits = 0
        else:
            digits = digits * 10 + max(0, _DIGITS.index(char) - 1)
    return float(f"{total + digits}.{''.join(str(max(0, _DIGITS.index(char) - 1)) for char in decimals) or 0}")
