"""Where statements that ought to agree do not: which belong together, which of them counts, and how values differ.

Statements belong together that say something of the same subject, in the same dimension, within the same limits and as
of the same year. One of them is what the others are measured by: what the subject's home chapter says in its first
table, else what that chapter says first, else what most places say. So each place that differs is one to mend, and no
pair of places is told twice. Where the home chapter stands alone against three places or more that agree, they are the
measure: one finding at the figure that was changed tells more than one at each of those that were not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.book import Book, Entry
from convergence_docs.model.claims.agreement import can_agree, is_certain, is_same_scale
from convergence_docs.model.claims.claim import Claim, ClaimSource, Key
from convergence_docs.model.claims.declaration import is_covering
from convergence_docs.model.claims.difference import Difference
from convergence_docs.model.claims.ledger import Statement, ledger
from convergence_docs.model.values.qualifier import comparable_scope
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind

_FEWEST_AGREEING = 3
"""So many places must agree against the home chapter for its figure to be the odd one."""


class Account(NamedTuple):
    """Statements that ought to agree, home's first, and the one that the others are measured by.

    Attributes:
        key: what they are about.
        scope: within which limits, in the form that is compared.
        year: as of which year; ``None`` for the present, the latest year that a chapter of the book says it describes.
        statements: all of them that hold a value that can be compared, but for those that differ on purpose.
        reference: what they are measured by; it may itself be one that differs on purpose.
        home: the path of the subject's home chapter; empty where it has none.
        home_table: what the home chapter's first table says of the present, if it is within the same limits or if no
            limits are named here; else ``None``.
        excused: those that differ on purpose, each with what declares it.
        alone: the home chapter's figure where it counts for nothing, as all others contradict it and most agree;
            ``home_table`` is then ``None``.
    """

    key: Key
    scope: str
    year: int | None
    statements: tuple[Statement, ...]
    reference: Statement
    home: str
    home_table: Statement | None
    excused: tuple[tuple[Statement, Difference], ...] = ()
    alone: Statement | None = None

    def is_answered_by_home_table(self, statement: Statement) -> bool:
        """Whether it repeats, in a table of the home chapter, what the first table there says.

        A cell there that names no limits means those of the first table.
        """
        return (
            self.home_table is not None
            and statement is not self.home_table
            and statement.path == self.home
            and statement.claim.source is ClaimSource.TABLE
        )


class Dispute(NamedTuple):
    """Statements that contradict ``counted``, the one that counts.

    ``is_within_home_tables`` tells that all of them stand in tables of the subject's home chapter, ``home``. Where it
    is home that stands alone, ``agreeing`` are the places against it.
    """

    counted: Statement
    differing: tuple[Statement, ...]
    home: str
    is_within_home_tables: bool
    agreeing: tuple[Statement, ...] = ()


def accounts(book: Book) -> tuple[Account, ...]:
    """All accounts of a book, by what they are about: ask for them by ``book.derive(accounts)``.

    Only what the vocabulary knows by subject and dimension is brought together: the same words in two tables, even of
    one chapter, mean two measurements more often than one.
    """
    of = book.derive(ledger)
    declared = _declared(book)
    years = _Years(book.entries)
    made = []
    for key, statements in of.statements.items():
        known = statements[0].claim
        if not known.subject_id or not known.dimension_id:
            continue
        home = of.homes.get(key.subject, "")
        kept = [one for one in statements if _is_compared(one.claim)]
        if not kept:
            continue
        first = _first_table(kept, home, years)
        for (scope, year), group in _grouped(kept, years):
            is_first = first is not None and year is None and scope in ("", _scope(first.claim.scope))
            table = first if is_first else None
            reference = _reference(group, home, table)
            excused = tuple(_excused(group, declared[key])) if key in declared else ()
            covered = {id(one) for one, _ in excused}
            answerable = tuple(one for one in group if id(one) not in covered) if covered else tuple(group)
            account = Account(key, scope, year, answerable, reference, home, table, excused)
            against = _against_home(account)
            if against is not None:
                account = account._replace(reference=against, home_table=None, alone=reference)
            made.append(account)
    return tuple(made)


def disputes(book: Book) -> tuple[Dispute, ...]:
    """Everything in a book that contradicts what counts: ask for it by ``book.derive(disputes)``.

    A statement is told once at most: as one of a home table's repetitions, else as one of its account.
    """
    found: list[Dispute] = []
    for account in book.derive(accounts):
        counted, first = account.reference, account.home_table
        repeating = [one for one in account.statements if account.is_answered_by_home_table(one)]
        differing = [
            one
            for one in account.statements
            if contradict(one.claim.value, counted.claim.value) and not account.is_answered_by_home_table(one)
        ]
        if repeating and first is not None:
            found += _within_home(account.home, first, tuple(repeating))
        if account.alone is not None:
            differing = [one for one in differing if one is not account.alone]
            agreeing = tuple(
                one for one in account.statements if _figure(one.claim.value) == _figure(counted.claim.value)
            )
            found.append(Dispute(counted, (account.alone,), account.home, False, agreeing))
        if differing:
            found.append(Dispute(counted, tuple(differing), account.home, False))
    return tuple(found)


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


def needed_differences(book: Book) -> frozenset[Difference]:
    """The declared differences without which something would be found."""
    needed = set()
    for account in book.derive(accounts):
        others = [account.reference, *([account.home_table] if account.home_table else ())]
        for statement, difference in account.excused:
            value = statement.claim.value
            if any(one.claim.value.interval != value.interval for one in others):
                needed.add(difference)
            elif statement is account.reference and len(account.statements) + len(account.excused) > 1:
                rest = [*account.statements, *(one for one, _ in account.excused)]
                if any(one.claim.value.interval != value.interval for one in rest):
                    needed.add(difference)
    return frozenset(needed)


def contradict(one: Value, other: Value) -> bool:
    """Whether two values cannot both be true, taken as exactly as they are written."""
    return not can_agree(one, other)


def are_comparable(one: Value, other: Value) -> bool:
    """Whether two values are certain, of one kind, in one unit and on one scale."""
    return is_certain(one) and is_certain(other) and is_same_scale(one, other)


def _is_compared(claim: Claim) -> bool:
    """Whether a claim is compared here; what intervals levels have is for the vocabulary to say."""
    kind = claim.value.kind
    if kind is ValueKind.TEXT or (kind is ValueKind.PERCENTAGE and claim.subject_id.startswith("level:")):
        return False
    return is_certain(claim.value)


def _declared(book: Book) -> dict[Key, list[Difference]]:
    found: dict[Key, list[Difference]] = {}
    for difference in (*book.differences, *(one for entry in book.entries.values() for one in entry.differences)):
        found.setdefault(Key(difference.subject, difference.dimension), []).append(difference)
    return found


def _excused(group: Iterable[Statement], declared: list[Difference]) -> Iterator[tuple[Statement, Difference]]:
    for statement in group:
        for difference in declared:
            if is_covering(difference, statement.path, statement.claim):
                yield statement, difference
                break


def _within_home(home: str, first: Statement, repeating: tuple[Statement, ...]) -> Iterator[Dispute]:
    """What of a home chapter's tables contradicts the first; where all others agree against it, the first itself."""
    against = tuple(one for one in repeating if contradict(one.claim.value, first.claim.value))
    if len(against) == len(repeating) > 1 and len({_figure(one.claim.value) for one in against}) == 1:
        yield Dispute(against[0], (first,), home, True, against)
    elif against:
        yield Dispute(first, against, home, True)


