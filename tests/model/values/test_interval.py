"""The algebra of ranges keeps its laws, and what is printed is read back."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.values.limits import read_brackets, read_interval, read_limits
from convergence_docs.model.values.quantity import Interval, render_interval, tolerance

ENDS = st.integers(0, 400).map(lambda quarters: quarters / 4)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Ranges of percent that hold a number; half of them have ends that others have too."""
    low, high = sorted((draw(ENDS), draw(ENDS)))
    if low == high:
        return Interval(low, high)
    if draw(st.booleans()):
        return Interval(low, inf, draw(st.booleans()), True)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


PROBES = [quarter / 8 for quarter in range(3300)]


@given(intervals())
def test_what_is_printed_is_read_back(interval: Interval) -> None:
    assert read_interval(render_interval(interval)) == interval


@given(intervals(), intervals())
def test_disjoint_means_no_number_in_common(one: Interval, other: Interval) -> None:
    assert one.is_disjoint(other) == other.is_disjoint(one) != one.overlaps(other)
    assert one.is_disjoint(other) == (not any(probe in one and probe in other for probe in PROBES))


@given(intervals(), intervals())
def test_the_intersection_holds_what_both_hold(one: Interval, other: Interval) -> None:
    both = one.intersect(other)
    assert both == other.intersect(one)
    assert [probe for probe in PROBES if both and probe in both] == [
        probe for probe in PROBES if probe in one and probe in other
    ]
    assert both is None or (one.encloses(both) and other.encloses(both))


@given(intervals(), intervals(), intervals())
def test_enclosing_is_an_order(one: Interval, other: Interval, third: Interval) -> None:
    assert one.encloses(one)
    assert not (one.encloses(other) and other.encloses(third)) or one.encloses(third)
    assert not (one.encloses(other) and other.encloses(one)) or one == other
    assert not one.encloses(other) or one.intersect(other) == other


@given(intervals(), st.floats(0, 5))
def test_widening_and_capping(interval: Interval, by: float) -> None:
    assert interval.widened(by).encloses(interval)
    assert interval.encloses(interval.capped(100.0))


def test_shortest_forms() -> None:
    ranges = {
        "95%": Interval(95, 95),
        "≥95%": Interval(95, inf, False, True),
        ">95.5%": Interval(95.5, inf, True, True),
        "<50%": Interval(0, 50, False, True),
        "50–70%": Interval(50, 70),
        "80% < x ≤ 95%": Interval(80, 95, True, False),
    }
    assert {render_interval(interval): interval for interval in ranges.values()} == ranges


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("0.80 < C ≤ 0.95", (80, 95, True, False)),
        ("0 ≤ C ≤ 0.20", (0, 20, False, False)),
        ("C > 0.95", (95, inf, True, True)),
        ("Ｃ ＞ ９５％", (95, inf, True, True)),
        ("C<=57%", (0, 57, False, False)),
        ("0.57<C<0.58", (57, 58, True, True)),
    ],
)
def test_limits_on_a_letter(text: str, interval: tuple[float, float, bool, bool]) -> None:
    assert read_interval(text) == Interval(*interval)


def test_limits_the_wrong_way_round_say_so() -> None:
    assert [one.problem for one in read_limits("0.95 < C ≤ 0.80")] == ["reversed-range"]
    brackets = read_brackets("(1, 0.95]")
    assert brackets is not None
    assert brackets.problem == "reversed-range"


@pytest.mark.parametrize(
    ("value", "step", "reach"),
    [(95, 1, 2.5), (94, 1, 0.5), (94.6, 0.1, 0.05), (60, 1, 5), (10, 1, 1), (100, 1, 10), (1, 1, 0.5), (0, 1, 0.5)],
)
def test_an_approximation_reaches_as_far_as_it_is_rounded(value: float, step: float, reach: float) -> None:
    assert tolerance(value, step) == pytest.approx(reach)
