"""Claims of a chapter: what its tables, lists, sentences and diagrams state."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary


def extract_claims(chapter: Chapter, vocabulary: Vocabulary | None = None) -> tuple[Claim, ...]:
    """The claims of a chapter in document order; without a vocabulary, those of its tables by their own headers."""
    if vocabulary is None and not chapter.tables:
        return ()
    # Imported here: a run in which every chapter is remembered reads none, and need not compile what finds figures.
    from convergence_docs.claims.extraction import extract

    return extract(chapter, vocabulary)
