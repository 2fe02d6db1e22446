"""Lists that follow a paragraph without a blank line: lists on GitHub, words of the paragraph on the site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.text import Span

_ITEMS = regex(
    r"(?<=[^\n])\n(?P<first> {0,3}(?:(?P<mark>[-*+])|1[.)])[ \t]+\S[^\n]*)"
    r"(?=\n {0,3}(?:(?(mark)(?P=mark)|2[.)]))[ \t]+\S)"
)
"""Two items of one list below a line that is not empty."""
_FARTHEST = 2000
"""Characters above the list in which its paragraph must begin, so that hostile text costs no more than its length."""
_NO_PROSE = regex(
    r"[ \t]*(?:[-*+>|#<:={}$\\%\x02]|\d+[.)][ \t]|!!!|\?\?\?|///|```|~~~|\[\^|\[[^\]]*\]:|\*\[|-->|__+$)|\t| {4}"
)
"""What does not begin a paragraph, or not surely."""


def may_run_in(text: str) -> bool:
    """Whether `run_in_lists` could find any in a chapter of this text."""
    return next(_candidates(text), None) is not None


def run_in_lists(chapter: Chapter) -> Iterator[Span]:
    """The first item of each list that the site takes for words of the paragraph above it."""
    hidden: list[tuple[int, int]] | None = None
    for match in _candidates(chapter.source.text):
        if hidden is None:
            hidden = sorted((*_hidden(chapter),))
            starts = [span[0] for span in hidden]
        at = bisect_right(starts, match.start("first"))
        if not any(end > match.start("first") for _, end in hidden[max(at - 3, 0) : at]):
            first = match["first"]
            start = match.start("first") + len(first) - len(first.lstrip())
            yield Span(start, match.end("first"))


def _candidates(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _ITEMS.finditer(text) if _is_prose(text, match.start()))


def _is_prose(text: str, end: int) -> bool:
    """Whether what ends at ``end``, a line's end, is nothing but a paragraph from its first line on."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if not line.strip() or _NO_PROSE.match(line):
        return False
    start = text.rfind("\n\n", max(end - _FARTHEST, 0), end)
    if start < 0 and end > _FARTHEST:
        return False
    lines = text[start + 2 if start >= 0 else 0 : end].split("\n")
    return not any(_NO_PROSE.match(line) for line in lines if line.strip())


def _hidden(chapter: Chapter) -> Iterator[tuple[int, int]]:
    """Where a line that looks like an item is none, or is one on the site too."""
    yield chapter.front_matter.span.start, chapter.front_matter.span.end
    for pieces in (chapter.fences, chapter.formulas, chapter.comments, chapter.tables, chapter.list_items):
        yield from ((piece.span.start, piece.span.end) for piece in pieces)
    for footnote in chapter.footnotes:
        yield footnote.span.start, footnote.span.end
