"""Which old piece became which new one, once somebody has weighed how alike they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Piece = TypeVar("Piece")


def best_pairs(
    old: Sequence[Piece], new: Sequence[Piece], weighed: Iterable[tuple[Any, ...]]
) -> list[tuple[Piece, Piece]]:
    """The pairs of pieces, best first; every piece is in one at most.

    ``weighed`` holds what may go together: what to sort by, the least best, then the places in ``old`` and ``new``.
    """
    pairs = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for *_, at, place in sorted(weighed):
        if at not in taken_old and place not in taken_new:
            taken_old.add(at)
            taken_new.add(place)
            pairs.append((old[at], new[place]))
    return pairs
