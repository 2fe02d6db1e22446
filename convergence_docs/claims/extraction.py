"""All claims of a chapter, whatever they stand in."""

from __future__ import annotations

from convergence_docs.claims.page import Page
from convergence_docs.claims.signs import Signs
from convergence_docs.claims.tables import table_claims
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import Span


def extract(chapter: Chapter, vocabulary: Vocabulary | None, *, known_only: bool = False) -> tuple[Claim, ...]:
    """The claims of a chapter in document order, one at each place; without a vocabulary, those of its tables."""
    page, signs = Page(chapter, vocabulary), Signs(chapter)
    claims = table_claims(page, signs, known_only=known_only)
    if vocabulary is not None:
        # Imported here, because a book without a vocabulary needs none of it.
        from convergence_docs.claims.running import running_claims

        claims += running_claims(page, signs)
    found: dict[Span, Claim] = {}
    for claim in claims:
        found.setdefault(claim.span, claim)
    return tuple([found[span] for span in sorted(found)])
