"""The chapters as a network: the parts of the book they stand in, and how many links lead from where to where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.layout import is_index
from convergence_docs.model.links.between import links_between

MOST_ROWS: Final = 60
"""Rows of one drawing; a book with more chapters is drawn by its parts."""
MOST_ARCS: Final = 240
"""Arcs of one drawing; of more only the strongest are drawn."""
_RUN: Final = 30
"""Chapters of a part that has no parts of its own and more than `MOST_ROWS` of them."""

Sections = tuple[str, ...]
"""Where a page stands: the titles of the navigation's sections around it, or its folders, outermost first."""
Weights = Mapping[str, Mapping[str, int]]
"""How many links lead from a chapter to another, by both paths."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the book: its chapters in order and the parts within it. ``key`` is its name and those around it."""

    key: Sections
    chapters: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """Its own name; empty for the whole book."""
        return self.key[-1] if self.key else ""

    @property
    def every_chapter(self) -> tuple[str, ...]:
        """Its chapters and those of its parts."""
        return (*self.chapters, *(path for part in self.parts for path in part.every_chapter))


class Node(NamedTuple):
    """What a drawing shows in a row: a chapter, or a part of the book (then ``part`` is set)."""

    path: str
    part: Part | None = None

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters that it stands for."""
        return self.part.every_chapter if self.part else (self.path,)


class Group(NamedTuple):
    """Rows that belong together; ``name`` may be empty."""

    name: str
    nodes: tuple[Node, ...]


class Arc(NamedTuple):
    """So many links lead from one node of a sheet to another."""

    start: int
    end: int
    links: int


class Sheet(NamedTuple):
    """What one drawing shows. Arcs are in the order of their nodes."""

    groups: tuple[Group, ...]
    arcs: tuple[Arc, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, which arcs count from 0."""
        return tuple(node for group in self.groups for node in group.nodes)

    @property
    def strongest(self) -> tuple[Arc, ...]:
        """The arcs that are drawn."""
        return tuple(sorted(sorted(self.arcs, key=lambda arc: (-arc.links, arc))[:MOST_ARCS]))


def weigh(book: Book, chapters: Iterable[str]) -> Weights:
    """How many links lead from each of these chapters to each other of them, in their order."""
    between, known = links_between(book), {path: at for at, path in enumerate(chapters)}
    reached = {path: sorted(known.keys() & between[path].keys(), key=known.__getitem__) for path in known}
    return {path: {other: len(between[path][other]) for other in others} for path, others in reached.items()}


def reverse(weights: Weights) -> Weights:
    """How many links come to each chapter from each other."""
    found: dict[str, dict[str, int]] = {path: {} for path in weights}
    for path, reached in weights.items():
        for other, links in reached.items():
            found[other][path] = links
    return found


def chapters_of(book: Book, sections: Mapping[str, Sections], is_shown: Callable[[str], bool]) -> tuple[str, ...]:
    """The chapters, in the order of ``sections``, then of their paths.

    In a book whose chapters have numbers, a manual beside it is none of it: only those outermost parts are, that hold
    a numbered chapter, or that link to one which links back. An index page links to everything, and says nothing.
    """
    shown = [path for path in book.entries if not is_index(path) and is_shown(path)]
    numbered = {path for path in shown if book.entries[path].number}
    between = links_between(book)
    at_home = {_outermost(path, sections) for path in numbered}
    for path in shown if numbered else ():
        if any(other in numbered and path in between[other] for other in between[path]):
            at_home.add(_outermost(path, sections))
    order = {path: at for at, path in enumerate(sections)}
    kept = (path for path in shown if not numbered or _outermost(path, sections) in at_home)
    return tuple(sorted(kept, key=lambda path: (order.get(path, len(order)), natural(path))))


def _outermost(path: str, sections: Mapping[str, Sections]) -> str:
    return next(iter(_place(path, sections)), "")


def _place(path: str, sections: Mapping[str, Sections]) -> Sections:
    known = sections.get(path)
    return tuple(path.split("/")[:-1]) if known is None else known


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which ``2`` comes before ``10``."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(text))


