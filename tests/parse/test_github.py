"""GitHub's view of a chapter."""

from __future__ import annotations

from collections.abc import Callable

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.chapter import GithubView
from convergence_docs.parse.github import parse_github, parse_github_ids
from convergence_docs.text import SourceText
from tests.growth import assert_linear


def view(text: str) -> GithubView:
    found = parse_github(SourceText("chapter.md", text))
    assert found is not None
    return found


def ids(text: str) -> frozenset[str]:
    found = parse_github_ids(SourceText("chapter.md", text))
    assert found is not None
    return found


def test_headings_have_githubs_ids_and_exact_spans() -> None:
    text = "引言\n\n## 七、影响 `a_b` {#x}\n\n> ## 七、影响 `a_b` {#x}\n\n标题[^1]\n===\n\n[^1]: 注\n"
    headings = view(text).headings
    assert [(one.level, one.text, one.id) for one in headings] == [
        (2, "七、影响 a_b {#x}", "七影响-a_b-x"),
        (2, "七、影响 a_b {#x}", "七影响-a_b-x-1"),
        (1, "标题1", "标题1"),
    ]
    assert [text[one.span.start : one.span.end] for one in headings] == [
        "## 七、影响 `a_b` {#x}",
        "## 七、影响 `a_b` {#x}",
        "标题[^1]\n===",
    ]


def test_links_as_github_sees_them() -> None:
    text = (
        '[好](03.1.md "t") [空](03.1 a.md) [角](<03.1 a.md>) ![图 [x](y)](图.png) [r][R] <https://a.b> $[i](j)$\n\n'
        '<a href="h.md">h</a> <img alt="图" src=\'i.png\'>\n\n<!-- <a href="no.md"> -->\n\n[r]: r%20s.md#k&amp;v\n'
    )
    links = view(text).links
    assert [(one.is_image, one.text, one.destination) for one in links] == [
        (False, "好", "03.1.md"),
        (False, "角", "03.1 a.md"),
        (True, "图 x", "图.png"),
        (False, "x", "y"),
        (False, "r", "r%20s.md#k&v"),
        (False, "https://a.b", "https://a.b"),
        (False, "", "h.md"),
        (True, "图", "i.png"),
    ]
    assert text[links[1].span.start : links[1].span.end] == "[角](<03.1 a.md>)"
    assert text[links[6].span.start : links[6].span.end] == '<a href="h.md">'


def test_tables_and_ids_of_raw_html() -> None:
    text = '前 <a name="n"></a>\n\n|甲|乙|\n|-|-|\n|1|2|\n\n<h2 id=\'k\'>题 <b>名</b></h2>\n\n```\n<a id="no">\n```\n'
    found = view(text)
    assert [text[one.start : one.end] for one in found.tables] == ["|甲|乙|\n|-|-|\n|1|2|"]
    assert found.ids == ids(text) == {"n", "k", "题-名"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: 题\n---\n# 名\n", {"名"}),
        ("---\n# comment\n\ntitle: 题\n...\n# 名\n", {"名"}),
        ("---\n---\n# 名\n", {"名"}),
        ("---\n\n前言\n---\n\n# 名\n", {"前言", "名"}),
        ("# 名\n\n---\na: b\n---\n", {"名", "a-b"}),
    ],
)
def test_front_matter_is_no_content(text: str, expected: set[str]) -> None:
    assert view(text).ids == ids(text) == expected


def test_front_matter_shifts_spans() -> None:
    text = "---\ntitle: 题\n---\n\n## 名\n"
    assert view(text).headings[0].span == (text.index("##"), len(text) - 1)


# No raw headings: one inside another is nonsense that the two ways may read differently.
MARKS = ["# ", "## ", "一、", "a", " ", "\n", "\n\n", "[x](y)", "[", "](", ")"]
BITS = [
    "`",
    "```\n",
    "<a id='i'>",
    "</a>",
    "<!--",
    "-->",
    "> ",
    "- ",
    "    ",
    "$",
    "*",
    "&amp;",
    "\\",
    "![",
    "[^1]",
    "[^1]: n\n",
    "---\n",
    "\t",
    "é",
]
PIECES = st.sampled_from(MARKS + BITS)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_both_ways_agree_and_spans_are_inside(text: str) -> None:
    found = view(text)
    assert found.ids == ids(text)
    spans = [heading.span for heading in found.headings] + [link.span for link in found.links] + list(found.tables)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for heading in found.headings:
        assert text[heading.span.start : heading.span.end].strip()


def test_a_panic_of_the_library_is_contained(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def break_down(*_: object, **__: object) -> None:
        raise PanicException

    monkeypatch.setattr(pyromark, "events_with_range", break_down)
    monkeypatch.setattr(pyromark, "html", break_down)
    assert parse_github(SourceText("chapter.md", "# 名")) is None
    assert parse_github_ids(SourceText("chapter.md", "# 名")) is None


@pytest.mark.parametrize(
    "piece",
    ["<h1>", "<!--", "<a id=", "[](", "![a](", '<a "', "#\n", "<h2>x</h2>", "> ", "[a][b]", "<p>\n<a name=x>\n", "| "],
)
@pytest.mark.parametrize("parse", [parse_github, parse_github_ids])
def test_hostile_input_takes_linear_time(parse: Callable[[SourceText], object], piece: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        assert parse(SourceText("chapter.md", piece * count)) is not None
        return lambda: parse(SourceText("chapter.md", piece * count))

    assert_linear(prepare, 2_000, 20_000)
