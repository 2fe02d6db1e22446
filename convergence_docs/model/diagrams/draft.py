"""A text while it is being mended: what it is now, and which edits of the first text make it so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Patch(NamedTuple):
    """Replace what stands in ``[start, end)`` of a text by ``replacement``."""

    start: int
    end: int
    replacement: str


class _Piece(NamedTuple):
    """Text that was in the first text from ``start`` on, or, where ``start`` is -1, that was put in."""

    text: str
    start: int


class Draft:
    """A text, and how it has come from the first one. Patches give another draft and leave this one as it is."""

    def __init__(self, text: str, pieces: tuple[_Piece, ...] | None = None) -> None:
        self.text = text
        self._pieces = pieces if pieces is not None else (_Piece(text, 0),)

    def patched(self, patches: Iterable[Patch]) -> Draft:
        """The draft with patches of its text applied; of those that overlap an earlier one none is."""
        made: list[_Piece] = []
        at, text = 0, self.text
        for start, end, replacement in sorted(set(patches)):
            if start < at or end > len(text):
                continue
            made += self._cut(at, start)
            made += [_Piece(replacement, -1)] if replacement else []
            at = end
        made += self._cut(at, len(text))
        return Draft("".join(piece.text for piece in made), tuple(made))

    def origin(self, offset: int) -> int:
        """Where in the first text the character at ``offset`` stands; of one that was put in, what follows it there."""
        at = last = 0
        for text, start in self._pieces:
            if start >= 0:
                if offset < at + len(text):
                    return start + max(offset - at, 0)
                last = start + len(text)
            at += len(text)
        return last

    def edits(self, length: int) -> tuple[Patch, ...]:
        """The patches that make this text of the first one, which has so many characters."""
        found: list[Patch] = []
        at, put = 0, ""
        for text, start in (*self._pieces, _Piece("", length)):
            if start < 0:
                put += text
                continue
            if start > at or put:
                found.append(Patch(at, start, put))
            at, put = start + len(text), ""
        return tuple(found)

    def _cut(self, start: int, end: int) -> list[_Piece]:
        cut: list[_Piece] = []
        at = 0
        for text, origin in self._pieces:
            first, last = max(start - at, 0), min(end - at, len(text))
            if first < last:
                cut.append(_Piece(text[first:last], origin + first if origin >= 0 else -1))
            at += len(text)
        return cut
