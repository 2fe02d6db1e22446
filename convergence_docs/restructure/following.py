"""Edits by which a book follows headings whose number, or anchor, has changed: links, their words, mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from convergence_docs.diagnostic import Edit
from convergence_docs.model.book import Book
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.links.target import Target, TargetKind, resolve
from convergence_docs.model.mentions import Mention, mention_after, mentions_in, mentions_of
from convergence_docs.model.nodes import Heading
from convergence_docs.model.numbering import format_chinese, numeral_in
from convergence_docs.parse.numerals import parse_chinese
from convergence_docs.restructure.anchors import anchor_changes, anchors_of
from convergence_docs.text import Span

_OPENING = re.compile(r"[\s*_`~“「（(]*(?:第[ ]?)?")


class Renumbered(NamedTuple):
    """A heading that bears another number now: the old number's values, and both numerals as written."""

    parts: tuple[int, ...]
    old: str
    new: str


class Renewal(NamedTuple):
    """What has changed of a chapter. ``before`` is as it was.

    ``anchors`` leads old anchors to new ones, ``headings`` old anchors to the headings that they led to, where these
    bear another number now; ``titles`` likewise to the heading's words, old and new, where its title is another now.
    """

    before: Chapter
    anchors: Mapping[str, str]
    headings: Mapping[str, Renumbered]
    titles: Mapping[str, tuple[str, str]]


class Unsure(NamedTuple):
    """A mention that may or may not mean a renumbered heading: the ``place``-th of its chapter, from 0."""

    path: str
    place: int


class Following(NamedTuple):
    """Edits by chapter, and the mentions that somebody should look at."""

    edits: Sequence[Edit]
    unsure: Sequence[Unsure]


def renew(before: Chapter, after: Chapter, places: Sequence[int | None]) -> Renewal:
    """What has changed of a chapter whose headings stand at ``places`` now; ``None`` for one that is gone."""
    headings: dict[str, Renumbered] = {}  # those that the site's anchors mean come first
    titles: dict[str, tuple[str, str]] = {}
    for place, heading, anchors in zip(places, before.headings, anchors_of(before), strict=True):
        number = heading.number
        if place is not None and _title(heading) != _title(after.headings[place]):
            titles.update({anchor: (heading.text, after.headings[place].text) for anchor in anchors if anchor})
        if place is None or number is None or (now := after.headings[place].number) is None:
            continue
        if now.parts != number.parts:
            old, new = (numeral_in(one.source.slice(it.span)) for one, it in ((before, number), (after, now)))
            for anchor in filter(None, anchors):
                headings.setdefault(anchor, Renumbered(number.parts, old, new))
    return Renewal(before, anchor_changes(before, after, places), headings, titles)


def _title(heading: Heading) -> str:
    return heading.number.title if heading.number else heading.text


def follow(book: Book, chapters: Mapping[str, Chapter], renewals: Mapping[str, Renewal]) -> Following:
    """The edits that lead every link and mention of a book to where the headings now are.

    ``book`` and ``chapters`` are as the edits will find them: what they link to may already stand elsewhere.
    """
    edits: dict[Edit, None] = {}
    unsure: list[Unsure] = []
    for path, targets in resolve(book).items():
        for target in targets:
            for edit in _link_edits(chapters[path], target, renewals):
                edits[edit] = None
    for path, renewal in renewals.items():
        numbers = _Numbers(renewal)
        for place, mention in enumerate(mentions_of(chapters[path])):
            new = numbers.new(mention)
            if new is None:
                continue
            if new and mention.is_own:
                edits[Edit(path, mention.span, new)] = None
            else:
                unsure.append(Unsure(path, place))
    return Following(tuple(edits), tuple(unsure))


def _link_edits(chapter: Chapter, target: Target, renewals: Mapping[str, Renewal]) -> Iterator[Edit]:
    """The link's fragment; its words, and a number right behind it, where these name a heading that has changed."""
    if target.kind not in (TargetKind.SAME_PAGE, TargetKind.CHAPTER):
        return
    renewal = renewals.get(chapter.path if target.kind is TargetKind.SAME_PAGE else target.path)
    if renewal is None:
        return
    text, link = chapter.source.text, target.link
    fragment = unquote(target.fragment)
    heading = renewal.headings.get(fragment)
    old_words, new_words = renewal.titles.get(fragment, ("", ""))
    if old_words and chapter.source.slice(link.text_span) == old_words:
        yield Edit(chapter.path, link.text_span, new_words)
    elif heading is not None:
        yield from (Edit(chapter.path, span, heading.new) for span in _numbers_in(text, link.text_span, heading.old))
    elif not fragment and renewal.before.path != chapter.path:
        mention = mention_after(text, link.span.end)
        new = _Numbers(renewal).new(mention) if mention else None
        if mention and new:
            yield Edit(chapter.path, mention.span, new)
    if fragment in renewal.anchors:
        written = chapter.source.slice(link.destination_span)
        head, mark, tail = written.partition("#")
        if mark:
            new = renewal.anchors[fragment]
            spelled = quote(new) if "%" in tail else new
            yield Edit(chapter.path, link.destination_span, f"{head}#{spelled}")


def _numbers_in(text: str, span: Span, old: str) -> Iterator[Span]:
    """Where the words of a link to a heading say its number: at their beginning, or as 第七节."""
    opening = _OPENING.match(text, *span)
    start = opening.end() if opening else span.start
    if text.startswith(old, start) and not _goes_on(text, start + len(old), old):
        yield Span(start, start + len(old))
        return
    for mention in mentions_in(text, span):
        if mention.numeral == old:
            yield mention.span


def _goes_on(text: str, offset: int, old: str) -> bool:
    """Whether the numeral is but the beginning of a longer one, or of a word: 七 of 七个."""
    following = text[offset : offset + 2]
    if old[:1].isdecimal():
        return following[:1].isdecimal() or (following[:1] == "." and following[1:].isdecimal())
    return following[:1] not in ("、", "．", ".", "：", ":", "节", "節", "章", " ", ")", "）")


class _Numbers:
    """The numbers of a chapter's headings, old to new."""

    def __init__(self, renewal: Renewal) -> None:
        self._new = {one.parts: one.new for one in renewal.headings.values()}
        bearers: dict[tuple[int, ...], int] = {}
        for heading in renewal.before.headings:
            if heading.number:
                bearers[heading.number.parts] = bearers.get(heading.number.parts, 0) + 1
        self._bearers = bearers

    def new(self, mention: Mention) -> str | None:
        """What to write for a mention: ``""`` where that is not sure, ``None`` where nothing changes."""
        parts = _parts(mention.numeral)
        new = self._new.get(parts)
        if new is None:
            return None
        if self._bearers[parts] > 1:
            return ""
        return _written_like(mention.numeral, new)


def _parts(numeral: str) -> tuple[int, ...]:
    if numeral[:1].isdecimal():
        return tuple(map(int, numeral.split(".")))
    return (parse_chinese(numeral),)


def _written_like(written: str, new: str) -> str:
    """A numeral in the script of another: 8 for 八 where 7 was written for 七."""
    parts = _parts(new)
    if len(parts) > 1 or written[:1].isdecimal() == new[:1].isdecimal():
        return new
    return str(parts[0]) if written[:1].isdecimal() else format_chinese(parts[0])
