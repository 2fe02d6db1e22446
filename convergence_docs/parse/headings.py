"""Headings: ``#`` lines anywhere in a block, underlined ones at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.leaves import OTHER, Kind, Leaf, Node
from convergence_docs.parse.pieces import Block, Origin, cut, loose_detab, offset_of, put_rest
from convergence_docs.regex import regex

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_HASH = regex(r"(#{1,6})(.*)")
_QUICK_HEADING = regex(r"(#{1,6})[ ]*([^\\#\s](?:[^\\#\n]*[^\\#\s])?)[ ]*\Z")
_SETEXT = regex(r"[^\n]*\n(?:=+|-+)[ ]*(?:\n|\Z)")

_new = tuple.__new__  # see items.py


def take_line(parser: BlockParser, parent: Node, text: str, origin: Origin) -> bool:
    """Read a block that is nothing but one plain heading."""
    match = _QUICK_HEADING.match(text)
    if match is None or parser.dialect.breaks_headings:
        return False
    start = offset_of(text, origin, 0)
    span = start, start + len(text.rstrip())
    level, title = len(match[1]), match.start(2) + start
    parser.leaves.append(_new(Leaf, (Kind.HEADING, match[2], title, level, None, span, "")))
    parent.last = OTHER
    return True


def take_hash(parser: BlockParser, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Read the first line of a block that begins with ``#``; what stands before it is read first."""
    at = 0 if text[0] == "#" else text.find("\n#") + 1
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        title = _title(text, at, end, parser.dialect)
        if title is not None:
            break
        at = text.find("\n#", end) + 1 or -1
    else:
        return False
    level, start, stop = title
    if at > 0:
        parser.parse(parent, [(text[: at - 1], origin)])
    span = offset_of(text, origin, at), offset_of(text, origin, at + len(text[at:end].rstrip()))
    parser.leaves.append(Leaf(Kind.HEADING, text[start:stop], offset_of(text, origin, start), level, None, span))
    parent.last = OTHER
    if end + 1 < len(text):
        if parser.is_state("looselist"):
            blocks.append(loose_detab(*cut(text, origin, end + 1)))
        else:
            put_rest(blocks, text, origin, end + 1)
    return True


def take_setext(parser: BlockParser, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Read an underlined heading, which only the first two lines of a block can be."""
    if not _SETEXT.match(text):
        return False
    line = text.find("\n")
    level = 1 if text[line + 1] == "=" else 2
    title = text[:line].strip()
    start = text.find(title)
    end = text.find("\n", line + 1)
    stop = len((text if end < 0 else text[:end]).rstrip())
    span = offset_of(text, origin, start), offset_of(text, origin, stop)
    parser.leaves.append(Leaf(Kind.HEADING, title, span[0], level, None, span))
    parent.last = OTHER
    if 0 <= end < len(text) - 1:
        put_rest(blocks, text, origin, end + 1)
    return True


def _title(text: str, at: int, end: int, dialect: Dialect) -> tuple[int, int, int] | None:
    """Level, start and end of the title on a ``#`` line; ``None`` where the line is no heading."""
    match = _HASH.match(text, at, end)
    if match is None:
        return None
    level, body = len(match[1]), match[2]
    if dialect.breaks_headings and body and body[0] not in " \t":
        return None
    trimmed = body.rstrip("#")
    slashes = len(trimmed) - len(trimmed.rstrip("\\"))
    if slashes % 2:
        if len(trimmed) == len(body):
            return None
        trimmed = body[: len(trimmed) + 1]
    title = trimmed.strip()
    start = match.end(1) + len(trimmed) - len(trimmed.lstrip()) if title else match.end(1)
    return level, start, start + len(title)
