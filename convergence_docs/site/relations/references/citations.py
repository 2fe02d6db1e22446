"""The sources that a chapter cites, as it writes them, and where it cites them.

A source stands in a footnote, in an entry of a section for sources (参考文献, References), or behind a link whose
address is defined apart from it. A plain link in running text shows the way to something more often than it proves
anything: it counts only as one more place of a source that is cited somewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from convergence_docs.escapes import unescape
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.site.relations.references.address import (
    Address,
    read_address,
    without_written,
    written_address,
)
from convergence_docs.text import Span

_SOURCES = re.compile(
    r"\w{0,6}(?:参考|引用)(?:文献|资料|书目|链接|阅读|文档|资源|来源)|参考|文献|来源|出处"
    r"|\w{0,6}(?:延伸|扩展|拓展|推荐)阅读"
    r"|(?:\w+ )?references?|bibliography|works cited|(?:further|recommended) reading|sources|literatur|références"
)
_NUMBERING = re.compile(r"\A(?:[\W\d_]|[一二三四五六七八九十百]{1,6}、)+")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_JOINT = re.compile(r"\s*(?:[/、,，&＆]|与|和|及|\band\b)\s*")
_HINT = re.compile(
    r"^[ >]*(?:\[[^\]\n]+\]:"
    r"|\#.*(?:参考|文献|阅读|来源|出处|reference|bibliograph|reading|sources|literat|références|works))",
    re.MULTILINE | re.IGNORECASE,
)

_BARE = re.compile(r"<?https?://(?:[^\s<>\"，。；、（）()\]]|\([^\s<>()]*\))+>?")
_MARKUP = re.compile(
    r"\[\^[^\]\s]{1,80}\]:?|<[^<>]{1,200}>|\*\*|__|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])|`+|\\(?=[!-/:-@\[-`{-~])|\{[:#.][^{}\n]*\}"
)
_ITEM = re.compile(r"\A[ \t>]*(?:[-*+]|\d+[.)、]|\[\d+\])[ \t]+")
_ENTRY = re.compile(
    r"^[ \t>]*(?:[-*+]|\d+[.)、]|\[\d+\])[ \t]+\S.*"
    r"(?:\n(?![ \t>]*(?:[-*+#|]|\d+[.)、]|\[\^?\w+\]|```))[ \t>]*\S.*){0,9}",
    re.MULTILINE,
)
_EMPTY_BRACKETS = re.compile(r"[（(\[]\s*[）)\]]")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORDS = re.compile(r"[^\w]+")
_LONGEST = 400
"""Characters past which a text is no citation but a remark."""


class Place(NamedTuple):
    """Where a source is cited: the anchor, and the heading of the section, empty before the first."""

    anchor: str
    heading: str


class Citation(NamedTuple):
    """A source as a chapter cites it.

    Attributes:
        key: what it has in common with other citations of the same source.
        text: as the chapter writes it, without markup and addresses.
        addresses: where it leads, the stable one first; empty where the chapter gives none.
        places: each section that cites it, once, in order.
    """

    key: str
    text: str
    addresses: tuple[Address, ...]
    places: tuple[Place, ...]


class Reading(NamedTuple):
    """What a chapter cites, and the places of its plain links by the keys of where these lead."""

    citations: tuple[Citation, ...]
    mentions: tuple[tuple[str, Place], ...]


def may_cite(text: str) -> bool:
    """Whether a chapter's text may hold a citation; quick, and never wrong where it says no."""
    return _HINT.search(text) is not None


def is_for_sources(heading: str) -> bool:
    """Whether a section of this name is one for sources: 十一、参考文献, 延伸阅读与参考文献, References."""
    plain = _BRACKET.sub("", _NUMBERING.sub("", heading)).strip(" :：*").casefold()
    return any(_SOURCES.fullmatch(part) for part in _JOINT.split(plain))


def read_citations(chapter: Chapter) -> Reading:
    """The citations of a chapter, in its order."""
    return _Reader(chapter).read()


