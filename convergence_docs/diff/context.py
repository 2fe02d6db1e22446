"""What all comparisons share: both sides, who was who, and which text is already accounted for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum

from convergence_docs.diff.matching import Matching
from convergence_docs.diff.passages import Passages, Section
from convergence_docs.model.change import Change, ChangeKind, Side, Spot
from convergence_docs.model.chapter import Chapter
from convergence_docs.text import Span


class Which(Enum):
    """One of the two sides."""

    BEFORE = 0
    AFTER = 1


class Context:
    """A comparison while it is made.

    Attributes:
        same: chapters that both sides share as one record: of what stands in them only links may fare otherwise.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self.same = {path for path, chapter in before.chapters.items() if after.chapters.get(path) is chapter}
        self.before = Passages(before, self.same)
        self.after = Passages(after, self.same)
        self.matching = Matching(self.before, self.after)
        self.changes: list[Change] = []
        self._told: dict[tuple[Which, str], list[Span]] = defaultdict(list)
        self._sorted: dict[tuple[Which, str], list[Span]] = {}

    def home(self, path: str, offset: int) -> str | None:
        """The chapter to which a place of an old chapter now belongs; ``None`` where all of it is gone."""
        return path if path in self.same else self.matching.home_of(self.before.section_at(path, offset))

    def section_now(self, path: str, offset: int) -> Section | None:
        """What became of the section in which a place of an old chapter lies."""
        return self.matching.sections.get(self.before.section_at(path, offset))

    def changed(self, side: Passages) -> Iterator[tuple[str, Chapter]]:
        """The chapters of a side that are not the same on both."""
        for path in side.sections:
            yield path, side.side.chapters[path]

    def is_new(self, path: str) -> bool:
        """Whether a chapter was added."""
        return path not in self.same and self.after.sections[path][0] not in self.matching.origins

    def before_spot(self, path: str, offset: int) -> Spot:
        """A place of the old side."""
        return self.before.spot(path, offset)

    def after_spot(self, path: str, offset: int) -> Spot:
        """A place of the new side."""
        return self.after.spot(path, offset)

    def tell(
        self,
        kind: ChangeKind,
        before: Spot | None,
        after: Spot | None,
        *,
        subject: str = "",
        dimension: str = "",
        old: str = "",
        new: str = "",
        others: tuple[Spot, ...] = (),
        detail: str = "",
        extent: int = 0,
    ) -> None:
        """Keep a change; the arguments are the fields of `Change`."""
        self.changes.append(Change(kind, before, after, subject, dimension, old, new, others, detail, extent))

    def account(self, which: Which, path: str, span: Span) -> None:
        """Note that a change tells of this piece of text, so that nobody tells it again as mere words."""
        self._told[which, path].append(span)

    def is_told(self, which: Which, path: str, span: Span) -> bool:
        """Whether a change tells of text in ``span``. Nothing is accounted for once somebody asks."""
        key = which, path
        if key not in self._sorted:
            self._sorted[key] = _merged(self._told.get(key, []))
        told = self._sorted[key]
        at = bisect_left(told, (span.end, span.end))
        return at > 0 and told[at - 1].end > span.start


def _merged(spans: list[Span]) -> list[Span]:
    """Overlapping spans made one, sorted."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
