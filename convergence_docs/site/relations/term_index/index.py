"""The index of a book's terms: where each is mentioned, the most telling sections first, and its other names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.site.book.outline import Outline, make_spotter
from convergence_docs.site.frame import title_of
from convergence_docs.site.relations.alphabet import OTHERS, letter_of, sort_key
from convergence_docs.site.relations.references.citations import is_for_sources

_IN_HEADING: Final = 100
_PER_CLAIM: Final = 10
_AT_HOME: Final = 30
"""What a section is worth whose heading names the term, that states a figure of it, that stands in its home chapter;
each mention is worth 1.
"""

_ALIKE: Final = 2
"""Names that begin with the same so many characters stand side by side."""


class Mention(NamedTuple):
    """A section that is about a term, or names it; without anchor and heading, a chapter's beginning."""

    path: str
    anchor: str
    heading: str


class Item(NamedTuple):
    """A term as it stands in the index: the most telling mentions first."""

    name: str
    term: Term
    mentions: tuple[Mention, ...]


class See(NamedTuple):
    """Another name of a term, which leads to it."""

    name: str
    term: Term


class Letter(NamedTuple):
    """What stands under a letter."""

    letter: str
    entries: tuple[Item | See, ...]


def make_index(book: Book, vocabulary: Vocabulary, outlines: Mapping[str, Outline]) -> tuple[Letter, ...]:
    """The index in the order of the alphabet."""
    places = _places(book, vocabulary, outlines)
    entries: list[Item | See] = []
    for term in vocabulary.terms:
        scores = places[f"{term.kind}:{term.id}"]
        entries.append(Item(title_of(term), term, tuple(sorted(scores, key=lambda one: -scores[one]))))
        entries += (See(name, term) for name in _other_names(term))
    letters: dict[str, list[Item | See]] = {}
    for entry in entries:
        letters.setdefault(letter_of(entry.name), []).append(entry)
    ordered_letters = sorted(letters, key=lambda one: (one == OTHERS, one))
    return tuple(Letter(one, tuple(sorted(letters[one], key=_order))) for one in ordered_letters)


def _order(entry: Item | See) -> tuple[object, ...]:
    return sort_key(entry.name), entry.name, isinstance(entry, See), entry.term.kind, entry.term.id


def _other_names(term: Term) -> Iterable[str]:
    """The names under which somebody may look for a term; not those that would stand beside its own."""
    seen = {_bare(title_of(term))[:_ALIKE]}
    for name in (*term.names, term.english):
        beginning = _bare(name)[:_ALIKE]
        if beginning and beginning not in seen:
            seen.add(beginning)
            yield name


def _bare(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


def _places(book: Book, vocabulary: Vocabulary, outlines: Mapping[str, Outline]) -> Mapping[str, Mapping[Mention, int]]:
    """How telling each section is of each term, by the term's key; chapters and sections in order.

    What a list of sources says is others' words: it is no mention.
    """
    homes = book.derive(ledger).homes
    spot = make_spotter(vocabulary.terms)
    found: dict[str, Counter[Mention]] = {f"{term.kind}:{term.id}": Counter() for term in vocabulary.terms}
    for path, entry in book.entries.items():
        outline = outlines.get(path)
        if outline is None:
            continue
        sections = [Mention(path, one.anchor, one.heading) for one in outline.sections]
        scores: dict[str, Counter[int]] = {key: Counter(counted) for key, counted in outline.mentions.items()}
        at_anchor = {section.anchor: at for at, section in enumerate(sections)}
        for at, section in enumerate(sections):
            for key in {key for _, key in spot(section.heading)}:
                scores.setdefault(key, Counter())[at] += _IN_HEADING
        for claim in entry.claims:
            for key in (claim.subject_id, f"dimension:{claim.dimension_id}"):
                if key in found and claim.anchor in at_anchor:
                    scores.setdefault(key, Counter())[at_anchor[claim.anchor]] += _PER_CLAIM
        for key, counted in scores.items():
            for at in sorted(counted):
                if not is_for_sources(sections[at].heading):
                    found[key][sections[at]] = counted[at] + _AT_HOME * (homes.get(key) == path)
    return found
