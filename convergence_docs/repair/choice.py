"""Which fixes can be applied together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from convergence_docs.diagnostic import Edit, Fix

_Place = tuple[int, int, str]


def choose(fixes: Sequence[Fix]) -> tuple[int, ...]:
    """The indexes of fixes that can be applied together: each, in the order given, that contradicts no earlier one.

    A fix is chosen with all its edits or not at all. Two edits contradict each other where their spans share a
    character, or where both insert something else at one place. The same edit twice is one edit.
    """
    taken: dict[str, list[_Place]] = {}
    chosen = []
    for index, fix in enumerate(fixes):
        edits = set(fix.edits)
        if not edits or _contradicts_itself(edits):
            continue
        fresh = [edit for edit in edits if _place(edit) not in _near(taken.get(edit.path, ()), edit)]
        if any(_is_against(edit, _near(taken.get(edit.path, ()), edit)) for edit in fresh):
            continue
        for edit in fresh:
            insort(taken.setdefault(edit.path, []), _place(edit))
        chosen.append(index)
    return tuple(chosen)


def _place(edit: Edit) -> _Place:
    return (*edit.span, edit.replacement)


def _near(places: Sequence[_Place], edit: Edit) -> Sequence[_Place]:
    """Of places that do not overlap, sorted, those that may touch the edit."""
    first = bisect_left(places, (edit.span.start, -1, ""))
    last = bisect_left(places, (edit.span.end + 1, -1, ""))
    return places[max(0, first - 1) : last]


def _is_against(edit: Edit, places: Iterable[_Place]) -> bool:
    return any(_overlap(*edit.span, start, end) for start, end, _ in places)


def _contradicts_itself(edits: Iterable[Edit]) -> bool:
    """Whether two of the edits overlap; of several that do, two that follow each other do."""
    return any(
        one.path == other.path and (one.span.end > other.span.start or _overlap(*one.span, *other.span))
        for one, other in pairwise(sorted(edits))
    )


def _overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans share a character, or an empty one lies inside or exactly on another empty one."""
    if start == end or other_start == other_end:
        return (start, end) == (other_start, other_end) or (
            other_start < start < other_end or start < other_start < end
        )
    return start < other_end and other_start < end
