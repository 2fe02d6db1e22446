"""The pages of terms: what they say, who mentions them, and what goes with them."""

from __future__ import annotations

import pytest

from convergence_docs.model.generated import generated_files, term_page, terms_with_pages
from convergence_docs.parse import parse_chapter
from convergence_docs.site.book.fragments import Fragments
from convergence_docs.site.book.generated_pages import literal, nav_with_terms, term_pages
from convergence_docs.site.book.outline import is_telling, make_outline, make_spotter
from convergence_docs.site.book.terms import claims_about, make_neighbours, mentions_of, related_to, subjects_at
from convergence_docs.text import decode
from tests.site import shelf


def fragments() -> Fragments:
    return Fragments(shelf.archive_of(shelf.FILES, shelf.vocabulary()), "zh")


def test_each_term_has_a_page_of_its_name() -> None:
    pages = term_pages(shelf.vocabulary(), "zh", fragments().is_empty)
    assert set(pages) == {"index.md", *map(term_page, terms_with_pages(shelf.vocabulary()))}
    assert pages["layer-architectural.md"].startswith("# 架构层\n\n结构的选择。\n")
    assert pages["level-L3.md"].startswith("# L3 高度收敛\n")
    assert "](layer-architectural.md)" in pages["index.md"]
    assert "## 因素" in pages["driver-technical.md"]


def test_what_would_be_empty_has_no_section() -> None:
    pages = term_pages(shelf.vocabulary(), "zh", fragments().is_empty)
    assert "各章所写的数值" in pages["layer-architectural.md"]
    assert "各章所写的数值" not in pages["technology-transformer.md"]


def test_the_checker_knows_the_generated_pages() -> None:
    known = generated_files({"matrix": "/matrix/", "terms": "terms"}, shelf.vocabulary())
    pages = term_pages(shelf.vocabulary(), "zh", fragments().is_empty)
    assert known == {"matrix/index.md", "matrix/claims.csv", "matrix/claims.json", *(f"terms/{name}" for name in pages)}
    assert generated_files({}, shelf.vocabulary()) == frozenset()
    pages = {"graph": "g", "references": "/r/", "term_index": "i"}
    assert generated_files(pages, shelf.vocabulary()) == {"g/index.md", "r/index.md", "i/index.md"}
    assert generated_files(pages, None) == {"g/index.md", "r/index.md"}


def test_claims_stand_in_the_vocabularys_order() -> None:
    about = claims_about("layer:architectural", shelf.book_of(shelf.FILES, shelf.vocabulary()), shelf.vocabulary())
    assert [(one.name, [stated.value.text for stated in one.values]) for one in about] == [
        ("采用率", ["95%以上"]),
        ("确定性", ["★★★★★"]),
        ("收敛度", ["95%"]),
    ]


def test_a_level_knows_who_is_at_it() -> None:
    words = shelf.vocabulary()
    book = shelf.book_of(shelf.FILES, words)
    at = {level.id: [term.name for term, _ in subjects_at(level, book, words)] for level in words.of("level")}
    assert at == {"L2": ["能力层"], "L3": ["架构层"], "L4": ["数学层"]}


def test_a_driver_shows_its_factors() -> None:
    page = fragments().fill('<div data-convergence="factors" data-term="driver:technical"></div>', str)
    assert "Scaling Law" in page
    assert "规模效应" in page
    assert "损失按幂律下降。" in page


def spotted(text: str) -> dict[str, int]:
    chapter = parse_chapter(decode(text.encode(), "a.md"), github=False, details=False)
    outline = make_outline(chapter, make_spotter(shelf.vocabulary().terms), has_tables=False)
    return {key: sum(counted.values()) for key, counted in outline.mentions.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("架构层与架构层收敛", {"layer:architectural": 2}),
        ("Transformers 与 Transformer", {"technology:transformer": 1}),
        ("[这里](架构层.md)", {}),
        ("[架构层](架构层.md)", {"layer:architectural": 1}),
        ("<!-- 架构层 -->", {}),
        ("---\nlayer: 架构层\n---\n\n# 题\n", {}),
        ("```text\n架构层\n```\n", {}),
        ("```mermaid\ngraph TD\n    A[架构层]\n```\n", {"layer:architectural": 1}),
        ("# 题\n\n## 目录\n\n- [架构层](#架构层)\n- [二](#二)\n\n## 架构层\n\n## 二\n", {"layer:architectural": 1}),
    ],
)  # fmt: skip
def test_mentions_are_what_a_reader_reads(text: str, expected: dict[str, int]) -> None:
    assert spotted(text) == expected


def test_everyday_words_and_symbols_are_no_mentions() -> None:
    assert [name for name in ("技术", "C", "L2", "SGD", "架构层", "注意力") if is_telling(name)] == [
        "SGD",
        "架构层",
        "注意力",
    ]


def test_mentions_lead_to_sections_and_neighbours_share_them() -> None:
    archive = shelf.archive_of(shelf.FILES, shelf.vocabulary())
    (first, second) = mentions_of("layer:architectural", archive.outlines.values())
    assert (first.path, [one.heading for one in first.sections]) == ("a.md", ["架构层", "一、状态", "二、对照"])
    assert second.path == "b/驱动力.md"
    neighbours = make_neighbours(archive.outlines.values())
    terms = {f"{term.kind}:{term.id}": term for term in shelf.vocabulary().terms}
    related = related_to(terms["technology:transformer"], neighbours, terms)
    assert {term.name for term, _ in related} == {"架构层", "技术收敛驱动力", "Scaling Law"}


def test_the_navigation_gets_a_section_for_each_kind() -> None:
    nav = [{"首页": "index.md"}, {"对象": "terms/index.md"}]
    done = nav_with_terms(nav, "terms/", shelf.vocabulary(), "zh")
    assert isinstance(done, list)
    assert done[0] == nav[0]
    index, *sections = done[1]["对象"]
    assert index == "terms/index.md"
    assert [name for section in sections for name in section] == ["层", "层级", "驱动力", "技术"]
    assert sections[0]["层"][1] == {"架构层": "terms/layer-architectural.md"}
    assert nav_with_terms([{"别处": "x.md"}], "terms", shelf.vocabulary(), "zh") == [{"别处": "x.md"}]


def test_no_extension_takes_a_name_for_markup() -> None:
    assert literal("A*b* [x](y) $1$ `c`\n| d") == (
        "A&#42;b&#42; &#91;x&#93;&#40;y&#41; &#36;1&#36; &#96;c&#96; &#124; d"
    )
