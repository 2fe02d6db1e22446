"""Allowances: comments in a chapter that let a finding stand, each with its reason.

``<!-- convergence-docs: allow missing-anchor -- the page is made at build time -->`` at the end of a line covers that
line; alone on its line it covers the block that follows; with ``allow-file`` it covers the file.
"""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.text import Span

DIRECTIVE = "convergence-docs"
VERBS = ("allow", "allow-file")
LAST_LINE = 2**31
"""Past the last line of any file."""

_VERB = regex(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_WORD = regex(r"[^ \t\n,，、;；]+")
_SEPARATORS = ("--", "—", "–", ":", "：")


class Word(NamedTuple):
    """A rule's code or name, as written at ``span``."""

    span: Span
    text: str


class Allowance(NamedTuple):
    """A comment that lets findings stand.

    Attributes:
        span: the comment.
        verb: what it asks for; one of `VERBS`, else it does nothing.
        verb_span: where that is written.
        rules: the codes and names of the rules it speaks of.
        reason: why; empty where none is given.
        first_line: the first line covered, 1-based.
        last_line: the last line covered.
    """

    span: Span
    verb: str
    verb_span: Span
    rules: tuple[Word, ...]
    reason: str
    first_line: int
    last_line: int

    def is_covering(self, line: int) -> bool:
        """Whether ``line`` is among the lines it covers."""
        return self.verb in VERBS and self.first_line <= line <= self.last_line


class Unused(NamedTuple):
    """A rule that an allowance of a chapter names, and that found nothing there."""

    path: str
    allowance: Allowance
    rule: Word


def read_allowances(chapter: Chapter) -> tuple[Allowance, ...]:
    """The allowances of a chapter, in document order."""
    spans = [comment.span for comment in chapter.comments if comment.body.lstrip().startswith(DIRECTIVE)]
    if not spans:
        return ()
    covered = _Coverage(chapter)
    # From the last to the first, so that allowances stacked above one block each know what the next one covers.
    return tuple(_read(chapter.source.text, span, covered.lines(span)) for span in reversed(spans))[::-1]


def _read(text: str, span: Span, lines: tuple[int, int]) -> Allowance:
    end = span.end - 3 if text.endswith("-->", span.start, span.end) else span.end
    at = text.index(DIRECTIVE, span.start) + len(DIRECTIVE)
    at = _skip(text, at, end, " \t\n:：")
    match = _VERB.match(text, at, end)
    verb = Span(at, match.end() if match else at)
    splits = [found for found in (text.find(separator, verb.end, end) for separator in _SEPARATORS) if found >= 0]
    names_end = min(splits, default=end)
    first, last = (1, LAST_LINE) if text[at : verb.end] == "allow-file" else lines
    return Allowance(
        span=span,
        verb=text[at : verb.end],
        verb_span=verb,
        rules=_words(text, verb.end, names_end),
        reason=text[names_end:end].strip("-—–:： \t\n"),
        first_line=first,
        last_line=last,
    )


def _skip(text: str, at: int, end: int, skipped: str) -> int:
    while at < end and text[at] in skipped:
        at += 1
    return at


def _words(text: str, at: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(Span(match.start(), match.end()), match[0]) for match in _WORD.finditer(text, at, end))


class _Coverage:
    """Which lines a comment covers: its own, or those of the next block if it stands alone."""

    def __init__(self, chapter: Chapter) -> None:
        self.source = chapter.source
        position = chapter.source.position
        self.fences = {position(fence.span.start).line: position(fence.span.end - 1).line for fence in chapter.fences}
        self.alone: dict[int, tuple[int, int]] = {}

    def lines(self, span: Span) -> tuple[int, int]:
        """The first and the last line that the comment at ``span`` covers."""
        first, last = self.source.position(span.start), self.source.position(span.end)
        before = self.source.line(first.line)[: first.column - 1]
        after = self.source.line(last.line)[last.column - 1 :]
        if before.strip("> \t") or after.strip():
            return first.line, last.line
        self.alone[first.line] = self._block(last.line + 1)
        return self.alone[first.line]

    def _block(self, line: int) -> tuple[int, int]:
        count = len(self.source.line_starts)
        while line <= count and self._is_blank(line):
            line += 1
        if line in self.alone:
            return self.alone[line]
        end = line
        while end < count and end not in self.fences and not self._is_blank(end + 1):
            end += 1
            if end in self.alone:  # what it covers ends where this block ends
                return line, max(end, self.alone[end][1])
        return line, self.fences.get(end, end)

    def _is_blank(self, line: int) -> bool:
        return not self.source.line(line).strip("> \t")
