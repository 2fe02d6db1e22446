"""The matrix of a book as data: subjects down, dimensions across, in each cell every value with all its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claim import Key
from convergence_docs.model.dispute import disputes
from convergence_docs.model.ledger import Statement, ledger
from convergence_docs.model.value import Value, ValueKind
from convergence_docs.model.vocabulary import KINDS, Term, Vocabulary, normalise
from convergence_docs.text import Span

OTHER: Final = "other"
"""The kind of a subject that the vocabulary does not know."""
MOST_ROWS: Final = 400
MOST_COLUMNS: Final = 16
"""What a page can hold; the claims as files are always complete."""


class Stated(NamedTuple):
    """One value, its limits, and every place that states it; ``is_disputed`` where another place contradicts it."""

    value: Value
    scope: str
    year: int | None
    statements: tuple[Statement, ...]
    is_disputed: bool


class Column(NamedTuple):
    """A dimension: its key, the name to show, and the vocabulary's term or ``None``."""

    key: str
    name: str
    term: Term | None


class Row(NamedTuple):
    """A subject, and its values by the key of the dimension."""

    key: str
    name: str
    term: Term | None
    cells: Mapping[str, tuple[Stated, ...]]

    @property
    def is_disputed(self) -> bool:
        """Whether any of its values is contradicted."""
        return any(stated.is_disputed for cell in self.cells.values() for stated in cell)


class Group(NamedTuple):
    """The subjects of one kind: one of the vocabulary's kinds, or `OTHER`."""

    kind: str
    rows: tuple[Row, ...]


class Matrix(NamedTuple):
    """A matrix. ``left_out`` counts the claims that no cell of it shows."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    left_out: int

    @property
    def disputed(self) -> int:
        """How many subjects have a value that another place contradicts."""
        return sum(row.is_disputed for group in self.groups for row in group.rows)


def make_matrix(book: Book, vocabulary: Vocabulary | None) -> Matrix:
    """The matrix of a book.

    With a vocabulary its dimensions are the columns, in its order, and a subject has a row where it is known or where
    more than one place speaks of it. Without one, columns and rows are what most claims speak of.
    """
    statements = book.derive(ledger).statements
    contested = contested_places(book)
    columns = _columns(statements, vocabulary)
    wanted = {column.key for column in columns}
    rows: dict[str, dict[str, tuple[Stated, ...]]] = {}
    for key, found in statements.items():
        if key.dimension in wanted:
            rows.setdefault(key.subject, {})[key.dimension] = stated_values(found, contested)
    names = _names(statements)
    terms = terms_by_key(vocabulary)
    made = [Row(key, _shown(terms.get(key), names[key]), terms.get(key), cells) for key, cells in rows.items()]
    kept = _kept(made, statements)
    groups = _grouped(kept, list(terms))
    shown = sum(len(one.statements) for row in kept for cell in row.cells.values() for one in cell)
    return Matrix(columns, groups, sum(map(len, statements.values())) - shown)


def contested_places(book: Book) -> frozenset[tuple[str, Span]]:
    """Where the values stand that contradict one another, by the same measure as the rule's."""
    found: set[tuple[str, Span]] = set()
    for dispute in book.derive(disputes):
        for statement in (dispute.counted, *dispute.differing):
            found.add((statement.path, statement.claim.span))
    return frozenset(found)


def stated_values(
    statements: Iterable[Statement], contested: frozenset[tuple[str, Span]] = frozenset()
) -> tuple[Stated, ...]:
    """The distinct values of some statements, in the order of their first places."""
    by_value: dict[object, list[Statement]] = {}
    for statement in statements:
        claim = statement.claim
        value = claim.value
        figure = (value.interval, value.unit) if value.interval is not None else normalise(value.text)
        sameness = (value.kind, figure, value.is_change, normalise(claim.scope), claim.year)
        by_value.setdefault(sameness, []).append(statement)
    return tuple(
        Stated(
            value=found[0].claim.value,
            scope=found[0].claim.scope,
            year=found[0].claim.year,
            statements=tuple(found),
            is_disputed=any((one.path, one.claim.span) in contested for one in found),
        )
        for found in by_value.values()
    )


def terms_by_key(vocabulary: Vocabulary | None) -> dict[str, Term]:
    """The terms by the form in which claims name their subjects, ``layer:architectural``."""
    return {f"{term.kind}:{term.id}": term for term in vocabulary.terms} if vocabulary else {}


def _columns(statements: Mapping[Key, tuple[Statement, ...]], vocabulary: Vocabulary | None) -> tuple[Column, ...]:
    counted: Counter[str] = Counter()
    named: dict[str, str] = {}
    for key, found in statements.items():
        if key.dimension:
            counted[key.dimension] += len(found)
            named.setdefault(key.dimension, found[0].claim.dimension)
    known = vocabulary.of("dimension") if vocabulary else ()
    if known:
        return tuple(Column(term.id, term.name, term) for term in known if counted[term.id])
    ordered = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(Column(key, named[key], None) for key in ordered[:MOST_COLUMNS])


def _kept(rows: list[Row], statements: Mapping[Key, tuple[Statement, ...]]) -> list[Row]:
    """The rows that the page has room for: known subjects first, then those of whom most is said."""
    said = Counter({row.key: sum(len(one.statements) for cell in row.cells.values() for one in cell) for row in rows})
    ordered = sorted(rows, key=lambda row: (row.term is None, not row.is_disputed, -said[row.key], row.key))
    return ordered[:MOST_ROWS]


def _grouped(rows: list[Row], order: list[str]) -> tuple[Group, ...]:
    """Known subjects in the vocabulary's order, kind by kind, then all others by name."""
    place = {key: at for at, key in enumerate(order)}
    groups = []
    for kind in (*KINDS, OTHER):
        members = [row for row in rows if (row.term.kind if row.term else OTHER) == kind]
        members.sort(key=lambda row: (place.get(row.key, 0), row.name))
        if members:
            groups.append(Group(kind, tuple(members)))
    return tuple(groups)


def _names(statements: Mapping[Key, tuple[Statement, ...]]) -> dict[str, str]:
    """What each subject is called in the place that names it first."""
    names: dict[str, str] = {}
    for key, found in statements.items():
        names.setdefault(key.subject, found[0].claim.subject)
    return names


def _shown(term: Term | None, name: str) -> str:
    return term.name if term else name


def figures(cell: Iterable[Stated]) -> tuple[Stated, ...]:
    """The values of a cell that hold a figure; text and what cannot be read are left out."""
    return tuple(one for one in cell if one.value.kind is not ValueKind.TEXT and not one.value.problem)
