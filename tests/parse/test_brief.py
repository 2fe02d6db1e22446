"""A parse without details leaves out the words of list items and bold leads, and nothing else for good."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.chapter import Chapter
from convergence_docs.parse import parse_chapter
from convergence_docs.text import SourceText, decode

CHAPTERS = sorted((Path(__file__).parents[2] / "docs").rglob("*.md"))
CONSTRUCTS = Path(__file__).parent / "oracle" / "constructs.md"

LINES = [
    "",
    "# 一",
    "- 词",
    "- **采用率**：95%",
    "1. 词 _斜_ 词",
    "- [一](#一)",
    "    - 词 `码`",
    "- # 题",
    "- > 引",
    "- | 甲 | 乙 |",
    "- $x$ [a](b)",
    "- <a id='i'></a>",
    "- 词 {#i}",
    "- [^a]",
    "[^a]: 注",
    "**词**：词",
    "**[a](b)**：词",
    "__词__",
    "词 [a](b) 词",
    "> - 词",
    "> - [a](b)",
    "!!! note",
    "    - 词",
    "    **词** 词",
    "- - 词",
    "- 1. [a](b)",
    "* * *",
    "- ```",
    "```",
    ": 义",
    "- : 义",
    "- [x] 词",
    "- 词\\(x\\)",
    "  词",
]
documents = st.lists(st.sampled_from(LINES), max_size=24).map("\n".join)


def shared(chapter: Chapter) -> dict[str, object]:
    """All of a chapter that a brief parse must tell too."""
    names = [one.name for one in fields(chapter) if one.name not in ("list_items", "leads")]
    return {name: getattr(chapter, name) for name in names}


def check(source: SourceText) -> None:
    full = parse_chapter(source, github=False)
    brief = parse_chapter(source, github=False, details=False)
    assert shared(brief) == shared(full)
    assert not brief.leads


@pytest.mark.parametrize("path", [CONSTRUCTS, *CHAPTERS], ids=lambda path: path.name)
def test_written_files(path: Path) -> None:
    check(decode(path.read_bytes(), path.name))


@settings(max_examples=400)
@given(documents)
def test_any_lines(text: str) -> None:
    check(SourceText("x.md", text))


def test_details_are_left_out() -> None:
    text = "- **采用率**：95%\n- 词\n\n**收敛度**：95%\n"
    full, brief = (parse_chapter(SourceText("x.md", text), github=False, details=one) for one in (True, False))
    assert [item.text for item in full.list_items] == ["采用率：95%", "词"]
    assert [lead.text for lead in full.leads] == ["收敛度"]
    assert [item.text for item in brief.list_items] == [""]
