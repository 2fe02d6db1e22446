"""Source text, spans and positions: one way to say where something stands.

Everything above this module speaks in *character offsets* into ``SourceText.text``; people are told 1-based lines
and columns, in characters. Line endings are normalised to ``\\n`` and a byte order mark is dropped, neither of
which changes any line or column, so a position holds for the file on disk too.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from convergence_docs.regex import regex

_LINE_FEED = regex("\n")
_new = tuple.__new__  # see parse/items.py


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of character offsets into ``SourceText.text``."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people read it: line and column, both 1-based, the column in characters (code points)."""

    line: int
    column: int


class DecodingProblem(NamedTuple):
    """Why the bytes of a file are not plain UTF-8 text.

    ``kind`` is ``"utf-16"``, ``"utf-32"``, ``"invalid-utf-8"`` or ``"binary"``; ``span`` is where it shows in the
    text that could be rescued (empty at offset 0 where nothing could).
    """

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file.

    Attributes:
        path: POSIX path relative to the docs root; how every record names the file.
        text: decoded text with ``\\n`` line endings and no byte order mark.
        problem: why the bytes were not plain UTF-8, or ``None``. ``text`` then holds what could be rescued.
    """

    path: str
    text: str
    problem: DecodingProblem | None = None
    _line_starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    @property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; index 0 is line 1."""
        starts = self._line_starts
        if not starts:
            starts.append(0)
            starts += [match.end() for match in _LINE_FEED.finditer(self.text)]
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        starts = self._line_starts or self.line_starts
        line = bisect_right(starts, offset)
        return _new(Position, (line, offset - starts[line - 1] + 1))

    def line(self, number: int) -> str:
        """Line ``number`` (1-based) without its line ending; empty where there is no such line."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]

    def slice(self, span: Span) -> str:
        """The characters that ``span`` covers."""
        return self.text[span.start : span.end]


def decode(data: bytes, path: str) -> SourceText:
    """Turn the bytes of a file into a `SourceText`; never fails.

    UTF-8 with or without a byte order mark is plain. UTF-16 and UTF-32 are recognised by their byte order mark and
    decoded; invalid UTF-8 is decoded with U+FFFD in place of each bad byte; a NUL byte makes a file binary, and
    its text empty. All of these leave a `DecodingProblem`.
    """
    problem: DecodingProblem | None = None
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        text, problem = data.decode("utf-32", "replace"), DecodingProblem("utf-32", Span(0, 0))
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, problem = data.decode("utf-16", "replace"), DecodingProblem("utf-16", Span(0, 0))
    elif b"\x00" in data:
        return SourceText(path, "", DecodingProblem("binary", Span(0, 0)))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("utf-8-sig", "replace")
            problem = DecodingProblem("invalid-utf-8", Span(0, 0))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if problem is not None and problem.kind == "invalid-utf-8":
        bad = text.find("\ufffd")
        problem = problem._replace(span=Span(bad, bad + 1))
    return SourceText(path, text, problem)
