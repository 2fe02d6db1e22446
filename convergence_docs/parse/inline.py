"""Inline Markdown of one leaf, found in the order in which the site's patterns claim it.

Each pass finds one construct and blanks it to placeholders of the same length, so that no later pass sees inside:
code before formulas before escapes before references before links, and so on. The text of a link is read by the
passes after the one that found it, never by those before. Passes run only where their first character occurs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from convergence_docs.model.nodes import Definition
from convergence_docs.parse.code import code_spans, formulas
from convergence_docs.parse.emphasis import emphasis_marks
from convergence_docs.parse.fences import CODE
from convergence_docs.parse.links import Brackets, read_destination
from convergence_docs.regex import regex

ESCAPED = "\x04"
"""Stands for an escaped character."""


class MarkKind(IntEnum):
    """What a mark is."""

    CODE = 0
    MATH = 1
    ESCAPE = 2
    FOOTNOTE = 3
    REFERENCE = 4
    LINK = 5
    IMAGE = 6
    REFERENCE_IMAGE = 7
    AUTOLINK = 8
    MAIL = 9
    HTML = 10
    EMPHASIS = 11
    ATTRIBUTES = 12


class Mark(NamedTuple):
    """A construct in a leaf, in offsets of the leaf.

    ``inner`` is the range that a reader sees; ``target`` that of a destination or label; the rest as in `Link`.
    """

    kind: MarkKind
    start: int
    end: int
    inner: tuple[int, int]
    target: tuple[int, int] = (0, 0)
    label: str = ""
    title: str | None = None
    definition: Definition | None = None
    is_bracketed: bool = False


@dataclass(slots=True)
class Context:
    """What the whole file tells every leaf: definitions by label (the last wins), and footnote labels."""

    definitions: Mapping[str, Definition]
    footnotes: frozenset[str]
    math: bool = True
    pipes: bool = True


@dataclass(slots=True)
class Inline:
    """What one leaf holds; ``loose`` are references that nobody defines, ``work`` the text with all else blanked."""

    marks: list[Mark] = field(default_factory=list)
    loose: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    work: str = ""


_ESCAPE = regex(r"\\([\\`*_{}\[\]()>#+\-.!$|])")
_FOOTNOTE = regex(r"\[\^([^\]]*)\]")
_REFERENCE_HINT = regex(r"\]\s?\[")
_REFERENCE = regex(r"\s?\[([^\]]*)\]")
_AUTOLINK = regex(r"<([A-Za-z][A-Za-z0-9+.-]*+://[^<>]*+)>")
_MAIL = regex(r"<([^<> !]+@[^@<> ]+)>")
_HTML = regex(
    r"<(?:/?+[a-zA-Z][^\s\"'<>@]*+(?:\s++[^\s\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)*+\s*+/?+"
    r"|!--(?:(?!<!--|-->)[\s\S])*+--|[?](?:(?!<[?]|[?]>)[\s\S])*+[?]|!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>)[\s\S])*+\]\])>"
)
_SPACES = regex(r"\s+")


def scan_inline(text: str, context: Context, *, wants_emphasis: bool = True) -> Inline:
    """Find everything inline in ``text``."""
    result = Inline()
    work = text
    if "`" in work:
        spans = code_spans(work)
        result.marks += [_mark(MarkKind.CODE, start, end, inner) for start, end, inner in spans]
        work = _blank(work, [(start, end) for start, end, _ in spans])
    if context.math and ("$" in work or "\\(" in work):
        found = formulas(work)
        result.marks += [_mark(MarkKind.MATH, start, end, inner) for start, end, inner in found]
        work = _blank(work, [(start, end) for start, end, _ in found])
    if "\\" in work:
        escapes = [match.start() for match in _ESCAPE.finditer(work)]
        result.marks += [_mark(MarkKind.ESCAPE, at, at + 2, (at + 1, at + 2)) for at in escapes]
        work = _ESCAPE.sub(ESCAPED * 2, work)
    _Passes(text, context, result, wants_emphasis).run(work, 0, 0)
    return result


def _mark(kind: MarkKind, start: int, end: int, inner: tuple[int, int]) -> Mark:
    return tuple.__new__(Mark, (kind, start, end, inner, (0, 0), "", None, None, False))  # see items.py


def _blank(text: str, ranges: list[tuple[int, int]]) -> str:
    if not ranges:
        return text
    pieces, at = [], 0
    for start, end in ranges:
        pieces += [text[at:start], CODE * (end - start)]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


class _Passes:
    def __init__(self, text: str, context: Context, result: Inline, wants_emphasis: bool) -> None:
        self.text = text
        self.context = context
        self.result = result
        self.wants_emphasis = wants_emphasis

    def run(self, work: str, base: int, index: int) -> None:
        """Run the passes from ``index`` on over ``work``, which stands at offset ``base`` of the leaf."""
        if "[" in work:
            if index <= 0 and "[^" in work and self.context.footnotes:
                work = self.footnote_pass(work, base)
            if index <= 1 and _REFERENCE_HINT.search(work):
                work = self.reference_pass(work, base)
            if index <= 2 and "](" in work:
                work = self.link_pass(work, base, is_image=False)
            if index <= 3 and "![" in work:
                work = self.link_pass(work, base, is_image=True)
                if index <= 4 and self.context.definitions and "![" in work:
                    work = self.reference_pass(work, base, is_image=True)
            if index <= 5 and self.context.definitions and "[" in work:
                work = self.short_pass(work, base, is_image=False)
                if index <= 6 and "![" in work:
                    work = self.short_pass(work, base, is_image=True)
        if "<" in work:
            if "://" in work:
                work = self.simple_pass(work, base, _AUTOLINK, MarkKind.AUTOLINK)
            if "@" in work:
                work = self.simple_pass(work, base, _MAIL, MarkKind.MAIL)
            work = self.simple_pass(work, base, _HTML, MarkKind.HTML)
        if self.wants_emphasis and ("*" in work or "_" in work):
            for start, end in emphasis_marks(work):
                self.result.marks.append(_mark(MarkKind.EMPHASIS, base + start, base + end, (base + end, base + end)))
        if not base and not index:
            self.result.work = work

    def simple_pass(self, work: str, base: int, pattern: re.Pattern[str], kind: MarkKind) -> str:
        ranges = []
        for match in pattern.finditer(work):
            ranges.append(match.span())
            start, end = match.start() + base, match.end() + base
            if CODE in match[0]:
                self.drop(start, end)
            self.result.marks.append(Mark(kind, start, end, (start + 1, end - 1), (start + 1, end - 1)))
        return _blank(work, ranges)

    def drop(self, start: int, end: int) -> None:
        """Forget links that stand where only their text is used: in an image's text, a destination, a tag."""
        self.result.marks[:] = [
            mark for mark in self.result.marks if mark.kind <= MarkKind.ESCAPE or mark.start < start or mark.end > end
        ]

    def footnote_pass(self, work: str, base: int) -> str:
        ranges = []
        for match in _FOOTNOTE.finditer(work):
            if match[1] in self.context.footnotes:
                ranges.append(match.span())
                start, end = match.start() + base, match.end() + base
                self.result.marks.append(Mark(MarkKind.FOOTNOTE, start, end, (end, end), label=match[1]))
        return _blank(work, ranges)

    def link_pass(self, work: str, base: int, *, is_image: bool) -> str:
        brackets = Brackets(work, is_image=is_image)
        ranges = []
        last = work.rfind(")")
        at = -1
        budget = [len(work) * 4 + 1000]
        for start, inside, close in brackets.pairs():
            if start < at or close + 1 > last or work[close + 1] != "(":
                continue
            found = read_destination(work, close + 1, budget)
            if found is None:
                continue
            kind = MarkKind.IMAGE if is_image else MarkKind.LINK
            target = (found.start + base, found.end + base)
            lost = (start, found.stop) if is_image else (close, found.stop)
            if CODE in work[slice(*lost)]:
                self.drop(lost[0] + base, lost[1] + base)
            inner = (inside + base, close + base)
            title = None if found.title is None else self.text[found.title[0] + base : found.title[1] + base]
            self.result.marks.append(
                Mark(kind, start + base, found.stop + base, inner, target, "", title, None, found.is_bracketed)
            )
            ranges.append((start, found.stop))
            at = found.stop
            if not is_image:
                self.child(work, base, inside, close, 3)
        return _blank(work, ranges)

    def child(self, work: str, base: int, start: int, end: int, index: int) -> None:
        inner = work[start:end]
        if "[" in inner or "<" in inner or (self.wants_emphasis and ("*" in inner or "_" in inner)):
            self.run(inner, base + start, index)

    def reference_pass(self, work: str, base: int, *, is_image: bool = False) -> str:
        ranges = []
        at = -1
        for start, inside, close in Brackets(work, is_image=is_image).pairs():
            if start < at:
                continue
            match = _REFERENCE.match(work, close + 1)
            if match is None:
                continue
            at = match.end()
            label = (match[1] or work[inside:close]).lower()
            definition = self.context.definitions.get(_SPACES.sub(" ", label))
            if definition is None:
                if match[1].strip() and not is_image:
                    self.result.loose.append(
                        (start + base, at + base, inside + base, match.start(1) + base, at - 1 + base)
                    )
                continue
            kind = MarkKind.REFERENCE_IMAGE if is_image else MarkKind.REFERENCE
            inner = (inside + base, close + base)
            written = self.text[match.start(1) + base : match.end(1) + base] or self.text[inner[0] : inner[1]]
            self.result.marks.append(
                Mark(kind, start + base, at + base, inner, (0, 0), written, definition.title, definition)
            )
            ranges.append((start, at))
            if not is_image:
                self.child(work, base, inside, close, 2)
        return _blank(work, ranges)

    def short_pass(self, work: str, base: int, *, is_image: bool) -> str:
        ranges = []
        at = -1
        for start, inside, close in Brackets(work, is_image=is_image).pairs():
            if start < at:
                continue
            label = _SPACES.sub(" ", work[inside:close].lower()) if close - inside < 1000 else ""
            definition = self.context.definitions.get(label)
            at = close + 1
            if definition is None:
                continue
            kind = MarkKind.REFERENCE_IMAGE if is_image else MarkKind.REFERENCE
            inner = (inside + base, close + base)
            written = self.text[inner[0] : inner[1]]
            self.result.marks.append(
                Mark(kind, start + base, at + base, inner, (0, 0), written, definition.title, definition)
            )
            ranges.append((start, at))
            if not is_image:
                self.child(work, base, inside, close, 6)
        return _blank(work, ranges)
