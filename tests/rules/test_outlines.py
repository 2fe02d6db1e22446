"""Numbering and tables of contents over generated chapters: sound ones are silent, and one fault is one finding."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.diagnostic import Diagnostic, Fix
from convergence_docs.model.numbering import format_chinese
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Context
from tests.worlds import chapter

RULES = [rule for rule in discover() if rule.code[:3] in ("NUM", "TOC")]
SHAPES = st.lists(st.integers(0, 3), min_size=4, max_size=14)
"""How many subsections each section has."""


def found(text: str, doubts: Mapping[str, str] | None = None) -> list[tuple[str, Diagnostic]]:
    one = chapter(text, "03.2.2-收敛.md")
    result = []
    for rule in RULES:
        assert rule.chapter_check is not None
        for said in rule.chapter_check(one, Context(doubts=doubts or {})):
            assert 0 <= said.span.start < said.span.end <= len(text)
            assert rule.message(said).en
            result.append((rule.code, said))
    return result


def headings(shape: list[int]) -> list[tuple[int, str]]:
    lines = []
    for section, children in enumerate(shape, 1):
        lines.append((2, f"{format_chinese(section)}、节{section * 7}"))
        lines += [(3, f"{section}.{child} 小节{section * 7 + child}") for child in range(1, children + 1)]
    return lines


def write(lines: list[tuple[int, str]], listed: list[tuple[int, str]]) -> str:
    anchors = [(level, text, text.replace("、", "").replace(".", "").replace(" ", "-")) for level, text in listed]
    toc = "".join(f"{'    ' * (level - 2)}- [{text}](#{anchor})\n" for level, text, anchor in anchors)
    return "# 03.2.2 收敛\n\n## 目录\n\n" + toc + "".join(f"\n{'#' * level} {text}\n\n文。\n" for level, text in lines)


def mended(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


@given(SHAPES)
def test_a_sound_chapter_is_silent(shape: list[int]) -> None:
    lines = headings(shape)
    assert found(write(lines, lines)) == []
    mains = [line for line in lines if line[0] == 2]
    assert found(write(lines, mains)) == []


@given(SHAPES, st.data())
def test_a_section_put_in_without_counting_on_is_one_finding(shape: list[int], data: st.DataObject) -> None:
    lines = headings(shape)
    at = data.draw(st.sampled_from([place for place, line in enumerate(lines) if line[0] == 2]))
    number = lines[at][1].partition("、")[0]
    lines.insert(at, (2, f"{number}、插入的一节"))
    assert [code for code, _ in found(write(lines, lines))] == ["NUM001"]


@given(SHAPES, st.data())
def test_an_entry_taken_out_is_one_finding_and_its_fix_puts_it_back(shape: list[int], data: st.DataObject) -> None:
    lines = headings(shape)
    mains = [line for line in lines if line[0] == 2]
    gone = data.draw(st.sampled_from(mains[1:]))
    text = write(lines, [line for line in mains if line != gone])
    (code, said), *others = found(text)
    assert (code, others) == ("TOC001", [])
    assert said.fix is not None
    assert said.fix.safe
    assert mended(text, said.fix) == write(lines, mains)


@given(SHAPES, st.data())
def test_a_renumbered_parent_is_one_finding_and_its_fix_renumbers_the_children(
    shape: list[int], data: st.DataObject
) -> None:
    lines = headings([2, *shape, 2])
    at = data.draw(st.sampled_from([place for place, line in enumerate(lines) if line[0] == 2][1:]))
    number = len([line for line in lines[: at + 1] if line[0] == 2])
    wrong = [
        (
            level,
            text.replace(f"{number}.", f"{number - 1}.", 1) if level == 3 and text.startswith(f"{number}.") else text,
        )
        for level, text in lines
    ]
    text = write(wrong, [])
    said = [said for code, said in found(text) if code == "NUM003"]
    assert len(said) == (wrong != lines)
    for one in said:
        assert one.fix is not None
        assert mended(text, one.fix) == write(lines, [])


@given(SHAPES, st.data())
def test_a_section_taken_out_is_a_skip_and_a_stale_entry(shape: list[int], data: st.DataObject) -> None:
    mains = [line for line in headings(shape) if line[0] == 2]
    gone = data.draw(st.sampled_from(mains[1:-1]))
    assert sorted(code for code, _ in found(write([line for line in mains if line != gone], mains))) == [
        "NUM002",
        "TOC002",
    ]


MARKS = [
    "# ",
    "## ",
    "### ",
    "一、",
    "二、",
    "七、",
    "（二）",
    "第三章 ",
    "1. ",
    "2.1 ",
    "2.3 ",
    "9.1 ",
    "a",
    "概述",
    "\n",
    "> ",
]
TABLES = [
    "- [a](#a)\n",
    "    - [概述](#概述)\n",
    "- [二、](#%E4)\n",
    "## 目录\n\n",
    "{#a}",
    "**",
    "<a id='a'></a>",
    "```\n",
    "\n\n",
]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(MARKS + TABLES), max_size=40).map("".join),
    st.sampled_from([{}, {"dialect": "mkdocs.yml"}]),
)
def test_no_chapter_is_too_odd(text: str, doubts: dict[str, str]) -> None:
    found(text, doubts)
