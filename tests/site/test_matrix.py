"""The matrix: what it shows, what it marks, where its links lead."""

from __future__ import annotations

import re

from convergence_docs.site.book.fragments import Fragments
from convergence_docs.site.book.matrix import OTHER, make_matrix
from convergence_docs.site.book.matrix_html import render_matrix
from tests.site import shelf

QUARREL = "# 另一章\n\n| 维度 | 架构层 | 数学层 |\n| --- | --- | --- |\n| 收敛度 | 90% | 100% |\n"


def test_each_kind_has_its_own_rows_and_columns() -> None:
    matrix = make_matrix(shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary())
    shape = [
        (group.kind, [row.name for row in group.rows], [column.name for column in group.columns])
        for group in matrix.groups
    ]
    assert shape == [
        ("layer", ["数学层", "架构层", "能力层"], ["采用率", "确定性", "收敛度"]),
        ("factor", ["Scaling Law"], ["作用机制", "收敛效果"]),
    ]
    assert (matrix.left_out, matrix.disputed) == (0, 0)


def test_one_value_is_shown_once_with_all_its_places() -> None:
    matrix = make_matrix(shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary())
    (degree,) = matrix.groups[0].rows[1].cells["convergence-degree"]
    assert (degree.value.text, [one.claim.heading for one in degree.statements]) == ("95%", ["一、状态", "二、对照"])


def test_what_contradicts_is_marked_on_both_sides_and_nothing_else() -> None:
    book = shelf.book_of({**shelf.FILES, "c.md": QUARREL}, shelf.vocabulary())
    matrix = make_matrix(book, shelf.vocabulary())
    marked = [
        (row.name, column, stated.value.text)
        for group in matrix.groups
        for row in group.rows
        for column, cell in row.cells.items()
        for stated in cell
        if stated.is_disputed
    ]
    assert sorted(marked) == [("架构层", "convergence-degree", "90%"), ("架构层", "convergence-degree", "95%")]
    page = render_matrix(matrix, shelf.frame())
    assert page.count('<span class="cd-flag">不一致</span>') == 2, "in words"
    assert page.count("<tr data-cd-disputed>") == 1
    assert "data-cd-disputes" in page
    assert "没有互相矛盾" not in page


def test_a_matrix_without_quarrel_says_so() -> None:
    matrix = make_matrix(shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary())
    page = render_matrix(matrix, shelf.frame())
    assert "没有互相矛盾" in page
    assert "cd-flag" not in page
    assert "data-cd-disputes" not in page


def test_values_lead_to_chapter_and_section() -> None:
    matrix = make_matrix(shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary())
    page = render_matrix(matrix, shelf.frame())
    assert '<a href="../a.md#%E4%B8%80%E7%8A%B6%E6%80%81" title="a.md › 一、状态">' in page
    assert page.count("<details>") == 2, "values with several places unfold"
    assert len(set(re.findall(r'<a href="([^"]+)"', page))) == 6


def test_headers_of_rows_and_columns_say_what_they_head() -> None:
    page = render_matrix(make_matrix(shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary()), shelf.frame())
    assert page.count('<th scope="row">') == 4
    assert page.count('<th scope="col"') == 4 + 3
    assert page.count('role="region" tabindex="0" aria-label=') == page.count("<table") == 2


def test_without_a_vocabulary_the_chapters_own_words_are_used() -> None:
    matrix = make_matrix(shelf.book_of(shelf.FILES, None), None)
    assert [group.kind for group in matrix.groups] == [OTHER]
    assert {"数学层", "架构层", "能力层"} <= {row.name for row in matrix.groups[0].rows}


def test_an_empty_book_says_so() -> None:
    assert "没有找到数值" in render_matrix(make_matrix(shelf.book_of({}, None), None), shelf.frame())


def test_hostile_words_stay_words() -> None:
    text = (
        '# x\n\n## 甲" onclick="x\n\n| 层 | 收敛度 |\n| --- | --- |\n| 数学层 | 95%（`<script>`） |\n'
        "| &lt;img src=x onerror=x&gt; | 95% |\n"
    )
    for words in (None, shelf.vocabulary()):
        fragments = Fragments(shelf.archive_of({'a"b.md': text}, words), "zh")
        page = fragments.fill('<div data-convergence="matrix"></div>', lambda path: f"../{path}")
        assert "onclick" in page, "the probe sees nothing"
        assert not re.search(r'<(?:"[^"]*"|[^<>"])*\son\w+=', page)
        assert "<script" not in page
        assert "<img" not in page
