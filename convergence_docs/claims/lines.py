"""Running text of a chapter by lines: which of them are text at all, and which belong to a list.

Code, tables, headings, comments, quotations, footnotes, definitions, HTML blocks, the front matter and the table of
contents are passed over: what stands there is no statement of the chapter's own, or is read elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.text import Span

MARKER = regex(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_BREAKS = regex(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}|[|>`~]|$|!!!|\?\?\?|===|:::|///|\[\^|</?[A-Za-z])")
_OTHER = regex(r"[ \t]*(?:>|#|\||\[\^[^\]\n]*\]:|\[[^\]\n]+\]:[ \t]|</?[A-Za-z!]|:[ \t])")
_CONTAINER = regex(r"(?:!!!|\?\?\?\+?|===[!+]?|///)[ \t]")
_OPENING = regex(r"<(table|pre|script|style|textarea|svg|blockquote)\b", re.IGNORECASE)
_MOST_LINES = 200
_CODE_INDENT = 4


class Line(NamedTuple):
    """A line of text, or the first of an item, with those that go on with it. ``body`` is where its words begin, after
    the marker; ``indent`` counts the columns before it."""

    start: int
    body: int
    end: int
    indent: int
    is_item: bool
    is_wrapped: bool


class Lines:
    """The lines of a chapter."""

    def __init__(self, chapter: Chapter) -> None:
        self._text = chapter.source.text
        self._passed = _passed(chapter)
        self._starts = [span.start for span in self._passed]
        self._nested: dict[int, bool] = {}

    def at(self, offset: int) -> Line | None:
        """The line at ``offset``, from where its paragraph or item begins on; ``None`` where it is no text."""
        text = self._text
        start = text.rfind("\n", 0, offset) + 1
        if self._is_passed(offset) or self._is_passed(start):
            return None
        for _ in range(_MOST_LINES):
            if MARKER.match(text, start) or not start:
                break
            before = text.rfind("\n", 0, start - 1) + 1
            if _BREAKS.match(text[before : start - 1]) and not MARKER.match(text, before):
                break
            if self._is_passed(before):
                break
            start = before
        return self._line(start)

    def _line(self, start: int) -> Line | None:
        text = self._text
        if self._is_passed(start) or _OTHER.match(text, start):
            return None
        marker = MARKER.match(text, start)
        first = end = _line_end(text, start)
        for _ in range(_MOST_LINES):
            following = end + 1
            if following >= len(text) or self._is_passed(following):
                break
            after = _line_end(text, following)
            if _BREAKS.match(text[following:after]):
                break
            end = after
        body = marker.end() if marker else start
        indent = _columns(text[start : _first_word(text, start)])
        line = Line(start, body, end, indent, marker is not None, end != first)
        return None if indent >= _CODE_INDENT and not self._is_nested(line) else line

    def _is_nested(self, line: Line) -> bool:
        """Whether an indented line belongs to a list or a block above, and is no code."""
        is_nested = False
        for above in self.above(line.start):
            if above.indent < _CODE_INDENT:
                is_nested = above.is_item or _CONTAINER.match(self._text, above.start) is not None
                break
            if above.start in self._nested:
                is_nested = self._nested[above.start]
                break
        self._nested[line.start] = is_nested
        return is_nested

    def above(self, offset: int) -> Iterator[Line]:
        """The lines above the line at ``offset``, each by itself, blank ones left out; to the first that is no text."""
        text = self._text
        end = text.rfind("\n", 0, offset)
        for _ in range(_MOST_LINES):
            if end < 0:
                return
            start = text.rfind("\n", 0, end) + 1
            if self._is_passed(start) or self._is_passed(max(start, end - 1)):
                return
            if text[start:end].strip():
                marker = MARKER.match(text, start)
                indent = _columns(text[start : _first_word(text, start)])
                yield Line(start, min(marker.end(), end) if marker else start, end, indent, marker is not None, False)
            end = start - 1

    def _is_passed(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._passed[at].end


def _passed(chapter: Chapter) -> list[Span]:
    """The stretches that are no running text, merged and in order."""
    spans = [chapter.front_matter.span]
    for nodes in (chapter.fences, chapter.tables, chapter.headings, chapter.comments, chapter.definitions):
        spans += [node.span for node in nodes]
    spans += [note.span for note in chapter.footnotes]
    spans += _displays(chapter.source.text)
    if chapter.toc is not None:
        spans.append(chapter.toc.span)
    if "<" in chapter.source.text:
        spans += _elements(chapter.source.text)
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _elements(text: str) -> Iterator[Span]:
    """HTML elements that hold no statements, to their end tags; one that is never closed ends with its paragraph."""
    at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, at):
        name = opening[1].lower()
        closing = None if name in unclosed else re.compile(f"</{name}", re.IGNORECASE).search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            end = text.find("\n\n", opening.end())
            at = len(text) if end < 0 else end
        else:
            at = closing.end()
        yield Span(opening.start(), at)


def line_around(text: str, offset: int) -> tuple[int, int]:
    """Where the line at ``offset`` begins and ends."""
    return text.rfind("\n", 0, offset) + 1, _line_end(text, offset)


def _displays(text: str) -> Iterator[Span]:
    """Display formulas, ``$$`` to ``$$`` and ``\\[`` to ``\\]`` at the beginning of a line; unclosed ones are none."""
    for opening, closing in (("$$", "$$"), ("\n\\[", "\\]")):
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at + len(opening))
            if end < 0:
                break
            yield Span(at, end + len(closing))
            at = text.find(opening, end + len(closing))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _first_word(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t":
        start += 1
    return start


def _columns(blank: str) -> int:
    return len(blank.expandtabs(4))
