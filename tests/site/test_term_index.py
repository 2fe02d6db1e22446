"""The index of terms: order, other names, the most telling sections first."""

from __future__ import annotations

from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.site.relations.alphabet import OTHERS
from convergence_docs.site.relations.term_index.index import Item, Letter, See, make_index
from convergence_docs.site.relations.term_index.index_html import SHOWN, index_page, render_letter
from convergence_docs.site.settings import SiteSettings
from tests.site import shelf

SETTINGS = SiteSettings(term_index="index")
SOURCES = "# 丙\n\n## 架构层的由来\n\n正文。\n\n## 参考文献\n\n- 架构层 Transformer。2020。<https://example.org/>\n"


def index_of(files: dict[str, str], vocabulary: str = shelf.VOCABULARY) -> tuple[Letter, ...]:
    words = parse_vocabulary(vocabulary, "vocabulary.yml")
    archive = shelf.archive_of(files, words, SETTINGS)
    return make_index(archive.book, words, archive.outlines)


def item(letters: tuple[Letter, ...], term: str) -> Item:
    entries = (entry for letter in letters for entry in letter.entries)
    return next(one for one in entries if isinstance(one, Item) and f"{one.term.kind}:{one.term.id}" == term)


def test_terms_stand_in_alphabetical_order_with_their_other_names() -> None:
    letters = index_of(shelf.FILES)
    assert [one.letter for one in letters] == sorted(one.letter for one in letters if one.letter != OTHERS)
    named = {one.letter: [entry.name for entry in one.entries] for one in letters}
    assert named["J"] == ["技术收敛驱动力", "架构层"]
    assert named["L"] == ["L2 部分收敛", "L3 高度收敛", "L4 完全收敛"]
    assert named["A"] == ["architectural layer"]
    see = next(entry for one in letters for entry in one.entries if entry.name == "architectural layer")
    assert isinstance(see, See)
    assert see.term.name == "架构层"


def test_the_most_telling_sections_come_first_and_lists_of_sources_are_none() -> None:
    found = item(index_of({**shelf.FILES, "c.md": SOURCES}), "layer:architectural")
    assert [(one.path, one.heading) for one in found.mentions] == [
        ("a.md", "架构层"),
        ("c.md", "架构层的由来"),
        ("a.md", "一、状态"),
        ("a.md", "二、对照"),
        ("b/驱动力.md", "驱动力"),
    ]
    assert "参考文献" not in [one.heading for one in found.mentions]


def test_a_dimension_is_found_where_figures_are_stated() -> None:
    found = item(index_of(shelf.FILES), "dimension:convergence-degree")
    assert {one.heading for one in found.mentions} == {"一、状态", "二、对照"}


def test_the_page_has_a_heading_a_letter_and_the_rest_unfolds() -> None:
    many = {"a.md": "# 甲\n\n" + "".join(f"## 第{at}节\n\n架构层\n\n" for at in range(SHOWN + 5))}
    letters = index_of(many)
    assert index_page(letters, "zh").count("\n## ") == len(letters)
    html = render_letter(next(one for one in letters if one.letter == "J"), shelf.frame(many))
    assert html.count("<details") == 1
    assert "另有 5 节" in html
    assert 'id="term-layer-architectural"' in html
    assert '<a href="../a.md#' in html


def test_a_term_that_nobody_mentions_says_so_and_hostile_names_stay_text() -> None:
    hostile = 'layers:\n  - {id: "x", name: "甲<script>", english: "<b>B</b>", aliases: ["乙\\"<i>"]}\n'
    letters = index_of({"a.md": "# 空\n"}, hostile)
    html = "".join(render_letter(one, shelf.frame({"a.md": ""})) for one in letters)
    assert "还没有章节提到这个名称" in html
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
