"""What is known of one term: its claims by dimension, where it is mentioned, what goes with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.site.book.matrix import (
    Stated,
    contested_places,
    stated_values,
    statements_by_subject,
    terms_by_key,
)
from convergence_docs.site.book.outline import Outline, Section

DEGREE: Final = "convergence-degree"
LEVEL: Final = "level"
"""Dimensions that the levels are about, by their ids in the vocabulary."""
MOST_SECTIONS: Final = 5
MOST_RELATED: Final = 8
RELATED_KINDS: Final = frozenset(("layer", "driver", "factor", "technology", "model"))


class About(NamedTuple):
    """The values of one dimension: its name, its term where the vocabulary has one."""

    name: str
    term: Term | None
    values: tuple[Stated, ...]


class Mentioned(NamedTuple):
    """A chapter that mentions a term: how often, and in which sections most."""

    path: str
    title: str
    times: int
    sections: tuple[Section, ...]


def claims_about(key: str, book: Book, vocabulary: Vocabulary | None) -> tuple[About, ...]:
    """What is stated of a subject, in the vocabulary's order of dimensions, then by name."""
    contested = book.derive(contested_places)
    dimensions = {term.id: term for term in vocabulary.of("dimension")} if vocabulary else {}
    order = {name: at for at, name in enumerate(dimensions)}
    found = []
    for claimed, statements in book.derive(statements_by_subject).get(key, {}).items():
        term = dimensions.get(claimed)
        name = term.name if term else statements[0].claim.dimension
        found.append((order.get(claimed, len(order)), name, About(name, term, stated_values(statements, contested))))
    return tuple(about for _, _, about in sorted(found, key=lambda one: one[:2]))


def subjects_at(level: Term, book: Book, vocabulary: Vocabulary) -> tuple[tuple[Term, Stated], ...]:
    """The known subjects whose degree lies within a level's range, or whose level is said to be this one."""
    by_subject = book.derive(statements_by_subject)
    contested = book.derive(contested_places)
    found = []
    for key, term in terms_by_key(vocabulary).items():
        dimensions = by_subject.get(key, {})
        degrees = stated_values(dimensions.get(DEGREE, ()), contested)
        levels = stated_values(dimensions.get(LEVEL, ()), contested)
        stated = next((one for one in degrees if _is_at(one, level)), None)
        stated = stated or next((one for one in levels if _names(one, level, vocabulary)), None)
        if stated and term.kind != "level":
            found.append((term, stated))
    return tuple(found)


def _is_at(stated: Stated, level: Term) -> bool:
    interval = stated.value.interval
    if level.interval is None or interval is None or stated.value.kind is not ValueKind.PERCENTAGE:
        return False
    return level_range(level).encloses(interval.capped(100.0))


def _names(stated: Stated, level: Term, vocabulary: Vocabulary) -> bool:
    named = vocabulary.find(stated.value.text, "level")
    return named is not None and named.id == level.id


def level_range(level: Term) -> Interval:
    """A level's range in percent."""
    assert level.interval is not None
    return Interval(*level.interval)


def mentions_of(key: str, outlines: Iterable[Outline]) -> tuple[Mentioned, ...]:
    """The chapters that mention a term, those that do so most first."""
    found = []
    for outline in outlines:
        counted = outline.mentions.get(key)
        if counted:
            most = sorted(counted, key=lambda at: (-counted[at], at))[:MOST_SECTIONS]
            sections = tuple(outline.sections[at] for at in sorted(most) if outline.sections[at].anchor)
            found.append(Mentioned(outline.path, outline.title, sum(counted.values()), sections))
    return tuple(sorted(found, key=lambda one: (-one.times, one.path)))


def make_neighbours(outlines: Iterable[Outline]) -> Mapping[str, Counter[str]]:
    """For each term, how many sections mention it together with each other term."""
    found: dict[str, Counter[str]] = {}
    for outline in outlines:
        sections: dict[int, list[str]] = {}
        for key, counted in outline.mentions.items():
            for at in counted:
                sections.setdefault(at, []).append(key)
        for keys in sections.values():
            for key in keys:
                found.setdefault(key, Counter()).update(other for other in keys if other != key)
    return found


def related_to(
    term: Term, neighbours: Mapping[str, Counter[str]], terms: Mapping[str, Term]
) -> tuple[tuple[Term, int], ...]:
    """The terms that most sections mention together with this one, and in how many sections; never its own kind."""
    counted = neighbours.get(f"{term.kind}:{term.id}", Counter())
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    known = ((terms[key], count) for key, count in ordered if key in terms)
    kept = [(one, count) for one, count in known if one.kind in RELATED_KINDS and one.driver != term.id]
    return tuple(kept[:MOST_RELATED])
