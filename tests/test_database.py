"""The book as a database: complete, sound, the same every time, and whole or not there at all."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from convergence_docs import engine
from convergence_docs.cli import main
from convergence_docs.config import find_configs
from convergence_docs.database import VERSION, write_database
from convergence_docs.errors import Fault
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.vocabulary import Term, make_vocabulary
from tests.test_export import EVERYTHING, hand_made, read

ROOT = Path(__file__).parent.parent
FILES = {"03.2.2-样例.md": EVERYTHING.encode(), "other.md": "# 另一章\n\n[回](03.2.2-样例.md#table) 95%以上\n".encode()}
VOCABULARY = make_vocabulary((Term("layer", "architectural", ("架构", "架构层"), "architecture"),))


def pages(book: Book, chapters: dict[str, Chapter]) -> Iterator[tuple[Chapter, Entry]]:
    """The chapters with their entries, in the order of their paths."""
    return ((chapters[path], book.entries[path]) for path in sorted(chapters))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of a chapter with everything and another."""
    book, chapters = read(FILES)
    write_database(str(tmp_path / "book.sqlite"), book, pages(book, chapters), VOCABULARY)
    with closing(sqlite3.connect(tmp_path / "book.sqlite")) as connection:
        yield connection


def column(connection: sqlite3.Connection, query: str) -> list[Any]:
    """The first column of what a query gives."""
    return [row[0] for row in connection.execute(query)]


