"""What the block pass leaves behind: texts with inline Markdown in them, and the outline of the page's tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from convergence_docs.model.nodes import ListItem
from convergence_docs.parse.pieces import Origin
from convergence_docs.text import Span

_new = tuple.__new__  # see items.py


class Kind(IntEnum):
    """What a leaf is."""

    PARAGRAPH = 0
    HEADING = 1
    ITEM = 2
    CELL = 3
    TERM = 4
    TITLE = 5


class ItemMark(NamedTuple):
    """Where a list item begins: offsets of marker and content in the file, nesting, and the kind of marker."""

    marker: int
    content: int
    depth: int
    is_ordered: bool


class Leaf(NamedTuple):
    """A text with inline Markdown. ``mark`` is the list item that the text opens.

    A heading has its ``level`` and the ``span`` of the whole construct; ``explicit_id`` is an HTML element's.
    """

    kind: Kind
    text: str
    origin: Origin
    level: int = 0
    mark: ItemMark | None = None
    span: tuple[int, int] = (0, 0)
    explicit_id: str = ""


class FoundHeading(NamedTuple):
    """A heading before it has an id: where its words begin and end, and what they say."""

    start: int
    end: int
    level: int
    text: str
    explicit: str | None
    span: Span


@dataclass(slots=True)
class Node:
    """As much of the page's tree as decides where the next block belongs."""

    tag: str
    depth: int = 0
    last: Node | None = None

    def add(self, tag: str) -> Node:
        """A new last child."""
        self.last = node = Node(tag, self.depth + (tag == "li"))
        return node


def bare_item(mark: ItemMark, indent: int = 0, end: int = 0) -> ListItem:
    """An item of which a brief parse says only where it stands; one without words ends where they would begin."""
    marker, content = mark[:2]
    span = _new(Span, (marker, end or content))
    return _new(ListItem, (span, indent, indent + content - marker, mark.depth, mark.is_ordered, "", None))


PARAGRAPH = Node("p")
OTHER = Node("other")
CODE_BLOCK = Node("pre")