class _Reader:
    """Reads one chapter."""

    def __init__(self, chapter: Chapter) -> None:
        self.text = chapter.source.text
        self.chapter = chapter
        self.anchors = frozenset(anchor.id for anchor in chapter.anchors)
        self.headings = [one for one in chapter.headings if one.site_id]
        self.starts = [one.span.start for one in self.headings]
        self.link_starts = [link.span.start for link in chapter.links]
        self.sources = _source_spans(chapter)
        self.links = [link for link in chapter.links if not link.is_image and read_address(link.destination)]
        self.taken: set[int] = set()

    def read(self) -> Reading:
        """Footnotes first, then entries, then defined addresses; a link counts once."""
        found = (*self._footnotes(), *self._entries(), *self._defined())
        toc = self.chapter.toc.span if self.chapter.toc else Span(0, 0)
        mentions = []
        for link in self.links:
            if link.span.start not in self.taken and not toc.start <= link.span.start < toc.end:
                address = read_address(link.destination)
                assert address is not None
                mentions.append((address.key, self._place(link.span.start)))
        return Reading(tuple(_united(found)), tuple(dict.fromkeys(mentions)))

    def _footnotes(self) -> Iterator[Citation]:
        uses: dict[str, list[Place]] = {}
        inside = [one.span for one in self.chapter.footnotes if one.span.end > one.span.start]
        starts = [span.start for span in inside]
        for reference in self.chapter.footnote_references:
            before = bisect_right(starts, reference.span.start) - 1
            if before < 0 or inside[before].end <= reference.span.start:
                seen = uses.setdefault(reference.label, [])
                seen.append(self._place(reference.span.start, _footnote_anchor(reference.label, len(seen) + 1)))
        for footnote in self.chapter.footnotes:
            places = uses.get(footnote.label) or [self._place(footnote.span.start, f"fn:{footnote.label}")]
            yield from self._citation(footnote.span, places, in_sources=self._is_in_sources(footnote.span.start))

    def _entries(self) -> Iterator[Citation]:
        """Entries of lists, which are read from the lines: a quick parse has no list items. Then links beside them."""
        footnotes, fences = self.chapter.footnotes, self.chapter.fences
        opaque = sorted([*(one.span for one in footnotes), *(one.span for one in fences)])
        starts = [span.start for span in opaque]
        for section in self.sources:
            for match in _ENTRY.finditer(self.text, section.start, section.end):
                before = bisect_right(starts, match.start()) - 1
                if before < 0 or opaque[before].end <= match.start():
                    yield from self._citation(Span(*match.span()), [self._place(match.start())], in_sources=True)
        for link in self.links:
            if link.span.start not in self.taken and self._is_in_sources(link.span.start):
                yield from self._of_link(link)

    def _defined(self) -> Iterator[Citation]:
        for link in self.links:
            if link.kind is LinkKind.REFERENCE and link.span.start not in self.taken:
                yield from self._of_link(link)

    def _of_link(self, link: Link) -> Iterator[Citation]:
        address = read_address(link.destination)
        if address is not None:
            self.taken.add(link.span.start)
            text = link.title or (link.text if link.text != link.destination else "")
            yield Citation(address.key, text or address.label, (address,), (self._place(link.span.start),))

    def _citation(self, span: Span, places: list[Place], *, in_sources: bool) -> Iterator[Citation]:
        """The citation that a footnote or an entry is; none where it names no source."""
        first = bisect_left(self.link_starts, span.start)
        links = self.chapter.links[first : bisect_left(self.link_starts, span.end)]
        text = self._visible(span, links)
        addresses = [one for link in links if not link.is_image and (one := read_address(link.destination))]
        raw = self.text[span.start : span.end]
        if not links:
            addresses += [one for match in _BARE.finditer(raw) if (one := read_address(match[0].strip("<>.,;")))]
        if not addresses and (written := written_address(text)):
            addresses.append(written)
        if not addresses and (links or not in_sources or not _YEAR.search(text)):
            return
        if len(text) > _LONGEST and not any(one.is_identifier for one in addresses):
            return
        self.taken.update(link.span.start for link in links)
        addresses.sort(key=lambda one: not one.is_identifier)
        unique = tuple({one.key: one for one in addresses}.values())
        text = without_written(text, unique[0]) if unique else text
        key = unique[0].key if unique else "text:" + _WORDS.sub("", text.casefold())
        yield Citation(key, text or unique[0].label, unique, tuple(dict.fromkeys(places)))

    def _visible(self, span: Span, links: Iterable[Link]) -> str:
        """What a reader sees of a stretch, without addresses."""
        parts, at = [], span.start
        for link in links:
            if link.span.start >= at:
                is_address = link.text.strip() == link.destination or read_address(link.text) is not None
                parts += [self._plain(at, link.span.start), "" if is_address or link.is_image else link.text]
                at = link.span.end
        parts.append(self._plain(at, span.end))
        joined = _EMPTY_BRACKETS.sub("", _ITEM.sub("", "".join(parts)))
        return " ".join(joined.split()).strip(" :：-–—")

    def _plain(self, start: int, end: int) -> str:
        return unescape(_MARKUP.sub("", _BARE.sub("", self.text[start:end])))

    def _is_in_sources(self, offset: int) -> bool:
        at = bisect_right([span.start for span in self.sources], offset) - 1
        return at >= 0 and offset < self.sources[at].end

    def _place(self, offset: int, anchor: str = "") -> Place:
        at = bisect_right(self.starts, offset) - 1
        heading = self.headings[at] if at >= 0 else None
        name = heading.text if heading and heading.level > 1 else ""
        known = anchor if anchor in self.anchors else ""
        return Place(known or (heading.site_id if heading else ""), name)


def _source_spans(chapter: Chapter) -> list[Span]:
    """The sections for sources, those within them included."""
    found: list[Span] = []
    end = len(chapter.source.text)
    for at, heading in enumerate(chapter.headings):
        start = heading.span.end
        if heading.level == 1 or (found and start < found[-1].end) or not is_for_sources(heading.text):
            continue
        later = (other.span.start for other in chapter.headings[at + 1 :] if other.level <= heading.level)
        found.append(Span(start, next(later, end)))
    return found


def _footnote_anchor(label: str, time: int) -> str:
    """The id that Python-Markdown gives to a footnote's use, the first without a number."""
    return f"fnref{time if time > 1 else ''}:{label}"


def _united(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Citations of one source in one chapter as one: the longest text, all places, a section once."""
    by_key: dict[str, list[Citation]] = {}
    for citation in citations:
        by_key.setdefault(citation.key, []).append(citation)
    for key, same in by_key.items():
        text = max((one.text for one in same), key=len)
        addresses = {address.key: address for one in same for address in one.addresses}
        places: dict[str, Place] = {}
        for place in (place for one in same for place in one.places):
            places.setdefault(place.heading, place)
        yield Citation(key, text, tuple(addresses.values()), tuple(places.values()))
