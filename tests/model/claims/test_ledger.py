"""The ledger: who is about what, whose word comes first, and which differences are meant."""

from __future__ import annotations

import pytest

from convergence_docs.model.book import Book, Site, make_entry
from convergence_docs.model.claims.claim import Claim, ClaimSource, Key
from convergence_docs.model.claims.declaration import chapter_differences, is_covering
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.claims.topic import topic_of
from convergence_docs.model.values.value import read_cell
from convergence_docs.model.vocabulary import Term, make_vocabulary
from convergence_docs.text import Span
from tests.worlds import chapter

WORDS = make_vocabulary(
    [
        Term("layer", "wall", ("墙体层", "墙体层收敛"), "wall layer"),
        Term("level", "L4", ("完全收敛", "L4", "L4：完全收敛"), ""),
        Term("technology", "brick", ("红砖",), "Brick"),
        Term("dimension", "adoption", ("采用率",), "", "percentage"),
    ]
)
KEY = Key("technology:brick", "adoption")


def claim(figure: str, scope: str = "", year: int | None = None) -> Claim:
    reading = read_cell(figure)
    assert reading is not None
    return Claim(Span(0, 3), ClaimSource.TABLE, "红砖", KEY.subject, "采用率", "adoption", reading.value, scope, year)


@pytest.mark.parametrize(
    ("text", "path", "topic"),
    [
        ("# 03.2.2-墙体层收敛\n", "a.md", "layer:wall"),
        ("# 03.1.1 L4：完全收敛（工业标准）\n", "a.md", "level:L4"),
        ("# 红砖概述\n", "a.md", "technology:brick"),
        ("# Brick\n", "a.md", "technology:brick"),
        ("正文。\n", "03.2.2-红砖.md", "technology:brick"),
        ("---\nlayer: wall\n---\n\n# 关于墙\n", "a.md", "layer:wall"),
        ("---\nlayer: [wall]\n---\n\n# 关于墙\n", "a.md", ""),
        ("# 红砖与墙体层\n", "a.md", ""),
        ("# 采用率\n", "a.md", ""),
        ("# 03.2.2\n", "a.md", ""),
    ],
)
def test_what_a_chapter_is_about(text: str, path: str, topic: str) -> None:
    assert topic_of(chapter(text, path), WORDS) == topic
    assert topic_of(chapter(text, path), None) == ""


def book_of(**texts: str) -> Book:
    entries = {}
    for name, text in sorted(texts.items()):
        path = f"{name}.md"
        entries[path] = make_entry(chapter(text, path), (claim("90%"), claim("80%")), (), WORDS)
    return Book(entries=entries, site=Site(files=frozenset(entries)))


def test_the_home_speaks_first_and_keeps_its_order() -> None:
    made = ledger(book_of(a="# 甲\n", b="# 红砖\n", c="# 丙\n"))
    assert made.homes == {"technology:brick": "b.md"}
    assert [(path, one.value.text) for path, one in made.statements[KEY]] == [
        ("b.md", "90%"),
        ("b.md", "80%"),
        ("a.md", "90%"),
        ("a.md", "80%"),
        ("c.md", "90%"),
        ("c.md", "80%"),
    ]


def test_of_two_chapters_with_one_topic_neither_is_home() -> None:
    made = ledger(book_of(a="# 红砖\n", b="# 红砖概述\n"))
    assert made.homes == {}
    assert [path for path, _ in made.statements[KEY]] == ["a.md", "a.md", "b.md", "b.md"]


DECLARED = """\
---
title: 红砖
differences:
  - subject: Brick
    dimension: 采用率
    values: [90 %, 85%]
    scope: 在新房中
    year: 2024
    reason: 口径不同
  - {subject: 红砖, dimension: 采用率}
  - 说不清
---

# 红砖
"""


def test_differences_in_front_matter() -> None:
    page = chapter(DECLARED, "x/a.md")
    first, second, third = chapter_differences(page, WORDS)
    assert first[1:] == ("technology:brick", "adoption", ("90%", "85%"), "在新房中", 2024, ("x/a.md",), "口径不同")
    assert [page.source.slice(one.span) for one in (first, second)] == ["Brick", "红砖"]
    assert (second.reason, second.values) == ("", ())
    assert third.subject == ""


@pytest.mark.parametrize(
    ("path", "stated", "is_covered"),
    [
        ("x/a.md", claim("90%", "新房", 2024), True),
        ("x/a.md", claim("85%", "限于新房", 2024), True),
        ("x/b.md", claim("90%", "新房", 2024), False),
        ("x/a.md", claim("80%", "新房", 2024), False),
        ("x/a.md", claim("90%", "旧房", 2024), False),
        ("x/a.md", claim("90%", "新房"), False),
    ],
)
def test_a_difference_covers_what_it_names(path: str, stated: Claim, is_covered: bool) -> None:
    difference = chapter_differences(chapter(DECLARED, "x/a.md"), WORDS)[0]
    assert is_covering(difference, path, stated) is is_covered


def test_a_difference_of_nothing_covers_nothing() -> None:
    nothing = chapter_differences(chapter(DECLARED, "x/a.md"), WORDS)[2]
    assert not is_covering(nothing, "x/a.md", claim("90%"))
    assert not is_covering(
        nothing, "x/a.md", claim("90%")._replace(subject_id="", subject="", dimension_id="", dimension="")
    )


@pytest.mark.parametrize("declared", ["differences: 3", "differences: {subject: 红砖}", "differences: [[红砖]]"])
def test_malformed_declarations_stay_visible(declared: str) -> None:
    assert len(chapter_differences(chapter(f"---\n{declared}\n---\n\n# 红砖\n"), WORDS)) == 1
