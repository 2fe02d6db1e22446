"""By what a search can be narrowed: the layers and levels of the vocabulary, and dimensions with the figures stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.site.search.packing import IndexedPage
from convergence_docs.site.search.page_text import Kind

_KINDS = {
    "text": (Kind.LEAD, Kind.BODY),
    "table": (Kind.HEAD, Kind.CELL),
    "diagram": (Kind.DIAGRAM,),
    "formula": (Kind.FORMULA,),
    "code": (Kind.CODE,),
}
_LOW_OPEN, _HIGH_OPEN = 1, 2


class Facets(NamedTuple):
    """What the search box offers, and the table that a filter looks into."""

    offered: Mapping[str, Any]
    table: Mapping[str, Any]


class _Placed(NamedTuple):
    """A claim in the section of this number, counted over all pages."""

    section: int
    claim: Claim


def make_facets(
    pages: Sequence[IndexedPage], paths: Sequence[str], book: Book | None, vocabulary: Vocabulary | None
) -> Facets:
    """The facets of a site; ``paths`` are the pages' chapters. Without a vocabulary only the kinds of text remain."""
    present = {piece.kind for page in pages for section in page.sections for piece in section.pieces}
    kinds = [name for name, members in _KINDS.items() if not present.isdisjoint(members)]
    empty: dict[str, Any] = {"claims": [], "layers": [], "levels": []}
    if book is None or vocabulary is None:
        return Facets({"layers": [], "levels": [], "dimensions": [], "kinds": kinds}, empty)
    placed = tuple(_placed(pages, paths, book))
    topics = {number: book.entries[path].topic for number, path in enumerate(paths) if path in book.entries}
    layers = [term for term in vocabulary.of("layer") if _is_there(term, placed, topics)]
    levels = [term for term in vocabulary.of("level") if _is_there(term, placed, topics) or term.interval]
    stated = {one.claim.dimension_id for one in placed if one.claim.value.interval is not None}
    dimensions = [term for term in vocabulary.of("dimension") if term.id in stated and term.scale != "text"]
    numbers = {term.id: number for number, term in enumerate(dimensions)}
    offered = {
        "layers": [_named(term) for term in layers],
        "levels": [_named(term) | _ends(term) for term in levels],
        "dimensions": [_dimension(term, [one.claim for one in placed]) for term in dimensions],
        "kinds": kinds,
    }
    table = {
        "claims": [_row(one, numbers[one.claim.dimension_id]) for one in placed if _is_figure(one.claim, numbers)],
        "layers": [_where(term, placed, topics) for term in layers],
        "levels": [_where(term, placed, topics) for term in levels],
    }
    return Facets(offered, table)


def _placed(pages: Sequence[IndexedPage], paths: Sequence[str], book: Book) -> Iterator[_Placed]:
    """Claims with their sections. One whose heading is not on the page is put at the page's beginning."""
    first = 0
    for page, path in zip(pages, paths, strict=True):
        at = {section.anchor: first + number for number, section in reversed(list(enumerate(page.sections)))}
        entry = book.entries.get(path)
        for claim in entry.claims if entry else ():
            yield _Placed(at.get(claim.anchor, first), claim)
        first += len(page.sections)


def _is_there(term: Term, placed: Iterable[_Placed], topics: Mapping[int, str]) -> bool:
    identity = f"{term.kind}:{term.id}"
    return identity in topics.values() or any(_is_at(term, one.claim) for one in placed)


def _is_at(term: Term, claim: Claim) -> bool:
    """Whether a claim is about a layer or level, or states a degree of convergence that lies at this level."""
    if claim.subject_id == f"{term.kind}:{term.id}":
        return True
    interval = claim.value.interval
    if term.kind != "level" or term.interval is None or interval is None or claim.value.is_change:
        return False
    is_degree = claim.dimension_id == "convergence-degree" and claim.value.kind is ValueKind.PERCENTAGE
    return is_degree and Interval(*term.interval).encloses(interval.capped(100))


def _where(term: Term, placed: Iterable[_Placed], topics: Mapping[int, str]) -> dict[str, list[int]]:
    """The pages about a term, and the sections with claims about it."""
    identity = f"{term.kind}:{term.id}"
    return {
        "pages": [number for number, topic in topics.items() if topic == identity],
        "sections": sorted({one.section for one in placed if _is_at(term, one.claim)}),
    }


def _named(term: Term) -> dict[str, Any]:
    others = [name for name in (*term.names[1:], term.english) if name and name != term.id]
    return {"id": term.id, "name": term.name} | ({"names": others} if others else {})


def _ends(term: Term) -> dict[str, Any]:
    return {"low": term.interval[0], "high": term.interval[1]} if term.interval else {}


def _dimension(term: Term, claims: Iterable[Claim]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": term.name, "kind": term.scale or "number"}
    if names := [name for name in (*term.names[1:], term.english) if name]:
        found["names"] = names
    if term.size:
        found["size"] = term.size
    elif term.steps:
        found["steps"] = list(term.steps)
    ends = [
        end
        for claim in claims
        if claim.dimension_id == term.id and claim.value.interval
        for end in claim.value.interval[:2]
        if isfinite(end)
    ]
    return found | {"low": min(ends), "high": max(ends)}


def _is_figure(claim: Claim, numbers: Mapping[str, int]) -> bool:
    return claim.value.interval is not None and claim.dimension_id in numbers and not claim.value.is_change


def _row(one: _Placed, dimension: int) -> list[Any]:
    value = one.claim.value
    assert value.interval is not None
    interval = value.interval.capped(100) if value.kind is ValueKind.PERCENTAGE else value.interval
    flags = (_LOW_OPEN if interval.low_open else 0) | (_HIGH_OPEN if interval.high_open else 0)
    ends = [end if isfinite(end) else None for end in interval[:2]]
    return [one.section, dimension, *ends, flags, value.text]
