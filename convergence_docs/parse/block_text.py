"""What Mermaid is given for a fence: the lines that the site takes out of it.

The site's fences (``pymdownx.superfences``) take as many columns off each line as stand before the opening mark; before
that, Python-Markdown has made blanks of tabs and emptied blank lines.
"""

from __future__ import annotations

from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.nodes import Fence
from convergence_docs.parse.whitespace import expand


def read_block(text: str, fence: Fence) -> Block:
    """The block in a fence of a file's ``text``."""
    start, end = fence.body_span
    opening = text.rfind("\n", 0, fence.span.start) + 1
    width = len(expand(text[opening : fence.span.start]).text)
    expansion = expand(text[start : max(end - 1, start)])
    lines: list[str] = []
    starts: list[int] = []
    jumps: list[tuple[int, int, int]] = []
    at = 0
    for line in expansion.text.split("\n"):
        kept = line[width:] if line.strip(" ") else ""
        begin = at + (min(width, len(line)) if kept else 0)
        starts.append(start + expansion.back(begin))
        if kept:
            moved = expansion.jumps(begin, at + len(line))
            jumps += [(len(lines), place - begin, start + offset) for place, offset in moved]
        lines.append(kept)
        at += len(line) + 1
    return Block(fence.span, "\n".join(lines), tuple(starts), tuple(jumps))
