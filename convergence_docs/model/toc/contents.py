"""What a hand-written table of contents lists: its entries, each with the heading that it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.escapes import unquote
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.inclusion import is_taking_in_text
from convergence_docs.model.links.likeness import letters_of
from convergence_docs.model.nodes import AnchorOrigin, Heading, TocEntry
from convergence_docs.regex import regex
from convergence_docs.slug import HyphenIds, github_slug

_NUMBER = regex(
    r"\s*(?:第?\s?([一二三四五六七八九十]+|[0-9]+(?:\.[0-9]+)*)\s?[章节]?[、.．：:\s]|[（(]([一二三四五六七八九十]+)[）)])\s*"
)
_HEADING_LINE = regex(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.M)
_SUFFIX = regex(r"-\d+\Z")
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


STALE = frozenset({Found.WORDS, Found.NEAR, Found.TWIN, Found.NOTHING})
"""How the headings of stale entries are found, or not."""
_MANY = 5


class Contents(NamedTuple):
    """A table of contents, matched with the chapter. ``is_headed`` tells that a heading such as 目录 names it so."""

    listed: tuple[Listed, ...]
    is_headed: bool = True

    @property
    def is_outdated(self) -> bool:
        """Whether the table as a whole is stale: more than half of its entries are, and more than a few."""
        stale = sum(one.found in STALE for one in self.listed)
        return stale > _MANY and 2 * stale > len(self.listed)

    @property
    def headings(self) -> frozenset[int]:
        """The places of all headings that an entry means."""
        return frozenset(one.heading for one in self.listed if one.heading is not None)


_latest: tuple[Chapter | None, bool, Contents] = (None, False, Contents(()))


def contents_of(chapter: Chapter, doubts: Collection[str] = ()) -> Contents:
    """The chapter's table of contents; empty where it has none.

    Args:
        chapter: the chapter.
        doubts: what cannot be certain. With ``"dialect"`` among them no site is known, and an entry is right too where
            it works on GitHub.
    """
    global _latest
    if chapter.toc is None:
        return Contents(())
    is_folder = "dialect" in doubts
    chapter_then, was_folder, contents = _latest
    if chapter_then is not chapter or was_folder is not is_folder:
        listed = tuple(_Matcher(chapter, is_folder).match(chapter.toc.entries))
        contents = Contents(listed, chapter.toc.heading is not None)
        _latest = (chapter, is_folder, contents)
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

    def __init__(self, chapter: Chapter, is_folder: bool) -> None:
        self._chapter = chapter
        self._is_folder = is_folder
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
            result = [self._by_text(one) for one in self._by_github(result)]
            for place in range(len(result)):
                result[place] = self._by_words(place, result)
            if any(one.found is Found.NOTHING for one in result) and is_taking_in_text(self._chapter):
                # The heading may come with the text that the build puts in.
                unknown = Found.ELSEWHERE
                result = [one._replace(found=unknown) if one.found is Found.NOTHING else one for one in result]
            for place in range(len(result)):
                result[place] = self._by_likeness(place, result)
        yield from result

    def _claim(self, entry: TocEntry, heading: int, found: Found) -> Listed:
        self._claimed.add(heading)
        return Listed(entry, heading, found)

    def _by_anchor(self, entry: TocEntry) -> Listed:
        fragment = entry.link.destination[1:]
        if "%" in fragment:
            fragment = unquote(fragment)
        place = self._by_id.get(fragment)
        if place is None:
            if fragment not in self._others:
                return Listed(entry, None, Found.NOTHING)
            place = self._heading_at(self._others[fragment])
            return Listed(entry, None, Found.ELSEWHERE) if place is None else self._claim(entry, place, Found.ANCHOR)
        if place not in self._claimed:
            return self._claim(entry, place, Found.ANCHOR)
        later = self._unclaimed(letters_of(self._headings[place].text))
        return Listed(entry, place, Found.AGAIN) if later is None else self._claim(entry, later, Found.TWIN)

    def _unclaimed(self, text: str) -> int | None:
        """The first heading with this text, its number included, that no entry has claimed."""
        if self._texts is None:
            self._texts = self._index(letters_of)
        places = self._texts.get(text)
        while places and places[0] in self._claimed:
            places.popleft()
        return places[0] if places else None

    def _index(self, read: Callable[[str], str]) -> dict[str, deque[int]]:
        index: dict[str, deque[int]] = {}
        for place, heading in enumerate(self._headings):
            index.setdefault(read(heading.text), deque()).append(place)
        return index

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
        text = self._chapter.source.text
        for at, heading in enumerate(self._headings):  # GitHub keeps runs of blanks: another hyphen each
            places.setdefault(github_slug(self._chapter.source.slice(heading.text_span)), at)
        # GitHub may see a heading where the site sees none (after a fence whose header the site does not know).
        lines = (
            {github_slug(line.rstrip(" \t#")) for line in _HEADING_LINE.findall(text)}
            if self._is_folder
            else frozenset[str]()
        )
        return [self._on_github_alone(one, places, lines) if one.found is Found.NOTHING else one for one in result]

    def _on_github_alone(self, one: Listed, places: Mapping[str, int], lines: Set[str]) -> Listed:
        fragment = unquote(one.entry.link.destination[1:])
        place = places.get(fragment)
        if place is not None and place not in self._claimed:
            return self._claim(one.entry, place, Found.ANCHOR if self._is_folder else Found.GITHUB)
        if fragment in lines or _SUFFIX.sub("", fragment) in lines:
            return Listed(one.entry, None, Found.ELSEWHERE)
        return one

    def _on_github(self, heading: Heading) -> str:
        """A heading's words with its attribute list, which GitHub shows as text."""
        if not heading.has_explicit_id:
            return heading.text
        attributes = self._chapter.source.text[heading.text_span.end : heading.span.end]
        return heading.text + attributes.rstrip("\n #")

    def _by_text(self, one: Listed) -> Listed:
        if one.found is not Found.NOTHING:
            return one
        text = letters_of(one.entry.link.text)
        place = self._unclaimed(text) if text else None
        return one if place is None else self._claim(one.entry, place, Found.WORDS)

    def _by_words(self, at: int, result: list[Listed]) -> Listed:
        """The only heading with the entry's words, whatever its number; of several, one between the neighbours'."""
        one = result[at]
        words = words_of(one.entry.link.text) if one.found is Found.NOTHING else ""
        if not words or self._comparisons > _MOST_COMPARISONS:
            return one
        if self._words is None:
            self._words = self._index(words_of)
        places = [place for place in self._words.get(words, ()) if place not in self._claimed]
        self._comparisons += len(places) > 1
        if len(places) > 1:
            before, after = self._window(at, result)
            places = [place for place in places if before < place < after]
        return self._claim(one.entry, places[0], Found.WORDS) if places else one

    def _by_likeness(self, at: int, result: list[Listed]) -> Listed:
        """The likest heading between those of the entries before and after."""
        one = result[at]
        if one.found is not Found.NOTHING or self._comparisons > _MOST_COMPARISONS:
            return one
        self._comparisons += 1
        before, after = self._window(at, result)
        words, best, likest = words_of(one.entry.link.text), _NEAR, None
        for place in range(before + 1, after):
            if place in self._claimed:
                continue
            self._comparisons += 1
            if self._comparisons > _MOST_COMPARISONS:
                break
            from difflib import SequenceMatcher  # most contents name their headings as they are

            likeness = SequenceMatcher(None, words, words_of(self._headings[place].text), autojunk=False).ratio()
            if likeness >= best:
                best, likest = likeness, place
        return one if likest is None else self._claim(one.entry, likest, Found.NEAR)

    def _window(self, at: int, result: list[Listed]) -> tuple[int, int]:
        """The places of the headings that the nearest entries before and after have found."""
        before = next((one.heading for one in reversed(result[:at]) if one.heading is not None), -1)
        after = next((one.heading for one in result[at + 1 :] if one.heading is not None), len(self._headings))
        return before, after
