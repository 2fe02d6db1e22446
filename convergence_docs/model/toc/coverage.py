"""Which headings a table of contents should list and does not."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import TocEntry
from convergence_docs.model.sections import Section, outline_of
from convergence_docs.model.toc.contents import Contents

_MOST = 0.6


class Gap(NamedTuple):
    """Headings that are missing for one cause, as places among ``Chapter.headings``.

    ``others`` are those below it, or its siblings where a whole branch is missing. ``after`` is the entry that theirs
    would follow, and ``models`` an entry of each level to write theirs like.
    """

    heading: int
    others: tuple[int, ...]
    after: TocEntry | None
    models: Mapping[int, TocEntry]


def gaps_of(chapter: Chapter, contents: Contents) -> list[Gap]:
    """What is missing, in the order of the text; nothing where no entry means a heading."""
    if chapter.toc is None or not contents.headings:
        return []
    end, listed = chapter.toc.span.end, contents.headings
    if all(at in listed or heading.span.start < end for at, heading in enumerate(chapter.headings)):
        return []
    places = {id(heading): place for place, heading in enumerate(chapter.headings)}
    sections = [one for one in outline_of(chapter).sections if one.heading.text]
    place_of = {one.place: places[id(one.heading)] for one in sections}
    missing = _missing(chapter, sections, place_of, listed)
    entries = {one.heading: one.entry for one in contents.listed if one.heading is not None}
    models = {chapter.headings[place].level: entry for place, entry in entries.items()}
    gaps, known = [], sorted(entries)
    for heading, others in missing:
        before = bisect_left(known, heading)
        gaps.append(Gap(heading, tuple(others), entries[known[before - 1]] if before else None, models))
    return gaps


def _is_usual(branches: list[bool]) -> bool:
    """Whether most branches of a level are listed."""
    return sum(branches) >= 2 and sum(branches) >= _MOST * len(branches)


def _missing(
    chapter: Chapter, sections: list[Section], place_of: dict[int, int], listed: frozenset[int]
) -> list[tuple[int, list[int]]]:
    assert chapter.toc is not None
    end, own = chapter.toc.span.end, chapter.toc.heading
    branches: defaultdict[tuple[int | None, int], list[Section]] = defaultdict(list)
    for section in sections:
        if section.heading.span.start > end and place_of[section.place] != own:
            branches[section.parent, section.heading.level].append(section)
    shares = {key: sum(place_of[one.place] in listed for one in branch) for key, branch in branches.items()}
    levels: defaultdict[int, list[bool]] = defaultdict(list)
    for (_, level), count in shares.items():
        levels[level].append(count > 0)
    lowest = max((chapter.headings[place].level for place in listed), default=0)
    # A table that lists a few of the main sections is not complete; one that lists a few subsections chose them.
    top = max(2, min((level for (_, level), count in shares.items() if count), default=0))
    found: list[tuple[int, list[int]]] = []
    missing: dict[int, list[int]] = {}
    for key, branch in branches.items():
        parent, level = key
        absent = [one for one in branch if place_of[one.place] not in listed]
        if parent in missing and level <= lowest:
            missing[parent].extend(place_of[one.place] for one in absent)
            missing.update({one.place: missing[parent] for one in absent})
        elif shares[key] and (2 * shares[key] >= len(branch) or level <= top):
            for one in absent:
                others: list[int] = []
                found.append((place_of[one.place], others))
                missing[one.place] = others
        elif not shares[key] and parent is not None and place_of.get(parent) in listed and _is_usual(levels[level]):
            found.append((place_of[absent[0].place], [place_of[one.place] for one in absent[1:]]))
    return sorted(found)
