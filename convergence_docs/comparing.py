"""Two reports on the same chapters, before and after edits: which findings are gone, and which have come."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.diagnostic import Finding
from convergence_docs.repair import Shift
from convergence_docs.text import SourceText


class Edited(NamedTuple):
    """A text before and after edits, and how places moved."""

    before: SourceText
    after: SourceText
    shift: Shift


class Compared(NamedTuple):
    """Indexes of the findings before that are gone, and the findings after that are new."""

    gone: frozenset[int]
    new: tuple[Finding, ...]


def compare(before: Sequence[Finding], after: Sequence[Finding], edited: Mapping[str, Edited]) -> Compared:
    """Tell gone and new findings.

    A finding is the same as one of its rule that stood at the same place of the chapter, wherever that place is now; or
    that said the same of the chapter elsewhere.
    """

    def place_before(finding: Finding) -> Hashable:
        return finding.code, finding.path, _offset(finding, edited, is_after=False)

    def place_after(finding: Finding) -> Hashable:
        return finding.code, finding.path, _offset(finding, edited, is_after=True)

    def words(finding: Finding) -> Hashable:
        return finding.code, finding.path, finding.message.en

    left, new = list(enumerate(before)), list(after)
    left, new = _unmatched(left, new, place_before, place_after)
    left, new = _unmatched(left, new, words, words)
    return Compared(frozenset(index for index, _ in left), tuple(new))


def offset_of(finding: Finding, source: SourceText) -> int:
    """The offset at which a finding stands in its chapter's text."""
    starts = source.line_starts
    return starts[min(finding.line, len(starts)) - 1] + finding.column - 1


def _offset(finding: Finding, edited: Mapping[str, Edited], *, is_after: bool) -> Hashable:
    one = edited.get(finding.path)
    if one is None:
        return finding.line, finding.column
    return one.shift.old(offset_of(finding, one.after)) if is_after else offset_of(finding, one.before)


def _unmatched(
    before: list[tuple[int, Finding]],
    after: list[Finding],
    key_before: Callable[[Finding], Hashable],
    key_after: Callable[[Finding], Hashable],
) -> tuple[list[tuple[int, Finding]], list[Finding]]:
    waiting: dict[Hashable, list[tuple[int, Finding]]] = {}
    for one in reversed(before):
        waiting.setdefault(key_before(one[1]), []).append(one)
    new = []
    for finding in after:
        same = waiting.get(key_after(finding))
        if same:
            same.pop()
        else:
            new.append(finding)
    return sorted((one for ones in waiting.values() for one in ones), key=lambda one: one[0]), new
