"""Put a section in, or move one, so that numbers, contents, links and mentions still agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from convergence_docs.diagnostic import Edit
from convergence_docs.errors import Fault
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.family import parts_of
from convergence_docs.model.nodes import Heading
from convergence_docs.model.numbering import numeral_in, renumber
from convergence_docs.model.renumbering import renumbering
from convergence_docs.model.sections import Outline, Section, outline_of
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.repair import splice
from convergence_docs.restructure.restructuring import Draft, current_text, restructure
from convergence_docs.restructured import Restructured
from convergence_docs.text import Span

_RULE = re.compile(r"\n[ \t]*(-{3,}|\*{3,}|_{3,})[ \t]*\s*\Z")
_ATX = re.compile(r"#{1,6}")


class Spot(NamedTuple):
    """Where in a chapter something goes: beside the section of a heading that ``words`` name, before or after it."""

    words: str
    is_before: bool


def insert_section(
    start: Rehearsal, whole: Whole, path: str, title: str, spot: Spot, jobs: int | None = None
) -> Restructured:
    """Put an empty section in, in memory; faults as of `restructure`, and where ``spot`` names no one heading."""
    chapter = _chapter(whole, path)
    outline = outline_of(chapter)
    neighbour = find_section(chapter, spot.words)
    at = _place_beside(chapter, outline, neighbour, spot)
    run = _run_of(outline, neighbour)
    index = run.index(neighbour) + (not spot.is_before) if run else 0
    values = _values(run)
    first = values[index] if spot.is_before else values[index - 1] + 1 if run else 0
    later = zip(run[index:], _after(first, values[index:]), strict=True)
    given = {one.place: (*parts_of(one)[:-1], value) for one, value in later}
    number = _written(chapter, neighbour.heading, first)
    made = f"{'#' * neighbour.heading.level} {number}{' '.join(title.split())}"
    edits = [Edit(path, one.span, one.replacement) for one in renumbering(chapter, frozenset(), given)]
    text = chapter.source.text
    rule = _RULE.search(text[: neighbour.heading.span.start])
    made = _set_off(text[:at], made, rule[1] if rule else "", is_last=at == len(text))
    edits.append(Edit(path, Span(at, at), made))
    place = sum(heading.span.start < at for heading in chapter.headings)
    places = [old + (old >= place) for old in range(len(chapter.headings))]
    draft = Draft(splice(current_text(start, path), edits), places, frozenset())
    return restructure(start, whole, {path: draft}, jobs)


def move_section(
    start: Rehearsal, whole: Whole, path: str, words: str, spot: Spot, jobs: int | None = None
) -> Restructured:
    """Move a section with all below it, in memory; faults as of `restructure`, and where a heading is not found."""
    chapter = _chapter(whole, path)
    outline = outline_of(chapter)
    section, neighbour = find_section(chapter, words), find_section(chapter, spot.words)
    region = region_of(chapter, outline, section)
    if region.start <= neighbour.heading.span.start < region.end:
        raise Fault(
            en="A section cannot be moved into itself.",
            zh="不能把一节移到它自身之内。",
            where=_at(chapter, neighbour.heading),
        )
    at = _place_beside(chapter, outline, neighbour, spot)
    edits = list(_moving_edits(chapter, outline, section, neighbour, spot))
    inside = [edit for edit in edits if region.start <= edit.span.start < region.end]
    cut = _cut(chapter.source.text, region)
    body = Span(region.start, region.end - len(cut.rule) if cut.span == region else region.end)
    moved = _spliced(chapter.source.text, body, inside)
    edits = [edit for edit in edits if edit not in inside]
    at = cut.span.start if cut.span.start <= at <= cut.span.end else at
    is_last = at == len(chapter.source.text) or cut.span == (at, len(chapter.source.text))
    before = chapter.source.text[:at]
    edits += [Edit(path, cut.span, ""), Edit(path, Span(at, at), _set_off(before, moved, cut.rule, is_last=is_last))]
    order = _order(chapter, region, at)
    places = [order.index(old) for old in range(len(order))]
    draft = Draft(splice(current_text(start, path), edits), places, frozenset())
    return restructure(start, whole, {path: draft}, jobs)


def rename_section(
    start: Rehearsal, whole: Whole, path: str, words: str, title: str, jobs: int | None = None
) -> Restructured:
    """Give a section another title, its number kept, in memory; faults as of `restructure`."""
    chapter = _chapter(whole, path)
    heading = find_section(chapter, words).heading
    text = chapter.source.text
    first = heading.number.span.end if heading.number else heading.text_span.start
    first += len(text[first : heading.text_span.end]) - len(text[first : heading.text_span.end].lstrip())
    edit = Edit(path, Span(first, heading.text_span.end), " ".join(title.split()))
    draft = Draft(splice(current_text(start, path), [edit]), range(len(chapter.headings)), frozenset())
    return restructure(start, whole, {path: draft}, jobs)


def _moving_edits(
    chapter: Chapter, outline: Outline, section: Section, neighbour: Section, spot: Spot
) -> Iterator[Edit]:
    """The edits of headings, where they stand before the move: their levels, and their numbers."""
    shift = neighbour.heading.level - section.heading.level
    end = region_of(chapter, outline, section).end
    for one in outline.sections[section.place :]:
        if one.heading.span.start >= end:
            break
        yield from _level_edits(chapter, one.heading, shift)
    old_run, new_run = _run_of(outline, section), _run_of(outline, neighbour)
    given: dict[int, tuple[int, ...]] = {}
    left = [one for one in old_run if one is not section]
    if old_run != new_run:
        given.update(_numbered(left, parts_of(section)[:-1], _values(old_run)))
    order = [one for one in new_run if one is not section]
    order.insert(order.index(neighbour) + (not spot.is_before) if order else 0, section)
    if new_run:
        values = sorted(_values(new_run))
        values += [values[-1] + 1] if section not in new_run else []
        given.update(_numbered(order, parts_of(neighbour)[:-1], values))
    edits = [Edit(chapter.path, *one[1:]) for one in renumbering(chapter, frozenset(), given)]
    if old_run == new_run:
        yield from edits
    else:  # among others it is numbered as they are
        own = section.heading.number.span if section.heading.number else None
        yield from (edit for edit in edits if edit.span != own)
        written = _written(chapter, neighbour.heading, given[section.place][-1]) if new_run else ""
        yield _renamed(chapter, section.heading, written)


def _numbered(
    sections: Sequence[Section], prefix: tuple[int, ...], values: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    return ((one.place, (*prefix, value)) for one, value in zip(sections, sorted(values), strict=False))


def _run_of(outline: Outline, section: Section) -> list[Section]:
    """The sections that are counted together with one, itself among them; none where it has no number."""
    runs = ([step.section for step in run] for run in outline.runs)
    return next((run for run in runs if section in run), [])


def _values(run: Sequence[Section]) -> list[int]:
    return [parts_of(one)[-1] for one in run]


def _after(value: int, values: Iterable[int]) -> Iterator[int]:
    """Values raised as little as makes each higher than the one before, the first higher than ``value``."""
    for one in values:
        value = max(value + 1, one)
        yield value


def _place_beside(chapter: Chapter, outline: Outline, neighbour: Section, spot: Spot) -> int:
    return neighbour.heading.span.start if spot.is_before else region_of(chapter, outline, neighbour).end


def find_section(chapter: Chapter, words: str) -> Section:
    """The section whose heading has these words, this number (七, 7.2) or this anchor (#七-…).

    Raises:
        Fault: there is none, or there are several.
    """
    outline = outline_of(chapter)
    wanted = words.strip()
    ways = (
        lambda one: wanted.startswith("#") and one.site_id == wanted[1:],
        lambda one: one.text == wanted,
        lambda one: one.number is not None and wanted in (one.number.title, _numeral(chapter, one)),
    )
    for is_meant in ways:
        found = [section for section in outline.sections if is_meant(section.heading)]
        if len(found) == 1:
            return found[0]
        if found:
            lines = ", ".join(str(chapter.source.position(one.heading.span.start).line) for one in found)
            raise Fault(
                en=f"'{wanted}' names several headings (lines {lines}).",
                zh=f"“{wanted}”对应多个标题（第 {lines} 行）。",
                hint_en="Name one by its anchor, such as '#七与收敛模型的关系'.",
                hint_zh="请用锚点指定其中一个，例如“#七与收敛模型的关系”。",
                where=chapter.path,
            )
    raise Fault(
        en=f"No heading is named '{wanted}'.",
        zh=f"没有名为“{wanted}”的标题。",
        hint_en=f"There are: {_listed(chapter)}.",
        hint_zh=f"现有：{_listed(chapter)}。",
        where=chapter.path,
    )


def region_of(chapter: Chapter, outline: Outline, section: Section) -> Span:
    """From a heading to the next one that is not below it, or to the end of the text."""
    following = outline.sections[section.place + 1 :]
    end = next((one for one in following if one.heading.level <= section.heading.level), None)
    return Span(section.heading.span.start, end.heading.span.start if end else len(chapter.source.text))


def _chapter(whole: Whole, path: str) -> Chapter:
    chapter = whole.chapters.get(path)
    if chapter is None:
        raise Fault(en="It is no chapter of this site.", zh="它不是本站的章节。", where=path)
    return chapter


def _numeral(chapter: Chapter, heading: Heading) -> str:
    return numeral_in(chapter.source.slice(heading.number.span)) if heading.number else ""


def _listed(chapter: Chapter) -> str:
    texts = [section.heading.text for section in outline_of(chapter).sections]
    return ", ".join(texts[:12]) + (" …" if len(texts) > 12 else "")


def _at(chapter: Chapter, heading: Heading) -> str:
    line, column = chapter.source.position(heading.span.start)
    return f"{chapter.path}:{line}:{column}"


def _written(chapter: Chapter, heading: Heading, value: int) -> str:
    """A heading's number with another last part, as it is written there, and the blanks after it; empty without one."""
    number = heading.number
    if number is None:
        return ""
    text = chapter.source.text
    gap = len(text[number.span.end :]) - len(text[number.span.end :].lstrip(" "))
    return renumber(chapter.source.slice(number.span), (*number.parts[:-1], value)) + " " * gap


class _Cut(NamedTuple):
    """A section taken out with the rule (``---``) that sets it off; ``rule`` is that, with the blanks around it."""

    span: Span
    rule: str


def _cut(text: str, region: Span) -> _Cut:
    """A rule behind a section goes with it; behind the last one there is none, and the one before it goes."""
    behind = _RULE.search(text[: region.end], region.start)
    if behind:
        return _Cut(region, text[behind.start() : region.end])
    before = _RULE.search(text[: region.start]) if region.end == len(text) else None
    return _Cut(Span(before.start(), region.end), before[0]) if before else _Cut(region, "")


def _set_off(before: str, section: str, rule: str, *, is_last: bool) -> str:
    """A section as it is put in behind ``before``, a rule between it and its neighbour where they have one."""
    gap = "\n" * max(0, 2 - (len(before) - len(before.rstrip("\n")))) if before else ""
    section, rule = section.strip("\n"), rule.strip("\n \t")
    if not rule:
        return f"{gap}{section}\n" if is_last else f"{gap}{section}\n\n"
    return f"{gap}{rule}\n\n{section}\n" if is_last else f"{gap}{section}\n\n{rule}\n\n"


def _renamed(chapter: Chapter, heading: Heading, number: str) -> Edit:
    """A heading that gets a number, or loses it."""
    text = chapter.source.text
    start = heading.number.span.start if heading.number else heading.text_span.start
    end = heading.number.span.end if heading.number else start
    while heading.number and text[end : end + 1] == " ":
        end += 1
    return Edit(chapter.path, Span(start, end), number)


def _level_edits(chapter: Chapter, heading: Heading, shift: int) -> Iterator[Edit]:
    if not shift:
        return
    marks = _ATX.match(chapter.source.text, heading.span.start)
    level = heading.level + shift
    if marks is None or not 1 <= level <= 6:
        raise Fault(
            en=f"This heading cannot become one of level {level}.",
            zh=f"此标题不能改为 {level} 级。",
            where=_at(chapter, heading),
        )
    yield Edit(chapter.path, Span(*marks.span()), "#" * level)


def _spliced(text: str, region: Span, edits: Iterable[Edit]) -> str:
    pieces, done = [], region.start
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[done : edit.span.start], edit.replacement]
        done = edit.span.end
    return "".join([*pieces, text[done : region.end]])


def _order(chapter: Chapter, region: Span, at: int) -> list[int]:
    """The indexes of the headings in their new order."""
    moved = [old for old, one in enumerate(chapter.headings) if region.start <= one.span.start < region.end]
    before = [old for old, one in enumerate(chapter.headings) if one.span.start < at and old not in moved]
    after = [old for old, one in enumerate(chapter.headings) if one.span.start >= at and old not in moved]
    return [*before, *moved, *after]
