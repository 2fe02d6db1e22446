"""Claims of any other table: one axis names the subjects, the other what is said of them.

Which axis is which is told by the corner (指标, 维度: what follows below it are dimensions), by the vocabulary, and by
the words of the headers (采用率, 目标值). Where it can't be told there is no claim, and neither is there one of a cell
that is more than a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from convergence_docs.claims.cells import FIGURES, fits, is_blank, is_change, known_value, plain_value
from convergence_docs.claims.header import Header, header_of
from convergence_docs.claims.layers import joined
from convergence_docs.claims.layout import Axis, Layout, layout_of
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.signs import Signs
from convergence_docs.claims.subject import Subject
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.nodes import Cell, Row, Table
from convergence_docs.model.values.value import ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.regex import regex

_DOES_NOT_NAME = regex(
    r"[\s\d.,，%％★⭐☆\-–—+*/<>≤≥~]*|[<>≤≥~]?\s?\d[\d.,–-]*\s?(?:[A-Za-z]{1,4}|[\u4e00-\u9fff]{1,2})"
)
_YEARS = regex(r"年份?|年度|年代|时间|时期|year|date", re.IGNORECASE)


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
    is_change: bool = False


def is_known(table: Table, vocabulary: Vocabulary | None) -> bool:
    """Whether a header names a dimension that the vocabulary knows, so that words may be values there."""
    if vocabulary is None:
        return False
    return any(header_of(cell.text, vocabulary).dimension is not None for cell in table.header.cells)


def comparison_claims(page: Page, table: Table, signs: Signs, *, known_only: bool = False) -> list[Claim]:
    """The claims of a table that is neither a layer table nor one of drivers.

    ``known_only``: those in dimensions that the vocabulary knows.
    """
    layout = layout_of(table, page.vocabulary)
    if layout is None:
        return []
    columns = _Columns(page, layout)
    width = len(layout.heads)
    found: list[Claim] = []
    for row in table.rows:
        if len(row.cells) == width and not is_blank(row.cells[layout.label].text):
            found += _row_claims(page, row, columns, signs)
    return [claim for claim in found if claim.dimension_id] if known_only else found


class _Columns:
    """The columns of a table, each read as a dimension or as a subject when first needed."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self.layout = layout
        self.corner = layout.heads[layout.label].title.name
        self.known = [
            at for at, head in enumerate(layout.heads) if head.dimension is not None and layout.axis is not Axis.DOWN
        ]
        self._page = page
        self._dimensions: dict[int, _Dimension | None] = {}
        self._abouts: dict[int, _About] = {}

    def dimension(self, column: int) -> _Dimension | None:
        """The dimension that a column is; ``None`` for a bare year, which measures nothing."""
        if column not in self._dimensions:
            head = self.layout.heads[column]
            is_year = head.title.is_year and head.dimension is None
            self._dimensions[column] = None if is_year else _dimension(head)
        return self._dimensions[column]

    def about(self, column: int, offset: int) -> _About:
        """The subject that a column is."""
        if column not in self._abouts:
            self._abouts[column] = _subject_across(self._page, self.layout.heads[column], offset)
        return self._abouts[column]


def _row_claims(page: Page, row: Row, columns: _Columns, signs: Signs) -> Iterator[Claim]:
    layout = columns.layout
    places: Sequence[int] = signs.columns(row)
    if not places and page.vocabulary is None:
        return
    label = row.cells[layout.label]
    name = header_of(label.text, page.vocabulary)
    if name.dimension is not None and layout.axis is not Axis.ACROSS:
        places = range(layout.label + 1, len(row.cells))
    elif columns.known:
        places = sorted({*places, *columns.known})
    down: _Dimension | None = None
    across: _About | None = None
    for column in places:
        if column <= layout.label:
            continue
        is_down = layout.is_down(name, column)
        if is_down:
            dimension = down = down or _dimension(name)
            about = columns.about(column, row.span.start)
        elif is_down is not None and (of := columns.dimension(column)) is not None:
            about = across = across or _subject_down(page, name, label.span.start, columns.corner)
            dimension = of
        else:
            continue
        claim = _cell_claim(page, row.cells[column], about, dimension)
        if claim is not None:
            yield claim


def _dimension(header: Header) -> _Dimension:
    title, term = header.title, header.dimension
    named = Named(title.name, term.id if term else "")
    return _Dimension(named, term, title.aside, title.year, is_change(title.name))


def _subject_across(page: Page, head: Header, offset: int) -> _About:
    """What a column is about: what its header names, else, where that names a state or a year, what the section is."""
    title = head.title
    if head.subject is not None:
        return _About(head.subject, head.scope, title.year)
    if title.is_year or head.is_state:
        return _About(page.sections.subject_at(offset), title.aside, title.year)
    if head.is_aspect:
        scope = joined(title.name, title.aside)
        return _About(page.sections.subject_at(offset), scope, title.year, is_change(title.name))
    return _About(Subject(title.name, "") if title.name.strip() else None, title.aside, title.year)


def _subject_down(page: Page, header: Header, offset: int, corner: str) -> _About:
    """What a row is about; a bare figure (核心数 4) is a condition under which the section's subject was measured."""
    if header.subject is not None:
        return _About(header.subject, header.scope, None)
    if not _DOES_NOT_NAME.fullmatch(header.text):
        return _About(Subject(header.text, ""), "", None)
    own = page.sections.subject_at(offset)
    if header.title.is_year and _YEARS.fullmatch(corner):
        return _About(own, "", header.title.year)
    condition = f"{corner} {header.text}".strip()
    return _About(own, condition, None) if own else _About(Subject(condition, ""), "", None)


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
        if reading is not None and not subject.id and not fits(reading.value, term):
            return None
    if reading is None:
        return None
    value = reading.value
    if (
        (dimension.is_change or about.is_change)
        and not value.is_change
        and value.kind in FIGURES
        and value.kind is not ValueKind.RATING
    ):
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
