"""Claims of tables, in every way of laying them out."""

from __future__ import annotations

import pytest

from convergence_docs.model.claims.claim import ClaimSource
from convergence_docs.model.values.value import ValueKind
from tests.claims.facts import claims_of, facts


def test_dimensions_down_and_layers_across() -> None:
    assert facts(
        "# 3.1 总览\n\n| 维度 | 地基层 | 墙体层收敛 |\n| --- | --- | --- |\n"
        "| **采用率** | 90%以上（新建房屋） | 40% |\n| **争议度** | 无争议 | 有争议 |\n| **确定性** | ★★★★☆ | ★★☆☆☆ |\n"
    ) == [
        "layer:ground | adoption = 90%以上 (新建房屋)",
        "layer:wall | adoption = 40%",
        "layer:ground | dispute = 无争议",
        "layer:wall | dispute = 有争议",
        "layer:ground | certainty = ★★★★☆",
        "layer:wall | certainty = ★★☆☆☆",
    ]


def test_layers_down_and_dimensions_across() -> None:
    assert facts("| 层 | 收敛度 | 层级 |\n| --- | --- | --- |\n| 地基层 | 90% | L1 |\n| 墙体层 | 45% | L0 |\n") == [
        "layer:ground | degree = 90%",
        "layer:ground | level = L1",
        "layer:wall | degree = 45%",
        "layer:wall | level = L0",
    ]


@pytest.mark.parametrize(
    ("headings", "subject"),
    [
        ("# 一、地基层收敛\n\n## 1.1 收敛状态", "layer:ground"),
        ("# 03.1 房屋\n\n## 二、红砖砌法的收敛\n\n### 2.1 现状", "technology:brick"),
        ("# 03.1-地基层", "layer:ground"),
        ("# 03.1-地基层\n\n## 二、竹筋", "[竹筋]"),
    ],
)
def test_a_table_of_one_subject_makes_two_claims_a_row(headings: str, subject: str) -> None:
    table = "| 维度 | 特征 | 2025 状态 |\n| --- | --- | --- |\n"
    table += "| 采用率 | 90%以上新房采用 | 已成惯例 |\n| 确定性 | ★★★★★ | - |\n"
    assert facts(f"{headings}\n\n{table}") == [
        f"{subject} | adoption = 90%以上 (新房采用)",
        f"{subject} | adoption = 已成惯例 @2025",
        f"{subject} | certainty = ★★★★★",
    ]


def test_a_section_of_two_subjects_is_the_owner_of_nothing() -> None:
    table = "| 维度 | 特征 |\n| --- | --- |\n| 采用率 | 90% |\n"
    assert facts(f"# 地基层\n\n## 地基层 vs 墙体层\n\n{table}") == []


def test_drivers() -> None:
    assert facts(
        "| 因素 | 作用机制 | 收敛效果 |\n| --- | --- | --- |\n"
        "| **批量采购** | 单价下降 | 尺寸统一 |\n| 口碑 | 邻里相传 | |\n"
    ) == [
        "factor:bulk | mechanism = 单价下降",
        "factor:bulk | effect = 尺寸统一",
        "[口碑] | mechanism = 邻里相传",
    ]


