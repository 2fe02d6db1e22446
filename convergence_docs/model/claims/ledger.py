"""The ledger: every claim of a book, by what it is about, and the chapter that each subject calls its home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Claim, Key


class Statement(NamedTuple):
    """A claim and the chapter that makes it."""

    path: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All claims.

    Attributes:
        statements: by what they are about, in sorted order; within one key the home chapter's first, then by path and
            place.
        homes: the path of the chapter that is about a subject (by the subject's key), where there is just one.
    """

    statements: Mapping[Key, tuple[Statement, ...]]
    homes: Mapping[str, str]


def ledger(book: Book) -> Ledger:
    """The ledger of a book: ask for it by ``book.derive(ledger)``."""
    homes = _homes(book)
    statements: dict[Key, list[Statement]] = {}
    for path, entry in book.entries.items():
        for claim in entry.claims:
            # Made out once: what a claim is about is asked of each of hundreds of thousands.
            key = claim.key
            statements.setdefault(key, []).append(Statement(path, claim))
    return Ledger(
        statements={key: _home_first(statements[key], homes.get(key.subject)) for key in sorted(statements)},
        homes=homes,
    )


def _home_first(statements: list[Statement], home: str | None) -> tuple[Statement, ...]:
    """The same statements, those of the home chapter first; else in the book's order, which is by path and place."""
    if home is None:
        return tuple(statements)
    return tuple(sorted(statements, key=lambda statement: statement.path != home))


def _homes(book: Book) -> dict[str, str]:
    """The chapter that each topic calls its home; none where two chapters bear its name."""
    found: dict[str, list[str]] = {}
    for path, entry in book.entries.items():
        if entry.topic:
            found.setdefault(entry.topic, []).append(path)
    return {topic: paths[0] for topic, paths in sorted(found.items()) if len(paths) == 1}
