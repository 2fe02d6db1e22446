"""Claims of a chapter: what its tables, lists, sentences and diagrams state."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.superlative import Superlative
from convergence_docs.model.vocabulary import Vocabulary


def extract_claims(
    chapter: Chapter, vocabulary: Vocabulary | None = None, *, known_only: bool = False
) -> tuple[Claim, ...]:
    """The claims of a chapter in document order; without a vocabulary, those of its tables by their own headers.

    Args:
        chapter: what is read.
        vocabulary: the words that tell subjects and dimensions.
        known_only: leave out what tables state in dimensions that the vocabulary does not know, which no other place
            can contradict: a table without any known dimension is then not even looked into.
    """
    if vocabulary is None and (known_only or not chapter.tables):
        return ()
    # Imported here: a run in which every chapter is remembered reads none, and need not compile what finds figures.
    from convergence_docs.claims.extraction import extract

    return extract(chapter, vocabulary, known_only=known_only)


def extract_superlatives(chapter: Chapter, vocabulary: Vocabulary | None) -> tuple[Superlative, ...]:
    """The superlatives of a chapter in document order; none without a vocabulary."""
    if vocabulary is None or "最" not in chapter.source.text:
        return ()
    from convergence_docs.claims.superlatives import read_superlatives

    return read_superlatives(chapter, vocabulary)
