"""Claims as a table for people, and as CSV, JSON and JSON Lines for programs. The columns are those of `ClaimRow`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from json import dumps

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.claims.claim_row import ClaimRow
from convergence_docs.reports.cells import ELLIPSIS, sanitised, width
from convergence_docs.reports.counting import plural

_COLUMNS = tuple(ClaimRow._fields)
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_GAP = "  "
_NARROWEST = 8
"""Cells below which a column is not cut further."""
_HEADER = (
    Wording("place", "位置"),
    Wording("subject", "对象"),
    Wording("dimension", "维度"),
    Wording("value", "值"),
    Wording("scope", "范围"),
    Wording("as of", "年份"),
    Wording("source", "来源"),
)
_SOURCES = {
    "table": Wording("table", "表格"),
    "list": Wording("list", "列表"),
    "prose": Wording("prose", "正文"),
    "diagram": Wording("diagram", "图"),
}


def render_csv(rows: Iterable[ClaimRow]) -> str:
    """A header and one record a claim, as RFC 4180 has it: CRLF, quotes where they are needed.

    Numbers are plain, truth is ``true`` or ``false``, what is not there is empty. Text that a spreadsheet would run as
    a formula is `guarded`.
    """
    pieces = _Pieces()
    writer = csv.writer(pieces, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return "".join(pieces)


class _Pieces(list[str]):
    """What `csv.writer` writes to."""

    def write(self, text: str) -> None:
        self.append(text)


def guarded(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would take it for a formula.

    Spreadsheets run what begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, some also the full-width forms
    (OWASP, CSV Injection). Text that begins with an apostrophe gets another one, so that taking one away, where there
    is one, always gives the text back.
    """
    return f"'{text}" if text.startswith(_TRIGGERS) else text


def _csv_cell(value: str | float | bool | None) -> str | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value


def render_json(rows: Iterable[ClaimRow]) -> str:
    """An array of objects, one a line; ``schemas/claims.schema.json`` describes it."""
    lines = ",\n".join(_objects(rows))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def render_jsonl(rows: Iterable[ClaimRow]) -> str:
    """One JSON object a line."""
    return "".join(f"{line}\n" for line in _objects(rows))


def _objects(rows: Iterable[ClaimRow]) -> Iterator[str]:
    return (dumps(row._asdict(), ensure_ascii=False, allow_nan=False) for row in rows)


def render_table(rows: Sequence[ClaimRow], language: Language, limit: int | None = None) -> str:
    """Aligned columns, by the cells that a terminal gives each character, and a line of counts.

    Args:
        rows: the claims.
        language: of the header and the counts.
        limit: cells of a line; longer texts are cut, the place never. ``None`` cuts nothing.
    """
    lines = [tuple(title.to(language) for title in _HEADER), *(_shown(row, language) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    if limit is not None:
        widths = _fitted(widths, limit)
    body = "".join(_line(cells, widths) for cells in lines) if rows else ""
    return f"{body}{_summary(rows, language)}\n"


def _shown(row: ClaimRow, language: Language) -> tuple[str, ...]:
    value = f"{row.text} [{row.problem}]" if row.problem else row.text
    # In the log of a CI machine, a line that begins with "::" is a command: a file's name must not make one.
    path = f"./{row.path}" if row.path.startswith(":") else row.path
    cells = (f"{path}:{row.line}:{row.column}", row.subject, row.dimension, value, row.scope)
    source = _SOURCES[row.source].to(language)
    return (*map(sanitised, cells), "" if row.as_of is None else str(row.as_of), source)


def _fitted(widths: Sequence[int], limit: int) -> list[int]:
    """Widths of columns within ``limit``, the widest of subject, dimension, value and scope giving way first."""
    fitted = list(widths)
    surplus = sum(widths) + len(_GAP) * (len(widths) - 1) - limit
    while surplus > 0:
        widest = max(range(1, 5), key=fitted.__getitem__)
        if fitted[widest] <= _NARROWEST:
            break
        fitted[widest] -= 1
        surplus -= 1
    return fitted


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = (_cut(cell, cells_wide) for cell, cells_wide in zip(cells, widths, strict=True))
    padded = (text + " " * (wide - width(text)) for text, wide in zip(shown, widths, strict=True))
    return _GAP.join(padded).rstrip() + "\n"


def _cut(text: str, cells: int) -> str:
    if width(text) <= cells:
        return text
    kept, room = [], cells - 1
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def _summary(rows: Sequence[ClaimRow], language: Language) -> str:
    """How many claims, in how many chapters, from which sources."""
    chapters = len({row.path for row in rows})
    by_source = Counter(row.source for row in rows)
    told = [(words.to(language), by_source[source]) for source, words in _SOURCES.items() if by_source[source]]
    if language == "zh":
        listed = "、".join(f"{words} {number}" for words, number in told)
        return f"{chapters} 个章节中有 {len(rows)} 条论断" + (f"：{listed}。" if told else "。")
    listed = ", ".join(f"{words} {number}" for words, number in told)
    return f"{plural(len(rows), 'claim')} in {plural(chapters, 'chapter')}" + (f": {listed}." if told else ".")
