"""Where the places of a text are once edits are applied, and where they were before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from convergence_docs.diagnostic import Edit


class Shift:
    """Edits of one text, which do not overlap, as a way from old offsets to new ones and back.

    Within a replaced piece the distance from its beginning is kept, as far as the other piece goes.
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._old: list[tuple[int, int]] = []
        self._new: list[tuple[int, int]] = []
        moved = 0
        for start, end, replacement in sorted({(*edit.span, edit.replacement) for edit in edits}):
            self._old.append((start, end))
            self._new.append((start + moved, start + moved + len(replacement)))
            moved += len(replacement) - (end - start)

    def new(self, offset: int) -> int:
        """Where the character at the old ``offset`` is now; what was inserted just there stands before it."""
        return _through(offset, self._old, self._new)

    def old(self, offset: int) -> int:
        """Where the character at the new ``offset`` was."""
        return _through(offset, self._new, self._old)

    def start_of(self, edit: Edit) -> int:
        """Where the replacement of one of the edits now begins."""
        start, end = edit.span
        return self.new(start) - (len(edit.replacement) if start == end else 0)


def _through(offset: int, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> int:
    index = bisect_right(here, (offset, float("inf"))) - 1
    if index < 0:
        return offset
    start, end = here[index]
    other_start, other_end = there[index]
    if offset < end:
        return min(other_start + offset - start, max(other_start, other_end - 1))
    return other_end + offset - end