def test_it_is_sound_and_nothing_is_empty(database: sqlite3.Connection) -> None:
    assert column(database, "PRAGMA integrity_check") == ["ok"]
    assert column(database, "PRAGMA foreign_key_check") == []
    assert column(database, "PRAGMA user_version") == [VERSION]
    tables = column(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    assert {"chapters", "sections", "links", "tables", "cells", "claims", "diagrams", "nodes", "edges"} <= set(tables)
    empty = {name for name in tables if not column(database, f"SELECT count(*) FROM {name}")[0]}
    assert empty == {"disputes", "disagreements"}, "all figures are alike"
    assert column(database, "SELECT subject FROM figures") == ["架构", "架构"], "the preferred name"


def test_rows_lead_to_each_other(database: sqlite3.Connection) -> None:
    sections = "SELECT up.text, down.text FROM sections AS down JOIN sections AS up ON up.id = down.parent_id"
    assert ("一、概述", "1.1 表") in database.execute(sections).fetchall()
    links = (
        "SELECT chapters.path FROM links JOIN chapters ON chapters.id = target_chapter_id WHERE destination LIKE '{}'"
    )
    assert column(database, links.format("other.md")) == ["other.md"]
    assert column(database, links.format("03%")) == ["03.2.2-样例.md"]
    assert column(database, links.format("#一概述")) == ["03.2.2-样例.md"]
    assert column(database, links.format("missing%")) == []
    assert column(database, "SELECT fault FROM broken_links WHERE destination = 'missing.md#x'") == ["missing"]
    cells = "SELECT text FROM cells WHERE table_id = 1 AND row = 1 ORDER BY position"
    assert column(database, cells) == ["采用率", "100%", "95%以上"]
    assert column(database, cells.replace("row = 1", "row = 2")) == ["收敛度", "98%"], "a ragged row stays ragged"
    edges = (
        "SELECT a.text, edges.text, b.text FROM edges JOIN nodes a ON a.id = source_id JOIN nodes b ON b.id = target_id"
    )
    assert database.execute(edges).fetchall() == [("数学层 100%", "推动", "架构层")]
    assert json.loads(column(database, "SELECT front_matter FROM chapters")[0])["date"] == "2026-01-02"


def test_ids_that_the_vocabulary_does_not_know_lead_nowhere(database: sqlite3.Connection) -> None:
    assert set(database.execute("SELECT subject_id, dimension_id FROM claims")) == {("layer:architectural", None)}


def test_claims_stand_in_their_sections(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (config,) = find_configs([str(ROOT / "docs")])
    found = engine.read_book(config)
    planted = ((chapter, entry._replace(claims=hand_made(chapter))) for chapter, entry in found.pages)
    write_database(str(tmp_path / "book.sqlite"), found.book, planted, found.vocabulary)
    with closing(sqlite3.connect(tmp_path / "book.sqlite")) as connection:
        assert column(connection, "PRAGMA foreign_key_check") == []
        assert connection.execute(
            "SELECT DISTINCT subject, dimension, low, high, high_open, as_of FROM figures"
        ).fetchall() == [("架构层", "采用率", 95.0, None, 1, 2025)]
        headings = "SELECT count(*), count(heading) FROM figures"
        everything, in_sections = connection.execute(headings).fetchone()
        assert everything == in_sections > 5


def test_disagreements_are_those_of_the_ledger(tmp_path: Path) -> None:
    book, chapters = read({f"{name}.md": b"# A\n\n95%\n" for name in "abcd"})
    (template,) = hand_made(read({"x.md": "95%以上".encode()})[1]["x.md"])
    percents = {"a": 95.0, "b": 95.0, "c": 90.0, "d": 95.0}

    def planted() -> Iterator[tuple[Chapter, Entry]]:
        for chapter, entry in pages(book, chapters):
            percent = percents[chapter.path[0]]
            value = template.value._replace(interval=Interval(percent, percent), text=f"{percent:.0f}%", step=1)
            yield chapter, entry._replace(claims=(template._replace(value=value),))

    write_database(str(tmp_path / "x"), book, planted(), VOCABULARY)
    with closing(sqlite3.connect(tmp_path / "x")) as connection:
        pairs = connection.execute("SELECT path, text, counted_path, counted_text FROM disagreements").fetchall()
        assert column(connection, "PRAGMA foreign_key_check") == []
    assert pairs == [("c.md", "90%", "a.md", "95%")]


def test_the_same_chapters_give_the_same_dump(tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        book, chapters = read(FILES)
        write_database(str(tmp_path / name), book, pages(book, dict(reversed(chapters.items()))))
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 50


def test_what_cannot_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    book, chapters = read(FILES)

    def broken() -> Iterator[tuple[Chapter, Entry]]:
        yield from list(pages(book, chapters))[:1]
        raise RuntimeError("planted")

    (tmp_path / "book.sqlite").write_bytes(b"as it was")
    with pytest.raises(RuntimeError, match="planted"):
        write_database(str(tmp_path / "book.sqlite"), book, broken())
    assert (tmp_path / "book.sqlite").read_bytes() == b"as it was"
    assert os.listdir(tmp_path) == ["book.sqlite"]


@pytest.mark.parametrize("place", ["no/such/folder.sqlite", "folder", os.devnull])
def test_a_place_that_cannot_be_written_is_a_fault(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Fault):
        write_database(place, *read({})[:1], [])
    assert os.listdir(tmp_path) == ["folder"]
    assert not Path(os.devnull).is_file()


def test_any_text_can_be_stored(tmp_path: Path) -> None:
    book, chapters = read({"a.md": '---\ntitle: "\\uD800 \\0"\n---\n# \U0001f600 \'"; DROP TABLE chapters\n'.encode()})
    write_database(str(tmp_path / "x"), book, pages(book, chapters))
    with closing(sqlite3.connect(tmp_path / "x")) as connection:
        assert column(connection, "SELECT text FROM sections") == ["\U0001f600 '\"; DROP TABLE chapters"]


def test_the_documented_queries_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query on the page about formats, asked of this project's own book."""
    page = (ROOT / "docs" / "project" / "formats.md").read_text(encoding="utf-8")
    queries = re.findall(r"^```sql\n(.*?)^```$", page, re.M | re.S)
    assert len(queries) >= 3
    monkeypatch.chdir(tmp_path)
    assert main(["model", str(ROOT / "docs"), "--format", "sqlite", "--output", "book.sqlite"]) == 0
    with closing(sqlite3.connect("book.sqlite")) as connection:
        for query in queries:
            assert connection.execute(query).fetchall(), query
        named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", page, re.M))))
        assert set(column(connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")) <= named


def test_a_database_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", str(ROOT / "docs"), "--format", "sqlite", "--lang", "zh"]) == 2
    assert "--output book.sqlite" in capsys.readouterr().err


def test_a_python_without_sqlite_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "convergence_docs.database")
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    assert main(["model", str(tmp_path), "--format", "sqlite", "--output", str(tmp_path / "x"), "--lang", "en"]) == 2
    assert "without SQLite" in capsys.readouterr().err
