"""Pipe tables: a header row, a separator row, and pipes that are not in code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.model.nodes import Cell, Link, Row
from convergence_docs.parse.events import Scope, is_eventful, may_hold_formula, may_hold_link_or_id
from convergence_docs.parse.pieces import Block, Line, Origin, cut, lines_of, offset_of
from convergence_docs.parse.plain_links import take_links
from convergence_docs.parse.visible import ONLY_STARS, without_bold
from convergence_docs.regex import regex
from convergence_docs.text import Span

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_new = tuple.__new__  # see items.py

_MARKS = regex(r"(\\\\)|\\(`+)|(`+)|(\\\|)|(\|)")
_END_BORDER = regex(r"(?<!\\)(?:\\\\)*\|\Z")
_ALIGNMENTS = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}


class RawCell(NamedTuple):
    """A cell: offset of its content and the content without padding."""

    start: int
    text: str


class RawRow(NamedTuple):
    """A row: its span in the file and its cells as written."""

    start: int
    end: int
    cells: list[RawCell]


class RawTable(NamedTuple):
    """A table of which only the header has been split into cells."""

    header: RawRow | Row
    alignments: tuple[str, ...]
    body: Block | None
    has_border: bool
    end: int
    is_quiet: bool
    """Whether the rows hold nothing to record but what their cells say."""

    @property
    def is_even(self) -> bool:
        """Whether every row has as many cells as the header."""
        count = len(self.header.cells)
        if self.body is None or (self.has_border and _even(count).fullmatch(self.body[0])):
            return True
        return all(len(row.cells) == count for row in self.rows())

    def rows(self) -> list[RawRow | Row]:
        """The rows, split into cells."""
        return [] if self.body is None else [_row(line, self.has_border) for line in lines_of(*self.body)]


@lru_cache(maxsize=64)
def _even(count: int) -> re.Pattern[str]:
    """Rows between pipes, of ``count`` cells that hold no pipes themselves."""
    cell = r"(?:[^|`\\\n]++|`[^`|\\\n]*+`(?!`))*+\|"
    return re.compile(rf"(?:[ ]*+\|(?:{cell}){{{count}}}[ ]*+(?:\n|\Z))*+")


def take(parser: BlockParser, text: str, origin: Origin) -> bool:
    """Read ``text`` as a table, if its first two lines say that it is one."""
    second = text.find("\n") + 1
    end = text.find("\n", second)
    end = len(text) if end < 0 else end
    separator = text[second:end].strip(" ")
    if not separator or separator.strip("|:- "):
        return False
    first = text[: second - 1]
    header = first.strip(" ")
    has_border = header.startswith("|") or _END_BORDER.search(header) is not None
    row = _row((first, offset_of(text, origin, 0)), has_border)
    count = len(row.cells)
    if count < 2 and not (has_border and all(_is_bordered(line.strip(" ")) for line in text.split("\n")[1:])):
        return False
    sides = _alignments(separator, has_border)
    if len(sides) != count:
        return False
    body = cut(text, origin, end + 1) if end < len(text) else None
    stop = offset_of(text, origin, len(text.rstrip(" ")))
    is_quiet = body is None or _is_quiet(parser, *body)
    parser.tables.append(RawTable(row, sides, body, has_border, stop, is_quiet))
    return True


@lru_cache(maxsize=1024)  # a book has a few dozen ways to write one
def _alignments(separator: str, has_border: bool) -> tuple[str, ...]:
    if has_border:
        separator = separator.removeprefix("|").removesuffix("|")
    marks = [mark.strip(" ") for mark in separator.split("|")]
    return tuple([_ALIGNMENTS[mark.startswith(":"), mark.endswith(":")] for mark in marks])


def _is_quiet(parser: BlockParser, text: str, origin: Origin) -> bool:
    """Whether rows hold nothing to record; simple links are recorded now."""
    if parser.scope is Scope.FORMULAS:
        return not may_hold_formula(text)
    if parser.scope is Scope.ALL:
        return not is_eventful(text)
    if not may_hold_link_or_id(text):
        return True
    links: list[Link] = []
    if not take_links(text, origin, links) or any("|" in link.text or "|" in link.destination for link in links):
        return False
    parser.links += links
    return True


def _is_bordered(line: str) -> bool:
    return line.startswith("|") or _END_BORDER.search(line) is not None


def _row(line: Line, has_border: bool) -> RawRow | Row:
    text, offset = line
    stripped = text.strip(" ")
    start = offset + text.find(stripped)
    end = start + len(stripped)
    at = start
    if has_border:
        if stripped.startswith("|"):
            stripped = stripped[1:]
            at += 1
        if stripped.endswith("|") and (stripped[-2:-1] != "\\" or _END_BORDER.search(stripped)):
            stripped = stripped[:-1]
    if ONLY_STARS.match(stripped) and (row := _plain_row(stripped, at, start, end)) is not None:
        return row
    cells = []
    for part in _parts(stripped):
        word = part.lstrip(" ")
        cells.append(RawCell(at + len(part) - len(word), word.rstrip(" ")))
        at += len(part) + 1
    return RawRow(start, end, cells)


def _plain_row(row: str, at: int, start: int, end: int) -> Row | None:
    """A row whose cells hold words, bold ones perhaps; ``None`` where other asterisks are in it."""
    cells = []
    for part in row.split("|"):
        word = part.strip(" ")
        left = at + (part.find(word) if word else len(part))
        at += len(part) + 1
        span = _new(Span, (left, left + len(word)))
        if "*" in word:
            shown = without_bold(word)
            if shown is None:
                return None
            cells.append(_new(Cell, (span, shown)))
        else:
            cells.append(_new(Cell, (span, word)))
    return _new(Row, (_new(Span, (start, end)), tuple(cells)))


def _parts(row: str) -> list[str]:
    """A row split at the pipes that part cells: not those that are escaped or stand in code."""
    if "`" not in row and "\\" not in row:
        return row.split("|")
    pipes: list[int] = []
    ticks: list[tuple[int, int, int, int]] = []  # length as a closer, length as an opener, start, end
    for match in _MARKS.finditer(row):
        if match[2]:
            size = len(match[2])
            ticks.append((size, size - 1, match.start(), match.end() - 1))
        elif match[3]:
            size = len(match[3])
            ticks.append((size, size, match.start(), match.end() - 1))
        elif match[5]:
            pipes.append(match.start())
    parts, at = [], 0
    regions = _code_regions(ticks)
    index = 0
    for pipe in pipes:
        while index < len(regions) and regions[index][1] < pipe:
            index += 1
        if index < len(regions) and regions[index][0] <= pipe:
            continue
        parts.append(row[at:pipe])
        at = pipe + 1
    parts.append(row[at:])
    return parts


def _code_regions(ticks: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    places: dict[int, list[int]] = {}
    for index in range(len(ticks) - 1, -1, -1):
        places.setdefault(ticks[index][0], []).append(index)
    regions = []
    at = 0
    while at < len(ticks):
        size = ticks[at][1]
        later = places.get(size, [])
        while later and later[-1] <= at:
            later.pop()
        if size and later:
            close = later[-1]
            regions.append((ticks[at][2], ticks[close][3]))
            at = close + 1
        else:
            at += 1
    return regions
