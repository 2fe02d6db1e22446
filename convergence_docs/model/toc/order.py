"""What stands out of order in a sequence, at the least."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import le


def longest_rise(values: Sequence[int]) -> tuple[int, ...]:
    """The places of a longest subsequence that never falls, by patience sorting in n log n steps."""
    if all(map(le, values, values[1:])):
        return tuple(range(len(values)))
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        pile = bisect_right(ends, value)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [value]
        tops[pile : pile + 1] = [place]
    rise, place = [], tops[-1] if tops else -1
    while place >= 0:
        rise.append(place)
        place = before[place]
    return tuple(reversed(rise))
