"""What generated pages need to know of a chapter beyond its claims: sections, who is mentioned where, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Table
from convergence_docs.model.vocabulary import Term
from convergence_docs.text import Span

SHORTEST_CHINESE = 3
"""Characters of a Chinese name below which it is an everyday word as often as a term: 技术, 工程."""
SHORTEST_LATIN = 3
"""Letters of a Latin name below which it is a symbol as often as a term: C, L2."""

_WORD = re.compile(r"[A-Za-z0-9]")


class Section(NamedTuple):
    """A heading that can be linked to, and where its section begins; the first has none and begins the chapter."""

    start: int
    anchor: str
    heading: str


class Outline(NamedTuple):
    """A chapter: its path and title, its sections, in how many words of each a term is mentioned, its tables.

    ``mentions`` is keyed by a term's key (``layer:architectural``), then by the index of a section.
    """

    path: str
    title: str
    sections: tuple[Section, ...]
    mentions: Mapping[str, Mapping[int, int]]
    tables: tuple[Table, ...]


Spotter = Callable[[str], Iterable[tuple[int, str]]]
"""From a text to the offsets at which terms are named, and these terms' keys."""


@lru_cache(maxsize=4)
def make_spotter(terms: tuple[Term, ...]) -> Spotter:
    """What finds the terms in a text by their names and aliases, the longest name first.

    Names too short to be told from everyday words are passed over, and a Latin name must stand as a word.
    """
    keys = {
        name: f"{term.kind}:{term.id}" for term in terms for name in (*term.names, term.english) if is_telling(name)
    }
    if not keys:
        return lambda text: ()
    pattern = re.compile("|".join(re.escape(name) for name in sorted(keys, key=len, reverse=True)))

    def spot(text: str) -> Iterator[tuple[int, str]]:
        for match in pattern.finditer(text):
            if _is_whole(text, match.start(), match.end()):
                yield match.start(), keys[match[0]]

    return spot


def is_telling(name: str) -> bool:
    """Whether a name is long enough to mean its term wherever it stands."""
    return len(name) >= (SHORTEST_LATIN if name.isascii() else SHORTEST_CHINESE)


def make_outline(chapter: Chapter, spot: Spotter, *, has_tables: bool) -> Outline:
    """The outline of a chapter; ``has_tables``: keep its tables."""
    headings = (Section(one.span.start, one.site_id, one.text) for one in chapter.headings if one.site_id)
    sections = (Section(0, "", ""), *headings)
    starts = [section.start for section in sections]
    hidden = _hidden(chapter)
    edges = [edge for span in hidden for edge in span]
    mentions: dict[str, dict[int, int]] = {}
    for at, key in spot(chapter.source.text):
        if bisect_right(edges, at) % 2 == 0:
            counted = mentions.setdefault(key, {})
            section = bisect_right(starts, at) - 1
            counted[section] = counted.get(section, 0) + 1
    return Outline(chapter.path, chapter.title, sections, mentions, chapter.tables if has_tables else ())


def _hidden(chapter: Chapter) -> list[Span]:
    """What no reader reads, or reads twice: front matter, comments, destinations, code, the hand-written contents."""
    code = (fence.span for fence in chapter.fences if fence.language != "mermaid")
    spans = chain(
        (chapter.front_matter.span,),
        (comment.span for comment in chapter.comments),
        (link.destination_span for link in chapter.links),
        (definition.destination_span for definition in chapter.definitions),
        code,
        (chapter.toc.span,) if chapter.toc else (),
    )
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.end > span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a name does not begin or end within a Latin word."""
    before = start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1])
    after = end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end])
    return not before and not after
