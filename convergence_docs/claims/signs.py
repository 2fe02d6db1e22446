"""Where a text holds figures: found by their signs, so that a text without any costs next to nothing."""

from __future__ import annotations

from bisect import bisect_left

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Row
from convergence_docs.regex import regex
from convergence_docs.text import Span

_SIGNS = (*"%％★⭐☆🌟¥￥€£", "美元", "亿元", "万元", "百分之")
_OTHERS = regex(r"\$ ?\d"), regex(r"/ ?(?:5|10)(?!\d)"), regex(r"C ?[<>≤≥=＜＞]")

HAS_FIGURE = regex(r"[%％★⭐☆🌟¥￥€£]|\$ ?\d|美元|[亿万]元|百分之|C ?[<>≤≥=＜＞]|\d ?/ ?(?:5|10)")
"""What a text looks like that holds a figure."""


class Signs:
    """The places of figures in the tables and diagrams of a chapter, in order."""

    __slots__ = ("places",)

    def __init__(self, chapter: Chapter) -> None:
        text = chapter.source.text
        places: list[int] = []
        spans = [table.span for table in chapter.tables]
        spans += [fence.span for fence in chapter.fences if fence.language == "mermaid"]
        for start, end in spans:
            for sign in _SIGNS:
                at = text.find(sign, start, end)
                while at >= 0:
                    places.append(at)
                    at = text.find(sign, at + 1, end)
            for other in _OTHERS:
                places += [match.start() for match in other.finditer(text, start, end)]
        places.sort()
        self.places = places

    def within(self, span: Span) -> bool:
        """Whether a figure stands in ``span``."""
        places = self.places
        at = bisect_left(places, span.start)
        return at < len(places) and places[at] < span.end

    def columns(self, row: Row) -> list[int]:
        """The columns of a row whose cells hold figures."""
        places = self.places
        at = bisect_left(places, row.span.start)
        found: list[int] = []
        if at == len(places) or places[at] >= row.span.end:
            return found
        for column, cell in enumerate(row.cells):
            start, end = cell.span
            while places[at] < start:
                at += 1
                if at == len(places):
                    return found
            if places[at] < end:
                found.append(column)
        return found
