"""Where statements that ought to agree do not: which belong together, which of them counts, and how values differ.

Statements belong together that say something of the same subject, in the same dimension, within the same limits and as
of the same year. One of them is what the others are measured by: what the subject's home chapter says in its first
table, else what most places say, else what is said first. So each place that differs is one to mend, and no pair of
places is told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claim import ClaimSource, Key
from convergence_docs.model.ledger import Statement, ledger
from convergence_docs.model.quantity import Interval
from convergence_docs.model.value import Value, ValueKind
from convergence_docs.model.vocabulary import normalise

_COMPARED = frozenset(
    (ValueKind.PERCENTAGE, ValueKind.RATING, ValueKind.ORDINAL, ValueKind.MONEY, ValueKind.YEAR, ValueKind.NUMBER)
)


class Account(NamedTuple):
    """Statements that ought to agree, home's first, and the one that the others are measured by.

    Attributes:
        key: what they are about.
        scope: within which limits, in the form that is compared.
        year: as of which year.
        statements: all of them that hold a value that can be compared.
        reference: what the others are measured by.
        home: the path of the subject's home chapter; empty where it has none.
        home_table: what the home chapter's first table says, whatever its limits; ``None`` without one.
    """

    key: Key
    scope: str
    year: int | None
    statements: tuple[Statement, ...]
    reference: Statement
    home: str
    home_table: Statement | None

    def is_answered_by_home_table(self, statement: Statement) -> bool:
        """Whether it repeats, in a table of the home chapter, what the first table there says.

        A cell there that names no limits or no year means those of the first table.
        """
        first = self.home_table
        return (
            first is not None
            and statement is not first
            and statement.path == self.home
            and statement.claim.source is ClaimSource.TABLE
            and self.scope in ("", _scope(first.claim.scope))
            and self.year in (None, first.claim.year)
        )


class Dispute(NamedTuple):
    """Statements that contradict ``counted``, the one that counts.

    ``is_within_home_tables`` tells that all of them stand in tables of the subject's home chapter, ``home``.
    """

    counted: Statement
    differing: tuple[Statement, ...]
    home: str
    is_within_home_tables: bool


def accounts(book: Book) -> tuple[Account, ...]:
    """All accounts of a book, by what they are about: ask for them by ``book.derive(accounts)``.

    Across chapters only what the vocabulary knows by subject and dimension is brought together. Other names mean
    the same only within one chapter's tables.
    """
    of = book.derive(ledger)
    made = []
    for key, statements in of.statements.items():
        home = of.homes.get(key.subject, "")
        kept = [one for one in statements if is_certain(one.claim.value)]
        if not kept:
            continue
        table = _first_table(kept, home)
        for (scope, year, _), group in _grouped(kept):
            reference = _reference(group, home, table)
            made.append(Account(key, scope, year, tuple(group), reference, home, table))
    return tuple(made)


def counted_claims(book: Book) -> Mapping[Key, Statement]:
    """What counts of each subject in each dimension, for comparing one subject with another.

    It is what is said without limits, else what the first table of the subject's own chapter says.
    """
    found: dict[Key, Statement] = {}
    for account in book.derive(accounts):
        if not account.scope:
            found[account.key] = account.reference
        elif account.home_table is not None:
            found.setdefault(account.key, account.home_table)
    return found


def disputes(book: Book) -> tuple[Dispute, ...]:
    """Everything in a book that contradicts what counts: ask for it by ``book.derive(disputes)``.

    A statement is told once at most: as one of a home table's repetitions, else as one of its account.
    """
    found = []
    for account in book.derive(accounts):
        counted, first = account.reference, account.home_table
        repeating, differing = [], []
        for one in account.statements:
            if account.is_answered_by_home_table(one):
                if first is not None and contradict(one.claim.value, first.claim.value):
                    repeating.append(one)
            elif contradict(one.claim.value, counted.claim.value):
                differing.append(one)
        if repeating and first is not None:
            found.append(Dispute(first, tuple(repeating), account.home, True))
        if differing:
            found.append(Dispute(counted, tuple(differing), account.home, False))
    return tuple(found)


def is_certain(value: Value) -> bool:
    """Whether a value can be compared at all: a figure that could be read, and no difference between two."""
    return value.interval is not None and not value.problem and not value.is_change and value.kind in _COMPARED


def are_comparable(one: Value, other: Value) -> bool:
    """Whether two certain values are of one kind, in one unit and on one scale."""
    return (
        one.kind is other.kind
        and one.unit == other.unit
        and (one.size == other.size or not one.size or not other.size)
        and one.interval is not None
        and other.interval is not None
    )


def contradict(one: Value, other: Value) -> bool:
    """Whether two certain values cannot both be true."""
    return (
        are_comparable(one, other)
        and one.interval is not None
        and other.interval is not None
        and one.interval.is_disjoint(other.interval)
    )


def _grouped(statements: Iterable[Statement]) -> Iterator[tuple[tuple[str, int | None, str], list[Statement]]]:
    groups: dict[tuple[str, int | None, str], list[Statement]] = {}
    for statement in statements:
        claim = statement.claim
        path = ""
        if not claim.subject_id or not claim.dimension_id:
            if claim.source is not ClaimSource.TABLE:
                continue
            path = statement.path
        groups.setdefault((_scope(claim.scope), claim.year, path), []).append(statement)
    yield from groups.items()


@lru_cache(maxsize=4096)
def _scope(text: str) -> str:
    """A scope as it is compared: the same words, whatever stands around them."""
    return normalise(text).strip("()（）[]，。,.;；:：")


def _first_table(statements: Iterable[Statement], home: str) -> Statement | None:
    if not home:
        return None
    return next((one for one in statements if one.path == home and one.claim.source is ClaimSource.TABLE), None)


def _reference(group: list[Statement], home: str, table: Statement | None) -> Statement:
    """What the others of a group are measured by."""
    at_home = [one for one in group if one.path == home]
    if table is not None:
        at_home = [one for one in at_home if not contradict(one.claim.value, table.claim.value)]
    in_tables = [one for one in at_home if one.claim.source is ClaimSource.TABLE]
    if in_tables or at_home:
        return (in_tables or at_home)[0]
    said = Counter(_figure(one.claim.value) for one in group)
    most = max(said.values())
    return next(one for one in group if said[_figure(one.claim.value)] == most)


def _figure(value: Value) -> tuple[ValueKind, Interval | None, str]:
    return value.kind, value.interval, value.unit
