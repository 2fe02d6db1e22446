"""What a change of a book alters in meaning, as data: one record for each thing that a reviewer would want to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import SourceText


class ChangeKind(StrEnum):
    """What happened, in the order in which it matters to a reviewer."""

    FIGURE_CHANGED = "figure-changed"
    FIGURE_ADDED = "figure-added"
    FIGURE_REMOVED = "figure-removed"
    LINK_BROKEN = "link-broken"
    """It leads nowhere now: its target went, it was changed, or it is new."""
    LINK_REPAIRED = "link-repaired"
    LINK_CHANGED = "link-changed"
    """The same words lead elsewhere."""
    LINK_ADDED = "link-added"
    LINK_REMOVED = "link-removed"
    CHAPTER_ADDED = "chapter-added"
    CHAPTER_REMOVED = "chapter-removed"
    CHAPTER_RENAMED = "chapter-renamed"
    """Its file has another name or place, or its title reads otherwise."""
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    SECTION_RENAMED = "section-renamed"
    SECTION_MOVED = "section-moved"
    """Under another heading, or into another chapter. Another order alone is no change."""
    DIAGRAM_ADDED = "diagram-added"
    DIAGRAM_REMOVED = "diagram-removed"
    DIAGRAM_CHANGED = "diagram-changed"
    """Of a kind whose grammar is not read: some of its lines differ."""
    NODE_ADDED = "node-added"
    NODE_REMOVED = "node-removed"
    NODE_CHANGED = "node-changed"
    EDGE_ADDED = "edge-added"
    EDGE_REMOVED = "edge-removed"
    EDGE_CHANGED = "edge-changed"
    """Its words differ."""
    TABLE_ADDED = "table-added"
    TABLE_REMOVED = "table-removed"
    TABLE_TRANSPOSED = "table-transposed"
    """Rows have become columns."""
    COLUMN_ADDED = "column-added"
    COLUMN_REMOVED = "column-removed"
    COLUMN_RENAMED = "column-renamed"
    ROW_ADDED = "row-added"
    ROW_REMOVED = "row-removed"
    TERM_ADDED = "term-added"
    TERM_REMOVED = "term-removed"
    TERM_CHANGED = "term-changed"
    """Of a word of the vocabulary: its names, its interval, its scale or what it means."""
    METADATA_CHANGED = "metadata-changed"
    """A value of the front matter."""
    TEXT_CHANGED = "text-changed"
    """Sentences, formulas or code differ in a section of which nothing else is told."""


class Spot(NamedTuple):
    """A place on one side: path relative to the docs root, 1-based line and column, the heading above it."""

    path: str
    line: int
    column: int
    section: str


class Change(NamedTuple):
    """A change.

    Attributes:
        kind: what happened.
        before: where it stood; ``None`` where it is new.
        after: where it stands; ``None`` where it is gone.
        subject: what it is about: a figure's subject, a link's text, the name of a section, a node's label, a column.
        dimension: of a figure, in which respect; empty where that is not known.
        old: what was stated; a link's destination, a name, an edge (``甲 → 乙``).
        new: what is stated instead.
        others: places that still state the old value of a changed figure.
        detail: what it was read from (``table``), why a link is broken (``missing``), which part of a term differs
            (``interval``), words of an edge.
        extent: how much goes with it: the sections below a section, the sentences that differ.
    """

    kind: ChangeKind
    before: Spot | None
    after: Spot | None
    subject: str = ""
    dimension: str = ""
    old: str = ""
    new: str = ""
    others: tuple[Spot, ...] = ()
    detail: str = ""
    extent: int = 0

    @property
    def spot(self) -> Spot:
        """Where to look: where it stands, else where it stood."""
        found = self.after or self.before
        assert found is not None
        return found


class Words(NamedTuple):
    """A vocabulary and the file that it was read from."""

    source: SourceText
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: a book with its chapters in full, and the vocabulary's file, where there is one."""

    book: Book
    chapters: Mapping[str, Chapter]
    words: Words | None = None


class Comparison(NamedTuple):
    """All changes, sorted by the path, the kind and the place; how many chapters each side has and how many differ."""

    changes: tuple[Change, ...]
    before: int
    after: int
    touched: int
