"""A chapter cut into its sections, and each section's text into sentences that bear comparing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from unicodedata import normalize

from convergence_docs.model.change import Side, Spot
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading
from convergence_docs.model.sections import outline_of
from convergence_docs.model.vocabulary import normalise
from convergence_docs.text import Span

_BREAKS = re.compile(
    r"[。！？；|]+"
    r"|[.;!?]+(?=\s|\Z)"
    r"|\n[ \t>]*\n"
    r"|\n(?=[ \t>]*(?:[-*+]|\d+[.)]|#{1,6}|!!!|\?\?\?|===)[ \t])"
    r"|^[ \t>]*(?:```|~~~)[^\n]*",
    re.MULTILINE,
)
"""What ends a sentence, a table's cell, a list item or a paragraph."""
_MARKS = re.compile(r"\A(?:[-*+]|\d+[.)])(?=\s)|\]\([^()\n]{0,500}\)|!?\[|\]|[\s>*_`~\\]+")
"""What says how text is set, not what it says: blanks, quote marks, emphasis, list markers, where links lead."""
_WORD = re.compile(r"\w")


@dataclass(slots=True, eq=False)
class Section:
    """A section: its heading, the text up to the next heading, and the sections below it.

    The first of a chapter, without a heading of its own, is the chapter itself: what stands before the second heading.
    """

    path: str
    place: int
    level: int
    title: str
    name: str
    heading: Heading | None
    start: int
    end: int
    parent: Section | None
    children: list[Section] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Span] = field(default_factory=dict)
    """Where a sentence stands first."""
    whole: Counter[str] = field(default_factory=Counter)
    """The sentences of the section and of all below it."""

    def below(self) -> Iterator[Section]:
        """The section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.below()


class Passages:
    """One side of a comparison, cut into sections.

    Attributes:
        sections: of every chapter that is not the same on both sides, in the order of the text; the first is the
            chapter itself.
    """

    def __init__(self, side: Side, same: Set[str]) -> None:
        self.side = side
        self.sections: Mapping[str, list[Section]] = {
            path: _sections(chapter) for path, chapter in side.chapters.items() if path not in same
        }
        self._headings: dict[str, list[int]] = {}
        self._starts = {path: [one.start for one in found] for path, found in self.sections.items()}

    def section_at(self, path: str, offset: int) -> Section:
        """The section in which a place of a chapter lies, which must not be the same on both sides."""
        return self.sections[path][max(bisect_right(self._starts[path], offset) - 1, 0)]

    def spot(self, path: str, offset: int) -> Spot:
        """A place of a chapter as people are told it."""
        chapter = self.side.chapters[path]
        if path not in self._headings:
            self._headings[path] = [one.span.start for one in chapter.headings]
        above = bisect_right(self._headings[path], offset)
        is_titled = above > 1 or (above == 1 and chapter.headings[0].level > 1)
        section = chapter.headings[above - 1].text if is_titled else ""
        return Spot(path, *chapter.source.position(offset), section)


def name_of(heading: Heading) -> str:
    """What a section is called: its number is not part of its name."""
    return normalise(heading.number.title if heading.number else heading.text)


def _sections(chapter: Chapter) -> list[Section]:
    text = chapter.source.text
    start = chapter.front_matter.span.end
    root = Section(chapter.path, 0, 0, chapter.title, normalise(chapter.title), None, start, len(text), None)
    found, enclosing = [root], [root]
    is_first = True
    for one in outline_of(chapter).sections:
        heading = one.heading
        if is_first and heading.level == 1:
            is_first = False
            continue
        is_first = False
        while len(enclosing) > 1 and enclosing[-1].level >= heading.level:
            enclosing.pop()
        parent = enclosing[-1]
        at = heading.span.start
        section = Section(
            chapter.path, len(found), heading.level, heading.text, name_of(heading), heading, at, len(text), parent
        )
        found[-1].end = at
        parent.children.append(section)
        found.append(section)
        enclosing.append(section)
    for section in found:
        _read(chapter, section)
    for section in reversed(found):
        section.whole = section.sentences.copy()
        for child in section.children:
            section.whole.update(child.whole)
    return found


def _read(chapter: Chapter, section: Section) -> None:
    """Cut the section's own text into sentences; a hand-written table of contents says nothing of its own."""
    text = chapter.source.text
    start = section.heading.span.end if section.heading else section.start
    if section.heading is None and chapter.headings and chapter.headings[0].level == 1:
        first = chapter.headings[0].span
        pieces = [Span(section.start, first.start), Span(first.end, section.end)]
    else:
        pieces = [Span(start, section.end)]
    left_out = [chapter.toc.span] if chapter.toc else []
    left_out += [fence.span for fence in chapter.fences if fence.language == "mermaid"]
    left_out.sort()
    for piece in pieces:
        for span in _without(piece, left_out):
            for sentence, at in _sentences(text, span):
                section.sentences[sentence] += 1
                section.spans.setdefault(sentence, at)


def _without(piece: Span, left_out: list[Span]) -> Iterator[Span]:
    at = piece.start
    for span in left_out:
        if at <= span.start < piece.end:
            yield Span(at, span.start)
            at = span.end
    if at < piece.end:
        yield Span(at, piece.end)


def _sentences(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    at = span.start
    for match in _BREAKS.finditer(text, span.start, span.end):
        yield from _sentence(text, at, match.start())
        at = match.end()
    yield from _sentence(text, at, span.end)


def _sentence(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    written = text[start:end].strip()
    sentence = _MARKS.sub("", written if written.isascii() else normalize("NFKC", written))
    if _WORD.search(sentence):
        at = text.index(written, start)
        yield sentence, Span(at, at + len(written))
