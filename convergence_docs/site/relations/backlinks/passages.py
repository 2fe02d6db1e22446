"""Where in a chapter a link stands: its section, and the sentence, table row or list item around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading, Link, Table
from convergence_docs.parse.inline import Context, Inline, Mark, MarkKind, scan_inline
from convergence_docs.parse.visible import visible_text
from convergence_docs.site.relations.backlinks.sentence import (
    Passage,
    is_waymark,
    is_wide,
    sentence_around,
    telling_words,
)
from convergence_docs.text import Span

_BETWEEN_CELLS = " · "
_OPENING = re.compile(r"\s*(?:>\s*)*(?:(?:[*+-]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\[\^[^\]\n]*\]:\s*|:\s+)?")
"""What opens a block and is no part of its words: quote, list and task marks, a footnote's label."""
_MARGIN = re.compile(r"\n[ \t]*(?:>[ \t]?)*")
_ALONE = re.compile(r"[ \t>]*(?:\n|\Z|#{1,6} |```|~~~|!!!|\?\?\?|===|///|\|)")
"""A line that is no part of a paragraph."""
_OPENS = re.compile(r"[ \t>]*(?:(?:[*+-]|\d+[.)])[ \t]|\[\^[^\]\n]*\]:)")
"""A line that begins a block of its own."""
_FORMULA = re.compile(r"\${1,2}([^$]{1,500})\${1,2}|\\\((.{1,500}?)\\\)")
_LINKS = (MarkKind.LINK, MarkKind.REFERENCE, MarkKind.AUTOLINK)
_HTML_LINK = re.compile(r"<a[\s>](?:(?!<a[\s>]).)*?</a>", re.IGNORECASE | re.DOTALL)
_REACH = 600
"""Characters of Markdown on either side of a link that are read: a sentence has many fewer."""


class Mention(NamedTuple):
    """A link in its chapter: the section in which it stands (empty before the first), and what is said there.

    ``nth`` counts, from 0, the chapter's links with the same words to the same chapter.
    """

    anchor: str
    heading: str
    passage: Passage
    words: str = ""
    nth: int = 0


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


Piece = TypeVar("Piece", bound=_Spanned)


class Surroundings:
    """A chapter, to be asked about its links."""

    def __init__(self, chapter: Chapter) -> None:
        self.text = chapter.source.text
        self.headings = chapter.headings
        self.tables = chapter.tables
        self.items = chapter.list_items
        definitions = {" ".join(one.label.split()).lower(): one for one in chapter.definitions}
        self.context = Context(definitions, frozenset(note.label for note in chapter.footnotes))
        self.words: dict[Span, _Words] = {}
        self.paragraph = Span(0, 0)

    def mention(self, link: Link) -> Mention | None:
        """What a chapter says where it links; ``None`` where it only shows the way."""
        passage = self._passage(link)
        if passage is None:
            return None
        heading = _last(self.headings, link.span.start)
        while heading is not None and not heading.site_id:
            heading = _last(self.headings, heading.span.start - 1)
        section = (heading.site_id, heading.text) if heading else ("", "")
        return Mention(*section, passage, link.text)

    def _passage(self, link: Link) -> Passage | None:
        heading, table = _around(self.headings, link), _around(self.tables, link)
        if heading is not None:
            return self._in_block(link, heading.text_span)
        if table is not None:
            return self._in_table(link, table)
        item = _around(self.items, link)
        if item is not None:
            return self._in_block(link, item.span)
        if not _holds(self.paragraph, link):
            self.paragraph = self._paragraph_around(link.span)
        return self._in_block(link, self.paragraph)

    def _paragraph_around(self, span: Span) -> Span:
        start = self.text.rfind("\n", 0, span.start) + 1
        while start and not _OPENS.match(self.text, start) and not _ends_line(self.text, start - 1):
            above = self.text.rfind("\n", 0, start - 1) + 1
            if _ALONE.match(self.text, above):
                break
            start = above
        end = self.text.find("\n", span.end)
        while end >= 0 and not _ends_line(self.text, end):
            if _ALONE.match(self.text, end + 1) or _OPENS.match(self.text, end + 1):
                break
            end = self.text.find("\n", end + 1)
        return Span(start, end if end >= 0 else len(self.text))

    def _words(self, span: Span) -> _Words:
        """The words of a block, read once however many links it holds."""
        words = self.words.get(span)
        if words is None:
            words = self.words[span] = _Words(self.text, span, self.context)
        return words

    def _in_block(self, link: Link, span: Span) -> Passage | None:
        words = self._words(span)
        if is_waymark(words.telling, link.text):
            return None
        return sentence_around(*words.around(link))

    def _in_table(self, link: Link, table: Table) -> Passage | None:
        row = table.header if _holds(table.header.span, link) else _around(table.rows, link)
        at = next((at for at, cell in enumerate(row.cells) if _holds(cell.span, link)), -1) if row else -1
        if row is None or at < 0:
            return None
        if is_waymark((word for cell in row.cells for word in self._words(cell.span).telling), link.text):
            return None
        passage = sentence_around(*self._words(row.cells[at].span).around(link))
        if at:
            return passage._replace(before=f"{row.cells[0].text}{_BETWEEN_CELLS}{passage.before}")
        others = (cell.text for cell in row.cells[1:])
        return passage._replace(after=passage.after + "".join(f"{_BETWEEN_CELLS}{text}" for text in others if text))


