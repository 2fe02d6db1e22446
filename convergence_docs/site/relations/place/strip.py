"""The layers, levels or drivers of a vocabulary in their order, and which of them a chapter is about."""

from __future__ import annotations

from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.degree import degree_dimension, interval_of
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.site.book.chart import range_words
from convergence_docs.site.book.terms import claims_about
from convergence_docs.site.book.value_html import is_share, plain_words

KINDS: Final = ("layer", "level", "driver")
"""The kinds of terms that stand in an order."""


class Degree(NamedTuple):
    """A degree of convergence: as it is written, in percent, and the level in whose range it lies, if in one."""

    text: str
    interval: Interval
    level: Term | None = None


class Step(NamedTuple):
    """One of the strip's terms: the chapter that is about it (empty where none is, or several are), its degree."""

    term: Term
    home: str
    degree: Degree | None = None


class Strip(NamedTuple):
    """The terms of one kind in the vocabulary's order, and which of them a chapter is about."""

    kind: str
    steps: tuple[Step, ...]
    here: Term


def strip_of(path: str, book: Book, vocabulary: Vocabulary) -> Strip | None:
    """The strip of a chapter; ``None`` where it is about nothing that stands in an order."""
    entry = book.entries.get(path)
    kind, _, identity = (entry.topic if entry else "").partition(":")
    if kind == "factor":
        kind, identity = "driver", next((one.driver for one in vocabulary.of("factor") if one.id == identity), "")
    terms = vocabulary.of(kind) if kind in KINDS else ()
    here = next((term for term in terms if term.id == identity), None)
    if here is None or len(terms) < 2:
        return None
    homes = book.derive(ledger).homes
    steps = (Step(term, homes.get(f"{kind}:{term.id}", ""), _degree(term, book, vocabulary)) for term in terms)
    return Strip(kind, tuple(steps), here)


def _degree(term: Term, book: Book, vocabulary: Vocabulary) -> Degree | None:
    """The range of a level; the degree that is stated of anything else, within the fewest limits."""
    own = interval_of(term)
    if own is not None:
        return Degree(range_words(own), own)
    dimension = degree_dimension(vocabulary)
    abouts = claims_about(f"{term.kind}:{term.id}", book, vocabulary) if dimension else ()
    stated = next((about.values for about in abouts if about.term == dimension), ())
    shares = [one for one in stated if is_share(one.value)]
    chosen = next((one for one in shares if not one.scope and one.year is None), shares[0] if shares else None)
    if chosen is None or chosen.value.interval is None:
        return None
    interval = chosen.value.interval
    levels = ((level, interval_of(level)) for level in vocabulary.of("level"))
    level = next((level for level, within in levels if within and within.encloses(interval.capped(100.0))), None)
    return Degree(plain_words(chosen.value.text), interval, level)
