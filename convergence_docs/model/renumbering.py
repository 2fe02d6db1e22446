"""Which headings are to bear another number so that a chapter counts again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.family import families_with_strangers, parts_of
from convergence_docs.model.numbering import renumber
from convergence_docs.model.sections import Outline, Run, Section, outline_of
from convergence_docs.text import Span

_Parts = tuple[int, ...]


class Renumbering(NamedTuple):
    """A heading's number as it is to be written. ``place`` is the heading's index among the chapter's headings."""

    place: int
    span: Span
    replacement: str


def renumbering(
    chapter: Chapter, at_fault: Set[int], given: Mapping[int, tuple[int, ...]] = MappingProxyType({})
) -> tuple[Renumbering, ...]:
    """How the headings of a chapter are numbered again, in the order of the text; empty where all is well.

    A count goes on by one from where it repeated a number, fell back, or left one out at a heading at fault; gaps that
    nobody called a fault stay. Children follow their parents: 7.1 under what was the second 七 becomes 8.1.

    Args:
        chapter: the chapter.
        at_fault: where the words of those headings begin whose number is found at fault. Counts and families without
            such a heading keep their numbers, but for what follows from their parents'.
        given: the parts of the numbers that some headings shall bear, by their place in the outline.
    """
    outline = outline_of(chapter)
    counted = {
        step.section.place: value
        for run in outline.runs
        if any(_start(step.section) in at_fault for step in run)
        for step, value in zip(run, _counted(run, at_fault), strict=True)
    }
    adopted = dict(_adopted(outline, at_fault))
    numbers: dict[int, _Parts] = {}
    for section in outline.sections:
        parts = parts_of(section)
        if not parts:
            continue
        if section.place in given:
            numbers[section.place] = given[section.place]
        elif section.place in adopted:
            parent, last = adopted[section.place]
            numbers[section.place] = (*numbers[parent], last)
        else:
            prefix = _prefix(outline, section, numbers)
            numbers[section.place] = (*prefix, counted.get(section.place, parts[-1]))
    places = {heading.span.start: place for place, heading in enumerate(chapter.headings)}
    return tuple(_renumbered(chapter, places, outline, numbers))


def _start(section: Section) -> int:
    return section.heading.text_span.start


def _counted(run: Run, at_fault: Set[int]) -> tuple[int, ...]:
    values = [step.value for step in run]
    wrong = [_start(step.section) in at_fault for step in run]
    # Numbers that are all there, in another order, are given anew in the order of the text.
    is_shuffled = len(set(values)) == len(values) and any(after < before for before, after in pairwise(values))
    result = [min(values) if is_shuffled else values[0]]
    for place, (before, after) in enumerate(pairwise(values), 1):
        step = 1 if after <= before or wrong[place] or is_shuffled else after - before
        result.append(result[-1] + step)
    return tuple(result)


def _adopted(outline: Outline, at_fault: Set[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For children that bear a stranger's number: the place of the parent whose number they take, and their last part.

    Where they are counted among themselves already, they keep it.
    """
    for parent, children, strangers in families_with_strangers(outline):
        if at_fault.isdisjoint(map(_start, strangers)):
            continue
        last = [parts_of(child)[-1] for child in children]
        is_count = last == list(range(last[0], last[0] + len(last)))
        for place, child in enumerate(children, 1):
            yield child.place, (parent.place, parts_of(child)[-1] if is_count else place)


def _prefix(outline: Outline, section: Section, numbers: Mapping[int, _Parts]) -> _Parts:
    """What a number begins with, once the heading above that bears it is numbered again."""
    prefix = parts_of(section)[:-1]
    above = outline.parent_of(section) if prefix else None
    while above is not None:
        if parts_of(above) == prefix:
            return numbers[above.place]
        above = outline.parent_of(above)
    return prefix


def _renumbered(
    chapter: Chapter, places: Mapping[int, int], outline: Outline, numbers: Mapping[int, _Parts]
) -> Iterator[Renumbering]:
    for section in outline.sections:
        heading = section.heading
        number = heading.number
        if number is None or numbers[section.place] == number.parts:
            continue
        written = chapter.source.slice(number.span)
        yield Renumbering(places[heading.span.start], number.span, renumber(written, numbers[section.place]))
