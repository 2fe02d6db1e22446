"""Claims of any other table: one axis names the subjects, the other what is said of them.

Which axis is which is told by the corner (指标, 维度: what follows below it are dimensions), by the vocabulary, and by
the words of the headers (采用率, 目标值). Where it can't be told there is no claim, and neither is there one of a cell
that is more than a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from convergence_docs.claims.cells import FIGURES, is_blank, is_change, known_value, plain_value
from convergence_docs.claims.layers import joined
from convergence_docs.claims.layout import Head, Layout, dimension_of, is_aspect, is_state, layout_of, subject_term
from convergence_docs.claims.names import find_term, parse_title
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.signs import Signs
from convergence_docs.claims.subject import Subject, subject_of
from convergence_docs.model.claim import Claim, ClaimSource
from convergence_docs.model.nodes import Cell, Row, Table
from convergence_docs.model.value import ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary

_DOES_NOT_NAME = re.compile(r"[\s\d.,，%％★⭐☆\-–—+*/<>≤≥~]*")
_YEARS = re.compile(r"年份?|年度|年代|时间|时期|year|date", re.IGNORECASE)


class _Dimension(NamedTuple):
    """A dimension as a header names it, with the limits and the year that it names too."""

    named: Named
    term: Term | None
    scope: str
    year: int | None
    is_change: bool


class _About(NamedTuple):
    """A subject as a header names it; ``None`` where the header names none and the section leaves it open."""

    subject: Subject | None
    scope: str
    year: int | None


def is_known(table: Table, vocabulary: Vocabulary | None) -> bool:
    """Whether a header names a dimension that the vocabulary knows, so that words may be values there."""
    return vocabulary is not None and any(
        find_term(vocabulary, cell.text, "dimension") is not None for cell in table.header.cells
    )


def comparison_claims(page: Page, table: Table, signs: Signs) -> Iterator[Claim]:
    """The claims of a table that is neither a layer table nor one of drivers."""
    layout = layout_of(table, page.vocabulary)
    if layout is None:
        return
    read = _down if layout.is_down else _across
    width = len(layout.heads)
    rows = [row for row in table.rows if len(row.cells) == width and not is_blank(row.cells[layout.label].text)]
    yield from read(page, layout, rows, signs)


def _across(page: Page, layout: Layout, rows: Sequence[Row], signs: Signs) -> Iterator[Claim]:
    """Rows are subjects, columns dimensions."""
    label, heads = layout.label, layout.heads
    dimensions = [_dimension(head.title.name, head.title.aside, head.title.year, head.dimension) for head in heads]
    known = [at for at, one in enumerate(dimensions) if one.term is not None]
    corner = heads[label].title.name
    for row in rows:
        columns = signs.columns(row)
        if known:
            columns = sorted({*columns, *known})
        about = _subject_down(page, row.cells[label], corner) if columns else None
        for column in columns:
            if column > label and about is not None:
                claim = _cell_claim(page, row.cells[column], about, dimensions[column])
                if claim is not None:
                    yield claim


def _down(page: Page, layout: Layout, rows: Sequence[Row], signs: Signs) -> Iterator[Claim]:
    """Rows are dimensions, columns subjects."""
    label = layout.label
    columns_all = range(label + 1, len(layout.heads))
    abouts: dict[int, _About] = {}
    for row in rows:
        text = row.cells[label].text
        term = dimension_of(text, page.vocabulary)
        columns: Sequence[int] = columns_all if term is not None else signs.columns(row)
        if not columns:
            continue
        title = parse_title(text)
        dimension = _dimension(title.name, title.aside, title.year, term)
        for column in columns:
            if column <= label:
                continue
            if column not in abouts:
                abouts[column] = _subject_across(page, layout.heads[column], row.span.start)
            claim = _cell_claim(page, row.cells[column], abouts[column], dimension)
            if claim is not None:
                yield claim


def _dimension(name: str, aside: str, year: int | None, term: Term | None) -> _Dimension:
    return _Dimension(Named(name, term.id if term else ""), term, aside, year, is_change(name))


def _subject_across(page: Page, head: Head, offset: int) -> _About:
    """What a column is about: what its header names, else, where that names a state or a year, what the section is."""
    title = head.title
    if head.subject is not None:
        return _About(subject_of(head.subject, title.name), title.aside, title.year)
    if (title.year is not None and title.is_year) or is_state(title.name):
        return _About(page.sections.subject_at(offset), title.aside, title.year)
    if is_aspect(title.name):
        return _About(page.sections.subject_at(offset), joined(title.name, title.aside), title.year)
    return _About(Subject(title.name, "") if title.name.strip() else None, title.aside, title.year)


def _subject_down(page: Page, label: Cell, corner: str) -> _About:
    """What a row is about; a bare figure says it only together with the corner: 核心数 4."""
    text = label.text
    term = subject_term(text, page.vocabulary)
    if term is not None:
        title = parse_title(text)
        is_whole = find_term(page.vocabulary, text, term.kind) is not None
        return _About(subject_of(term, text if is_whole else title.name), "" if is_whole else title.aside, None)
    if _DOES_NOT_NAME.fullmatch(text):
        title = parse_title(text)
        if title.is_year and _YEARS.fullmatch(corner):
            return _About(page.sections.subject_at(label.span.start), "", title.year)
        return _About(Subject(f"{corner} {text}".strip(), ""), "", None)
    return _About(Subject(text, ""), "", None)


def _cell_claim(page: Page, cell: Cell, about: _About, dimension: _Dimension) -> Claim | None:
    subject = about.subject
    if subject is None or not subject.name or not dimension.named.name:
        return None
    words = page.glass.words(*cell.span)
    term = dimension.term
    if term is None:
        reading = plain_value(words, dimension.named.name)
    else:
        reading = known_value(words, dimension.named.name, term)
        is_figure = reading is not None and reading.value.kind is not ValueKind.TEXT
        if not subject.id and not is_figure:
            return None
    if reading is None:
        return None
    value = reading.value
    if dimension.is_change and not value.is_change and value.kind in FIGURES and value.kind is not ValueKind.RATING:
        value = value._replace(is_change=True)
    return page.claim(
        words.span(*reading.span),
        ClaimSource.TABLE,
        subject,
        dimension.named,
        value,
        joined(joined(dimension.scope, about.scope), reading.scope),
        reading.year or about.year or dimension.year,
        cell.span,
    )
