"""No text breaks a rule: every finding stands within its chapter, and its words can be said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Context, Rule
from tests.worlds import chapter

WORDS = parse_vocabulary(
    (Path(__file__).parents[2] / "docs" / "vocabulary.yml").read_text(encoding="utf-8"), "vocabulary.yml"
)
RULES = [rule for rule in discover() if rule.chapter_check is not None]

PIECES = (
    *("# ", "## ", "#x", "====\n", "---\n", "- ", "  - ", "    - ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "\r\n"),
    *(
        "| ",
        "|",
        "|---|---|\n",
        "| 维度 | 架构层 |\n| --- | --- |\n",
        "采用率",
        "确定性",
        "95%",
        "150％",
        "6/5",
        "★",
        "☆",
        "⭐",
    ),
    *("**", "*", "_", "`", "```\n", "~~~", "$", "$$", "\\", "：", "一、", "1.1 ", "第三章 ", "目录\n", "中", "a", " "),
    *(
        "[a](b)",
        "[a](#b)",
        "![](x.png)",
        "[a]",
        "(b)",
        "（b）",
        "[x]: y\n",
        "[^1]",
        "[^1]: ",
        "<a id='x'>",
        "</a>",
        "<div>",
    ),
    *(
        "<!-- convergence-docs: allow missing-h1 -- x -->",
        "<!-- convergence-docs:",
        "-->",
        "---\na: b\n---\n",
        "---\na: [\n",
    ),
    *("!!! note\n", '=== "x"\n', "{#x}", "\u2028", "\ufeff", "&amp;"),
)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
@settings(max_examples=60)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join), doubts=st.sampled_from([{}, {"dialect": "x"}]))
def test_findings_stand_in_the_text(rule: Rule, text: str, doubts: dict[str, str]) -> None:
    book = chapter(text, "03.1-甲.md")
    options = {name: option.default for name, option in rule.options.items()}
    assert rule.chapter_check is not None
    for diagnostic in rule.chapter_check(book, Context(options=options, vocabulary=WORDS, doubts=doubts)):
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(book.source.text)
        assert rule.message(diagnostic).en
        assert rule.hint(diagnostic).zh
