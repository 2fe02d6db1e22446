"""Ranges of numbers with open and closed ends, and how people write them: ``95%以上``, ``<50%``, ``80% < C ≤ 95%``.

Percentages are in percent throughout: ``95%`` is 95. What a text leaves open stays open: ``95%以上`` runs to infinity,
because only its dimension knows that a share ends at 100.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple


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

    @property
    def is_point(self) -> bool:
        """Whether it holds one number alone."""
        return self.low == self.high

    def is_below(self, other: Interval) -> bool:
        """Whether every number of this is smaller than every number of ``other``."""
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def is_disjoint(self, other: Interval) -> bool:
        """Whether the two have no number in common."""
        return self.is_below(other) or other.is_below(self)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return not self.is_disjoint(other)

    def encloses(self, other: Interval) -> bool:
        """Whether every number of ``other`` lies within this."""
        from_low = self.low < other.low or (self.low == other.low and (not self.low_open or other.low_open))
        to_high = self.high > other.high or (self.high == other.high and (not self.high_open or other.high_open))
        return from_low and to_high

    def intersect(self, other: Interval) -> Interval | None:
        """The numbers that both hold; ``None`` where there are none."""
        if self.is_disjoint(other):
            return None
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        # Of two ends at one place the open one is the narrower; ``not`` makes it the smaller in the order of tuples.
        high, high_shut = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_shut)

    def capped(self, high: float) -> Interval:
        """The same range where nothing can be more than ``high``: a share ends at 100."""
        return Interval(self.low, high, self.low_open, False) if self.high > high >= self.low else self

    def widened(self, by: float) -> Interval:
        """The range with both ends moved outwards; ends at infinity stay where they are."""
        return Interval(self.low - by, self.high + by, self.low_open, self.high_open)


def tolerance(value: float, step: float) -> float:
    """How far from ``value`` an approximation of it (``约 95%``) may lie.

    Half the step in which it seems to be counted (94 by ones, 95 by fives, 60 by tens), but at most a tenth of the
    value, and never less than half of ``step``, the worth of its last written digit: 约 95% is 92.5 to 97.5, 约 94% is
    93.5 to 94.5, 约 60% is 55 to 65, 约 10% is 9 to 11.
    """
    from decimal import Decimal  # costs milliseconds, and few figures are approximations

    if not value:
        return step / 2
    digits = Decimal(repr(abs(value))).normalize()
    grain = float(Decimal(1).scaleb(int(digits.as_tuple().exponent)))
    if digits.as_tuple().digits[-1] == 5:
        grain *= 5
    return max(min(grain / 2, abs(value) / 10), step / 2)


def render_number(value: float) -> str:
    """A number in plain digits, without an exponent and without idle zeros: ``95``, ``94.6``."""
    text = f"{value:.10f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def render_interval(interval: Interval, unit: str = "%") -> str:
    """A range as it is written shortest: ``95%``, ``≥95%``, ``<50%``, ``50–70%``, ``80% < x ≤ 95%``.

    `convergence_docs.model.values.percentage.read_interval` reads it back to the same range.
    """
    low, high, low_open, high_open = interval
    lowest, highest = f"{render_number(low)}{unit}", "" if high == inf else f"{render_number(high)}{unit}"
    if low == high:
        return lowest
    if high == inf:
        return f"{'>' if low_open else '≥'}{lowest}"
    if low == 0 and not low_open:
        return f"{'<' if high_open else '≤'}{highest}"
    if low > 0 and not low_open and not high_open:
        return f"{render_number(low)}–{highest}"
    return f"{lowest} {'<' if low_open else '≤'} x {'<' if high_open else '≤'} {highest}"
