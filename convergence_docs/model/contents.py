"""What a hand-written table of contents lists: its entries, each with the heading that it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.likeness import letters_of
from convergence_docs.model.nodes import AnchorOrigin, Heading, TocEntry
from convergence_docs.slug import HyphenIds, github_slug

_NUMBER = re.compile(
    r"\s*(?:第?\s?([一二三四五六七八九十]+|[0-9]+(?:\.[0-9]+)*)\s?[章节]?[、.．：:\s]|[（(]([一二三四五六七八九十]+)[）)])\s*"
)
_NEAR = 0.6
_MOST_COMPARISONS = 400
"""Near texts are looked for this often in one chapter at most: comparing is slow, and hostile tables are long."""


class Found(StrEnum):
    """By what an entry's heading was found."""

    ANCHOR = "anchor"
    TWIN = "twin"  # the anchor is that of an earlier heading with the same words
    AGAIN = "again"  # the anchor's heading is listed already
    GITHUB = "github"  # the anchor works on GitHub only
    WORDS = "words"
    NEAR = "near"
    ELSEWHERE = "elsewhere"  # the anchor is there, but no heading's
    NOTHING = "nothing"


class Listed(NamedTuple):
    """An entry and the place of its heading among ``Chapter.headings``; ``None`` where it has none."""

    entry: TocEntry
    heading: int | None
    found: Found


class Contents(NamedTuple):
    """A table of contents, matched with the chapter."""

    listed: tuple[Listed, ...]

    @property
    def headings(self) -> frozenset[int]:
        """The places of all headings that an entry means."""
        return frozenset(one.heading for one in self.listed if one.heading is not None)


_latest: tuple[Chapter | None, Contents] = (None, Contents(()))


def contents_of(chapter: Chapter) -> Contents:
    """The chapter's table of contents; empty where it has none."""
    global _latest
    if chapter.toc is None:
        return Contents(())
    chapter_then, contents = _latest
    if chapter_then is not chapter:
        contents = Contents(tuple(_Matcher(chapter).match(chapter.toc.entries)))
        _latest = (chapter, contents)
    return contents


def number_of(text: str) -> str:
    """The numeral that opens an entry's text, such as 七 or 2.1; empty where there is none."""
    match = _NUMBER.match(text)
    return (match[1] or match[2]) if match else ""


def words_of(text: str) -> str:
    """The letters and digits of a text without its number."""
    match = _NUMBER.match(text)
    return letters_of(text[match.end() :] if match else text)


class _Matcher:
    """Finds the headings of one table's entries. A heading is claimed by one entry at most."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._headings = chapter.headings
        self._by_id = {heading.site_id: place for place, heading in enumerate(self._headings) if heading.site_id}
        self._others = {one.id: one.span.start for one in chapter.anchors if one.origin is not AnchorOrigin.HEADING}
        self._ends = [heading.span.end for heading in self._headings]
        self._claimed: set[int] = set()
        self._comparisons = 0
        self._texts: dict[str, deque[int]] | None = None
        self._words: dict[str, deque[int]] | None = None

    def match(self, entries: tuple[TocEntry, ...]) -> Iterator[Listed]:
        """The entries with their headings, the surest ways of finding them first."""
        result = [self._by_anchor(entry) for entry in entries]
        if any(one.found is Found.NOTHING for one in result):
            result = [self._by_words(one, is_exact=True) for one in self._by_github(result)]
            result = [self._by_words(one, is_exact=False) for one in result]
            result = [self._by_likeness(place, result) for place in range(len(result))]
        yield from result

    def _claim(self, entry: TocEntry, heading: int, found: Found) -> Listed:
        self._claimed.add(heading)
        return Listed(entry, heading, found)

    def _by_anchor(self, entry: TocEntry) -> Listed:
        fragment = unquote(entry.link.destination[1:])
        place = self._by_id.get(fragment)
        if place is None:
            if fragment not in self._others:
                return Listed(entry, None, Found.NOTHING)
            place = self._heading_at(self._others[fragment])
            return Listed(entry, None, Found.ELSEWHERE) if place is None else self._claim(entry, place, Found.ANCHOR)
        if place not in self._claimed:
            return self._claim(entry, place, Found.ANCHOR)
        later = self._unclaimed(letters_of(self._headings[place].text), is_exact=True)
        return Listed(entry, place, Found.AGAIN) if later is None else self._claim(entry, later, Found.TWIN)

    def _unclaimed(self, words: str, *, is_exact: bool) -> int | None:
        """The first heading with these words (its number among them, if exact) that no entry has claimed."""
        index = self._texts if is_exact else self._words
        if index is None:
            index = {}
            for place, heading in enumerate(self._headings):
                index.setdefault((letters_of if is_exact else words_of)(heading.text), deque()).append(place)
            if is_exact:
                self._texts = index
            else:
                self._words = index
        places = index.get(words)
        while places and places[0] in self._claimed:
            places.popleft()
        return places[0] if places else None

    def _heading_at(self, offset: int) -> int | None:
        """The heading that an anchor stands in, or right before."""
        place = bisect_left(self._ends, offset)
        if place == len(self._ends):
            return None
        between = self._chapter.source.text[offset : max(offset, self._headings[place].span.start)]
        return place if not re.sub(r"<[^<>]*>|\s|#", "", between) else None

    def _by_github(self, result: list[Listed]) -> list[Listed]:
        ids = HyphenIds()
        places = {ids.take(github_slug(self._on_github(heading))): at for at, heading in enumerate(self._headings)}
        return [
            self._claim(one.entry, place, Found.GITHUB)
            if one.found is Found.NOTHING
            and (place := places.get(unquote(one.entry.link.destination[1:]))) is not None
            and place not in self._claimed
            else one
            for one in result
        ]

    def _on_github(self, heading: Heading) -> str:
        """A heading's words with its attribute list, which GitHub shows as text."""
        if not heading.has_explicit_id:
            return heading.text
        attributes = self._chapter.source.text[heading.text_span.end : heading.span.end]
        return heading.text + attributes.rstrip("\n #")

    def _by_words(self, one: Listed, *, is_exact: bool) -> Listed:
        if one.found is not Found.NOTHING:
            return one
        words = (letters_of if is_exact else words_of)(one.entry.link.text)
        place = self._unclaimed(words, is_exact=is_exact) if words else None
        return one if place is None else self._claim(one.entry, place, Found.WORDS)

    def _by_likeness(self, at: int, result: list[Listed]) -> Listed:
        """The likest heading between those of the entries before and after."""
        one = result[at]
        self._comparisons += 1
        if one.found is not Found.NOTHING or self._comparisons > _MOST_COMPARISONS:
            return one
        before = max((other.heading for other in result[:at] if other.heading is not None), default=-1)
        after = min(
            (other.heading for other in result[at + 1 :] if other.heading is not None), default=len(self._headings)
        )
        words, best, likest = words_of(one.entry.link.text), _NEAR, None
        for place in range(before + 1, after):
            self._comparisons += 1
            if place in self._claimed or self._comparisons > _MOST_COMPARISONS:
                continue
            likeness = SequenceMatcher(None, words, words_of(self._headings[place].text), autojunk=False).ratio()
            if likeness >= best:
                best, likest = likeness, place
        return one if likest is None else self._claim(one.entry, likest, Found.NEAR)


def heading_of(chapter: Chapter, one: Listed) -> Heading | None:
    """The heading that an entry means."""
    return None if one.heading is None else chapter.headings[one.heading]