def test_a_comparison_names_its_subjects_in_the_first_column() -> None:
    text = "| 材料 | 类型 | 覆盖率 | 性能开销 | 成熟度 | 3年收益 |\n|---|---|---|---|---|---|\n"
    text += "| **红砖** | 陶 | 80% | <5% | ⭐⭐⭐⭐ | $300K |\n| 竹筋 | 木 | 12% | 无 | ⭐ | - |\n"
    assert facts(text) == [
        "technology:brick | adoption = 80%",
        "technology:brick | [性能开销] = <5%",
        "technology:brick | [成熟度] = ⭐⭐⭐⭐",
        "technology:brick | [3年收益] = $300K",
        "[竹筋] | adoption = 12%",
        "[竹筋] | [成熟度] = ⭐",
    ]
    assert facts(text, None)[0] == "[红砖] | [覆盖率] = 80%"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "| 指标 | 目标值 | 优化前 | 优化后 | 改善 |\n|---|---|---|---|---|\n| 良品率 | >99% | 90% | 95% | +5% |",
            [
                "[泥瓦工地] | [良品率] = >99% (目标值)",
                "[泥瓦工地] | [良品率] = 90% (优化前)",
                "[泥瓦工地] | [良品率] = 95% (优化后)",
                "[泥瓦工地] | [良品率] = +5% Δ (改善)",
            ],
            id="states-of-the-section's-subject",
        ),
        pytest.param(
            "| 参数 | 甲窑 | 乙窑 |\n|---|---|---|\n| 破损率 | 5-10% | 2% |",
            ["[甲窑] | [破损率] = 5-10%", "[乙窑] | [破损率] = 2%"],
            id="subjects-across",
        ),
        pytest.param(
            "| 维度 | 窑 | 匹配强度 |\n|---|---|---|\n| **火候** | 直焰 | ⭐⭐⭐ |",
            ["[火候] | [匹配强度] = ⭐⭐⭐"],
            id="a-column-that-is-a-measure",
        ),
        pytest.param(
            "| 维度 | 吞吐量 | 利用率 |\n|---|---|---|\n| **性能** | >80% | >90% |", [], id="measures-on-both-axes"
        ),
        pytest.param(
            "| 材料 | 2024年采用率 | 2025年采用率 |\n|---|---|---|\n| 瓦 | 30% | 35% |",
            ["[瓦] | adoption = 30% @2024", "[瓦] | adoption = 35% @2025"],
            id="years-in-headers",
        ),
        pytest.param(
            "| 指标 | 2024年 | 2025年 |\n|---|---|---|\n| 良品率 | 30% | 35% |",
            ["[泥瓦工地] | [良品率] = 30% @2024", "[泥瓦工地] | [良品率] = 35% @2025"],
            id="years-across",
        ),
        pytest.param(
            "| 场景 | 未加固 | 加固 |\n|---|---|---|\n| 破损率 | 9% | 2% |\n| 墙面成本 | 高 | 低 |",
            ["[未加固] | [破损率] = 9%", "[加固] | [破损率] = 2%"],
            id="rows-that-are-measures-whatever-the-corner-says",
        ),
        pytest.param(
            "| 技术 | 2024年 | 2025年11月 | 提升 |\n|---|---|---|---|\n| 良品率 | 75% | 85% | 10% |",
            [
                "[泥瓦工地] | [良品率] = 75% @2024",
                "[泥瓦工地] | [良品率] = 85% @2025",
                "[泥瓦工地] | [良品率] = 10% Δ (提升)",
            ],
            id="a-measure-then-and-now",
        ),
        pytest.param(
            "| 厚度 | 破损率 |\n|---|---|\n| 64cm | 1% |",
            ["[泥瓦工地] | [破损率] = 1% (厚度 64cm)"],
            id="rows-named-by-a-size",
        ),
        pytest.param(
            "| 特性 | 例子 | 成熟度 | 2025年状态 |\n|---|---|---|---|\n| 竹编 | 篮 | ⭐⭐ | 85% |",
            ["[竹编] | [成熟度] = ⭐⭐", "[竹编] | status = 85% @2025"],
            id="a-state-beside-a-measure",
        ),
        pytest.param("| 材料 | 2030年 |\n|---|---|\n| 瓦 | ⭐⭐ |", [], id="a-bare-year-measures-nothing"),
        pytest.param(
            "| 序号 | 材料 | 占比 |\n|---|---|---|\n| 1 | 瓦 | 30% |", ["[瓦] | [占比] = 30%"], id="counted-rows"
        ),
        pytest.param(
            "| 工人数 | 占比 |\n|---|---|\n| 16 | 30% |",
            ["[泥瓦工地] | [占比] = 30% (工人数 16)"],
            id="rows-named-by-a-number",
        ),
        pytest.param("| | 甲 | 乙 |\n|---|---|---|\n| 丙 | 1% | 2% |", [], id="nothing-tells-which-axis"),
        pytest.param(
            "| | 甲 | 乙 |\n|---|---|---|\n| 破损率 | 1% | 2% |",
            ["[甲] | [破损率] = 1%", "[乙] | [破损率] = 2%"],
            id="an-empty-corner-with-measures-below",
        ),
        pytest.param(
            "| 层级 | 收敛度区间 |\n|---|---|\n| L1 | 0.50 < C ≤ 1 |",
            ["level:L1 | degree = 0.50 < C ≤ 1"],
            id="an-interval",
        ),
        pytest.param(
            "| 维度 | L1 的特征 | 反面 |\n|---|---|---|\n| 采用率 | 高于 95%，例外很少 | 例外很多 |",
            ["level:L1 | adoption = 高于 95%"],
            id="a-header-that-says-more-than-a-name",
        ),
        pytest.param(
            "| 做法 | 成本降低 |\n|---|---|\n| 瓦 | 30% |", ["[瓦] | [成本降低] = 30% Δ"], id="a-measure-of-change"
        ),
    ],
)
def test_other_tables(table: str, expected: list[str]) -> None:
    assert facts(f"# 泥瓦工地\n\n{table}\n") == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("80%", "80%"),
        ("**80%**", "80%"),
        ("高(80%)", "80%"),
        ("极低（<5%）", "<5%"),
        ("✅ 100%", "100%"),
        ("95%（12/12 间）", "95% (12/12 间)"),
        ("性能提升20-40%", "20-40% Δ"),
        ("30-50%提升", "30-50% Δ"),
        ("[80%](https://example.org/a%20b)", "80%"),
        ("[见表](a%20b%2050%.md)", None),
        ("`80%`", None),
        ("`code` 80%", None),
        ("$80\\%$", None),
        ("80% <!-- 90% -->", "80%"),
        ("~~70%~~ 80%", "80%"),
        ("~~70%~~", None),
        ("成本降低30-50%，效率高", None),
        ("60% → 85%", None),
        ("80% / 20%", None),
        ("利用率>60%，延迟<5%", None),
        ("150ms", None),
        ("快", None),
        ("-", None),
        ("<del>70%</del>", None),
    ],
)
def test_only_cells_that_are_a_value_make_a_claim(cell: str, expected: str | None) -> None:
    found = facts(f"| 材料 | 性能 |\n|---|---|\n| 瓦 | {cell} |\n", None)
    assert found == ([] if expected is None else [f"[瓦] | [性能] = {expected}"])


