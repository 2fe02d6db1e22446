"""Whether the intervals of levels adjoin: every degree has one level, and one only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import ValueKind
from convergence_docs.model.vocabulary import normalise
from convergence_docs.regex import regex

_LEVEL = regex(r"(?:l|level|级别|等级|第)?\s?[0-9](?:级|层)?(?:[:：（(\s].{0,40})?")
_FEWEST = 3


class Joint(StrEnum):
    """How two neighbouring intervals meet wrongly."""

    OVERLAP = "overlap"
    HOLE = "hole"


class Misfit(NamedTuple):
    """Two neighbours that overlap or leave a hole, by their places in what was asked about, the lower one first."""

    low: int
    high: int
    joint: Joint


def misfits(intervals: Sequence[Interval], slack: float = 0.0) -> Iterator[Misfit]:
    """Neighbours, by size, that overlap or leave a hole wider than ``slack``, in the order of their size.

    Where ``slack`` is given, intervals may also share an end: 50-70 and 70-90 are a way of writing.
    """
    order = sorted(range(len(intervals)), key=lambda at: intervals[at])
    for low, high in pairwise(order):
        one, other = intervals[low], intervals[high]
        shared = min(one.high, other.high) - other.low
        if shared > 0 or (shared == 0 and not slack and not one.high_open and not other.low_open):
            yield Misfit(low, high, Joint.OVERLAP)
        elif -shared > slack or (shared == 0 and one.high_open and other.low_open):
            yield Misfit(low, high, Joint.HOLE)


def level_tables(book: Book) -> Iterator[tuple[str, tuple[Claim, ...]]]:
    """Tables that give levels that no vocabulary knows a range of percentages each: path and claims."""
    for path, entry in book.entries.items():
        tables: dict[tuple[str, str], list[Claim]] = {}
        for claim in entry.claims:
            if claim.source is ClaimSource.TABLE and claim.value.kind is ValueKind.PERCENTAGE and not claim.subject_id:
                tables.setdefault((claim.anchor, claim.key.dimension), []).append(claim)
        yield from ((path, tuple(claims)) for claims in tables.values() if _is_of_levels(claims))


def _is_of_levels(claims: Iterable[Claim]) -> bool:
    names = [normalise(claim.subject) for claim in claims]
    return (
        len(set(names)) == len(names) >= _FEWEST
        and all(map(_LEVEL.fullmatch, names))
        and all(
            claim.value.interval is not None and not claim.value.interval.is_point and not claim.value.is_change
            for claim in claims
        )
    )
