"""Text cut out of a file that still knows where each of its lines came from.

A *block* is a text and its origin: one offset where the text stands in the file as it is, else one offset a line,
because quote marks or indentation were taken off. Prefixes are stripped once, when a container is entered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

Origin = int | list[int]
"""Offset of the text's first character, or of every line's first character."""

Block = tuple[str, Origin]
Line = tuple[str, int]

LONG = 8_192
"""Characters without a blank line that no one writes by hand."""


def cut(text: str, origin: Origin, at: int) -> Block:
    """The block from offset ``at`` on."""
    if isinstance(origin, int):
        return text[at:], origin + at
    skipped = text.count("\n", 0, at)
    rest = origin[skipped:]
    rest[0] += at - (text.rfind("\n", 0, at) + 1)
    return text[at:], rest


def put_rest(blocks: list[Block], text: str, origin: Origin, at: int) -> None:
    """Put what stands from ``at`` on back onto a stack of blocks.

    A very long rest goes back in parts of whole lines: it would be copied anew for every line that is taken off it.
    """
    if len(text) - at <= LONG:
        blocks.append(cut(text, origin, at))
        return
    parts = []
    while at < len(text):
        end = text.find("\n", min(at + LONG, len(text)))
        end = len(text) if end < 0 else end
        parts.append((text[at:end], at))
        at = end + 1
    if isinstance(origin, int):
        blocks.extend((part, origin + start) for part, start in reversed(parts))
        return
    line, done = 0, 0
    found: list[Block] = []
    for part, start in parts:
        line += text.count("\n", done, start)
        done = start
        starts = origin[line : line + part.count("\n") + 1]
        starts[0] += start - (text.rfind("\n", 0, start) + 1)
        found.append((part, starts))
    blocks.extend(reversed(found))


def offset_of(text: str, origin: Origin, at: int) -> int:
    """Where in the file offset ``at`` of a block stands."""
    if isinstance(origin, int):
        return origin + at
    return origin[text.count("\n", 0, at)] + at - (text.rfind("\n", 0, at) + 1)


def locator(text: str, origin: Origin) -> Callable[[int], int]:
    """`offset_of` for many offsets of one block."""
    if isinstance(origin, int):
        return origin.__add__
    if len(origin) == 1 or "\n" not in text:
        return origin[0].__add__
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)

    def locate(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        return origin[line] + offset - starts[line]

    return locate


def lines_of(text: str, origin: Origin) -> list[Line]:
    """The lines of a block, each with its offset in the file."""
    lines = text.split("\n")
    if isinstance(origin, list):
        return list(zip(lines, origin, strict=False))
    result = []
    for line in lines:
        result.append((line, origin))
        origin += len(line) + 1
    return result


def joined(lines: Iterable[Line]) -> Block:
    """One block of lines."""
    pairs = list(lines)
    return "\n".join([text for text, _ in pairs]), [offset for _, offset in pairs]


def chunks(text: str, origin: Origin) -> list[Block]:
    """The blocks that blank lines part, last one first: a stack to take them from."""
    parts = text.split("\n\n")
    blocks: list[Block] = []
    if isinstance(origin, int):
        for part in parts:
            if part:
                blocks.append((part, origin))
            origin += len(part) + 2
    else:
        line = 0
        for part in parts:
            if part:
                blocks.append((part, origin[line:]))
            line += part.count("\n") + 2
    blocks.reverse()
    return blocks


def stripped(line: Line, width: int) -> Line:
    """A line without ``width`` columns of indentation, if it has them."""
    text, offset = line
    return (text[width:], offset + width) if text.startswith(" " * width) else line


def detab(text: str, origin: Origin, width: int = 4) -> tuple[Block, Block | None]:
    """The leading lines that are indented by ``width``, without it, and the rest of the block."""
    outside = re.search(rf"(?:\A|\n)(?! {{{width}}}|[ ]*(?:\n|\Z))", text)
    rest: Block | None = None
    if outside is not None:
        at = outside.end()
        if at == 0:
            return ("", origin), (text, origin)
        rest = cut(text, origin, at)
        text = text[: at - 1]
    kept = [
        (line[width:], offset + width) if line.startswith(" " * width) else ("", offset)
        for line, offset in lines_of(text, origin)
    ]
    return joined(kept), rest


def loose_detab(text: str, origin: Origin, level: int = 1) -> Block:
    """The block with ``level`` steps of indentation taken off every line that has them."""
    return joined([stripped(line, 4 * level) for line in lines_of(text, origin)])
