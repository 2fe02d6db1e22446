"""Tables of chapters in their rendered HTML: bars, sorting and downloads, where the HTML is surely the model's table.

Python-Markdown renders a pipe table plainly, and tables come in the order in which they are written. So a model's
table is looked for from the last one found onwards, and taken only where its headers, its first column and its number
of rows agree; a cell is changed only where its own words agree. All else stays as it was rendered.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.nodes import Cell, Table
from convergence_docs.model.values.value import Value, read_cell
from convergence_docs.model.vocabulary import normalise
from convergence_docs.site.book.value_html import is_share, render_bar, sort_key

FEWEST_ROWS = 3
"""Rows from which on sorting helps."""

_LONGEST = 40
"""Characters of a cell past which it is a sentence, not a figure."""

_FIGURE = re.compile("[0-9０-９★☆⭐]")
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
    """A model's table in the HTML: its number there, from 0, beginning and end."""

    number: int
    start: int
    end: int


def find_tables(page: str, tables: Sequence[Table]) -> Iterator[Found]:
    """The model's tables that are surely in the HTML, in order."""
    rendered = [
        (match, _rendered_signature(match, page))
        for match in _TABLE.finditer(page)
        if "class=" not in match["attributes"] and "<table" not in match["inner"]
    ]
    at = 0
    for number, table in enumerate(tables):
        wanted = signature(table)
        for offset in range(at, len(rendered)):
            match, found = rendered[offset]
            if found == wanted:
                yield Found(number, match.start(), match.end())
                at = offset + 1
                break


def signature(table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a table is known by: the words of its header, and those of its first column."""
    heads = tuple(_words(cell.text) for cell in table.header.cells)
    return heads, tuple(_words(row.cells[0].text) if row.cells else "" for row in table.rows)


def decorate(page: str, tables: Sequence[Table], claims: Sequence[Claim], footers: Mapping[int, str]) -> str:
    """The page with its tables' bars, sort keys and ``footers`` (HTML to put behind a table, by its number)."""
    plans = {number: plan for number, table in enumerate(tables) if (plan := _plan(table, claims))}
    if not plans and not footers:
        return page
    edits: list[tuple[int, int, str]] = []
    for found in find_tables(page, tables):
        plan = plans.get(found.number)
        if plan is not None:
            edits += _cell_edits(page, found, tables[found.number], plan)
            if plan.sortable:
                edits.append((found.start + len("<table"), found.start + len("<table"), " data-cd-sort"))
        if found.number in footers:
            edits.append((found.end, found.end, footers[found.number]))
    parts, at = [], 0
    for start, end, text in sorted(edits):
        parts += [page[at:start], text]
        at = end
    return "".join([*parts, page[at:]])


class Plan(NamedTuple):
    """What is to be done to a table: the values of its body cells by row and column, the columns to sort."""

    values: Mapping[tuple[int, int], Value]
    sortable: frozenset[int]


def _plan(table: Table, claims: Sequence[Claim]) -> Plan | None:
    """What is to be done to a table; ``None`` where that is nothing."""
    within = [one for one in claims if table.span.start <= one.span.start < table.span.end]
    values = _values(table, within)
    sortable = _sortable_columns(table, values)
    return Plan(values, sortable) if sortable or any(map(is_share, values.values())) else None


def _cell_edits(page: str, found: Found, table: Table, plan: Plan) -> Iterator[tuple[int, int, str]]:
    heads, *rows = _rows(page, found)
    for column in plan.sortable:
        yield heads[column].tag_end, heads[column].tag_end, " data-cd-sortable"
    for i, (row, shown) in enumerate(zip(table.rows, rows, strict=False)):
        for j, (cell, place) in enumerate(zip(row.cells, shown, strict=False)):
            value = plan.values.get((i, j))
            if value is None or place.words != _words(cell.text):
                continue
            key = sort_key(value)
            if j in plan.sortable and key is not None:
                yield place.tag_end, place.tag_end, f' data-cd-key="{key:g}"'
            if is_share(value) and value.interval is not None and _stands_alone(value, cell):
                inner = page[place.start : place.end]
                yield place.start, place.end, f'<span class="cd-share">{inner}{render_bar(value.interval)}</span>'


def _stands_alone(value: Value, cell: Cell) -> bool:
    """Whether a cell is about its percentage, and no sentence that happens to hold one."""
    return len(cell.text) <= len(value.text) + 24


def _values(table: Table, claims: Sequence[Claim]) -> dict[tuple[int, int], Value]:
    """The value of each body cell: the single claim made there, else what the cell itself reads as.

    What a cell reads as serves to sort alone, so that only columns of short figures are read.
    """
    values: dict[tuple[int, int], Value] = {}
    claimed: dict[tuple[int, int], list[Value]] = {}
    for claim in claims:
        for i, row in enumerate(table.rows):
            if row.span.start <= claim.span.start < row.span.end:
                starts = [cell.span.start for cell in row.cells]
                claimed.setdefault((i, bisect_right(starts, claim.span.start) - 1), []).append(claim.value)
    for place, found in claimed.items():
        if len(found) == 1:
            values[place] = found[0]
    if len(table.rows) >= FEWEST_ROWS:
        for j in range(1, len(table.header.cells)):
            column = [(i, row.cells[j].text) for i, row in enumerate(table.rows) if j < len(row.cells)]
            likely = [i for i, text in column if (i, j) in values or _may_be_figure(text)]
            if 5 * len(likely) >= 4 * len(table.rows):
                for i, text in column:
                    if (i, j) not in claimed and (reading := read_cell(text)):
                        values[i, j] = reading.value
    return values


def _may_be_figure(text: str) -> bool:
    return len(text) <= _LONGEST and _FIGURE.search(text) is not None


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


def _rows(page: str, found: Found) -> list[tuple[Shown, ...]]:
    """The cells of a rendered table, the header's first."""
    return [
        tuple(
            Shown(one.end(1), one.start(3), one.end(3), _plain(one[3]))
            for one in _CELL.finditer(page, row.start(1), row.end(1))
        )
        for row in _ROW.finditer(page, found.start, found.end)
    ]


def _rendered_signature(table: re.Match[str], page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    heads: tuple[str, ...] = ()
    firsts = []
    for row in _ROW.finditer(page, table.start("inner"), table.end("inner")):
        if not heads:
            heads = tuple(_plain(cell[3]) for cell in _CELL.finditer(page, row.start(1), row.end(1)))
        else:
            first = _CELL.search(page, row.start(1), row.end(1))
            firsts.append(_plain(first[3]) if first else "")
    return heads, tuple(firsts)


def _plain(content: str) -> str:
    return _words(html.unescape(_TAG.sub("", _FOOTNOTE.sub("", content))))


def _words(text: str) -> str:
    """The words of a cell as they are compared: marks of footnotes, markup and white space gone."""
    return normalise(_MARK.sub("", text))
