"""The hand-written table of contents of a chapter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from convergence_docs.model.nodes import Heading, Link, LinkKind, ListItem, Toc, TocEntry
from convergence_docs.text import Span

_NAME = re.compile(r"[\W\d]*(?:[一二三四五六七八九十]+、)?(?:目\s*录|table of contents|contents|toc)\W*", re.I)
MIN_ENTRIES = 3
"""Links that a list without a heading of that name needs to count as a table of contents."""


def find_toc(headings: Sequence[Heading], links: Sequence[Link], items: Sequence[ListItem]) -> Toc | None:
    """The list of in-page links under a heading such as 目录, else a purely in-page list before the first H2."""
    starts = [item.span.start for item in items]
    for index, heading in enumerate(headings):
        if not _NAME.fullmatch(heading.text):
            continue
        stop = headings[index + 1].span.start if index + 1 < len(headings) else 1 << 62
        under = items[bisect_left(starts, heading.span.end) : bisect_left(starts, stop)]
        entries = [entry for entry in _entries(under, links) if entry[1] is not None]
        if entries:
            return _toc(index, entries)
    first = next((heading.span.start for heading in headings if heading.level >= 2), 1 << 62)
    entries = _entries(items[: bisect_left(starts, first)], links)
    if len(entries) >= MIN_ENTRIES and all(link is not None for _, link in entries):
        return _toc(None, entries)
    return None


def _entries(items: Sequence[ListItem], links: Sequence[Link]) -> list[tuple[ListItem, Link | None]]:
    """Each item with the in-page link that it is, if it is one."""
    starts = [link.span.start for link in links]
    found: list[tuple[ListItem, Link | None]] = []
    for item in items:
        at = bisect_left(starts, item.span.start)
        link = links[at] if at < len(links) and links[at].span.start < item.span.end else None
        is_entry = link is not None and link.kind is LinkKind.INLINE and link.destination.startswith("#")
        found.append((item, link if is_entry else None))
    return found


def _toc(heading: int | None, entries: list[tuple[ListItem, Link | None]]) -> Toc:
    indents: list[int] = []
    result = []
    for item, link in entries:
        if link is None:
            continue
        while indents and indents[-1] >= item.indent:
            indents.pop()
        result.append(TocEntry(item.span, len(indents), link))
        indents.append(item.indent)
    return Toc(Span(result[0].span.start, result[-1].span.end), heading, tuple(result))
