"""Edits of single lines of a hand-written table of contents: take one out, put some elsewhere, indent some anew.

Only lines that hold one entry and nothing else are touched; where that is not so, there is no edit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading, TocEntry
from convergence_docs.text import Span

Changes = tuple[tuple[Span, str], ...]
"""What to write where; empty where nothing can be proposed."""
_BULLETS = ("-", "*", "+")


def without_entry(chapter: Chapter, entry: TocEntry) -> Changes:
    """Take an entry's line out; not where other entries stand below it, or none would be left."""
    entries = _entries(chapter)
    at = entries.index(entry)
    has_children = at + 1 < len(entries) and entries[at + 1].depth > entry.depth
    line = _line(chapter, entry)
    if line is None or has_children or len(entries) == 1:
        return ()
    return ((_with_line_feed(line), ""),)


def in_order(chapter: Chapter, listed: Sequence[tuple[TocEntry, int]], misplaced: Iterable[int]) -> Changes:
    """Put entries where their headings' places ask for.

    Args:
        chapter: the chapter.
        listed: entries as they stand, each with the place of its heading.
        misplaced: indexes into ``listed``; all others are in order already.
    """
    lines = [_line(chapter, entry) for entry, _ in listed]
    moved = set(misplaced)
    moving = sorted(moved, key=lambda at: listed[at][1])
    kept = [at for at in range(len(listed)) if at not in moved]
    places = [listed[at][1] for at in kept]
    inserted: dict[int, str] = {}
    changes = []
    for at in moving:
        line = lines[at]
        before = bisect_left(places, listed[at][1])
        after_line = lines[kept[before - 1]] if before else lines[0]
        if line is None or after_line is None:
            return ()
        target = after_line.end if before else after_line.start - 1
        if target < 0:
            return ()
        inserted[target] = inserted.get(target, "") + "\n" + chapter.source.slice(line)
        changes.append((_with_line_feed(line), ""))
    return (*changes, *((Span(target, target), words) for target, words in inserted.items()))


def indented(chapter: Chapter, depths: Mapping[TocEntry, int]) -> Changes:
    """Indent entries anew, as an entry of the depth that each is to have is indented."""
    models: dict[int, str] = {}
    for entry in _entries(chapter):
        if entry not in depths and (line := _line(chapter, entry)):
            models.setdefault(entry.depth, _margin(chapter, line))
    changes = []
    for entry, depth in depths.items():
        line, margin = _line(chapter, entry), _margin_at(depth, models)
        if line is None or margin is None:
            return ()
        changes.append((Span(line.start, line.start + len(_margin(chapter, line))), margin))
    return tuple(changes)


def with_followers(listed: Sequence[tuple[TocEntry, Heading]], asked: Mapping[TocEntry, int]) -> Mapping[TocEntry, int]:
    """The depths asked for, and those of the entries below, which keep their distance from the one above them."""
    depths: dict[TocEntry, int] = {}
    enclosing: list[tuple[int, int, int]] = []
    for entry, heading in listed:
        while enclosing and enclosing[-1][0] >= heading.level:
            enclosing.pop()
        _, before, after = enclosing[-1] if enclosing else (0, 0, 0)
        depth = after + 1 if entry in asked and enclosing else asked.get(entry, entry.depth + after - before)
        enclosing.append((heading.level, entry.depth, depth))
        if depth != entry.depth:
            depths[entry] = depth
    return depths


def _margin_at(depth: int, models: Mapping[int, str]) -> str | None:
    """The margin of a depth: as entries there have it, else one step more than those above."""
    if depth in models or depth < 2 or depth - 1 not in models or depth - 2 not in models:
        return models.get(depth)
    above, outer = models[depth - 1], models[depth - 2]
    return above + above[len(outer) :] if above.startswith(outer) and above != outer else None


def _entries(chapter: Chapter) -> tuple[TocEntry, ...]:
    return chapter.toc.entries if chapter.toc else ()


def _margin(chapter: Chapter, line: Span) -> str:
    written = chapter.source.slice(line)
    return written[: len(written) - len(written.lstrip(" \t"))]


def _with_line_feed(line: Span) -> Span:
    """A line with the line feed before it, which every line but a text's first has."""
    return Span(max(line.start - 1, 0), line.end)


def _line(chapter: Chapter, entry: TocEntry) -> Span | None:
    """The line of an entry that is alone on it, under a bullet, and goes on on no other line; else ``None``."""
    text, link = chapter.source.text, entry.link.span
    start = text.rfind("\n", 0, link.start) + 1
    end = text.find("\n", link.end)
    end = len(text) if end < 0 else end
    if text[start : link.start].strip() not in _BULLETS or text[link.end : end].strip():
        return None
    following = text[end + 1 : max(text.find("\n", end + 1), end + 1)].strip()
    return Span(start, end) if not following or following.startswith((*_BULLETS, "#")) else None
