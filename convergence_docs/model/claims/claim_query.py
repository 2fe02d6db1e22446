"""Which claims are asked for: a subject or a dimension by any of its names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from convergence_docs.model.vocabulary import Term, Vocabulary, normalise


class Sought(NamedTuple):
    """What a claim's subject (or dimension) has to be: one of ``ids``, or named ``name`` (normalised)."""

    ids: frozenset[str]
    name: str

    def fits(self, text: str, identity: str) -> bool:
        """Whether a claim with these words and this id, which may be empty, is meant."""
        return identity in self.ids if identity and self.ids else normalise(text) == self.name


def seek(word: str, vocabulary: Vocabulary | None, *kinds: str) -> Sought:
    """What ``word`` stands for: a name, alias or English name of a term of ``kinds`` (any, if none), or its id.

    Ids are accepted bare (``architectural``) and with their kind (``layer:architectural``), and both stand in ``ids``.
    """
    wanted = normalise(word)
    terms = [term for term in _terms(vocabulary, kinds) if wanted in _words(term)]
    ids = (identity for term in terms for identity in (term.id, f"{term.kind}:{term.id}"))
    return Sought(frozenset(ids), wanted)


def near(word: str, vocabulary: Vocabulary | None, texts: Iterable[str], *kinds: str) -> tuple[str, ...]:
    """Up to three names that are like ``word``: of terms of ``kinds``, and among ``texts``."""
    names = {normalise(text): text for text in sorted(set(texts))}
    for term in _terms(vocabulary, kinds):
        names |= {normalise(name): name for name in (term.id, *term.names)}
    return tuple(dict.fromkeys(names[one] for one in get_close_matches(normalise(word), names, 3, 0.5)))


def _terms(vocabulary: Vocabulary | None, kinds: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(term for term in vocabulary.terms if not kinds or term.kind in kinds) if vocabulary else ()


def _words(term: Term) -> set[str]:
    return {normalise(one) for one in (*term.names, term.english, term.id, f"{term.kind}:{term.id}") if one}
