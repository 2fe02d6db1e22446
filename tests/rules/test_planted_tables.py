"""Faults planted into every table of the book are found, each by its rule; the tables themselves are clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergence_docs.model.nodes import Row, Table
from convergence_docs.model.tables.layer_table import Orientation, read_layer_table
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.text import Span
from tests.worlds import chapter, findings

DOCS = Path(__file__).parents[2] / "docs"
WORDS = parse_vocabulary((DOCS / "vocabulary.yml").read_text(encoding="utf-8"), "vocabulary.yml")
RULES = ["TAB001", "TAB002", "TAB003", "TAB004", "TAB005", "TAB006"]


def found(text: str) -> set[str]:
    return {finding.code for finding in findings({"a.md": text}, select=RULES, vocabulary=WORDS)}


def replaced(text: str, span: Span, by: str) -> str:
    return text[: span.start] + by + text[span.end :]


def written(text: str, row: Row, *, without_last: bool = False, more: str = "") -> str:
    cells = [text[cell.span.start : cell.span.end] for cell in row.cells]
    return "| " + " | ".join(cells[:-1] if without_last else cells) + f" |{more}"


def plant(text: str, table: Table) -> Iterator[tuple[str, str]]:
    """Faulty texts, each with the code of the rule that must see it."""
    for row in table.rows:
        yield "TAB001", replaced(text, row.span, written(text, row, without_last=True))
        yield "TAB002", replaced(text, row.span, written(text, row, more=" 多 |"))
    view = read_layer_table(table, WORDS)
    if view is None:
        return
    for cell in view.cells:
        value = text[cell.span.start : cell.span.end]
        yield "TAB003", replaced(text, cell.span, "")
        if "★" in value:
            yield "TAB004", replaced(text, cell.span, value.replace("★", "", 1))
            yield "TAB004", replaced(text, cell.span, value.replace("★", "★★", 1))
        if "0%" in value or "5%" in value:
            yield "TAB005", replaced(text, cell.span, value.replace("%", "0%", 1))
    labels = view.dimensions + (() if view.orientation is Orientation.SINGLE else view.subjects)
    for label in labels:
        yield "TAB006", replaced(text, label.span, f"{label.text}某")


def tables() -> list[str]:
    """Every table of the book's chapters, each a chapter of its own."""
    found = []
    for path in sorted((DOCS / "chapters").glob("*.md")):
        book = chapter(path.read_text(encoding="utf-8"), path.name)
        found += [f"# 题目\n\n{book.source.slice(table.span).rstrip()}\n" for table in book.tables]
    return found


TABLES = tables()


def test_the_book_has_tables() -> None:
    assert len(TABLES) > 10


@pytest.mark.parametrize("text", TABLES, ids=[str(number) for number in range(len(TABLES))])
def test_planted_faults_are_found(text: str) -> None:
    assert found(text) == set()
    (table,) = chapter(text).tables
    missed = [(code, faulty) for code, faulty in plant(text, table) if code not in found(faulty)]
    assert missed == []


def test_every_rule_is_put_to_the_test() -> None:
    planted = Counter(code for text in TABLES for code, _ in plant(text, chapter(text).tables[0]))
    assert planted.keys() == set(RULES)
    assert min(planted.values()) >= 10