def make_parts(chapters: Sequence[str], sections: Mapping[str, Sections]) -> Part:
    """The whole book as a part."""
    return _part((), [(_place(path, sections), path) for path in chapters])


def _part(key: Sections, placed: Sequence[tuple[Sections, str]]) -> Part:
    own = tuple(path for place, path in placed if len(place) == len(key))
    below: dict[str, list[tuple[Sections, str]]] = {}
    for place, path in placed:
        if len(place) > len(key):
            below.setdefault(place[len(key)], []).append((place, path))
    parts = tuple(_part((*key, name), inner) for name, inner in below.items())
    if len(parts) == 1 and not own and (key or len(parts[0].parts) > 1):
        return parts[0]  # a part that only holds another says nothing
    if len(own) > MOST_ROWS:
        parts += tuple(_runs(key, own))
        own = ()
    return Part(key=key, chapters=own, parts=parts)


def _runs(key: Sections, chapters: Sequence[str]) -> Iterator[Part]:
    """Chapters that nothing parts, a stretch at a time; of many stretches some make a longer one."""
    size = _RUN
    while len(chapters) > size * MOST_ROWS:
        size *= MOST_ROWS
    for start in range(0, len(chapters), size):
        run = chapters[start : start + size]
        name = " ".join((*key[-1:], f"{start + 1}–{start + len(run)}"))
        inner = tuple(_runs(key, run)) if len(run) > MOST_ROWS else ()
        yield Part(key=(*key, name), chapters=() if inner else tuple(run), parts=inner)


def make_sheet(part: Part, weights: Weights) -> Sheet:
    """What is drawn of a part: its chapters by its innermost parts, or where they are too many, its parts."""
    is_small = len(part.every_chapter) <= MOST_ROWS
    groups = tuple(_leaves(part)) if is_small else _branches(part)
    nodes = [node for group in groups for node in group.nodes]
    home = {path: at for at, node in enumerate(nodes) for path in node.chapters}
    counted: Counter[tuple[int, int]] = Counter()
    for path, start in home.items():
        for other, links in weights[path].items():
            end = home.get(other, start)
            if end != start:
                counted[start, end] += links
    return Sheet(groups, tuple(Arc(start, end, links) for (start, end), links in sorted(counted.items())))


def _leaves(part: Part) -> Iterator[Group]:
    if part.chapters:
        yield Group(part.name, tuple(Node(path) for path in part.chapters))
    for inner in part.parts:
        yield from _leaves(inner)


def _branches(part: Part) -> tuple[Group, ...]:
    """Its parts and the chapters beside them, as fine as rows allow."""
    groups = tuple(_level(part))
    while True:
        finer = tuple(_finer(groups))
        if finer == groups or sum(len(group.nodes) for group in finer) > MOST_ROWS:
            return groups
        groups = finer


def _level(part: Part) -> Iterator[Group]:
    """Its parts, then the chapters beside them; a part of one chapter is that chapter."""
    parts = [one for one in part.parts if len(one.every_chapter) > 1]
    single = [path for one in part.parts if one not in parts for path in one.every_chapter]
    nodes = (*(Node("", one) for one in parts), *(Node(path) for path in (*part.chapters, *single)))
    if nodes:
        yield Group(part.name, nodes)


def _finer(groups: Sequence[Group]) -> Iterator[Group]:
    """The same with each part taken apart."""
    for group in groups:
        left = tuple(node for node in group.nodes if node.part is None)
        for node in group.nodes:
            if node.part:
                yield from _level(node.part)
        if left:
            yield Group(group.name, left)


def sheets_of(whole: Part, weights: Weights) -> Iterator[tuple[Part, Sheet]]:
    """The whole book's sheet, and one for each part that a row stands for, outer ones first."""
    waiting = [whole]
    for part in waiting:
        sheet = make_sheet(part, weights)
        waiting += (node.part for node in sheet.nodes if node.part)
        yield part, sheet
