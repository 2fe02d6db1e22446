"""Claims of a chapter: what its tables, lists, sentences and diagrams state."""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.claims.page import Page
from convergence_docs.claims.signs import Signs
from convergence_docs.claims.tables import table_claims
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary


def extract_claims(chapter: Chapter, vocabulary: Vocabulary | None = None) -> tuple[Claim, ...]:
    """The claims of a chapter in document order; without a vocabulary, those of its tables by their own headers."""
    return tuple(sorted(_claims(Page(chapter, vocabulary)), key=lambda claim: claim.span))


def _claims(page: Page) -> Iterator[Claim]:
    signs = Signs(page.text)
    yield from table_claims(page, signs)
