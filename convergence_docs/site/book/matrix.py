"""The matrix of a book as data: subjects down, dimensions across, in each cell every value with all its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Key
from convergence_docs.model.claims.dispute import accounts, contradict, disputes
from convergence_docs.model.claims.ledger import Statement, ledger
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.model.vocabulary import KINDS, Term, Vocabulary, normalise
from convergence_docs.text import Span

OTHER: Final = "other"
"""The kind of a subject that the vocabulary does not know."""
MOST_ROWS: Final = 400
MOST_COLUMNS: Final = 16
"""What a page can hold; the claims as files are always complete."""


class Stated(NamedTuple):
    """One value and every place that states it.

    Attributes:
        value: the value, as its first place writes it.
        scope: within which limits; empty where its places do not agree on them.
        year: as of which year, likewise.
        statements: all places.
        is_disputed: whether another place contradicts it.
    """

    value: Value
    scope: str
    year: int | None
    statements: tuple[Statement, ...]
    is_disputed: bool

    @property
    def is_uniform(self) -> bool:
        """Whether all its places name the same limits."""
        return len({_limits(one) for one in self.statements}) == 1


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
    """The subjects of one kind, the vocabulary's or `OTHER`, and the dimensions in which anything is said of them."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def disputed(self) -> int:
        """How many of them have a value that another place contradicts."""
        return sum(row.is_disputed for row in self.rows)


class Matrix(NamedTuple):
    """A matrix. ``left_out`` counts the claims that no cell of it shows."""

    groups: tuple[Group, ...]
    left_out: int

    @property
    def disputed(self) -> int:
        """How many subjects have a value that another place contradicts."""
        return sum(group.disputed for group in self.groups)


def make_matrix(book: Book, vocabulary: Vocabulary | None) -> Matrix:
    """The matrix of a book.

    With a vocabulary its dimensions are the columns, in its order, and a subject has a row where it is known or where
    more than one place speaks of it. Without one, columns and rows are what most claims speak of.
    """
    statements = book.derive(ledger).statements
    contested = book.derive(contested_places)
    columns = _columns(statements, vocabulary)
    wanted = {column.key for column in columns}
    rows: dict[str, dict[str, tuple[Stated, ...]]] = {}
    for key, found in statements.items():
        if key.dimension in wanted:
            rows.setdefault(key.subject, {})[key.dimension] = figures_first(merged_values(found, contested))
    names = _names(statements)
    terms = terms_by_key(vocabulary)
    made = [Row(key, _shown(terms.get(key), names[key]), terms.get(key), cells) for key, cells in rows.items()]
    kept = _kept(made, statements)
    shown = sum(len(found) for row in kept for column in row.cells for found in (statements[Key(row.key, column)],))
    return Matrix(_grouped(kept, list(terms), columns), sum(map(len, statements.values())) - shown)


def make_group(kind: str, terms: Iterable[Term], book: Book, vocabulary: Vocabulary) -> Group:
    """The table of some terms of one kind, with all that is said of them in any dimension."""
    contested = book.derive(contested_places)
    by_subject = book.derive(statements_by_subject)
    dimensions = {term.id: Column(term.id, term.name, term) for term in vocabulary.of("dimension")}
    used: dict[str, Column] = {}
    rows = []
    for term in terms:
        cells = {}
        for dimension, found in by_subject.get(f"{term.kind}:{term.id}", {}).items():
            name = found[0].claim.dimension
            used.setdefault(dimension, dimensions.get(dimension, Column(dimension, name, None)))
            cells[dimension] = figures_first(merged_values(found, contested))
        rows.append(Row(f"{term.kind}:{term.id}", term.name, term, cells))
    order = list(dimensions)
    columns = sorted(used.values(), key=lambda one: (order.index(one.key) if one.term else len(order), one.name))
    return Group(kind, _fullest_first(columns, rows), tuple(rows))


def statements_by_subject(book: Book) -> Mapping[str, Mapping[str, tuple[Statement, ...]]]:
    """The ledger's statements by subject, then by dimension: ask for them by ``book.derive``."""
    found: dict[str, dict[str, tuple[Statement, ...]]] = {}
    for key, statements in book.derive(ledger).statements.items():
        found.setdefault(key.subject, {})[key.dimension] = statements
    return found


