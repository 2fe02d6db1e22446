"""A site's chapters read without rules: the book alone, its chapters in full, or what they state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from convergence_docs.claims import extract_claims, extract_superlatives
from convergence_docs.load import Bytes, NotRead, read
from convergence_docs.model.book import Book, Entry, make_entry, without_links_of
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.reach import beyond
from convergence_docs.session import Session
from convergence_docs.text import SourceText, decode


class Whole(NamedTuple):
    """A book with all its chapters, the words and the dialect they were read with, and what could not be read."""

    book: Book
    chapters: Mapping[str, Chapter]
    vocabulary: Vocabulary | None
    dialect: Dialect
    not_read: tuple[NotRead, ...]


class Reading:
    """A reading of the chapters of a session.

    Attributes:
        not_read: what could not be read, once a reading has come to its end.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.not_read: list[NotRead] = []

    def book(self) -> Book:
        """The book, of which only is kept what tells where links lead: no links, no claims."""
        entries: dict[str, Entry] = {}
        asked: set[str] = set()
        for chapter in self._chapters(is_brief=True):
            entry = make_entry(chapter)
            asked |= beyond((entry,), self._session.listing, is_mkdocs=self._session.config.is_mkdocs)
            entries[entry.path] = without_links_of(entry)
        self._session.make_book(entries, asked)
        return self._session.book

    def pages(self) -> Iterator[tuple[Chapter, Entry]]:
        """Every chapter in full with its full entry, in sorted order, read when asked for."""
        for chapter in map(self._session.runner.diagrams.informed, self._chapters()):
            yield chapter, self._entry(chapter)
        self._session.runner.diagrams.close()

    def claims(self, is_wanted: Callable[[str], bool]) -> Iterator[tuple[SourceText, tuple[Claim, ...]]]:
        """What the wanted chapters state, in sorted order, with their texts."""
        diagrams, words = self._session.runner.diagrams, self._session.vocabulary
        for chapter in self._chapters(is_wanted, is_brief=True):
            yield chapter.source, extract_claims(diagrams.informed(chapter), words)

    def whole(self, like: Whole | None = None) -> Whole:
        """All chapters at once, with their book. GitHub's view is left out.

        Chapters that read as those of ``like`` do, in the same dialect, are taken from there, and its vocabulary is
        used: then both name the same things alike.
        """
        session = self._session
        if like is not None:
            session.vocabulary = like.vocabulary
        known = like if like is not None and like.dialect == session.dialect else None
        chapters: dict[str, Chapter] = {}
        entries: dict[str, Entry] = {}
        self.not_read = list(session.listing.not_read)
        for path in session.listing.chapters:
            found = read(session.config, path)
            if not isinstance(found, Bytes):
                self.not_read.append(found)
                continue
            source = decode(found.data, path)
            if known and (same := known.chapters.get(path)) and same.source == source:
                chapters[path], entries[path] = same, known.book.entries[path]
                continue
            chapter = chapters[path] = parse_chapter(source, session.dialect, github=False)
            entries[path] = self._entry(chapter)
        session.make_book(entries)
        return Whole(session.book, chapters, session.vocabulary, session.dialect, tuple(self.not_read))

    def _entry(self, chapter: Chapter) -> Entry:
        words = self._session.vocabulary
        return make_entry(chapter, extract_claims(chapter, words), extract_superlatives(chapter, words), words)

    def _chapters(
        self, is_wanted: Callable[[str], bool] = lambda _: True, *, is_brief: bool = False
    ) -> Iterator[Chapter]:
        """The chapters that can be read, one at a time; the others are noted in ``not_read``."""
        session = self._session
        self.not_read = [one for one in session.listing.not_read if is_wanted(one.path)]
        for path in filter(is_wanted, session.listing.chapters):
            found = read(session.config, path)
            if isinstance(found, Bytes):
                source = decode(found.data, path)
                yield parse_chapter(source, session.dialect, github=not is_brief, details=not is_brief)
            else:
                self.not_read.append(found)
