"""All claims of a chapter, whatever they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.claims.bullets import bullet_claims
from convergence_docs.claims.labels import label_claims
from convergence_docs.claims.lines import Lines
from convergence_docs.claims.page import Page
from convergence_docs.claims.prose import prose_claims
from convergence_docs.claims.signs import Signs
from convergence_docs.claims.tables import table_claims
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import Span


def extract(chapter: Chapter, vocabulary: Vocabulary | None) -> tuple[Claim, ...]:
    """The claims of a chapter in document order, one at each place; without a vocabulary, those of its tables."""
    found: dict[Span, Claim] = {}
    for claim in _claims(Page(chapter, vocabulary)):
        found.setdefault(claim.span, claim)
    return tuple(found[span] for span in sorted(found))


def _claims(page: Page) -> Iterator[Claim]:
    signs = Signs(page.text)
    yield from table_claims(page, signs)
    if page.names is not None:
        lines = Lines(page.chapter)
        yield from bullet_claims(page, lines, signs)
        yield from prose_claims(page, lines)
        yield from label_claims(page, signs)
