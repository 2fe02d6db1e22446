"""Decimal headings and the numbered heading that they stand under."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from convergence_docs.model.numbering import NumberStyle
from convergence_docs.model.sections import Outline, Section, is_plain, recount


class Family(NamedTuple):
    """A numbered heading and the decimals one level below it; ``strangers`` bear another heading's number."""

    parent: Section
    children: tuple[Section, ...]
    strangers: tuple[Section, ...]


def parts_of(section: Section) -> tuple[int, ...]:
    """The parts of a heading's number; empty where it has none."""
    return section.heading.number.parts if section.heading.number else ()


def families_with_strangers(outline: Outline) -> list[Family]:
    """Families in which a child surely bears a wrong number.

    Sure means that the parent's siblings show how the chapter counts: one of them has children that fit, or the very
    number that the child begins with.
    """
    members = _members(outline)
    generations: defaultdict[tuple[int | None, int], set[tuple[int, ...]]] = defaultdict(set)
    for section in outline.sections if members else ():
        generations[section.parent, section.heading.level].add(parts_of(section))
    proven = {
        (outline.sections[place].parent, outline.sections[place].heading.level)
        for place, children in members.items()
        if any(parts_of(child)[:-1] == parts_of(outline.sections[place]) for child in children)
    }
    families = []
    counted = _counted_on(outline) if members else {}
    for place, children in members.items():
        parent = outline.sections[place]
        generation = (parent.parent, parent.heading.level)
        strangers = tuple(child for child in children if not _has_ancestor(outline, child))
        if place in counted and all(parts_of(child)[:-1] == counted[place] for child in strangers):
            continue  # the children are right: it is the parent that repeats a number
        if strangers and (generation in proven or parts_of(strangers[0])[:-1] in generations[generation]):
            families.append(Family(parent, tuple(children), strangers))
    # Where nothing fits and all are off by the same number, that is how this chapter counts.
    is_shifted = not proven and len(families) > 1 and len({_offset(family) for family in families}) == 1
    return [] if is_shifted else families


def _counted_on(outline: Outline) -> dict[int, tuple[int, ...]]:
    """The numbers that headings should bear which repeat, or fall behind, the number of one before; by their place."""
    return {
        step.section.place: (*step.number.parts[:-1], value)
        for run in outline.runs
        if not is_plain(run) and outline.is_counting(run)
        for step, value in zip(run, recount(run), strict=True)
        if step.value != value
    }


def _offset(family: Family) -> int:
    return parts_of(family.strangers[0])[-2] - parts_of(family.parent)[-1]


def _members(outline: Outline) -> dict[int, list[Section]]:
    members: defaultdict[int, list[Section]] = defaultdict(list)
    for section in outline.sections if outline.runs else ():
        number, parent = section.heading.number, outline.parent_of(section)
        if number is None or parent is None or number.style is not NumberStyle.DECIMAL:
            continue
        if len(number.parts) > 1 and len(parts_of(parent)) == len(number.parts) - 1:
            members[parent.place].append(section)
    return members


def _has_ancestor(outline: Outline, child: Section) -> bool:
    """Whether any heading above bears the number that the child's begins with."""
    wanted, section = parts_of(child)[:-1], outline.parent_of(child)
    while section is not None and parts_of(section) != wanted:
        section = outline.parent_of(section)
    return section is not None