class _Words:
    """A block as its reader sees it, cut at its links."""

    def __init__(self, text: str, span: Span, context: Context) -> None:
        opening = _OPENING.match(text, span.start, span.end)
        self.start = opening.end() if opening else span.start
        # Of the same length, so that every place stays where it is.
        self.block = _MARGIN.sub(lambda match: " " * len(match[0]), text[self.start : span.end])
        self.marks = sorted(scan_inline(self.block, context).marks, key=_start)
        self.context = context

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """What the block says beside its links, ways to go aside."""
        spans = [(mark.start, mark.end) for mark in self.marks if mark.kind in _LINKS]
        spans += [match.span() for match in _HTML_LINK.finditer(self.block)]
        parts, at = [], 0
        for start, end in sorted(spans):
            if start >= at:
                parts += [self.block[at:start], " " * (end - start)]
                at = end
        left = "".join((*parts, self.block[at:]))
        return telling_words(visible_text(left, scan_inline(left, self.context)))

    def around(self, link: Link) -> tuple[str, str, str]:
        """What stands before a link, the link's words, what stands after it."""
        start, end = link.span.start - self.start, link.span.end - self.start
        closing = self.block.find("</a>", end)
        if self.block.startswith("<a", start) and closing >= 0 and "</a>" not in self.block[start:end]:
            end = closing + len("</a>")
        words = link.text or self._seen(start, end)
        before, after = self._seen(start - _REACH, start), self._seen(end, end + _REACH)
        if before and words and self.block[:start][-1:].isspace() and not (is_wide(before[-1]) and is_wide(words[0])):
            before += " "
        if after and words and self.block[end : end + 1].isspace() and not (is_wide(words[-1]) and is_wide(after[0])):
            after = f" {after}"
        return before, words, after

    def _seen(self, start: int, end: int) -> str:
        start, end = max(start, 0), min(end, len(self.block))
        first, last = (bisect_left(self.marks, offset, key=_start) for offset in (start, end))
        shown = visible_text(self.block, Inline(marks=self.marks[first:last]), start, end)
        return _FORMULA.sub(lambda match: (match[1] or match[2]).strip(), shown)


def _start(mark: Mark) -> int:
    return mark.start


def _holds(span: Span, link: Link) -> bool:
    return span.start <= link.span.start < span.end


def _last(headings: Sequence[Heading], offset: int) -> Heading | None:
    at = bisect_right(headings, offset, key=lambda heading: heading.span.start) - 1
    return headings[at] if at >= 0 else None


def _around(pieces: Sequence[Piece], link: Link) -> Piece | None:
    """The piece that holds a link; of several, the one that begins last."""
    at = bisect_right(pieces, link.span.start, key=lambda piece: piece.span.start) - 1
    return pieces[at] if at >= 0 and link.span.start < pieces[at].span.end else None


def _ends_line(text: str, at: int) -> bool:
    """Whether the line break at an offset is one on the page too."""
    return text.endswith(("  ", "\\"), 0, at)
