"""List items that are nested on GitHub and not on the site, which wants four columns for each level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from convergence_docs.model.nodes import ListItem
from convergence_docs.regex import regex

STEP = 4
"""Columns that Python-Markdown indents by (its ``tab_length``)."""
_NO_MARGIN = 10**6
"""Right of everything: nothing stands between two items."""

_MARKER = r"(?:[-*+]|\d+[.)])[ \t]"
_ASKEW = regex(
    rf"(?:^|>[ ]?)(?:[ ]{{4}})*+[ ]{{1,3}}{_MARKER}"
    rf"|^[ >]*+(?:\t[ \t]*+|{_MARKER}[ \t]*+|(?:\[\^[^\]\n]*\])?:[ \t]++){_MARKER}",
    re.M,
)
"""An item whose marker may stand elsewhere than at a multiple of four columns: tabs, and what else is on its line."""

_Nested = tuple[ListItem, ListItem]
"""An item, and the item that it is written under."""


def flattened_items(items: Sequence[ListItem], text: str) -> Iterator[list[_Nested]]:
    """The items that CommonMark nests (spec 0.31.2, 5.2) and the site does not, list by list."""
    if not any(item.indent > STEP * item.depth for item in items):
        return
    found: list[_Nested] = []
    above: list[ListItem] = []
    before: ListItem | None = None
    for item in items:
        indent = item.indent
        if before is not None and (indent or found):
            margin = _margin(text, before, item)
            while above and above[-1].content_indent > margin:
                above.pop()
            if found and not above:
                yield found
                found = []
        while above and above[-1].content_indent > indent:
            above.pop()
        if above and item.depth <= above[-1].depth and indent < needed_indent(above[-1]):
            found.append((item, above[-1]))
        above.append(item)
        before = item
    if found:
        yield found


def may_be_flattened(text: str) -> bool:
    """Whether `flattened_items` could find any in a chapter: each is further right than its parent by less than four
    columns, and still short of the next step."""
    return _ASKEW.search(text) is not None


def needed_indent(parent: ListItem) -> int:
    """Columns before the marker of an item that is to stand under ``parent``."""
    return parent.indent - parent.indent % STEP + STEP


def _margin(text: str, item: ListItem, following: ListItem) -> int:
    """The least indent of the lines between two items: what begins further right than it has come to an end."""
    between = text[item.span.end : following.span.start]
    if not between or between.isspace():
        return _NO_MARGIN
    lines = [line.lstrip("> \t") for line in between.split("\n")[1:-1]]
    indents = (len(line) - len(rest) for line, rest in zip(between.split("\n")[1:-1], lines, strict=True) if rest)
    return min(indents, default=_NO_MARGIN)
