"""White space as Python-Markdown reads it, without losing a place: tabs become blanks, blank lines are empty."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.later import Later
from convergence_docs.regex import regex
from convergence_docs.text import Span

_BLANK_LINE = regex(r"\n +(?=\n|\Z)")


def flatten_blank_lines(text: str) -> str:
    """The text with blank lines emptied: their blanks become line breaks, so that no offset moves."""
    if " \n" not in text and not text.endswith(" "):
        return text
    return _BLANK_LINE.sub(lambda match: "\n" * len(match[0]), text)


class Expansion:
    """A text with its tabs expanded to four columns and control characters gone, and the way back."""

    def __init__(self, text: str, expanded: list[int], original: list[int]) -> None:
        self.text = text
        self._expanded = expanded
        self._original = original

    def back(self, offset: int) -> int:
        """The offset in the file of an offset in ``text``."""
        index = bisect_right(self._expanded, offset) - 1
        start = self._original[index]
        moved = start + offset - self._expanded[index]
        return min(moved, self._original[index + 1]) if index + 1 < len(self._original) else moved

    def jumps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The places between two offsets of ``text`` that follow a tab or what was dropped, with those in the file."""
        first, last = bisect_right(self._expanded, start), bisect_right(self._expanded, end)
        return zip(self._expanded[first:last], self._original[first:last], strict=True)

    def restored(self, chapter: Chapter) -> Chapter:
        """The chapter with every span led back to the file; what was never expanded keeps its place."""
        kept = {"source", "front_matter", "github", "blocks"}  # blocks are made with their places in the file
        changes: dict[str, Any] = {
            one.name: self.restore(getattr(chapter, one.name)) for one in fields(chapter) if one.name not in kept
        }
        return replace(chapter, **changes)

    def restore(self, value: Any) -> Any:
        """A record with every span led back to the file."""
        if isinstance(value, Span):
            return Span(self.back(value.start), self.back(value.end))
        if isinstance(value, Later):
            return Later(lambda: self.restore(tuple(value)))
        if not isinstance(value, tuple):
            return value
        parts = [self.restore(part) if isinstance(part, tuple | Later) else part for part in value]
        make = getattr(type(value), "_make", None)
        return make(parts) if make else tuple(parts)


def expand(text: str) -> Expansion:
    """Expand tabs; drop U+0002 and U+0003, which Python-Markdown reserves."""
    pieces: list[str] = []
    expanded, original = [0], [0]
    length = column = at = 0
    for match in re.finditer("[\t\x02\x03\n]", text):
        start = match.start()
        pieces.append(text[at:start])
        length += start - at
        column += start - at
        at = start + 1
        if match[0] == "\n":
            pieces.append("\n")
            length, column = length + 1, 0
            continue
        width = 4 - column % 4 if match[0] == "\t" else 0
        pieces.append(" " * width)
        length, column = length + width, column + width
        expanded += [length]
        original += [at]
    pieces.append(text[at:])
    return Expansion("".join(pieces), expanded, original)
