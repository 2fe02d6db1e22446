"""A stretch of a chapter as a reader sees it, with the way back to where each character stands.

Formulas are told by their marks, and not taken from the parser: most chapters are read without them, and where a
dialect knows none, what stands between two dollar signs is no statement either.

Code, formulas and images become one sign that is no word, so that what stands around them does not grow together;
marks of bold words, destinations of links, comments, footnote references, tags and struck words vanish.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from convergence_docs.escapes import unescape
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import LinkKind
from convergence_docs.regex import regex
from convergence_docs.text import Span

HOLE = "\ufffc"
"""Stands for what is no text (Unicode's object replacement character)."""

_MARKUP = regex(r"[*`\[\]\\{$]|<[A-Za-z!/]|&[A-Za-z#]|~~|__|://")
_PIECES = regex(
    r"(?P<formula>(?<!\\)\$\$?(?![\s$])[^$\n]{1,400}(?<!\s)\$\$?(?!\d)|\\\([^\n]{1,400}?\\\))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<struck>~~(?=\S)[^~\n]{1,200}~~|<(?P<tag>del|s|code|kbd|script|style)\b[^<>]{0,200}>[^<>]{0,400}</(?P=tag)>)"
    r"|(?P<break><[bB][rR] ?/?>)"
    r"|(?P<html></?[A-Za-z][^<>]{0,400}>)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|\#[0-9]{1,7});)"
    r"|(?P<address>[a-z]{2,8}://[^\s|<>()（），。]{1,2000})"
    r"|(?P<attributes>\{[:.\#][^{}\n]{0,200}\})"
    r"|(?P<marks>\*{1,3}|__)"
)
_DIGITS = frozenset("0123456789")
_AUTOLINKS = (LinkKind.AUTOLINK, LinkKind.IMAGE, LinkKind.REFERENCE_IMAGE, LinkKind.HTML_IMAGE)


class Words(NamedTuple):
    """What a reader sees of a stretch of text. ``places`` holds each character's own place, or is empty where the text
    stands as it is written, from ``start`` on."""

    text: str
    start: int
    places: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Where the characters from ``start`` to ``end`` stand."""
        if not self.places:
            return Span(self.start + start, self.start + end)
        if start >= end:
            at = self.places[start].start if start < len(self.places) else self.start
            return Span(at, at)
        return Span(self.places[start].start, self.places[end - 1].end)


class _Cut(NamedTuple):
    start: int
    end: int
    shown: str


class Glass:
    """Shows a chapter's text without its markup."""

    def __init__(self, chapter: Chapter) -> None:
        self.text = chapter.source.text
        self._chapter = chapter
        self._hidden: list[_Cut] | None = None

    def words(self, start: int, end: int) -> Words:
        """What a reader sees of the characters from ``start`` to ``end``."""
        written = self.text[start:end]
        if not _MARKUP.search(written):
            return Words(written, start)
        return _shown(self.text, start, end, self._cuts(start, end))

    def _cuts(self, start: int, end: int) -> list[_Cut]:
        if self._hidden is None:
            self._hidden = sorted(_hidden(self._chapter))
        cuts = list(_within(self._hidden, start, end))
        cuts += _code(self.text, start, end)
        for match in _PIECES.finditer(self.text, start, end):
            shown = _seen(match, self.text)
            if shown is not None:
                cuts.append(_Cut(match.start(), match.end(), shown))
        cuts.sort(key=lambda cut: (cut.start, -cut.end))
        return cuts


def _within(cuts: Sequence[_Cut], start: int, end: int) -> Iterator[_Cut]:
    at = bisect_left(cuts, (start,))
    while at < len(cuts) and cuts[at].start < end:
        if cuts[at].end <= end:
            yield cuts[at]
        at += 1


def _hidden(chapter: Chapter) -> Iterator[_Cut]:
    """What the parser knows not to be text; of a link, what stands before and after its words."""
    for link in chapter.links:
        if link.kind in _AUTOLINKS or link.text_span.start >= link.text_span.end:
            yield _Cut(*link.span, HOLE)
        else:
            yield _Cut(link.span.start, link.text_span.start, "")
            yield _Cut(link.text_span.end, link.span.end, "")
    for comment in chapter.comments:
        yield _Cut(*comment.span, "")
    for reference in chapter.footnote_references:
        yield _Cut(*reference.span, "")


def _seen(match: re.Match[str], text: str) -> str | None:
    """What is seen in place of a piece of markup; ``None`` where it is none after all."""
    kind = match.lastgroup
    if kind == "escape":
        return match[0][1]
    if kind == "break":
        return " "
    if kind == "entity":
        seen = unescape(match[0])
        return " " if seen == "\xa0" else seen if len(seen) == 1 else None
    if kind in ("struck", "address", "formula"):
        return HOLE if not match[0].startswith("~~") else ""
    if kind == "marks":
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        # 2*45 is a product, and so is "2 * 45": with the sign gone it would be another number.
        is_sum = (before in _DIGITS and after in _DIGITS) or (before.isspace() and after.isspace())
        return None if is_sum else ""
    return ""


def _code(text: str, start: int, end: int) -> list[_Cut]:
    """Code spans, each closed by a run of as many backticks as opened it."""
    if text.find("`", start, end) < 0:
        return []
    runs = [match.span() for match in re.compile("`+").finditer(text, start, end)]
    later: dict[int, list[int]] = {}
    for at in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[at][1] - runs[at][0], []).append(at)
    cuts, at = [], 0
    while at < len(runs):
        closers = later[runs[at][1] - runs[at][0]]
        while closers and closers[-1] <= at:
            closers.pop()
        if closers:
            cuts.append(_Cut(runs[at][0], runs[closers[-1]][1], HOLE))
            at = closers[-1]
        at += 1
    return cuts


def _shown(text: str, start: int, end: int, cuts: Sequence[_Cut]) -> Words:
    pieces: list[str] = []
    places: list[Span] = []
    at = start
    for cut in cuts:
        if cut.start < at:
            continue
        pieces.append(text[at : cut.start])
        places += [Span(i, i + 1) for i in range(at, cut.start)]
        pieces.append(cut.shown)
        if cut.shown:
            places.append(Span(cut.start, cut.end))
        at = cut.end
    pieces.append(text[at:end])
    places += [Span(i, i + 1) for i in range(at, end)]
    return Words("".join(pieces), start, tuple(places))