def contested_places(book: Book) -> frozenset[tuple[str, Span]]:
    """Where the values stand that contradict one another, by the same measure as the rule's.

    The rule tells each place once that is to be mended; a reader sees every value that cannot be true beside it.
    """
    found: set[tuple[str, Span]] = set()
    for dispute in book.derive(disputes):
        found.update(_place(one) for one in (dispute.counted, *dispute.differing))
    for account in book.derive(accounts):
        differing = [one.claim.value for one in account.statements if _place(one) in found]
        if differing:
            against = (one for one in account.statements if any(contradict(one.claim.value, two) for two in differing))
            found.update(map(_place, against))
    return frozenset(found)


def _place(statement: Statement) -> tuple[str, Span]:
    return statement.path, statement.claim.span


def stated_values(
    statements: Iterable[Statement], contested: frozenset[tuple[str, Span]] = frozenset()
) -> tuple[Stated, ...]:
    """The distinct values of some statements, in the order of their first places."""
    by_value: dict[object, list[Statement]] = {}
    for statement in statements:
        by_value.setdefault((_figure(statement.claim.value), _limits(statement)), []).append(statement)
    return tuple(
        Stated(
            value=found[0].claim.value,
            scope=found[0].claim.scope,
            year=found[0].claim.year,
            statements=tuple(found),
            is_disputed=any(_place(one) in contested for one in found),
        )
        for found in by_value.values()
    )


def merged_values(
    statements: Iterable[Statement], contested: frozenset[tuple[str, Span]] = frozenset()
) -> tuple[Stated, ...]:
    """The distinct values of some statements whatever their limits, which are kept where all places agree on them."""
    by_value: dict[object, list[Stated]] = {}
    for stated in stated_values(statements, contested):
        by_value.setdefault((_figure(stated.value), stated.is_disputed), []).append(stated)
    return tuple(_merged(found) for found in by_value.values())


def _merged(found: list[Stated]) -> Stated:
    statements = tuple(statement for one in found for statement in one.statements)
    if len(found) == 1:
        return found[0]
    return Stated(found[0].value, "", None, statements, found[0].is_disputed)


def figures_first(cell: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """The values that are figures; where there are none, the words."""
    return tuple(one for one in cell if one.value.kind is not ValueKind.TEXT or one.value.problem) or cell


def _figure(value: Value) -> object:
    """What makes two values the same value, however they are written."""
    figure = (value.interval, value.unit) if value.interval is not None else normalise(value.text)
    return value.kind, figure, value.is_change


def _limits(statement: Statement) -> tuple[str, int | None]:
    return normalise(statement.claim.scope), statement.claim.year


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


def _grouped(rows: list[Row], order: list[str], columns: tuple[Column, ...]) -> tuple[Group, ...]:
    """Known subjects in the vocabulary's order, kind by kind, then all others by name."""
    place = {key: at for at, key in enumerate(order)}
    groups = []
    for kind in (*KINDS, OTHER):
        members = [row for row in rows if (row.term.kind if row.term else OTHER) == kind]
        members.sort(key=lambda row: (place.get(row.key, 0), row.name))
        if members:
            groups.append(Group(kind, _fullest_first(columns, members), tuple(members)))
    return tuple(groups)


def _fullest_first(columns: Iterable[Column], rows: Iterable[Row]) -> tuple[Column, ...]:
    """The columns that hold anything, the fullest first, so that what a phone shows first is no empty stretch."""
    filled = Counter(key for row in rows for key in row.cells)
    used = [column for column in columns if filled[column.key]]
    return tuple(sorted(used, key=lambda column: -filled[column.key]))


def _names(statements: Mapping[Key, tuple[Statement, ...]]) -> dict[str, str]:
    """What each subject is called in the place that names it first."""
    names: dict[str, str] = {}
    for key, found in statements.items():
        names.setdefault(key.subject, found[0].claim.subject)
    return names


def _shown(term: Term | None, name: str) -> str:
    return term.name if term else name
