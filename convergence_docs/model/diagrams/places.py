"""From places in a block's text to places in its chapter."""

from __future__ import annotations

from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.reading import Complaint
from convergence_docs.regex import regex
from convergence_docs.text import Span

_NAMED = regex(r"No parent could be found for \(\"(.*)\"\)")


def offset_of(block: Block, at: int) -> int:
    """The offset in the chapter of an offset in the block's text."""
    line = block.text.count("\n", 0, at)
    return block.offset(line + 1, at - block.text.rfind("\n", 0, at))


def span_of(block: Block, start: int, end: int) -> Span:
    """Where a piece of the block's text stands in the chapter, up to the end of its first line, and not empty."""
    line_end = block.text.find("\n", start)
    last = min(end, line_end if line_end >= 0 else len(block.text))
    begin = offset_of(block, start)
    return Span(begin, max(offset_of(block, last), begin + 1)) if last > start else Span(begin, begin + 1)


def edit_of(text: str, block: Block, patch: Patch) -> tuple[Span, str]:
    """A patch of the block's text as an edit of the chapter's ``text``: new lines begin as the line before does."""
    start, end = offset_of(block, patch.start), offset_of(block, patch.end)
    row = min(block.text.count("\n", 0, patch.start), len(block.starts) - 1)
    begin = block.starts[row]
    lead = text[text.rfind("\n", 0, begin) + 1 : begin]
    return Span(start, end), patch.replacement.replace("\n", f"\n{lead}")


def shown_at(block: Block, complaint: Complaint) -> Span:
    """Where a complaint shows: the words that it names, else the line, else the block's first line."""
    lines = block.text.split("\n")
    named = _NAMED.search(complaint.message)
    lone = [i for i, line in enumerate(lines) if named and line.strip() and line.strip() in named[1]]
    row = lone[-1] if lone and not complaint.line else min(max(complaint.line, 1), len(lines)) - 1
    words = lines[row]
    start = sum(len(line) + 1 for line in lines[:row])
    first = len(words) - len(words.lstrip())
    if complaint.line and complaint.column and complaint.end_column > complaint.column <= len(words):
        begin, end = complaint.column - 1, min(complaint.end_column - 1, len(words))
        if words[begin:end].strip():
            return span_of(block, start + begin, start + end)
    if not words.strip():
        return Span(block.span.start, block.span.start + 3)
    return span_of(block, start + first, start + len(words.rstrip()))


def first_line(block: Block) -> Span:
    """The block's first line with words, which names its type; the fence where there is none."""
    at = next((i for i, char in enumerate(block.text) if not char.isspace()), None)
    if at is None:
        return Span(block.span.start, block.span.start + 3)
    end = block.text.find("\n", at)
    return span_of(block, at, at + len(block.text[at : end if end >= 0 else None].rstrip()))
