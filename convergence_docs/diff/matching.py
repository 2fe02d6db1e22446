"""Which chapter was which, and which section was which.

A chapter is the one with its path; else the one with its number, its title or its file name, where just one has; else
the one that says mostly the same. A section is the one with its name under the same heading; else under that heading
the one that says mostly the same; else, anywhere in the book, the one that says the same. Numbers of sections and the
order of siblings count for nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

from convergence_docs.diff.passages import Passages, Section

ALIKE = 0.5
"""Share of sentences in common (Dice's coefficient) from which two sections or chapters are taken for one."""
TELLING = 24
"""Characters that a text must have for another place that says the same to be no chance."""
MOST_PAIRS = 10_000
"""Of sections that might be one another; beyond that only equal ones are found, so that the cost stays bounded."""
_COMMON = 12
"""Chapters that share a sentence, beyond which it tells nothing."""


class Matching:
    """What became of chapters and sections.

    Attributes:
        chapters: the new path of every chapter that is still there, by its old one.
        sections: the new section by the old one; a section that is still there has just one of each.
        origins: the old section by the new one.
    """

    def __init__(self, before: Passages, after: Passages) -> None:
        self.chapters = _match_chapters(before, after)
        self.sections: dict[Section, Section] = {}
        self.origins: dict[Section, Section] = {}
        for old, new in self.chapters.items():
            self._pair(before.sections[old][0], after.sections[new][0])
        gone = [one for path in sorted(before.sections) for one in before.sections[path] if self._is_gone(one)]
        come = [one for path in sorted(after.sections) for one in after.sections[path] if self._is_new(one)]
        self._find_moved(gone, come)

    def home_of(self, section: Section) -> str | None:
        """The chapter that an old section now belongs to; ``None`` where section and chapter are gone."""
        now = self.sections.get(section)
        return now.path if now else self.chapters.get(section.path)

    def _is_gone(self, section: Section) -> bool:
        return section.place > 0 and section not in self.sections

    def _is_new(self, section: Section) -> bool:
        return section.place > 0 and section not in self.origins

    def _pair(self, old: Section, new: Section) -> None:
        """Take two sections for one, and pair what is below them."""
        self.sections[old] = new
        self.origins[new] = old
        waiting: dict[str, list[Section]] = defaultdict(list)
        for child in new.children:
            if child not in self.origins:
                waiting[child.name].append(child)
        left: list[Section] = []
        for child in old.children:
            if child in self.sections:
                continue
            if waiting[child.name]:
                self._pair(child, waiting[child.name].pop(0))
            else:
                left.append(child)
        self._pair_renamed(left, [one for one in new.children if one not in self.origins])

    def _pair_renamed(self, left: list[Section], candidates: list[Section]) -> None:
        for _, one, other in _likest(left, candidates):
            if one not in self.sections and other not in self.origins:
                self._pair(one, other)
        left = [one for one in left if one not in self.sections]
        candidates = [one for one in candidates if one not in self.origins]
        if len(left) == len(candidates) == 1 and _have_a_like_name(left[0], candidates[0]):
            self._pair(left[0], candidates[0])

    def _find_moved(self, gone: list[Section], come: list[Section]) -> None:
        """Pair sections that went with sections that came, wherever in the book."""
        for key in (_same_name_and_text, _same_text):
            waiting: dict[object, list[Section]] = defaultdict(list)
            for one in come:
                if self._is_new(one) and (mark := key(one)) is not None:
                    waiting[mark].append(one)
            for one in gone:
                mark = key(one)
                while self._is_gone(one) and mark is not None and waiting[mark]:
                    other = waiting[mark].pop(0)
                    if self._is_new(other):
                        self._pair(one, other)
        left: dict[str, list[Section]] = defaultdict(list)
        named: dict[str, list[Section]] = defaultdict(list)
        for one in gone:
            if self._is_gone(one):
                left[one.name].append(one)
        for one in come:
            if self._is_new(one):
                named[one.name].append(one)
        for name, sections in left.items():
            for _, one, other in _likest(sections, named.get(name, [])):
                if self._is_gone(one) and self._is_new(other):
                    self._pair(one, other)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much two texts say the same, 0 to 1: sentences weigh as much as they are long."""
    if not one or not other:
        return 0.0
    shared = sum(len(sentence) * min(count, other[sentence]) for sentence, count in one.items() if sentence in other)
    return 2 * shared / (_weight(one) + _weight(other))


def _weight(sentences: Counter[str]) -> int:
    return sum(len(sentence) * count for sentence, count in sentences.items())


def _likest(left: list[Section], right: list[Section]) -> list[tuple[float, Section, Section]]:
    """Pairs that are alike, the likest first."""
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return []
    found = [(likeness(one.whole, other.whole), one, other) for one in left for other in right]
    found = [pair for pair in found if pair[0] >= ALIKE]
    return sorted(found, key=lambda pair: (-pair[0], pair[1].place, pair[2].path, pair[2].place))


def _have_a_like_name(one: Section, other: Section) -> bool:
    """Whether the only section that went and the only one that came below a heading were called much the same."""
    pairs = [Counter(pairwise(name)) for name in (one.name, other.name)]
    shared = sum((pairs[0] & pairs[1]).values())
    return 2 * shared >= ALIKE * sum(sum(pair.values()) for pair in pairs) and shared > 0


def _same_name_and_text(section: Section) -> object:
    return (section.name, *sorted(section.whole.items())) if section.whole else None


def _same_text(section: Section) -> object:
    return tuple(sorted(section.whole.items())) if _weight(section.whole) >= TELLING else None


def _match_chapters(before: Passages, after: Passages) -> dict[str, str]:
    found = {path: path for path in before.sections if path in after.sections}
    keys: tuple[Callable[[Passages, str], object], ...] = (
        lambda side, path: side.side.book.entries[path].number,
        lambda side, path: side.side.book.entries[path].headline or None,
        lambda side, path: path.rpartition("/")[2] if path.rpartition("/")[2] not in _GENERIC else None,
    )
    for key in keys:
        gone = _unique((path, key(before, path)) for path in before.sections if path not in found)
        taken = set(found.values())
        come = _unique((path, key(after, path)) for path in after.sections if path not in taken)
        found.update({gone[mark]: come[mark] for mark in gone if mark in come})
    taken = set(found.values())
    gone_paths = [path for path in before.sections if path not in found]
    come_paths = [path for path in after.sections if path not in taken]
    for _, old, new in _alike(before, gone_paths, after, come_paths):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return dict(sorted(found.items()))


_GENERIC = frozenset({"index.md", "README.md", "readme.md"})


def _unique(marks: Iterable[tuple[str, object]]) -> dict[object, str]:
    """Paths by their mark, of those marks that just one path bears."""
    found: dict[object, list[str]] = defaultdict(list)
    for path, mark in marks:
        if mark is not None:
            found[mark].append(path)
    return {mark: paths[0] for mark, paths in found.items() if len(paths) == 1}


def _alike(before: Passages, gone: list[str], after: Passages, come: list[str]) -> list[tuple[float, str, str]]:
    """Pairs of chapters that say mostly the same, the likest first."""
    holders: dict[str, list[str]] = defaultdict(list)
    for path in come:
        for sentence in after.sections[path][0].whole:
            holders[sentence].append(path)
    found = []
    for path in gone:
        said = before.sections[path][0].whole
        near = {other for sentence in said for other in holders.get(sentence, ())[:_COMMON]}
        for other in near:
            score = likeness(said, after.sections[other][0].whole)
            if score >= ALIKE:
                found.append((score, path, other))
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))
