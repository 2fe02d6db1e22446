"""Claims of bold leads under what a section, a list or an item is about."""

from __future__ import annotations

from textwrap import indent

import pytest

from convergence_docs.model.claims.claim import ClaimSource
from tests.claims.facts import claims_of, facts

_BULLETS = "- **采用率**：90%（所有新房）\n- **争议度**：无争议\n- **确定性**：★★★★★\n- **负责人**：张三\n"


@pytest.mark.parametrize(
    ("above", "subject"),
    [
        pytest.param(
            "# 房屋\n\n## 三、红砖的统治\n\n### 3.1 红砖砌法\n\n收敛状态：\n", "technology:brick", id="heading"
        ),
        pytest.param("# 房屋\n\n## 三、红砖\n\n### 3.1 收敛状态（2025 年）\n", "technology:brick", id="heading-above"),
        pytest.param("# 03.2 地基层\n", "layer:ground", id="title"),
        pytest.param("---\ntitle: 地基层\n---\n\n开始。\n", "layer:ground", id="front-matter"),
        pytest.param("# 房屋\n\n## 红砖\n\n**钢梁收敛状态**：\n", "technology:beam", id="line-that-leads-in"),
        pytest.param("# 房屋\n\n## 红砖\n\n**红砖**：\n\n**收敛状态**：\n", "technology:brick", id="two-lines"),
    ],
)
def test_the_nearest_name_owns_the_bullets(above: str, subject: str) -> None:
    assert facts(f"{above}\n{_BULLETS}") == _facts_of(subject)


def _facts_of(subject: str) -> list[str]:
    return [
        f"{subject} | adoption = 90% (所有新房)",
        f"{subject} | dispute = 无争议",
        f"{subject} | certainty = ★★★★★",
    ]


@pytest.mark.parametrize(
    "above",
    [
        "# 地基层\n\n## 地基层与墙体层的关系\n\n",
        "# 地基层\n\n## 红砖\n\n竹筋与别的材料相比，情形是：\n\n",
        "# 地基层\n\n- **红砖和钢梁**\n",
    ],
    ids=["two-names", "a-sentence", "an-item-with-two-names"],
)
def test_an_owner_that_is_unsure_owns_nothing(above: str) -> None:
    assert facts(above + indent(_BULLETS, "    " if above.endswith("**\n") else "")) == []


def test_a_heading_is_about_what_it_names_before_a_colon() -> None:
    assert facts("# 房屋\n\n### 4.3 墙体层：40%，属于 L0\n\n- **收敛度**：40%\n") == ["layer:wall | degree = 40%"]


def test_the_line_that_leads_in_may_name_the_year() -> None:
    text = "# 红砖\n\n收敛状态（2025 年通行说法）：\n\n- **采用率**：90%\n- **确定性**：★★★★★（2024 年）\n"
    assert facts(text) == ["technology:brick | adoption = 90% @2025", "technology:brick | certainty = ★★★★★ @2024"]


def test_an_unknown_heading_owns_figures_only_by_its_name() -> None:
    assert facts(f"# 地基层\n\n## 2.1 竹筋\n\n{_BULLETS}") == [
        "[竹筋] | adoption = 90% (所有新房)",
        "[竹筋] | certainty = ★★★★★",
    ]


def test_items_within_an_item_are_about_that() -> None:
    text = "# 房屋\n\n- **红砖**：\n    - **采用率**：90%\n- **竹筋**\n    - **采用率**：9%\n- **采用率**：1%\n"
    assert facts(text) == ["technology:brick | adoption = 90%", "[竹筋] | adoption = 9%", "[房屋] | adoption = 1%"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- **采用率**：90%", "adoption = 90%"),
        ("* **采用率:** 90%", "adoption = 90%"),
        ("1. **覆盖率**: 约 90%", "adoption = 约 90%"),
        ("- 采用率：90%", "adoption = 90%"),
        ("- [x] **采用率**：90%", "adoption = 90%"),
        ("**采用率**：90%", "adoption = 90%"),
        ("**2025 状态**：已成惯例", "status = 已成惯例 @2025"),
        ("- **采用率**：90%，竹屋例外", "adoption = 90%"),
        ("- **采用率**：90%（2024 年，新房）", "adoption = 90% (新房) @2024"),
        ("- **采用率**：90%（所有\n  新房）", "adoption = 90% (所有 新房)"),
        ("- **采用率（新房）**：90%", "adoption = 90% (新房)"),
        ("- **采用率**：`90%`", None),
        ("- **采用率**：**90%**", "adoption = 90%"),
        ("- **采用率**：有人说过 90%", None),
        ("- **采用率**：由 60% 升到 90%", None),
        ("- **采用率**：90% 或 80%", None),
        ("- **采用率**：", None),
        ("> - **采用率**：90%", None),
        ("    - **采用率**：90%", None),
        ("[^1]: **采用率**：90%", None),
        ("- **采用率** 90%", None),
        ("- **采用率**：[90%](a%2050%.md)", "adoption = 90%"),
        ("- **确定性**：★★★★★★", "certainty = ★★★★★★ !too-many-stars"),
    ],
)
def test_what_an_item_states(line: str, expected: str | None) -> None:
    assert facts(f"# 红砖\n\n正文。\n\n{line}\n") == ([] if expected is None else [f"technology:brick | {expected}"])


def test_without_a_vocabulary_bullets_make_no_claims() -> None:
    assert facts(f"# 地基层\n\n{_BULLETS}", None) == []


def test_the_table_of_contents_and_comments_make_no_claims() -> None:
    text = "# 地基层\n\n## 目录\n\n- [采用率：90%](#采用率90)\n\n<!--\n- **采用率**：80%\n-->\n\n## 采用率：90%\n"
    assert facts(text) == []


def test_the_source_is_a_list() -> None:
    assert {claim.source for claim in claims_of(f"# 地基层\n\n{_BULLETS}")} == {ClaimSource.LIST}
