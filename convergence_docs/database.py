"""A book as an SQLite file, so that a question is one SQL query. ``schemas/book.sql`` says what it holds.

Rows are made of what `convergence_docs.export` says of a chapter, in the order of the paths and of the file, so the
same chapters give the same rows with the same ids.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from json import dumps
from typing import Any

from convergence_docs.errors import Fault
from convergence_docs.export import Json, export_chapter
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.dispute import Dispute, disputes
from convergence_docs.model.links.resolution import Resolver
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.schemas import read_sql

VERSION = 1
"""Of the format, as ``PRAGMA user_version``; raised when a query for the old one would mislead in the new one."""

Row = dict[str, Any]
_PLACE = ("line", "column", "end_line", "end_column")


def write_database(
    file: str, book: Book, pages: Iterable[tuple[Chapter, Entry]], vocabulary: Vocabulary | None = None
) -> None:
    """Write the book to ``file``, which appears whole or not at all.

    Args:
        file: what is there already is replaced.
        book: tells where links lead.
        pages: chapters in the order of their paths, each with its full entry; only one at a time is held.
        vocabulary: the terms, and what labels of tables mean.

    Raises:
        Fault: the file cannot be written.
    """
    with _replacing(file) as new, closing(sqlite3.connect(new, isolation_level=None)) as connection:
        # Nobody else sees this file before it is whole, so nothing has to survive a crash.
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {VERSION}; BEGIN;"
            f"{read_sql('book')}"
        )
        writer = _Writer(connection, vocabulary)
        resolver = Resolver(book)
        entries: dict[str, Entry] = {}
        for chapter, entry in pages:
            writer.add(export_chapter(chapter, resolver.targets(entry), entry.claims, vocabulary), entry.claims)
            entries[entry.path] = entry._replace(links=(), definitions=(), loose_references=(), near_links=())
        writer.add_disputes(disputes(Book(entries=entries, site=book.site, differences=book.differences)))
        connection.execute(
            "UPDATE links SET target_chapter_id = (SELECT id FROM chapters WHERE path = target_path)"
            " WHERE target_kind IN ('chapter', 'same-page')"
        )
        connection.execute("COMMIT")


class _Writer:
    """Puts exported chapters into tables, each row with the next id of its table."""

    def __init__(self, connection: sqlite3.Connection, vocabulary: Vocabulary | None) -> None:
        self._connection = connection
        terms = {f"{term.kind}:{term.id}": term for term in (vocabulary.terms if vocabulary else ())}
        for key, term in terms.items():
            self.insert("terms", {"id": key, "kind": term.kind, "name": term.name, "english": term.english})
        self._terms = terms.keys()
        self._last: Counter[str] = Counter()
        self._chapter = 0
        self._sections: list[tuple[tuple[int, int], int]] = []
        self._claims: dict[tuple[str, Claim], int] = {}

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert one row."""
        marks = ", ".join("?" * len(row))
        values = [_storable(value) for value in row.values()]
        self._connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", values)

    def add(self, chapter: Json, claims: Iterable[Claim]) -> None:
        """Insert everything that a chapter holds; ``claims`` are those that were exported."""
        about = chapter["front_matter"]
        row = {
            "path": chapter["path"],
            "title": chapter["title"],
            "number": chapter["number"],
            "front_matter": dumps(about["values"], ensure_ascii=False) if about else None,
        }
        self._chapter = self._numbered("chapters", row)
        self._add_sections(chapter["headings"])
        for link in chapter["links"]:
            self._add_link(link)
        for table in chapter["tables"]:
            self._add_table(table)
        for exported, claim in zip(chapter["claims"], claims, strict=True):
            self._claims[chapter["path"], claim] = self._add_claim(exported)
        for diagram in chapter["diagrams"]:
            self._add_diagram(diagram)

    def add_disputes(self, found: Iterable[Dispute]) -> None:
        """Insert which claims contradict which."""
        pairs = {(self._claims[one], self._claims[dispute.counted]) for dispute in found for one in dispute.differing}
        for claim, counted in sorted(pairs):
            self.insert("disputes", {"claim_id": claim, "counted_id": counted})

    def _numbered(self, table: str, row: Row) -> int:
        self._last[table] += 1
        self.insert(table, {"id": self._last[table], **row})
        return self._last[table]

    def _piece(self, table: str, piece: Json, row: Row) -> int:
        """Insert a piece of the chapter, with the section that it stands in."""
        at = bisect_right(self._sections, (piece["line"], piece["column"]), key=lambda section: section[0])
        section = self._sections[at - 1][1] if at else None
        return self._numbered(table, {"chapter_id": self._chapter, "section_id": section, **row, **_place(piece)})

    def _add_sections(self, headings: Iterable[Json]) -> None:
        self._sections = []
        above: list[tuple[int, int]] = []
        for heading in headings:
            while above and above[-1][0] >= heading["level"]:
                above.pop()
            number = heading["number"]
            row = {
                "chapter_id": self._chapter,
                "parent_id": above[-1][1] if above else None,
                "level": heading["level"],
                "text": heading["text"],
                "number": number["text"] if number else None,
                "anchor": heading["site_id"] or None,
                "github_anchor": heading["github_id"],
            }
            section = self._numbered("sections", {**row, **_place(heading)})
            above.append((heading["level"], section))
            self._sections.append(((heading["line"], heading["column"]), section))

    def _add_link(self, link: Json) -> None:
        target = link["target"] or dict.fromkeys(("kind", "path", "fragment", "fault"))
        row = {name: link[name] for name in ("kind", "text", "destination", "title")}
        row |= {f"target_{name}": target[name] for name in ("kind", "path", "fragment")}
        self._piece("links", link, {**row, "fault": target["fault"]})

    def _add_table(self, table: Json) -> None:
        number = self._piece("tables", table, {})
        for at, row in enumerate((table["header"], *table["rows"])):
            for position, cell in enumerate(row["cells"]):
                key = {"table_id": number, "row": at, "position": position}
                self.insert("cells", {**key, "text": cell["text"], **_place(cell)})

    def _add_claim(self, claim: Json) -> int:
        row = {name: value for name, value in claim.items() if name not in (*_PLACE, "heading", "anchor")}
        ids = {"subject_id": claim["subject_id"], "dimension_id": f"dimension:{claim['dimension_id']}"}
        row |= {name: key if key in self._terms else None for name, key in ids.items()}
        row |= {end: None if claim[end] is None else float(claim[end]) for end in ("low", "high")}
        return self._piece("claims", claim, row)

    def _add_diagram(self, diagram: Json) -> None:
        row = {"kind": diagram["kind"], "lines": "\n".join(diagram["lines"]), "source": diagram["source"]}
        reading = diagram["mermaid"] or {}
        graph = reading.get("graph") or {"nodes": (), "groups": (), "edges": ()}
        number = self._piece("diagrams", diagram, {**row, **_reading_row(reading, graph)})
        known_nodes = _node_rows(graph)
        nodes: dict[str, int] = {}
        for node in diagram["nodes"]:
            row = {"diagram_id": number, "name": node["id"], "text": node["text"], **known_nodes.get(node["id"], {})}
            nodes.setdefault(node["id"], self._numbered("nodes", {**row, **_place(node)}))
        held: list[Json] = [*graph["edges"]] or [{}] * len(diagram["edges"])
        for edge, known in zip(diagram["edges"], held, strict=True):
            ends = {"source": edge["source"], "target": edge["target"]}
            ids = {f"{end}_id": nodes.get(name) for end, name in ends.items()}
            row = {"text": edge["text"], "stroke": known.get("stroke"), "ends": known.get("ends")}
            self._numbered("edges", {"diagram_id": number, **ends, **ids, **row, **_place(edge)})


