"""What is told of a change of chapters, and what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.diff import compare
from convergence_docs.model.change import ChangeKind as K
from convergence_docs.model.change import Words
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.text import SourceText
from tests.diff.sides import VOCABULARY, changes, compared, kinds, side
from tests.growth import assert_linear

TABLE = (
    "| 维度 | 数学层 | 架构层 |\n| --- | --- | --- |\n| **采用率** | 100% | 95%以上 |\n| **确定性** | ★★★★★ | ★★★★☆ |\n"
)
CHAPTER = f"""\
---
as_of: 2025
---

# 3.1-架构层收敛

开头的一段话，说明本章的范围。

## 目录

- [一、现状](#一现状)
- [二、例外](#二例外)

## 一、现状

几乎所有的新模型都用同一种结构，
参数量从 7B 到 405B。另见[数学层](b.md)与[站外](https://example.org/a)。

{TABLE}
### 1.1 架构层

- **采用率**：95%以上（新发布的模型）
- **确定性**：★★★★☆

## 二、例外

少数模型走别的路线，占 5% 左右！它们仍在研究之中。

```mermaid
graph TD
    A[架构层<br>采用率 95%] --> B(数学层)
    B -->|依据| C{{能力层}}
```
"""
OTHER = "# 3.2-数学层收敛\n\n架构层的采用率是 95%以上，见[一节](a.md#一现状)。\n"
BOOK = {"a.md": CHAPTER, "b.md": OTHER, "c.png": ""}


def altered(old: str, new: str, path: str = "a.md") -> dict[str, str]:
    assert old in BOOK[path]
    return {**BOOK, path: BOOK[path].replace(old, new)}


def test_nothing_is_nothing() -> None:
    assert changes(BOOK, BOOK, VOCABULARY) == []
    assert compared(BOOK, BOOK).touched == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("结构，\n参数量", "结构，参数量"),
        ("开头的一段话，说明", "开头的一段话，\n说明"),
        ("| --- | --- | --- |", "|:--|:-:|--------:|"),
        ("| **采用率** | 100% |", "|采用率|   100%   |"),
        ("| **确定性** | ★★★★★ | ★★★★☆ |\n", "| **确定性** | ★★★★★ | ★★★★☆ |\n\n"),
        ("100%", "100 ％"),
        ("## 二、例外", "## 五、例外"),
        ("### 1.1 架构层", "### 3.2 架构层"),
        ("- **采用率**：", "* **采用率**："),
        ("graph TD", "flowchart LR"),
        (
            "    A[架构层<br>采用率 95%] --> B(数学层)",
            '    X["架构层<br/>采用率 95%"]-->B\n    B[数学层]\n    style B fill:#fff',
        ),
        ("- [一、现状](#一现状)\n", ""),
    ],
)
def test_the_same_meaning_is_no_change(old: str, new: str) -> None:
    assert changes(BOOK, altered(old, new), VOCABULARY) == []


def test_another_order_is_no_change() -> None:
    head, rest = CHAPTER.split("## 一、现状")
    first, second = rest.split("## 二、例外")
    turned = f"{head}## 二、例外{second}\n## 一、现状{first}"
    assert changes(BOOK, {**BOOK, "a.md": turned}, VOCABULARY) == []
    rows = "| **采用率** | 100% | 95%以上 |\n| **确定性** | ★★★★★ | ★★★★☆ |\n"
    one, two = rows.splitlines(keepends=True)
    assert changes(BOOK, altered(rows, two + one), VOCABULARY) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("| 100% | 95%以上 |", "| 100% | 90%以上 |", ("架构层", "采用率", "95%以上", "90%以上")),
        ("| ★★★★★ | ★★★★☆ |", "| ★★★★★ | ★★★☆☆ |", ("架构层", "确定性", "★★★★☆", "★★★☆☆")),
        ("- **采用率**：95%以上", "- **采用率**：92%以上", ("架构层", "采用率", "95%以上", "92%以上")),
        ("采用率 95%]", "采用率 85%]", ("架构层", "采用率", "95%", "85%")),
    ],
)
def test_a_figure_changed(old: str, new: str, told: tuple[str, ...]) -> None:
    found = changes(BOOK, altered(old, new), VOCABULARY)
    assert kinds(found) == [K.FIGURE_CHANGED]
    (change,) = found
    assert change[3:7] == told or (re.sub("收敛", "", change.subject), *change[4:7]) == told
    assert change.after
    line = altered(old, new)["a.md"].splitlines()[change.after.line - 1]
    assert line[change.after.column - 1 :].startswith(told[3])


def test_the_chapters_that_still_state_the_old_value_are_named() -> None:
    (change,) = changes(BOOK, altered("| 100% | 95%以上 |", "| 100% | 90%以上 |"), VOCABULARY)
    assert ("b.md", 3) in {(spot.path, spot.line) for spot in change.others}
    both = {**altered("| 100% | 95%以上 |", "| 100% | 90%以上 |"), "b.md": OTHER.replace("95%", "90%")}
    found = changes(BOOK, both, VOCABULARY)
    assert kinds(found) == [K.FIGURE_CHANGED, K.FIGURE_CHANGED]
    assert all(spot.path != "b.md" for change in found for spot in change.others)


def test_figures_come_and_go() -> None:
    found = changes(BOOK, altered("- **确定性**：★★★★☆\n", ""), VOCABULARY)
    assert kinds(found) == [K.TEXT_CHANGED], "the table of the same chapter still states it"
    after = {**BOOK, "b.md": OTHER + "\n- **确定性**：★★★★★\n"}
    assert [(one.kind, one.dimension, one.new) for one in changes(BOOK, after, VOCABULARY)] == [
        (K.FIGURE_ADDED, "确定性", "★★★★★")
    ]
    assert kinds(changes(after, BOOK, VOCABULARY)) == [K.FIGURE_REMOVED]


def test_a_number_of_which_nobody_knows_what_it_is_of() -> None:
    (change,) = changes(BOOK, altered("405B", "480B"), VOCABULARY)
    assert (change.kind, change.old, change.new, change.detail) == (K.FIGURE_CHANGED, "405", "480", "text")
    (change,) = changes("# a\n\n占 5% 左右！\n", "# a\n\n占 6%+ 左右！\n")
    assert (change.old, change.new, change.after and change.after[1:3]) == ("5%", "6%+", (3, 3))


def test_words_changed() -> None:
    (change,) = changes(BOOK, altered("仍在研究之中", "已经放弃"), VOCABULARY)
    assert (change.kind, change.extent, change.new) == (K.TEXT_CHANGED, 1, "它们已经放弃")
    assert kinds(changes(BOOK, altered("as_of: 2025", "as_of: 2026"), VOCABULARY)) == [K.METADATA_CHANGED]


def test_sections_come_go_and_are_renamed() -> None:
    more = altered("## 二、例外", "## 二、背景\n\n一段全新的背景文字。\n\n### 2.1 细节\n\n细节。\n\n## 三、例外")
    (change,) = changes(BOOK, more, VOCABULARY)
    assert (change.kind, change.new, change.extent) == (K.SECTION_ADDED, "二、背景", 1)
    (change,) = changes(more, BOOK, VOCABULARY)
    assert (change.kind, change.old, change.after) == (K.SECTION_REMOVED, "二、背景", None)
    renamed = {"a.md": CHAPTER.replace("一、现状", "一、今天的情形").replace("#一现状", "#一今天的情形")}
    renamed["b.md"] = OTHER.replace("#一现状", "#一今天的情形")
    (change,) = changes(BOOK, {**BOOK, **renamed}, VOCABULARY)
    assert (change.kind, change.old, change.new) == (K.SECTION_RENAMED, "一、现状", "一、今天的情形")


def test_sections_move() -> None:
    below = altered("## 二、例外", "### 1.2 例外")
    (change,) = changes(BOOK, below, VOCABULARY)
    assert change.kind is K.SECTION_MOVED
    assert change.new.endswith("一、现状")
    head, exceptions = CHAPTER.split("## 二、例外")
    away = {**BOOK, "a.md": head, "b.md": f"{OTHER}\n## 二、例外{exceptions}"}
    (change,) = changes(BOOK, away, VOCABULARY)
    assert (change.kind, change.detail) == (K.SECTION_MOVED, "chapter")
    assert (change.before and change.before.path, change.after and change.after.path) == ("a.md", "b.md")


def test_chapters_come_go_and_are_renamed() -> None:
    (change,) = changes(BOOK, {**BOOK, "d.md": "# 4.1-新章\n\n文字。\n\n## 一、甲\n"}, VOCABULARY)
    assert (change.kind, change.new, change.extent) == (K.CHAPTER_ADDED, "4.1-新章", 1)
    moved = {"3.1-架构.md": CHAPTER, "b.md": OTHER.replace("a.md", "3.1-架构.md"), "c.png": ""}
    (change,) = changes(BOOK, moved, VOCABULARY)
    assert (change.kind, change.old, change.new) == (K.CHAPTER_RENAMED, "a.md", "3.1-架构.md")
    found = changes(BOOK, {"a.md": CHAPTER, "c.png": ""}, VOCABULARY)
    assert {K.CHAPTER_REMOVED, K.LINK_BROKEN} <= set(kinds(found))


def test_links() -> None:
    gone = changes(BOOK, altered("[站外](https://example.org/a)", "站外"), VOCABULARY)
    assert [(one.kind, one.old) for one in gone] == [(K.LINK_REMOVED, "https://example.org/a")]
    (change,) = changes(BOOK, altered("https://example.org/a", "https://example.org/b"), VOCABULARY)
    assert (change.kind, change.old, change.new) == (K.LINK_CHANGED, "https://example.org/a", "https://example.org/b")
    (change,) = changes(BOOK, altered("](b.md)", "](bb.md)"), VOCABULARY)
    assert (change.kind, change.old, change.new, change.detail) == (K.LINK_BROKEN, "b.md", "bb.md", "missing")
    (change,) = changes(altered("](b.md)", "](bb.md)"), BOOK, VOCABULARY)
    assert change.kind is K.LINK_REPAIRED
    found = changes(BOOK, altered("开头的", "- ![图](c.png)\n- [新](n.md)\n\n开头的"), VOCABULARY)
    assert [(one.kind, one.new) for one in found] == [(K.LINK_BROKEN, "n.md"), (K.LINK_ADDED, "c.png")]


def test_a_renamed_heading_breaks_the_links_to_it() -> None:
    found = changes(BOOK, altered("## 一、现状", "## 一、今天"), VOCABULARY)
    assert [(one.kind, one.spot.path, one.detail) for one in found] == [
        (K.SECTION_RENAMED, "a.md", ""),
        (K.LINK_BROKEN, "b.md", "missing-anchor"),
    ]


def test_diagrams() -> None:
    found = changes(
        BOOK, altered("    B -->|依据| C{能力层}\n", "    B -->|前提| C{应用层}\n    A -.-> C\n"), VOCABULARY
    )
    assert [(one.kind, one.subject, one.old, one.new) for one in found] == [
        (K.NODE_CHANGED, "应用层", "能力层", "应用层"),
        (K.EDGE_ADDED, "架构层 采用率 95% → 应用层", "", "架构层 采用率 95% → 应用层"),
        (K.EDGE_CHANGED, "数学层 → 应用层", "依据", "前提"),
    ]
    block = CHAPTER[CHAPTER.index("```mermaid") :]
    assert kinds(changes("# a\n", f"# a\n\n{block}")) == [K.DIAGRAM_ADDED]
    one, other = ('# a\n\n```mermaid\npie\n    "甲" : 95\n```\n', '# a\n\n```mermaid\npie\n    "甲" : 92\n```\n')
    assert kinds(changes(one, other)) == [K.DIAGRAM_CHANGED]


def test_tables() -> None:
    wider = (
        "| 维度 | 数学层 | 架构层 | 说明 |\n| --- | --- | --- | --- |\n| **采用率** | 100% | 95%以上 | 甲 |\n"
        "| **确定性** | ★★★★★ | ★★★★☆ | 乙 |\n| 备注 | 丙 | 丁 | 戊 |\n"
    )
    found = [one for one in changes(BOOK, altered(TABLE, wider), VOCABULARY) if "figure" not in one.kind]
    assert [(one.kind, one.subject) for one in found] == [(K.COLUMN_ADDED, "说明"), (K.ROW_ADDED, "备注")]
    back = [one for one in changes(altered(TABLE, wider), BOOK, VOCABULARY) if "figure" not in one.kind]
    assert [(one.kind, one.subject) for one in back] == [(K.COLUMN_REMOVED, "说明"), (K.ROW_REMOVED, "备注")]
    turned = "| 层 | 采用率 | 确定性 |\n| --- | --- | --- |\n| 数学层 | 100% | ★★★★★ |\n| 架构层 | 95%以上 | ★★★★☆ |\n"
    assert kinds(changes(BOOK, altered(TABLE, turned), VOCABULARY)) == [K.TABLE_TRANSPOSED]
    assert set(kinds(changes(f"# a\n\n{TABLE}", "# a\n"))) == {K.FIGURE_REMOVED, K.TABLE_REMOVED}


def test_a_figure_under_another_name_is_no_change_of_the_figure() -> None:
    before = "# a\n\n## 甲乙丙丁\n\n说明的文字，足够长。\n\n| 项 | 比例 |\n| --- | --- |\n| 丙 | 5% |\n| 丁 | 6% |\n"
    assert kinds(changes(before, before.replace("比例", "份额"))) == [K.COLUMN_RENAMED]
    assert kinds(changes(before, before.replace("| 丙 |", "| 戊 |"))) == [K.ROW_ADDED, K.ROW_REMOVED]
    assert kinds(changes(before, before.replace("甲乙丙丁", "新的名称"))) == [K.SECTION_RENAMED]


def test_the_vocabulary() -> None:
    text = "levels:\n  - {id: L4, name: 完全收敛, interval: '(0.95, 1.00]'}\n  - {id: L3, name: 高度收敛}\n"
    other = text.replace("0.95", "0.90").replace("L3", "L2")
    sides = [
        replace(side(BOOK, VOCABULARY), words=Words(SourceText("v.yml", one), parse_vocabulary(one, "v.yml")))
        for one in (text, other)
    ]
    assert [(one.kind, one.subject, one.old, one.new) for one in compare(sides[0], sides[1]).changes] == [
        (K.TERM_ADDED, "高度收敛", "", "高度收敛"),
        (K.TERM_REMOVED, "高度收敛", "高度收敛", ""),
        (K.TERM_CHANGED, "完全收敛", "(95%, 100%]", "(90%, 100%]"),
    ]
    assert compare(sides[0], sides[0]).changes == ()


def test_what_both_sides_share_as_one_record_is_not_compared_but_its_links_are() -> None:
    whole = side(BOOK, VOCABULARY)
    after = side({"b.md": BOOK["b.md"], "c.md": "# c\n"}, VOCABULARY)
    chapters = {**after.chapters, "b.md": whole.chapters["b.md"]}
    found = compare(whole, replace(after, chapters=chapters)).changes
    assert {(one.kind, one.spot.path) for one in found if "figure" not in one.kind} == {
        (K.CHAPTER_REMOVED, "a.md"),
        (K.CHAPTER_ADDED, "c.md"),
        (K.LINK_BROKEN, "b.md"),
    }


WORDS = st.text("架构层收敛度与数学基础的说明", min_size=4, max_size=12)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4)
SECTIONS = st.lists(st.tuples(WORDS, PARAGRAPHS), min_size=1, max_size=5, unique_by=lambda one: one[0])


Written = list[tuple[str, list[list[str]]]]


def written(sections: Written, joint: str, pad: str) -> str:
    parts = ["# 标题\n"]
    for at, (name, paragraphs) in enumerate(sections):
        body = "\n\n".join(joint.join(f"{word}，" for word in words) + "完。" for words in paragraphs)
        table = f"|{pad}列 |{pad}值 |\n|---|{pad}--- |\n" + f"| {name} |{pad}{len(paragraphs) * 10}% |\n"
        parts.append(f"## {at + 1}. {name}\n\n{body}\n\n{table}")
    return "\n".join(parts)


@settings(max_examples=60)
@given(SECTIONS, st.randoms(use_true_random=False), st.sampled_from(["", "\n", "\n   "]), st.sampled_from([" ", "   "]))
def test_reflowed_and_reordered_chapters_mean_the_same(sections: Written, random: Random, joint: str, pad: str) -> None:
    turned = list(sections)
    random.shuffle(turned)
    before, after = written(sections, "", " "), written(turned, joint, pad)
    assert changes(before, after, VOCABULARY) == []


@settings(max_examples=50)
@given(SECTIONS, SECTIONS)
def test_whatever_changed_it_is_told_in_one_order(one: Written, other: Written) -> None:
    before, after = written(one, "", " "), written(other, "\n", " ")
    found = compared({"a.md": before, "b.md": after}, {"a.md": after, "c.md": before}, VOCABULARY)
    again = compared({"b.md": after, "a.md": before}, {"c.md": before, "a.md": after}, VOCABULARY)
    assert found == again
    assert all(change.before or change.after for change in found.changes)


HOSTILE = {
    "sections": ("## 定义\n\n甲{}的文字。\n\n", "## 定义\n\n乙{}的文字。\n\n"),
    "renamed sections": ("## 甲{}\n\n文字{}。\n\n", "## 乙{}\n\n别的{}。\n\n"),
    "moved sections": ("### 定义\n\n甲{}的文字。\n\n", "## 定义\n\n乙{}的文字。\n\n"),
    "figures": ("- **采用率**：5%（甲{}）\n", "- **采用率**：6%（乙{}）\n"),
    "tables": ("| 列{} | 值 |\n|-|-|\n| 甲 | 5% |\n\n", "| 行{} | 值 |\n|-|-|\n| 乙 | 6% |\n\n"),
    "diagrams": ("```mermaid\ngraph TD\nA[甲{}]-->B\n```\n\n", "```mermaid\ngraph TD\nA[乙{}]-->B\n```\n\n"),
    "links": ("[甲{}](a{}.md)\n", "[乙{}](b{}.md)\n"),
    "numbers": ("有 {} 个。", "有 {}0 个。"),
    "sentences": ("第{}句甲。", "第{}句乙。"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    one, other = HOSTILE[name]

    def prepare(count: int) -> Callable[[], object]:
        texts = ["# 架构层\n\n" + "".join(text.replace("{}", str(at)) for at in range(count)) for text in (one, other)]
        return partial(compare, *(side({"a.md": text}, VOCABULARY) for text in texts))

    # Pairs are weighed up to a bound: it shows only from there on.
    assert_linear(prepare, 600, 4_800)
