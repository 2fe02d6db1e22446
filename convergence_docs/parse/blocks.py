"""Block structure: which lines are headings, lists, tables, quotes, code, definitions, and which are running text.

The site's Markdown splits a file at blank lines and offers each block to its processors in a fixed order; so does
this. What comes out is flat: *leaves*, the texts that may hold inline Markdown, in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from convergence_docs.model.nodes import Definition, Fence, FootnoteDefinition, Link, ListItem
from convergence_docs.parse import containers, lists, tables
from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.fences import CODE
from convergence_docs.parse.html import ELEMENT, Element
from convergence_docs.parse.items import ALL_ITEMS
from convergence_docs.parse.pieces import (
    Block,
    Origin,
    chunks,
    cut,
    detab,
    joined,
    lines_of,
    locator,
    loose_detab,
    offset_of,
    put_rest,
)
from convergence_docs.text import Span

MAX_DEPTH = 40
"""Containers within containers; what is nested deeper is read as running text, so that time stays linear."""


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


PARAGRAPH = Node("p")
OTHER = Node("other")
CODE_BLOCK = Node("pre")

_new = tuple.__new__  # see items.py

_HASH = re.compile(r"(#{1,6})(.*)")
_PROSE = re.compile(r"(?:\*\*(?=[^ *])|[^ #*+\-0-9!?=$\\:>\[|/~`_\x02\x03\n])[^\n]*\Z")
"""One line that can be nothing but a paragraph."""
_QUICK_HEADING = re.compile(r"(#{1,6})[ ]*([^\\#\s](?:[^\\#\n]*[^\\#\s])?)[ ]*\Z")
_SETEXT = re.compile(r"[^\n]*\n(?:=+|-+)[ ]*(?:\n|\Z)")
_RULE = re.compile(r"^[ ]{0,3}(?:(?:-[ ]{0,2}+){3,}+|(?:_[ ]{0,2}+){3,}+|(?:\*[ ]{0,2}+){3,}+)[ ]*$", re.M)
_QUOTE = re.compile(r"^[ ]{0,3}>", re.M)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?(\S++)[ ]*(?:(?:\n[ ]*)?(?:([\"'])(.*)\3[ ]*|\((.*)\)[ ]*))?$", re.M
)
_ABBREVIATION = re.compile(r"^\*\[([^\\\n]*?)\][ ]?:[ ]*\n?[ ]*(.*)$", re.M)
_DISPLAY = re.compile(
    r"(?s)(?:\$\$(?P<dollar>(?:\\.|[^\\])+?)\$\$|\\\[(?P<square>(?:\\[^\]]|[^\\])+?)\\\]"
    r"|(?P<begin>\\begin\{(?P<env>[a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{(?P=env)\}))[ ]*\Z"
)


@dataclass(slots=True)
class BlockParser:
    """The state of one pass over a file's blocks."""

    dialect: Dialect
    elements: dict[int, Element]
    fences: dict[int, Fence]
    raw: str
    """The text with its fences as they are."""
    leaves: list[Leaf] = field(default_factory=list)
    tables: list[tables.RawTable] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    footnotes: list[FootnoteDefinition] = field(default_factory=list)
    footnote_blocks: dict[str, list[Block]] = field(default_factory=dict)
    formulas: list[tuple[int, int, int, int]] = field(default_factory=list)
    marks: list[ItemMark] = field(default_factory=list)
    """Items that open with something other than text."""
    items: list[ListItem] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    level: int = 0
    mark: ItemMark | None = None

    def parse_document(self, text: str) -> None:
        """Read a whole file, and after it the footnotes, which the page shows at its end."""
        self.parse(Node("div"), chunks(text + "\n\n", 0))
        for blocks in list(self.footnote_blocks.values()):
            self.parse(Node("div"), blocks)

    def emit(self, text: str, origin: Origin) -> None:
        """Add a run of text."""
        mark, self.mark = self.mark, None
        if mark is None and not is_eventful(text):
            return
        kind = Kind.PARAGRAPH if mark is None else Kind.ITEM
        self.leaves.append(_new(Leaf, (kind, text, origin, 0, mark, (0, 0), "")))

    def parse(self, parent: Node, blocks: list[Block]) -> None:
        """Read a stack of blocks (the next one last) as children of ``parent``."""
        if self.level >= MAX_DEPTH:
            for text, origin in reversed(blocks):
                self.emit(text, origin)
            return
        self.level += 1
        opened = containers.OpenBlocks(parent)
        has_blocks = bool(self.dialect.blocks)
        is_lazy = not self.dialect.sane_lists
        while blocks:
            text, origin = blocks.pop()
            if not text or text[0] == "\n":
                skipped = len(text) - len(text.lstrip("\n"))
                if skipped == len(text):
                    continue
                text, origin = cut(text, origin, skipped)
            if has_blocks and opened.take(self, text, origin, blocks):
                continue
            if text[0] == "#" and (match := _QUICK_HEADING.match(text)) and not self.dialect.breaks_headings:
                start = offset_of(text, origin, 0)
                span = start, start + len(text.rstrip())
                level, title = len(match[1]), match.start(2) + start
                self.leaves.append(_new(Leaf, (Kind.HEADING, match[2], title, level, None, span, "")))
                opened.parent.last = OTHER
                continue
            if _PROSE.match(text):
                if self.mark is not None or is_eventful(text):
                    self.emit(text, origin)
                if not self.is_state("list"):
                    opened.parent.last = PARAGRAPH
                continue
            if text[0] in "-*+0123456789" and "|" not in text and is_lazy and ALL_ITEMS.match(text):
                lists.take_lines(self, opened.parent, text, origin)
                continue
            self.block(opened.parent, text, origin, blocks)
        self.level -= 1

    def parse_in(self, state: str, parent: Node, blocks: list[Block]) -> None:
        """`parse` with ``state`` on top of the stack of states."""
        self.state.append(state)
        self.parse(parent, blocks)
        self.state.pop()

    def indent_of(self, offset: int) -> int:
        """Columns before ``offset`` in its line that are indentation: quote marks and the blank after them are none."""
        line = self.raw.rfind("\n", 0, offset) + 1
        quote = self.raw.rfind(">", line, offset)
        return max(offset - quote - 2, 0) if quote >= 0 else offset - line

    def is_state(self, state: str) -> bool:
        """Whether the innermost state is ``state``."""
        return bool(self.state) and self.state[-1] == state

    def block(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> None:
        """Read one block; what is left of it goes back onto the stack."""
        first = text[0]
        if first == ELEMENT and self.element(parent, text, origin, blocks):
            return
        if containers.opens(self, parent, text, origin, blocks):
            return
        if first == " " and text.startswith("    "):
            if self.indented(parent, text, origin, blocks):
                return
        elif first in "$\\" and self.dialect.math and self.display(parent, text, origin):
            return
        if "\n" in text:
            if self.dialect.tables and "|" in text and tables.take(self, text, origin):
                parent.last = OTHER
                return
            if (first == "#" or "\n#" in text) and self.hash_heading(parent, text, origin, blocks):
                return
            if _SETEXT.match(text):
                self.setext_heading(parent, text, origin, blocks)
                return
        elif first == "#" and self.hash_heading(parent, text, origin, blocks):
            return
        if _may_hold_rule(text) and (match := _RULE.search(text)):
            self.split(parent, text, origin, blocks, match.start(), match.end())
            parent.last = OTHER
            return
        if first in " *-+0123456789" and lists.take(self, parent, text, origin, blocks):
            return
        if self.dialect.def_list and ":" in text and containers.take_definition(self, parent, text, origin, blocks):
            return
        if ">" in text and (match := _QUOTE.search(text)):
            containers.take_quote(self, parent, text, origin, match.start())
            return
        if "]" in text and self.references(parent, text, origin, blocks):
            return
        stripped = text.lstrip()
        if stripped:
            if len(stripped) != len(text):
                text, origin = cut(text, origin, len(text) - len(stripped))
            self.emit(text, origin)
            if not self.is_state("list"):
                parent.last = PARAGRAPH
            elif parent.last is None:
                parent.last = None

    def split(self, parent: Node, text: str, origin: Origin, blocks: list[Block], start: int, end: int) -> None:
        """Read what stands before ``start`` now, and put what stands after ``end`` back."""
        before = text[:start].rstrip("\n")
        if before:
            self.parse(parent, [(before, origin)])
        after = len(text) - len(text[end:].lstrip("\n"))
        if after < len(text):
            put_rest(blocks, text, origin, after)

    def indented(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
        if not self.is_state("detabbed") and lists.take_indented(self, parent, text, origin):
            return True
        if CODE in text and self.fences:
            text, origin = self.unfenced(text, origin)
        (code, code_origin), rest = detab(text, origin)
        if code:
            start = offset_of(text, origin, 0)
            end = offset_of(code, code_origin, len(code))
            self.code.append((start, end))
        parent.last = CODE_BLOCK
        if rest is not None:
            put_rest(blocks, *rest, 0)
        return True

    def unfenced(self, text: str, origin: Origin) -> Block:
        """An indented block with its fences put back: they were code of the indented kind, and what follows is none."""
        lines = []
        for line, offset in lines_of(text, origin):
            start = offset + len(line) - len(line.lstrip("> "))
            fence = self.fences.pop(start, None)
            if fence is None:
                lines.append((line, offset))
                continue
            at = self.raw.rfind("\n", 0, start) + 1
            width = start - at - (len(line) - len(line.lstrip("> ")))
            for original in self.raw[at : fence.span.end].split("\n"):
                lines.append((original[width:], at + width))
                at += len(original) + 1
        return joined(lines)

    def display(self, parent: Node, text: str, origin: Origin) -> bool:
        match = _DISPLAY.match(text)
        if match is None:
            return False
        group = next(name for name in ("dollar", "square", "begin") if match[name] is not None)
        places = (0, len(match[0].rstrip(" ")), match.start(group), match.end(group))
        start, end, body_start, body_end = (offset_of(text, origin, place) for place in places)
        self.formulas.append((start, end, body_start, body_end))
        parent.last = OTHER
        return True

    def hash_heading(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
        at = 0 if text[0] == "#" else text.find("\n#") + 1
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            title = _title(text, at, end, self.dialect)
            if title is not None:
                break
            at = text.find("\n#", end) + 1 or -1
        else:
            return False
        level, start, stop = title
        if at > 0:
            self.parse(parent, [(text[: at - 1], origin)])
        span = offset_of(text, origin, at), offset_of(text, origin, at + len(text[at:end].rstrip()))
        self.leaves.append(Leaf(Kind.HEADING, text[start:stop], offset_of(text, origin, start), level, None, span))
        parent.last = OTHER
        if end + 1 < len(text):
            if self.is_state("looselist"):
                blocks.append(loose_detab(*cut(text, origin, end + 1)))
            else:
                put_rest(blocks, text, origin, end + 1)
        return True

    def setext_heading(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> None:
        line = text.find("\n")
        level = 1 if text[line + 1] == "=" else 2
        title = text[:line].strip()
        start = text.find(title)
        end = text.find("\n", line + 1)
        stop = len((text if end < 0 else text[:end]).rstrip())
        span = offset_of(text, origin, start), offset_of(text, origin, stop)
        self.leaves.append(Leaf(Kind.HEADING, title, span[0], level, None, span))
        parent.last = OTHER
        if 0 <= end < len(text) - 1:
            put_rest(blocks, text, origin, end + 1)

    def references(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
        """Definitions of footnotes, abbreviations and links, in this order of precedence."""
        if self.dialect.footnotes and "[^" in text and containers.take_footnote(self, text, origin, blocks):
            return True
        if self.dialect.abbr and "*[" in text:
            match = _ABBREVIATION.search(text)
            if match and match[1].strip() and match[2].strip():
                self.put_back(text, origin, blocks, match.start(), match.end())
                return True
        if "]:" not in text or (match := _DEFINITION.search(text)) is None:
            return False
        start = end = match.start()
        locate = locator(text, origin)
        for one in _DEFINITION.finditer(text, start):
            if one.start() > start and (text[end : one.start()].strip("\n") or "\n" in one[0]):
                break
            self.define(one, locate)
            end = one.end()
        self.put_back(text, origin, blocks, start, end)
        return True

    def define(self, match: re.Match[str], locate: Callable[[int], int]) -> None:
        target = match[2].lstrip("<").rstrip(">")
        at = locate(match.start(2) + len(match[2]) - len(match[2].lstrip("<")))
        title = match[4] if match[4] is not None else match[5]
        span = Span(locate(match.start(1) - 1), locate(match.end()))
        self.definitions.append(Definition(span, match[1], target, Span(at, at + len(target)), title))

    def put_back(self, text: str, origin: Origin, blocks: list[Block], start: int, end: int) -> None:
        """Put what stands around ``text[start:end]`` back as blocks of their own."""
        if text[end:].strip():
            put_rest(blocks, text, origin, len(text) - len(text[end:].lstrip("\n")))
        if text[:start].strip():
            blocks.append((text[:start].rstrip("\n"), origin))

    def element(self, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
        """An HTML element with Markdown in it."""
        element = self.elements.pop(offset_of(text, origin, 0), None)
        if element is None:
            return False
        length = len(text) - len(text.lstrip(ELEMENT))
        start = element.content.start
        level = int(element.tag[1]) if element.tag[0] == "h" and element.tag[1:].isdigit() else 0
        explicit = next((value.value for value in element.attributes if value.name == "id"), "")
        if level:
            lead = len(element.text) - len(element.text.lstrip())
            content = element.text.strip()
            self.leaves.append(Leaf(Kind.HEADING, content, start + lead, level, None, element.span, explicit))
        elif element.is_span:
            self.emit(element.text, start)
        else:
            self.parse(parent.add(element.tag), chunks(element.text.rstrip("\n"), start))
        parent.last = OTHER
        if length < len(text):
            put_rest(blocks, text, origin, length)
        return True


def is_eventful(text: str) -> bool:
    """Whether a paragraph could hold anything but words, or open with bold ones."""
    return "[" in text or "<" in text or "$" in text or "{" in text or text.startswith(("**", "__")) or "\\(" in text


def _may_hold_rule(text: str) -> bool:
    return (
        ("-" in text and ("---" in text or "- -" in text or "-  -" in text))
        or ("*" in text and ("***" in text or "* *" in text or "*  *" in text))
        or ("_" in text and ("___" in text or "_ _" in text or "_  _" in text))
    )


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
