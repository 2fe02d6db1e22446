"""The outline of a chapter: which heading encloses which, and the runs in which headings are numbered."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading
from convergence_docs.model.numbering import NumberStyle, SectionNumber


class Section(NamedTuple):
    """A heading in its outline.

    ``place`` is its position among ``Outline.sections``, ``parent`` that of the heading that encloses it, or ``None``.
    """

    place: int
    heading: Heading
    parent: int | None


class Step(NamedTuple):
    """A numbered heading in its run. ``is_after_gap`` tells that headings of another kind stand before it."""

    section: Section
    number: SectionNumber
    is_after_gap: bool

    @property
    def value(self) -> int:
        """The last part of the number, which is what goes up along a run."""
        return self.number.parts[-1]


Run = tuple[Step, ...]
"""Siblings that are numbered in the same way, in the order of the text; all parts but the last are the same."""


def is_plain(run: Run) -> bool:
    """Whether each step is one more than the step before: nothing to find in most runs, so ask this first."""
    value = run[0].number.parts[-1]
    for step in run:
        if step.number.parts[-1] != value:
            return False
        value += 1
    return True


def recount(run: Run) -> tuple[int, ...]:
    """What each step's value is once every number that falls back, or stands still, is counted on instead."""
    values: list[int] = []
    for step in run:
        values.append(step.value if not values or step.value > values[-1] else values[-1] + 1)
    return tuple(values)


class Outline(NamedTuple):
    """All headings that stand at the margin, and the runs of those that are numbered."""

    sections: tuple[Section, ...]
    runs: tuple[Run, ...]

    def parent_of(self, section: Section) -> Section | None:
        """The section that encloses another."""
        return None if section.parent is None else self.sections[section.parent]

    def is_counting(self, run: Run) -> bool:
        """Whether a run surely is a count upwards by one, and not versions, dates, or numbers picked from elsewhere.

        Where the heading above bears the number that the run's begin with, or the number is Chinese, beginning at one
        will do; else at least half of the steps must go up by one or be duplicates, and decimals such as 3.8 must begin
        with .0 or .1.
        """
        first = run[0]
        steps = [after.value - before.value for before, after in pairwise(run)]
        is_rising = 1 in steps and 2 * (steps.count(1) + steps.count(0)) >= len(steps)
        parent = self.parent_of(first.section)
        above = parent.heading.number.parts if parent and parent.heading.number else ()
        is_decimal = first.number.style is NumberStyle.DECIMAL
        if not is_decimal or (above and above == first.number.parts[:-1]):
            return first.value <= 1 or is_rising
        return first.value <= 1 and is_rising


_latest_sound: tuple[Chapter | None, bool] = (None, True)


def is_soundly_numbered(chapter: Chapter) -> bool:
    """Whether a quick look shows that every number follows the one before and begins with the one above.

    Then all runs of the chapter's outline are plain and no decimal stands under a strange number, so that no rule
    about numbers has anything to say, and nobody needs the outline: in nine chapters of ten. ``False`` says nothing.
    """
    global _latest_sound
    if _latest_sound[0] is not chapter:
        _latest_sound = (chapter, _is_sound(chapter))
    return _latest_sound[1]


_NOTHING_AROUND: tuple[int, tuple[int, ...], int] = (0, (), -1)


def _is_sound(chapter: Chapter) -> bool:
    text = chapter.source.text
    enclosing: list[tuple[int, tuple[int, ...], int]] = []  # level, number and place of the headings around
    latest: dict[tuple[int, int, NumberStyle, tuple[int, ...]], int] = {}
    for place, heading in enumerate(chapter.headings):
        (start, _), level, _, _, _, _, number = heading
        if start and text[start - 1] != "\n":
            continue
        while enclosing and enclosing[-1][0] >= level:
            enclosing.pop()
        if number is None:
            enclosing.append((level, (), place))
            continue
        style, parts, _, _ = number
        if style is NumberStyle.CHAPTER:
            return False
        _, above, parent = enclosing[-1] if enclosing else _NOTHING_AROUND
        stem, value = parts[:-1], parts[-1]
        if stem and stem != above and len(stem) == len(above):
            return False
        run = (parent, level, style, stem)
        last = latest.get(run)
        if last is not None and value != last + 1 and not value <= 1 < last:
            return False
        latest[run] = value
        enclosing.append((level, parts, place))
    return True


_latest: tuple[Chapter | None, Outline] = (None, Outline((), ()))


def outline_of(chapter: Chapter) -> Outline:
    """The outline of a chapter.

    Headings inside quotes, lists, admonitions and tabs are left out: they number something of their own.
    """
    global _latest
    chapter_then, outline = _latest
    if chapter_then is not chapter:
        sections = _sections(chapter)
        runs = tuple(_runs(chapter, sections)) if any(one.heading.number for one in sections) else ()
        outline = Outline(sections, runs)
        _latest = (chapter, outline)
    return outline


def _sections(chapter: Chapter) -> tuple[Section, ...]:
    text = chapter.source.text
    sections: list[Section] = []
    enclosing: list[Section] = []
    for heading in chapter.headings:
        start = heading.span.start
        if start and text[start - 1] != "\n":
            continue
        while enclosing and enclosing[-1].heading.level >= heading.level:
            enclosing.pop()
        section = Section(len(sections), heading, enclosing[-1].place if enclosing else None)
        sections.append(section)
        enclosing.append(section)
    return tuple(sections)


_Scheme = tuple[int | None, int, NumberStyle, str, tuple[int, ...]]


def _runs(chapter: Chapter, sections: tuple[Section, ...]) -> list[Run]:
    runs: list[list[Step]] = []
    open_runs: dict[_Scheme, list[Step]] = {}
    latest: dict[tuple[int | None, int], object] = {}
    for section in sections:
        number, siblings = section.heading.number, (section.parent, section.heading.level)
        if number is None:
            latest[siblings] = None
            continue
        scheme = (*siblings, number.style, _unit(chapter, number), number.parts[:-1])
        run = open_runs.get(scheme)
        # A count that begins anew is another count, not a duplicate of the first.
        if run is None or (number.parts[-1] <= 1 and run[-1].value > 1):
            run = open_runs[scheme] = []
            runs.append(run)
        run.append(Step(section, number, bool(run) and latest.get(siblings) is not run))
        latest[siblings] = run
    return [tuple(run) for run in runs]


def _unit(chapter: Chapter, number: SectionNumber) -> str:
    """章 is counted apart from 节."""
    if number.style is not NumberStyle.CHAPTER:
        return ""
    return chapter.source.slice(number.span).rstrip("、．.：: ")[-1:]
