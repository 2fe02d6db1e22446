"""Flattened lists, against both renderers: what the rule finds, Python-Markdown and CommonMark do nest differently."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.worlds import findings

COMMONMARK = MarkdownIt("commonmark")

LINES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["-", "*", "1."])), min_size=2, max_size=7)


class Depths(HTMLParser):
    """The nesting depth of every list item of a page, by its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth = 0
        self.found: dict[str, int] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in ("ul", "ol")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in ("ul", "ol")

    def handle_data(self, data: str) -> None:
        for word in data.split():
            self.found.setdefault(word, self.depth)


def depths(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Depths on the site and on GitHub."""
    return Depths(markdown.markdown(text)).found, Depths(COMMONMARK.render(text)).found


def found(text: str) -> list[int]:
    return [finding.line for finding in findings({"a.md": text}, select=["DOC004"])]


@given(LINES)
@example([(0, "-"), (2, "-"), (2, "-")])
@example([(0, "1."), (3, "-"), (7, "-")])
@example([(3, "-"), (5, "-"), (4, "-"), (6, "-")])
def test_what_is_found_is_nested_differently(lines: list[tuple[int, str]]) -> None:
    text = "".join(f"{' ' * indent}{mark} item{number}\n" for number, (indent, mark) in enumerate(lines))
    on_site, on_github = depths(text)
    if found(text):
        assert any(on_site.get(word) != depth for word, depth in on_github.items()), text


@given(st.lists(st.integers(0, 1), min_size=1, max_size=8), st.sampled_from([("-", 2), ("-", 3), ("1.", 3)]))
def test_each_list_of_two_levels_is_found_once(levels: list[int], style: tuple[str, int]) -> None:
    mark, indent = style
    text = f"{mark} first\n" + "".join(f"{' ' * indent * level}{mark} x{n}\n" for n, level in enumerate(levels))
    on_site, on_github = depths(text)
    assert set(on_site.values()) == {1}
    assert len(found(text)) == (max(on_github.values()) > 1)


@given(st.lists(st.integers(0, 1), min_size=1, max_size=8), st.sampled_from(["-", "1."]))
def test_four_spaces_are_never_found(levels: list[int], mark: str) -> None:
    assert found(f"{mark} first\n" + "".join(f"{'    ' * level}{mark} x\n" for level in levels)) == []
