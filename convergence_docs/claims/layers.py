"""Claims of layer tables and driver tables: every cell that says something, in figures or in words."""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.claims.cells import FIGURES, is_blank, leading_value
from convergence_docs.claims.names import find_term, parse_title
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.subject import Subject, subject_of
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.layer_table import DriverTable, Label, LayerTable, Orientation
from convergence_docs.model.vocabulary import Term
from convergence_docs.text import Span


def ragged_rows(table: Table) -> tuple[Span, ...]:
    """The rows with more or fewer cells than the header: nobody can say which cell is missing."""
    width = len(table.header.cells)
    return tuple(row.span for row in table.rows if len(row.cells) != width)


def layer_claims(page: Page, table: Table, layer: LayerTable) -> Iterator[Claim]:
    """The claims of a layer table."""
    is_single = layer.orientation is Orientation.SINGLE
    own = page.sections.subject_at(table.span.start) if is_single else None
    if is_single and own is None:
        return
    ragged = ragged_rows(table)
    subjects = [own or _subject(label) for label in layer.subjects]
    titles = [parse_title(label.text) for label in layer.subjects]
    dimensions = [(Named(label.text, label.term.id if label.term else ""), label.term) for label in layer.dimensions]
    for cell in layer.cells:
        subject, title = subjects[cell.subject], titles[cell.subject]
        name, term = dimensions[cell.dimension]
        if not subject.name or not name.name or is_blank(cell.text) or _is_in(cell.span, ragged):
            continue
        yield from cell_claims(
            page, cell.span, subject, name, term, "" if is_single else title.aside, title.year, is_sure=True
        )


def driver_claims(page: Page, table: Table, drivers: DriverTable) -> Iterator[Claim]:
    """The claims of a driver table: how each factor works, and what it effects."""
    heads = {cell.span: cell.text for cell in table.header.cells}
    columns = list(heads.values())
    ragged = ragged_rows(table)
    for plain, row in zip((row for row in table.rows if row.cells), drivers.rows, strict=True):
        if not row.factor.text or _is_in(plain.span, ragged):
            continue
        subject = _subject(row.factor)
        for column, cell in enumerate(plain.cells):
            if cell not in (row.mechanism, row.effect) or is_blank(cell.text):
                continue
            head = columns[column]
            term = find_term(page.vocabulary, head, "dimension")
            named = Named(head, term.id if term else "")
            yield from cell_claims(page, cell.span, subject, named, term, "", None, is_sure=True)


def cell_claims(
    page: Page,
    span: Span,
    subject: Subject,
    dimension: Named,
    term: Term | None,
    scope: str,
    year: int | None,
    *,
    is_sure: bool,
) -> Iterator[Claim]:
    """What a cell says of ``subject``. ``is_sure``: words count as a value too, not figures alone."""
    words = page.glass.words(*span)
    reading = leading_value(words, term)
    if reading is None or (not is_sure and reading.value.kind not in FIGURES):
        return
    place = words.span(*reading.span)
    yield page.claim(
        place,
        ClaimSource.TABLE,
        subject,
        dimension,
        reading.value,
        joined(scope, reading.scope),
        reading.year or year,
        span,
    )


def joined(first: str, second: str) -> str:
    return f"{first}；{second}" if first and second else first or second


def _subject(label: Label) -> Subject:
    return subject_of(label.term, label.text) if label.term else Subject(label.text, "")


def _is_in(span: Span, rows: tuple[Span, ...]) -> bool:
    return any(row.start <= span.start < row.end for row in rows)
