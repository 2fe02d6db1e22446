"""Figures read as a reader means them, where they stand."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.values.percentage import read_percentages
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.rating import read_ratings_out_of, read_star_ratings


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open"),
    [
        ("95%", 95.0, 95.0, False, False),
        ("９５．５％", 95.5, 95.5, False, False),
        ("95%以上", 95.0, inf, False, True),
        ("90%+", 90.0, inf, False, True),
        ("<50%", 0.0, 50.0, False, True),
        ("≤ 50%", 0.0, 50.0, False, False),
        (">95%", 95.0, inf, True, True),
        (">=95%", 95.0, inf, False, True),
        ("50-70%", 50.0, 70.0, False, False),
        ("50%～70%", 50.0, 70.0, False, False),
        ("30% 以下", 0.0, 30.0, False, False),
    ],
)
def test_one_percentage(text: str, low: float, high: float, low_open: bool, high_open: bool) -> None:
    (read,) = read_percentages(text)
    assert read.interval == pytest.approx(Interval(low, high, low_open, high_open))


@pytest.mark.parametrize(
    "text",
    ["+150%", "增长 150%", "性能提升了约300%", "降低 20%", "↑120%", "increased 150%", "150% faster", "提升20-120%"],
)
def test_a_change_is_told_from_a_share(text: str) -> None:
    assert [percentage.is_change for percentage in read_percentages(text)] == [True]


@pytest.mark.parametrize("text", ["采用率 150%", "占 95%以上", "约 60%", "100%（所有 LLM 都使用）"])
def test_a_share_is_no_change(text: str) -> None:
    assert [percentage.is_change for percentage in read_percentages(text)] == [False]


def test_spans_cover_figure_and_bound() -> None:
    text = "从 ５0% 到 95%以上。"
    assert [text[p.span.start - 3 : p.span.end - 3] for p in read_percentages(text, offset=3)] == ["５0% 到 95%以上"]
    assert [p.interval.low for p in read_percentages("甲 60%，乙 70%")] == [60, 70]


@pytest.mark.parametrize(
    ("text", "value", "size"),
    [("★★★☆☆", 3, 5), ("★★★", 3, 0), ("☆☆☆☆☆", 0, 5), ("⭐️⭐️⭐️", 3, 0), ("★★½☆☆", 2.5, 5), ("★★★★☆☆", 4, 6)],
)
def test_stars(text: str, value: float, size: int) -> None:
    (rating,) = read_star_ratings(f"约 {text}。", offset=10)
    assert (rating.value, rating.size) == (value, size)
    assert rating.span == (12, 12 + len(text)) or text.endswith("\ufe0f")


@pytest.mark.parametrize(
    ("text", "values"),
    [("4/5", [4]), ("６／５", [6]), ("7.5/10", [7.5]), ("2025/10/5", []), ("24/7", []), ("1/100000", [])],
)
def test_out_of(text: str, values: list[float]) -> None:
    assert [rating.value for rating in read_ratings_out_of(text)] == values


@given(st.text(alphabet="0123456789.%％-~<>≥+以上下★☆½⭐/ 增长", max_size=80), st.integers(0, 9))
def test_any_text_is_read_within_its_bounds(text: str, offset: int) -> None:
    for read in (*read_percentages(text, offset), *read_star_ratings(text, offset), *read_ratings_out_of(text, offset)):
        assert offset <= read.span.start < read.span.end <= offset + len(text)
    assert all(read.interval.low <= read.interval.high for read in read_percentages(text))


def test_membership_respects_open_ends() -> None:
    level = Interval(0.95, 1.0, True, False)
    assert [value in level for value in (0.95, 0.96, 1.0, 1.01)] == [False, True, True, False]