def _against_home(account: Account) -> Statement | None:
    """The first of three places or more that agree with each other, where all contradict home and most are these.

    ``None`` where it is not home's figure that counts, or another place agrees with it.
    """
    counted = account.reference
    if counted.path != account.home or len(account.statements) <= _FEWEST_AGREEING:
        return None
    others = [one for one in account.statements if one is not counted]
    if len(others) == len(account.statements) or not all(
        contradict(one.claim.value, counted.claim.value) for one in others
    ):
        return None
    figure, count = Counter(_figure(one.claim.value) for one in others).most_common(1)[0]
    if count < max(_FEWEST_AGREEING, len(others) / 2):
        return None
    return next(one for one in others if _figure(one.claim.value) == figure)


def _grouped(
    statements: Iterable[Statement], years: _Years
) -> Iterator[tuple[tuple[str, int | None], list[Statement]]]:
    groups: dict[tuple[str, int | None], list[Statement]] = {}
    for statement in statements:
        claim = statement.claim
        groups.setdefault((_scope(claim.scope), years.of(statement)), []).append(statement)
    yield from groups.items()


@lru_cache(maxsize=4096)
def _scope(text: str) -> str:
    return comparable_scope(text)


class _Years:
    """As of which years the statements of a book hold."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._present = max((one.as_of for one in entries.values() if one.as_of is not None), default=None)

    def of(self, statement: Statement) -> int | None:
        """The year that is written, else the one that the chapter describes; ``None`` for the present."""
        year = statement.claim.year or self._entries[statement.path].as_of
        return year if year != self._present else None


def _first_table(statements: Iterable[Statement], home: str, years: _Years) -> Statement | None:
    """What the home chapter's first table says of the present."""
    if not home:
        return None
    in_tables = (one for one in statements if one.path == home and one.claim.source is ClaimSource.TABLE)
    return next((one for one in in_tables if years.of(one) is None), None)


def _reference(group: list[Statement], home: str, table: Statement | None) -> Statement:
    """What the others of a group are measured by."""
    if len(group) == 1:
        return group[0]
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
