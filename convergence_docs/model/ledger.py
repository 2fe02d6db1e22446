"""The ledger: every claim of a book, by what it is about, and the chapter that each subject calls its home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claim import Claim, Key


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
    statements: dict[Key, list[Statement]] = {}
    for path, entry in book.entries.items():
        for claim in entry.claims:
            statements.setdefault(claim.key, []).append(Statement(path, claim))
    return Ledger(statements={key: tuple(statements[key]) for key in sorted(statements)}, homes={})
