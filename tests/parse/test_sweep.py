"""Sweeping over a page tells the same as reading it block by block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.chapter import Chapter
from convergence_docs.parse import MATERIAL, Dialect, blocks, parse_chapter
from convergence_docs.text import SourceText
from tests.parse.test_brief import LINES, shared

MORE = ["    词 [a](b)", "> 引", "| 甲 | 乙 |", "|---|---|", "| [a](b) | <5% |", "$$", "$$x$$", "---", "- <1ms", "", ""]
NAMED = ["## 题 { #id }", "## 题 {#题}  ", "# 题 # {: #a-b }", "## 题 {#a .b}", "## 题{#a}", "## 题 {#}", "# 题 {#a=b}"]
documents = st.lists(st.sampled_from([*LINES, *MORE, *NAMED]), max_size=24).map("\n".join)


def block_by_block(text: str, dialect: Dialect = MATERIAL, *, details: bool) -> Chapter:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "can_sweep", lambda *_: False)
        chapter = parse_chapter(SourceText("x.md", text), dialect, github=False, details=details)
        tuple(chapter.formulas)  # looked for now, while nothing sweeps
        return chapter


@settings(max_examples=300)
@given(documents)
def test_sweep_and_blocks_agree(text: str) -> None:
    swept = parse_chapter(SourceText("x.md", text), github=False)
    assert swept == block_by_block(text, details=True)
    brief = parse_chapter(SourceText("x.md", text), github=False, details=False)
    assert shared(brief) == shared(block_by_block(text, details=False))


@pytest.mark.parametrize("heading", NAMED)
def test_without_attribute_lists_a_heading_keeps_its_braces(heading: str) -> None:
    text, dialect = f"{heading}\n\n词\n", replace(MATERIAL, attr_list=False)
    swept = parse_chapter(SourceText("x.md", text), dialect, github=False)
    assert swept == block_by_block(text, dialect, details=True)
    assert "{" in swept.headings[0].text