@pytest.mark.parametrize(
    "row",
    ["| 红砖 | 80% |", "| 红砖 | 80% | ★★★ | 70% |", "| | 80% | ★★★ |", "| 红砖 | 80%"],
    ids=["missing", "surplus", "no-name", "unclosed"],
)
def test_a_row_with_a_missing_or_surplus_cell_makes_no_claims(row: str) -> None:
    table = "| 材料 | 采用率 | 确定性 |\n|---|---|---|\n"
    assert facts(f"{table}{row}\n| 钢梁 | 70% | ★★★★★ |\n") == [
        "technology:beam | adoption = 70%",
        "technology:beam | certainty = ★★★★★",
    ]


def test_what_cannot_be_read_is_kept_where_it_is_known_what_it_is_of() -> None:
    text = "| 层 | 采用率 | 确定性 |\n|---|---|---|\n| 地基层 | 60% 70% | ★★★★★★ |\n"
    found = claims_of(text)
    assert [claim.value.problem for claim in found] == ["several-figures", "too-many-stars"]
    assert all(claim.value.kind is ValueKind.TEXT and claim.value.interval is None for claim in found)
    assert claims_of(text.replace("地基层", "地下层").replace("| 层", "| 材料")) == ()


def test_html_tables_and_code_make_no_claims() -> None:
    row = "| 地基层 | 采用率 90% |"
    html = "<table><tr><th>层</th><th>采用率</th></tr>\n<tr><td>地基层</td><td>地基层的采用率为 90%</td></tr></table>"
    assert facts(f"# 地基层\n\n{html}\n\n```text\n| 层 | 采用率 |\n|---|---|\n{row}\n- **采用率**：80%\n```\n") == []


def test_a_claim_carries_its_place_and_citation() -> None:
    text = "# 地基层\n\n## 一、现状\n\n| 层 | 采用率 |\n|---|---|\n"
    text += "| 地基层 | 90%[^a] |\n| 墙体层 | [40%](https://example.org) |\n\n[^a]: 书\n"
    first, second = claims_of(text)
    assert (first.source, first.heading, first.anchor, first.reference) == (
        ClaimSource.TABLE,
        "一、现状",
        "一现状",
        "a",
    )
    assert second.reference == "https://example.org"
    assert text[slice(*second.span)] == "40%"
