"""Lists of which every line is an item, however deep: read line by line, not level by level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convergence_docs.model.nodes import Link, LinkKind, ListItem
from convergence_docs.parse.events import Scope, dull_rest
from convergence_docs.parse.items import read_items
from convergence_docs.parse.leaves import ItemMark, Node, bare_item
from convergence_docs.parse.plain_links import TARGET, WORDS
from convergence_docs.regex import regex
from convergence_docs.text import Span

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_new = tuple.__new__  # see items.py

ITEM = r"(?:\d+\.|[*+-])[ ]++(?=[^\n])(?![-*_ ]*+\n)"
"""What an item begins with that holds something."""
OPENS_NOTHING = r"(?![#>!?=/:]|[-+*] |\d+\. )"
DULL_ITEM = ITEM + OPENS_NOTHING + dull_rest(r"\n", without=r"|\x02\x03")
"""An item that holds nothing to record."""
PLAIN = regex(r"(?![-*+] |\d+\. |[#>!?=$\\/:\x02\x03]|\[[^\]]*\]:|\[\^|\*\[|[-*_] ?[-*_] ?[-*_]|[ ]{4})")
"""The content of an item that can be nothing but running text."""

_REST = dull_rest(r"\n")
_LINES = regex(
    rf"(?:[ ]*+{DULL_ITEM}\n)*+"
    rf"(?:([ ]*+)(?:[*+-]|(\d+\.))[ ]++(?:\[({WORDS})\]\(({TARGET})\){_REST}(?=\n)|([^\n]*+))\n|\Z)"
)
_LINK = 4
"""The last group that an item which begins with a link fills."""
_LEAP = regex(r"^((?:    )*+)[ ]{0,3}[^ \n][^\n]*+\n\1        ", re.M)
"""An item two levels or more below the one before it."""
_DEEP = " " * 32


def take(parser: BlockParser, parent: Node, text: str, start: int, end: int) -> bool:
    """Read the list ``text[start:end]``, after which there is a line break; ``False`` leaves it to the others."""
    if text.find("\n    ", start, end) >= 0 and (
        text.find("\n" + _DEEP, start, end) >= 0 or _LEAP.search(text, start, end)
    ):
        return False
    items: list[ListItem] = []
    links: list[Link] = []
    if parser.scope is Scope.LINKS:
        left = _read_links(text, start, end, items, links)
    else:
        left = [
            (start + content, start + stop, ItemMark(start + marker, start + content, depth, is_ordered))
            for content, stop, marker, is_ordered, depth in read_items(text[start:end], start, 0, 0, items, links)
        ]
    if not all(PLAIN.match(text, content, stop) for content, stop, _ in left):
        return False
    parser.items += items
    parser.links += links
    for content, stop, mark in left:
        parser.mark = mark
        parser.emit(text[content:stop], content)
    last = max(text.rfind("\n", start, end) + 1, start)
    indent = 0
    while text[last + indent] == " ":
        indent += 1
    for _ in range(indent // 4 + 1):
        parent = parent.add("ul").add("li")
    return True


_Left = tuple[int, int, ItemMark]
"""An item that is not simple: start and end of its content, and its mark."""


def _read_links(text: str, start: int, end: int, items: list[ListItem], links: list[Link]) -> list[_Left]:
    """Read the items that are links; returns those that hold something else. One stands for all that are words."""
    left: list[_Left] = []
    has_words = False
    for match in _LINES.finditer(text, start, end + 1):
        kind = match.lastindex
        if not has_words and match.start() < (match.start(1) if kind else end):
            has_words = True
            items.append(bare_item(ItemMark(match.start(), match.start(), 0, False)))
        if kind is None:
            break
        before, marker = match.span(1)
        indent, stop = marker - before, match.end() - 1
        if kind != _LINK:
            content = match.start(5)
            left.append((content, stop, ItemMark(marker, content, indent // 4, match.start(2) >= 0)))
            continue
        # What `make_link` and `bare_item` make, in half their time: a book has as many such items as headings.
        words, target = match.span(3), match.span(4)
        content, shown = words[0] - 1, " ".join(match[3].split())
        span, words, target = _new(Span, (content, target[1] + 1)), _new(Span, words), _new(Span, target)
        links.append(_new(Link, (LinkKind.INLINE, span, shown, words, match[4], target, None, None, False)))
        span, is_ordered = _new(Span, (marker, stop)), match.start(2) >= 0
        items.append(_new(ListItem, (span, indent, indent + content - marker, indent // 4, is_ordered, "", None)))
    return left
