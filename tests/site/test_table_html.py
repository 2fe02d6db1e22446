"""A chapter's tables in its rendered HTML: found for certain, or left alone."""

from __future__ import annotations

import re

import markdown
import pytest

from convergence_docs.parse import parse_chapter
from convergence_docs.site.book.table_html import decorate, find_tables
from convergence_docs.text import decode
from tests.site import shelf

EXTENSIONS = ["tables", "footnotes", "attr_list", "md_in_html"]


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def decorated(text: str, page: str = "") -> str:
    book = shelf.book_of({"a.md": text}, shelf.vocabulary())
    tables = parse_chapter(decode(text.encode(), "a.md"), github=False, details=False).tables
    return decorate(page or rendered(text), tables, book.entries["a.md"].claims, {})


def found(text: str, page: str) -> list[int]:
    tables = parse_chapter(decode(text.encode(), "a.md"), github=False, details=False).tables
    return [one.number for one in find_tables(page, tables)]


def test_percentages_have_bars_and_nothing_else_changes() -> None:
    page = decorated(shelf.LAYERS)
    assert page.count("<svg") == 8
    bare = re.sub(r'<svg.*?</svg>|</?span[^>]*>| data-cd-\w+(="[^"]*")?', "", page)
    assert bare == rendered(shelf.LAYERS)


def test_columns_of_figures_can_be_sorted() -> None:
    page = decorated(shelf.LAYERS)
    first, second = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert first.startswith("<table data-cd-sort>")
    assert re.findall(r"<th data-cd-sortable[^>]*>(.*?)</th>", first) == ["采用率", "确定性", "收敛度"]
    assert [float(key) for key in re.findall(r'data-cd-key="([^"]+)"', first)] == [100, 5, 100, 97.5, 5, 95, 60, 3, 60]
    assert "data-cd-sort" not in second, "one row needs no order"


def test_columns_of_words_cannot() -> None:
    assert "data-cd-sort" not in decorated(
        "| 层 | 说明 |\n| --- | --- |\n| 数学层 | 甲 |\n| 架构层 | 乙 |\n| 能力层 | 丙 |\n"
    )


RAW = "<table><tr><th>层</th></tr><tr><td>数学层</td></tr></table>\n\n"


@pytest.mark.parametrize(
    ("text", "page", "numbers"),
    [
        (shelf.LAYERS, rendered(shelf.LAYERS), [0, 1]),
        (RAW + shelf.LAYERS, rendered(RAW + shelf.LAYERS), [0, 1]),
        (shelf.LAYERS, rendered(shelf.LAYERS).replace("采用率", "采纳率"), [1]),
        (shelf.LAYERS, rendered(shelf.LAYERS).replace("<table>", '<table class="highlighttable">', 1), [1]),
        (shelf.LAYERS, rendered(shelf.LAYERS).replace("<td><strong>能力层</strong></td>", "<td>新层</td>"), [1]),
        (shelf.LAYERS, "", []),
        (shelf.LAYERS, "<table>", []),
        ("没有表格", rendered(shelf.LAYERS), []),
    ],
    ids=["both", "raw table before", "other header", "not a table of Markdown", "other row", "empty", "torn", "none"],
)
def test_a_table_is_taken_only_where_it_is_surely_the_same(text: str, page: str, numbers: list[int]) -> None:
    assert found(text, page) == numbers


def test_a_cell_that_was_rendered_otherwise_stays() -> None:
    page = rendered(shelf.LAYERS).replace("<td>95%以上</td>", "<td>甲</td>")
    assert "<td>甲</td>" in re.sub(r' data-cd-key="[^"]*"', "", decorated(shelf.LAYERS, page))


def test_links_footnotes_and_code_do_not_hide_a_table() -> None:
    text = (
        "| 层 | 收敛度 |\n| --- | --- |\n| [数学层](x.md)[^a] | `100%` |\n"
        "| 架构层 \\| 结构 | 95% |\n| *能力层* | 60%[^a] |\n\n[^a]: 注\n"
    )
    assert found(text, rendered(text)) == [0]
