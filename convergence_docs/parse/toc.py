"""The hand-written table of contents of a chapter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from convergence_docs.model.nodes import Heading, Link, LinkKind, ListItem, Toc, TocEntry
from convergence_docs.regex import regex
from convergence_docs.text import Span

_new = tuple.__new__  # see items.py

_NAME = regex(r"[\W\d]*(?:[一二三四五六七八九十]+、)?(?:目\s*录|table of contents|contents|toc)\W*", re.I)
MIN_ENTRIES = 3
"""Links that a list without a heading of that name needs to count as a table of contents."""


def find_toc(headings: Sequence[Heading], links: Sequence[Link], items: Sequence[ListItem]) -> Toc | None:
    """The list of in-page links under a heading such as 目录, else a purely in-page list before the first H2."""
    for index, heading in enumerate(headings):
        if not is_toc_name(heading.text):
            continue
        stop = headings[index + 1].span.start if index + 1 < len(headings) else 1 << 62
        under = items[bisect_left(items, heading.span.end, key=_start) : bisect_left(items, stop, key=_start)]
        entries = [entry for entry in _entries(under, links) if entry[1] is not None]
        if entries:
            return _toc(index, entries)
    first = next((heading.span.start for heading in headings if heading.level >= 2), 1 << 62)
    entries = _entries(items[: bisect_left(items, first, key=_start)], links)
    if len(entries) >= MIN_ENTRIES and all(link is not None for _, link in entries):
        return _toc(None, entries)
    return None


def is_toc_name(words: str) -> bool:
    """Whether a heading's words announce a table of contents."""
    return _NAME.fullmatch(words) is not None


def _start(piece: ListItem | Link) -> int:
    return piece.span.start


def _entries(items: Sequence[ListItem], links: Sequence[Link]) -> list[tuple[ListItem, Link | None]]:
    """Each item with the in-page link that it is, if it is one."""
    found: list[tuple[ListItem, Link | None]] = []
    at = bisect_left(links, items[0].span.start, key=_start) if items else 0
    ahead = iter(links[at:])
    link = next(ahead, None)
    for item in items:  # both in the order of the text, so that no link is looked for twice
        start, end = item.span
        while link is not None and link.span.start < start:
            link = next(ahead, None)
        is_entry = (
            link is not None and link.span.start < end and link.kind is LinkKind.INLINE and link.destination[:1] == "#"
        )
        found.append((item, link if is_entry else None))
    return found


def _toc(heading: int | None, entries: list[tuple[ListItem, Link | None]]) -> Toc:
    indents: list[int] = []
    result = []
    for (span, indent, _, _, _, _, _), link in entries:
        if link is None:
            continue
        while indents and indents[-1] >= indent:
            indents.pop()
        result.append(_new(TocEntry, (span, len(indents), link)))
        indents.append(indent)
    return Toc(Span(result[0].span.start, result[-1].span.end), heading, tuple(result))
