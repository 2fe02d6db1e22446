"""The text of a Mermaid block as Mermaid is given it, and where in its chapter each character of it stands."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.text import Span


class Block(NamedTuple):
    """A Mermaid block of a chapter.

    ``span`` is that of its fence. ``text`` is what Mermaid is given: the lines within the fence, without the marks and
    the indent of the quotes and lists that hold it, and with blanks for tabs. ``starts`` holds, for each line of
    ``text``, the offset in the chapter of its first character. ``jumps`` are the places where a line goes on elsewhere
    than right after what stands before it, which is after a tab: row and column in ``text``, both 0-based, and the
    offset in the chapter.
    """

    span: Span
    text: str
    starts: tuple[int, ...]
    jumps: tuple[tuple[int, int, int], ...] = ()

    def offset(self, line: int, column: int) -> int:
        """The offset in the chapter of a place in ``text``, both 1-based; the nearest one where there is no such."""
        lines = self.text.split("\n")
        row = min(max(line, 1), len(self.starts)) - 1
        at = min(max(column - 1, 0), len(lines[row]))
        since, start = 0, self.starts[row]
        for other, place, offset in self.jumps:
            if other == row and place > at:
                return min(start + at - since, offset)
            if other == row:
                since, start = place, offset
        return start + at - since
