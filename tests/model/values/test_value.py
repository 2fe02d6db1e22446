"""Values as a reader means them: what each way of writing says, and what cannot be read says so."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.claims.agreement import can_agree
from convergence_docs.model.values.quantity import Interval, render_interval
from convergence_docs.model.values.value import PROBLEMS, Value, ValueKind, read_cell, read_values
from convergence_docs.model.vocabulary import Term
from tests.growth import assert_linear

SHARE = Term("dimension", "adoption", ("采用率", "覆盖率"), "adoption", "percentage")
STARS = Term("dimension", "certainty", ("确定性",), "", "rating", ("5",))
DISPUTE = Term("dimension", "controversy", ("争议度",), "", "ordinal", ("无争议", "少量争议", "有争议", "激烈争议"))
LEVEL = Term("dimension", "level", ("层级",), "", "ordinal", ("L0", "L1", "L2", "L3", "L4"))
YEAR = Term("dimension", "year", ("年份",), "", "year")


def cell(text: str, dimension: Term | None = None) -> Value:
    reading = read_cell(text, 0, dimension)
    assert reading is not None
    return reading.value


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("95%", (95, 95)),
        ("９５．５ ％", (95.5, 95.5)),
        ("95%以上", (95, 100)),
        ("90%+", (90, 100)),
        ("超过 95%", (95, 100, True)),
        ("至少95%", (95, 100)),
        ("<50%", (0, 50, False, True)),
        ("不到 50%", (0, 50, False, True)),
        ("不超过50%", (0, 50)),
        ("50% 以内", (0, 50)),
        ("50-70%", (50, 70)),
        ("60%–70%", (60, 70)),
        ("60% 到 70%", (60, 70)),
        ("60～70％", (60, 70)),
        ("约 95%", (92.5, 97.5)),
        ("~94%", (93.5, 94.5)),
        ("90% 左右", (85, 95)),
        ("近 95%", (90, 95)),
        ("约 95%以上", (92.5, 100)),
        ("C > 0.95", (95, 100, True)),
        ("0.80 < C ≤ 0.95", (80, 95, True)),
        ("(0.95, 1]", (95, 100, True)),
        ("0.57", (57, 57)),
        ("九成五", (95, 95)),
        ("八成", (80, 80)),
        ("七八成", (70, 80)),
        ("三到四成", (30, 40)),
        ("九成以上", (90, 100)),
        ("百分之九十五点五", (95.5, 95.5)),
        ("百分之95", (95, 95)),
        ("四分之三", (75, 75)),
        ("百分之九五", (95, 95)),
        ("百分之七八十", (70, 80)),
        ("百分之九十到九十五", (90, 95)),
        ("60%多", (60, 100, True)),
    ],
)
def test_shares(text: str, interval: tuple[float, ...]) -> None:
    value = cell(text, SHARE)
    assert (value.kind, value.interval, value.text) == (ValueKind.PERCENTAGE, Interval(*interval), text)


def test_changes() -> None:
    assert [one.value.is_change for one in read_values("从 60% 升至 95%，60% → 95%，再降 5%")] == [True] * 5
    assert cell("-10%").interval == Interval(-10, -10)
    assert cell("-50-60%").interval == Interval(-60, -50)
    assert cell("-5%~5%").interval == Interval(-5, 5)
    assert cell("±2%").interval == Interval(-2, 2)


def test_a_rank_is_no_share_and_a_list_mark_no_sign() -> None:
    assert [one.value.text for one in read_values("前 10% 与前百分之二十的模型，占 60%")] == ["60%"]
    assert [one.value.interval for one in read_values("- 99% 的请求")] == [Interval(99, 99)]
    assert [one.value.text for one in read_values("从 $10 涨到 $20，共 3 亿元")] == ["$10", "$20", "3 亿元"]


def test_what_a_text_leaves_open_only_a_share_closes() -> None:
    assert cell("95%以上").interval == Interval(95, inf, False, True)
    assert cell("三分之二", SHARE).interval == pytest.approx(Interval(66.1667, 67.1667), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "dimension", "problem"),
    [
        ("150%", SHARE, "over-100"),
        ("90-120%", SHARE, "over-100"),
        ("C > 95", SHARE, "over-100"),
        ("超过 100%", SHARE, "over-100"),
        ("<0%", SHARE, "contradictory-bounds"),
        ("0.5 < C < 0.5", SHARE, "contradictory-bounds"),
        ("95%%", None, "double-sign"),
        ("70-50%", None, "reversed-range"),
        ("0.95 < C < 0.80", SHARE, "reversed-range"),
        ("2025-2023 年", None, "reversed-range"),
        (">95%以下", None, "contradictory-bounds"),
        ("不是 95%", None, "negated"),
        ("延迟-30%", None, "unclear-sign"),
        ("95%、60%", None, "several-figures"),
        ("★★★ 或 ★★★★", STARS, "several-figures"),
        ("★★★★★★", None, "too-many-stars"),
        ("★★★★☆☆", STARS, "too-many-stars"),
        ("★★★☆", STARS, "too-few-stars"),
        ("6/5", STARS, "too-many-stars"),
        ("很高", DISPUTE, "unknown-step"),
        ("很有争议", DISPUTE, "unknown-step"),
    ],
)
def test_what_cannot_be_read_stays_text_and_says_so(text: str, dimension: Term | None, problem: str) -> None:
    value = cell(text, dimension)
    assert (value.kind, value.interval, value.problem) == (ValueKind.TEXT, None, problem)
    assert problem in PROBLEMS


@pytest.mark.parametrize("text", ["Transformer 一统天下", "1:7", "9.1 调度模型形式化", "10⁻⁴", "低/中/高", "v1.2.3"])
def test_plain_text_has_no_problem(text: str) -> None:
    assert cell(text)[:3] == (ValueKind.TEXT, text, None)
    assert cell(text).problem == ""


@pytest.mark.parametrize("text", ["", " - ", "—", "**—**", "N/A", "/"])
def test_an_empty_cell_states_nothing(text: str) -> None:
    assert read_cell(text) is None


@pytest.mark.parametrize(
    ("text", "dimension", "kind", "number", "size", "unit"),
    [
        ("★★★☆☆", None, "rating", 3, 5, ""),
        ("★★★½", STARS, "rating", 3.5, 5, ""),
        ("★★★", None, "rating", 3, 0, ""),
        ("4/5", None, "rating", 4, 5, ""),
        ("三星", STARS, "rating", 3, 5, ""),
        ("4.5 星", STARS, "rating", 4.5, 5, ""),
        ("高", STARS, "ordinal", 6, 9, ""),
        ("较高", None, "ordinal", 5, 9, ""),
        ("无争议", DISPUTE, "ordinal", 0, 4, ""),
        ("L4：完全收敛", LEVEL, "ordinal", 4, 5, ""),
        ("2025 年", None, "year", 2025, 0, ""),
        ("2017", YEAR, "year", 2017, 0, ""),
        ("2025-10", None, "year", 2025, 0, ""),
        ("¥3,000", None, "money", 3000, 0, "CNY"),
        ("$1.5M", None, "money", 1.5e6, 0, "USD"),
        ("3 亿美元", None, "money", 3e8, 0, "USD"),
        ("20 万元", None, "money", 2e5, 0, "CNY"),
        ("500 USD", None, "money", 500, 0, "USD"),
        ("€20", None, "money", 20, 0, "EUR"),
        ("7B 参数", None, "number", 7e9, 0, "参数"),
        ("1.5 倍", None, "number", 1.5, 0, "倍"),
        ("128K", None, "number", 128_000, 0, ""),
        ("300 亿", None, "number", 3e10, 0, ""),
        ("64GB/s", None, "number", 64, 0, "GB/s"),
    ],
)
def test_other_kinds(text: str, dimension: Term | None, kind: str, number: float, size: int, unit: str) -> None:
    value = cell(text, dimension)
    assert (value.kind, value.interval, value.size, value.unit) == (kind, Interval(number, number), size, unit)


@pytest.mark.parametrize(
    ("text", "dimension", "ends"),
    [
        ("L2-L3", LEVEL, (2, 3)),
        ("L3 以上", LEVEL, (3, 4)),
        ("中到高", None, (4, 6)),
        ("2023–2025 年", None, (2023, 2025)),
        ("$1M–$2M", None, (1e6, 2e6)),
        ("100-200 万元", None, (1e6, 2e6)),
        ("10-20ms", None, (10, 20)),
        ("500-2K", None, (500, 2000)),
        ("1-2M", None, (1e6, 2e6)),
        ("约 500 USD", None, (450, 550)),
    ],
)
def test_ranges_of_other_kinds(text: str, dimension: Term | None, ends: tuple[float, float]) -> None:
    interval = cell(text, dimension).interval
    assert interval is not None
    assert interval[:2] == ends


@pytest.mark.parametrize(
    ("text", "value", "scope", "year"),
    [
        ("100%（所有 LLM 都使用）", "100%", "所有 LLM 都使用", None),
        ("95% (new products)", "95%", "new products", None),
        ("95%以上新产品采用", "95%以上", "新产品采用", None),
        ("**95%以上**（新产品）", "95%以上", "新产品", None),
        ("95%（2024 年）", "95%", "", 2024),
        ("95%（截至 2025 年底，新产品）", "95%", "新产品", 2025),
        ("2025 年 95%", "95%", "", 2025),
        ("95%（2024 年为 90%）", "95%", "2024 年为 90%", None),
        ("采用率：95%", "95%", "", None),
        ("95%[^census]", "95%", "", None),
        ("高（10K+ TPS）", "高", "10K+ TPS", None),
        ("高（85%）", "85%", "", None),
        ("100%上下文", "100%", "上下文", None),
        ("最近 95%", "95%", "最近", None),
        ("60%（主流（三家）产品）", "60%", "主流（三家）产品", None),
    ],
)
def test_scope_and_year(text: str, value: str, scope: str, year: int | None) -> None:
    reading = read_cell(text, 7, SHARE)
    assert reading is not None
    assert (reading.value.text, reading.scope, reading.year) == (value, scope, year)
    assert text[reading.span.start - 7 : reading.span.end - 7] == value


def test_running_text() -> None:
    text = "架构层收敛度 95%（新产品），比 2020 年的 60% 高，性能提升了约 30%，确定性 ★★★★★。"
    found = read_values(text, 100)
    assert [(one.value.text, one.scope, one.value.is_change) for one in found] == [
        ("95%", "新产品", False),
        ("60%", "", False),
        ("约 30%", "", True),
        ("★★★★★", "", False),
    ]
    assert all(text[one.span.start - 100 : one.span.end - 100] == one.value.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "https://x.y/%E5%9B%BE.md",
        "a<br>b",
        "成为主流",
        "一成不变",
        "$O(n^2)$",
        "三星电子",
        "★ 推荐",
        "⭐ 12.3k",
        "$28 \\times 28$ 个",
        "$28 × 28$ 个",
    ],
)
def test_no_figures_in_other_signs(text: str) -> None:
    assert [one.value.kind for one in read_values(text)] == ["text"]


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("95%", "95%以上", True),
        ("95%", "90%", False),
        ("约 95%", "94.6%", True),
        ("95%", "94.6%", True),
        ("95%", "94.4%", False),
        ("95%", "94%", False),
        ("八成", "82%", True),
        ("八成", "90%", False),
        ("三分之二", "67%", True),
        ("3 亿元", "2.95 亿元", True),
        ("高", "较高", True),
        ("高", "低", False),
        ("★★★☆☆", "★★★★☆", False),
        ("95%", "★★★☆☆", True),
        ("提升 30%", "95%", True),
    ],
)
def test_agreement(one: str, other: str, agrees: bool) -> None:
    assert can_agree(cell(one), cell(other)) == can_agree(cell(other), cell(one)) == agrees


ALPHABET = "0123456789.,%％-–~<>≤≥+约近超过不到以上下左右至到成分之★☆½/年月万亿元美¥$KMB（）() L高低中:：C=\n*"


@settings(max_examples=400)
@given(st.text(alphabet=ALPHABET, max_size=60), st.sampled_from([None, SHARE, STARS, DISPUTE, LEVEL, YEAR]))
def test_any_text_is_read_within_its_bounds(text: str, dimension: Term | None) -> None:
    one = read_cell(text, 3, dimension)
    for reading in (*read_values(text, 3, dimension), *((one,) if one else ())):
        span, value = reading.span, reading.value
        assert 3 <= span.start < span.end <= 3 + len(text)
        assert value.text == text[span.start - 3 : span.end - 3]
        assert not value.problem or (value.kind is ValueKind.TEXT and value.interval is None)
        assert (value.interval is None) == (value.kind is ValueKind.TEXT)
        if value.interval is not None:
            assert value.interval.low <= value.interval.high
            assert not value.interval.is_point or value.interval[2:] == (False, False)
        if value.kind is ValueKind.PERCENTAGE and dimension is SHARE and value.interval and not value.is_change:
            assert 0 <= value.interval.low <= value.interval.high <= 100


@given(st.integers(0, 1000), st.integers(0, 1000), st.booleans(), st.booleans())
def test_a_share_printed_is_read_back(low: int, high: int, low_open: bool, high_open: bool) -> None:
    ends = sorted((low / 10, high / 10))
    interval = Interval(*ends) if low == high else Interval(*ends, low_open, high_open)
    assert cell(render_interval(interval), SHARE).interval == interval


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from("[]<>≥"),
    st.sampled_from([" 倍", " GB/s", " 美元", " USD"]),
)
def test_an_amount_printed_is_read_back(one: int, other: int, form: str, unit: str) -> None:
    low, high = sorted((one / 100, other / 100))
    interval = {
        "[": Interval(low, low),
        "]": Interval(low, high),
        "<": Interval(0, high, False, high > 0),
        ">": Interval(low, inf, True, True),
        "≥": Interval(low, inf, False, True),
    }[form]
    value = cell(render_interval(interval, unit))
    assert value.interval == interval
    assert value.kind in (ValueKind.NUMBER, ValueKind.MONEY)


@pytest.mark.parametrize(
    "piece",
    ["9", "9,999", "约", "（", "95%", "95%-", "-", "九成", "1 < C ", "★", " ", "$1", "$1元", "2025 ", "> ", "不"],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = piece * count
        return lambda: (read_values(text), read_cell(text, 0, SHARE), read_cell(text, 0, LEVEL))

    assert_linear(prepare, 2_500, 20_000)
