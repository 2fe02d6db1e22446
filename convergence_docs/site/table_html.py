"""Tables of chapters in their rendered HTML: bars, sorting and downloads, where the HTML is surely the model's table.

Python-Markdown renders a pipe table plainly, and tables come in the order in which they are written. So a model's
table is looked for from the last one found onwards, and taken only where its headers, its first column and its number
of rows agree; a cell is changed only where its own words agree. All else stays as it was rendered.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.model.claim import Claim
from convergence_docs.model.nodes import Cell, Table
from convergence_docs.model.value import Value, read_cell
from convergence_docs.model.vocabulary import normalise
from convergence_docs.site.value_html import is_share, render_bar, sort_key

FEWEST_ROWS = 3
"""Rows from which on sorting helps."""

_TABLE = re.compile(r"<table(?P<attributes>[^<>]*)>(?P<inner>.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr[^<>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"(<(t[hd])[^<>]*)>(.*?)</t[hd]>", re.DOTALL)
_FOOTNOTE = re.compile(r'<sup id="fnref[^<>]*>.*?</sup>', re.DOTALL)
_MARK = re.compile(r"\[\^[^\]]+\]")
_TAG = re.compile(r"<[^<>]*>")


class Shown(NamedTuple):
    """A rendered cell: where its opening tag ends (before ``>``), where its content begins and ends, its words."""

    tag_end: int
    start: int
    end: int
    words: str


class Found(NamedTuple):
    """A model's table in the HTML: its number there, from 0, beginning and end, and its rows, the header first."""

    number: int
    start: int
    end: int
    rows: tuple[tuple[Shown, ...], ...]


def find_tables(page: str, tables: Sequence[Table]) -> Iterator[Found]:
    """The model's tables that are surely in the HTML, in order."""
    rendered = [
        (match.start(), match.end(), rows)
        for match in _TABLE.finditer(page)
        if "class=" not in match["attributes"] and (rows := _rows(match, page)) is not None
    ]
    at = 0
    for number, table in enumerate(tables):
        wanted = signature(table)
        for offset in range(at, len(rendered)):
            start, end, rows = rendered[offset]
            if _rendered_signature(rows) == wanted:
                yield Found(number, start, end, rows)
                at = offset + 1
                break


def signature(table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a table is known by: the words of its header, and those of its first column."""
    heads = tuple(_words(cell.text) for cell in table.header.cells)
    return heads, tuple(_words(row.cells[0].text) if row.cells else "" for row in table.rows)


def decorate(page: str, tables: Sequence[Table], claims: Sequence[Claim], footers: Mapping[int, str]) -> str:
    """The page with its tables' bars, sort keys and ``footers`` (HTML to put behind a table, by its number)."""
    edits: list[tuple[int, int, str]] = []
    for found in find_tables(page, tables):
        table = tables[found.number]
        values = _values(table, claims)
        sortable = _sortable_columns(table, values)
        edits += _cell_edits(page, found, table, values, sortable)
        if sortable:
            edits.append((found.start + len("<table"), found.start + len("<table"), " data-cd-sort"))
        if found.number in footers:
            edits.append((found.end, found.end, footers[found.number]))
    if not edits:
        return page
    parts, at = [], 0
    for start, end, text in sorted(edits):
        parts += [page[at:start], text]
        at = end
    return "".join([*parts, page[at:]])


def _cell_edits(
    page: str, found: Found, table: Table, values: Mapping[tuple[int, int], Value], sortable: frozenset[int]
) -> Iterator[tuple[int, int, str]]:
    heads = found.rows[0]
    for column in sortable:
        yield heads[column].tag_end, heads[column].tag_end, " data-cd-sortable"
    for i, row in enumerate(table.rows):
        shown = found.rows[i + 1]
        for j, cell in enumerate(row.cells[: len(shown)]):
            value = values.get((i, j))
            if value is None or shown[j].words != _words(cell.text):
                continue
            key = sort_key(value)
            if j in sortable and key is not None:
                yield shown[j].tag_end, shown[j].tag_end, f' data-cd-key="{key:g}"'
            if is_share(value) and value.interval is not None and _stands_alone(value, cell):
                inner = page[shown[j].start : shown[j].end]
                bar = f'<span class="cd-share">{inner}{render_bar(value.interval)}</span>'
                yield shown[j].start, shown[j].end, bar


def _stands_alone(value: Value, cell: Cell) -> bool:
    """Whether a cell is about its percentage, and no sentence that happens to hold one."""
    return len(cell.text) <= len(value.text) + 24


def _values(table: Table, claims: Sequence[Claim]) -> dict[tuple[int, int], Value]:
    """The value of each body cell: the single claim made there, else what the cell itself reads as."""
    made: dict[tuple[int, int], list[Value]] = {}
    ordered = [one for one in claims if table.span.start <= one.span.start < table.span.end]
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            found = [one.value for one in ordered if cell.span.start <= one.span.start < cell.span.end]
            if not found and j and (reading := read_cell(cell.text)):
                found = [reading.value]
            made[i, j] = found
    return {place: found[0] for place, found in made.items() if len(found) == 1}


def _sortable_columns(table: Table, values: Mapping[tuple[int, int], Value]) -> frozenset[int]:
    """The columns whose values are of one kind, nearly everywhere given, and not all the same."""
    if len(table.rows) < FEWEST_ROWS:
        return frozenset()
    found = set()
    for column in range(1, len(table.header.cells)):
        given = [
            (value.kind, key)
            for i in range(len(table.rows))
            if (value := values.get((i, column))) is not None and (key := sort_key(value)) is not None
        ]
        is_full = 5 * len(given) >= 4 * len(table.rows)
        if is_full and len({kind for kind, _ in given}) == 1 and len({key for _, key in given}) > 1:
            found.add(column)
    return frozenset(found)


def _rows(match: re.Match[str], page: str) -> tuple[tuple[Shown, ...], ...] | None:
    """The cells of a rendered table; ``None`` for one that holds another."""
    if "<table" in match["inner"]:
        return None
    rows = []
    for row in _ROW.finditer(page, match.start("inner"), match.end("inner")):
        cells = _CELL.finditer(page, row.start(1), row.end(1))
        rows.append(tuple(Shown(one.end(1), one.start(3), one.end(3), _plain(one[3])) for one in cells))
    return tuple(rows) if rows and all(rows) else None


def _rendered_signature(rows: tuple[tuple[Shown, ...], ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(cell.words for cell in rows[0]), tuple(row[0].words for row in rows[1:])


def _plain(content: str) -> str:
    return _words(html.unescape(_TAG.sub("", _FOOTNOTE.sub("", content))))


def _words(text: str) -> str:
    """The words of a cell as they are compared: marks of footnotes, markup and white space gone."""
    return normalise(_MARK.sub("", text))
