"""Ranges written with a letter and signs, ``C > 0.95``, ``0.80 < C ≤ 0.95``, or in brackets, ``(0.95, 1]``."""

from __future__ import annotations

import re
from functools import cache
from math import inf
from typing import NamedTuple

from convergence_docs.model.values.percentage import NUMBER, number_of, read_percentages, step_of
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.width import half_width
from convergence_docs.text import Span

_ENDS = rf"(?P<low>-?{NUMBER})\s?%?\s?(?P<from><=|≤|⩽|<)\s?(?P<name>[A-Za-z])\s?(?P<to><=|≤|⩽|<)\s?(?P<high>-?{NUMBER})"
_ONE_END = rf"(?P<letter>[A-Za-z])\s?(?P<sign>>=|<=|[<>≤≥⩽⩾=])\s?(?P<end>{NUMBER})"


@cache
def _limited() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_ENDS}|{_ONE_END})\s?(?P<unit>%)?(?![\d.]*\d)")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>[\[(])\s?(?P<low>{NUMBER})\s?%?\s?,\s?(?P<high>{NUMBER})\s?(?P<unit>%)?\s?(?P<shut>[\])])"
    )


class Limits(NamedTuple):
    """A range as written at ``span``; ``letter`` is what it is said of, ``is_percent`` tells of a percent sign."""

    span: Span
    interval: Interval
    letter: str
    is_percent: bool
    step: float
    problem: str = ""

    @property
    def in_percent(self) -> Interval:
        """The range in percent, where it is written as a ratio."""
        low, high, low_open, high_open = self.interval
        return self.interval if self.is_percent else Interval(_percent(low), _percent(high), low_open, high_open)


def _percent(ratio: float) -> float:
    return ratio if ratio == inf else round(ratio * 100, 10)  # 0.57 * 100 is 56.99999999999999


def read_limits(text: str, offset: int = 0) -> tuple[Limits, ...]:
    """Every range in ``text`` that is written with a letter and signs; ``offset`` is added to the spans."""
    half = half_width(text)
    return tuple(_limits(match, offset) for match in _limited().finditer(half))


def _limits(match: re.Match[str], offset: int) -> Limits:
    span = Span(match.start() + offset, match.end() + offset)
    is_percent = match["unit"] is not None
    if match["letter"]:
        number, sign = number_of(match["end"]), match["sign"]
        interval = Interval(number, number)
        if sign in (">", ">=", "≥", "⩾"):
            interval = Interval(number, inf, sign == ">", True)
        elif sign != "=":
            interval = Interval(0.0, number, False, sign == "<")
        problem = "contradictory-bounds" if _is_empty(interval) else ""
        return Limits(span, interval, match["letter"], is_percent, step_of(match["end"]), problem)
    low, high = number_of(match["low"]), number_of(match["high"])
    interval = Interval(min(low, high), max(low, high), match["from"] == "<", match["to"] == "<")
    problem = "reversed-range" if low > high else "contradictory-bounds" if _is_empty(interval) else ""
    return Limits(
        span, interval, match["name"], is_percent, min(step_of(match["low"]), step_of(match["high"])), problem
    )


def _is_empty(interval: Interval) -> bool:
    return interval.is_point and (interval.low_open or interval.high_open)


def read_brackets(text: str) -> Limits | None:
    """The range that ``text`` as a whole is in brackets, round for an end that is not part of it; else ``None``."""
    match = _bracketed().fullmatch(half_width(text).strip())
    if match is None:
        return None
    low, high = number_of(match["low"]), number_of(match["high"])
    interval = Interval(min(low, high), max(low, high), match["open"] == "(", match["shut"] == ")")
    step = min(step_of(match["low"]), step_of(match["high"]))
    problem = "reversed-range" if low > high else "contradictory-bounds" if _is_empty(interval) else ""
    return Limits(Span(0, len(text)), interval, "", match["unit"] is not None, step, problem)


def read_interval(text: str) -> Interval | None:
    """The range of percent that ``text`` as a whole is, in whichever way it is written; ``None`` where it is none.

    Reads back what `convergence_docs.model.values.quantity.render_interval` prints.
    """
    half = half_width(text).strip()
    limits = read_limits(half)
    if len(limits) == 1 and limits[0].span == (0, len(half)) and not limits[0].problem:
        return limits[0].in_percent
    found = read_percentages(half)
    is_all = len(found) == 1 and found[0].span == (0, len(half)) and not found[0].problem
    return found[0].interval if is_all else None
