"""Whatever the text: the scanner ends, in linear time, and every place it tells is in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.chapter import Chapter
from convergence_docs.parse import MATERIAL, MKDOCS, parse_chapter
from convergence_docs.text import SourceText, Span
from tests.growth import assert_linear, assert_quick

PIECES = [
    *"[]()<>!`*_$\\|#-+>~:{}=&/?\"'.^ \t\n",
    "\n\n",
    "    ",
    "  ",
    "```",
    "<!--",
    "-->",
    "<div markdown>",
    "</div>",
    '<a href="x">',
    "<p>",
    "](",
    "- ",
    "1. ",
    "> ",
    "[^a]",
    "[a]: b",
    "|-|-|\n",
    "!!! note\n",
    "{#i}",
    "a",
    "架构",
    "，",
    "😀",
    "\u0002",
    "\u0003",
    "---\n",
    "$$",
    "\\(",
]
documents = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def spans_of(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans_of(part)


def records_of(chapter: Chapter) -> tuple[Any, ...]:
    return (
        chapter.headings,
        chapter.anchors,
        chapter.links,
        chapter.definitions,
        chapter.loose_references,
        chapter.near_links,
        chapter.tables,
        chapter.fences,
        chapter.formulas,
        chapter.list_items,
        chapter.leads,
        chapter.footnotes,
        chapter.footnote_references,
        chapter.comments,
        chapter.toc,
    )


@settings(max_examples=400)
@given(documents, st.sampled_from([MATERIAL, MKDOCS]))
def test_every_place_is_in_the_text(text: str, dialect: Any) -> None:
    chapter = parse_chapter(SourceText("a.md", text), dialect, github=False)
    for span in spans_of(records_of(chapter)):
        assert 0 <= span.start <= span.end <= len(text)
    for link in chapter.links:
        assert chapter.source.slice(link.span)[0] in "[!<"
        assert link.span.start <= link.text_span.start <= link.text_span.end <= link.span.end
    for comment in chapter.comments:
        assert chapter.source.slice(comment.span).startswith("<!--")
    for reference in chapter.footnote_references:
        assert chapter.source.slice(reference.span).startswith("[^")


HOSTILE = {
    "links": "[](",
    "open links": "[a](",
    "quoted links": '[a]("',
    "brackets": "[",
    "images": "![[[[",
    "comments": "<!--",
    "tags": "<a ",
    "attributes": '<a <a x="',
    "blocks": "<div>\n",
    "containers": "<div markdown>\n",
    "stars": "*a **a ",
    "quotes": ">",
    "lists": "- ",
    "dollars": "$a",
    "rounds": "\\(",
    "fences": " ```\nx\n",
    "headings": "# a\n",
    "rules": "***\n",
    "definitions": "[a]: (",
    "footnotes": "[^a]: b\n",
    "tables": "|`",
    "attribute lists": "a{#b",
    "tabs": "a\tb\n",
    "terms": "a\n: b\n",
}


def reading(text: str) -> Callable[[], object]:
    return lambda: parse_chapter(SourceText("a.md", text), github=False)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    assert_linear(lambda count: reading(HOSTILE[name] * count), 1_000, 8_000)


def test_runs_of_growing_length_take_linear_time() -> None:
    def ticks(signs: int) -> str:
        return " ".join("`" * size for size in range(1, isqrt(2 * signs)))

    assert_linear(lambda signs: reading(ticks(signs)), 20_000, 160_000)


@pytest.mark.parametrize("text", ["> " * 10_000 + "a", "- " * 10_000 + "a", "1. " * 5_000, "!!! a\n    " * 3_000])
def test_deep_nesting_is_survived(text: str) -> None:
    assert parse_chapter(SourceText("a.md", text), github=False).path == "a.md"


def test_lists_nested_ten_thousand_deep_are_survived() -> None:
    text = "\n".join(" " * min(4 * depth, 400) + f"- [a](b{depth}.md)" for depth in range(10_000))
    assert_quick(reading(text), 60)


def test_one_very_long_line() -> None:
    text = "架构[a](b.md) " * 200_000
    assert len(parse_chapter(SourceText("a.md", text), github=False).links) == 200_000