def _reading_row(reading: Json, graph: Json) -> Row:
    """What Mermaid says of a diagram, in columns; nothing where it was not asked."""
    if not reading:
        return {}
    complaint = reading["complaint"] or {"message": None, "line": None}
    return {
        **{name: reading[name] for name in ("type", "title", "description", "caption")},
        "direction": graph.get("direction"),
        "labels": "\n".join(reading["labels"]),
        "complaint": complaint["message"],
        "complaint_line": complaint["line"],
    }


def _node_rows(graph: Json) -> dict[str, Row]:
    """What Mermaid knows of nodes and subgraphs, by their ids."""
    parents = {member: group["id"] for group in reversed(graph["groups"]) for member in group["members"]}
    rows = {}
    for is_group, pieces in ((False, graph["nodes"]), (True, graph["groups"])):
        for one in pieces:
            rows[one["id"]] = {
                "parent": parents.get(one["id"]),
                "is_group": int(is_group),
                "shape": one.get("shape", ""),
                "classes": " ".join(one["classes"]),
                "styles": "; ".join(one["styles"]),
            }
    return rows


def _place(piece: Json) -> Row:
    return {name: piece[name] for name in _PLACE}


def _storable(value: Any) -> Any:
    """What SQLite can hold: text that is valid Unicode."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


@contextmanager
def _replacing(file: str) -> Iterator[str]:
    """The name of a new file beside ``file``, which takes its place if all goes well and else goes away.

    Raises:
        Fault: it cannot be written, or ``file`` is no ordinary file.
    """
    place = os.path.realpath(file)
    new = f"{place}.{os.getpid()}.part"
    try:
        if os.path.lexists(place) and not stat.S_ISREG(os.stat(place).st_mode):
            raise _unwritable(file, "not an ordinary file", "不是普通文件")
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield new
        os.replace(new, place)
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _unwritable(file, why, why) from error
    finally:
        with suppress(OSError):
            os.unlink(new)


def _unwritable(file: str, en: str, zh: str) -> Fault:
    return Fault(
        en=f"The database cannot be written ({en}).",
        zh=f"无法写入数据库（{zh}）。",
        hint_en="Give --output a file in a folder that exists and may be written.",
        hint_zh="请让 --output 指向已存在且可写的文件夹中的文件。",
        where=file,
    )
