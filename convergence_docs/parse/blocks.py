"""Block structure: which lines are headings, lists, tables, quotes, code, definitions, and which are running text.

The site's Markdown splits a file at blank lines and offers each block to its processors in a fixed order; so does
this. What comes out is flat: *leaves*, the texts that may hold inline Markdown, in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from convergence_docs.model.nodes import Definition, Fence, FootnoteDefinition, Link, ListItem
from convergence_docs.parse import containers, headings, lists, tables
from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.events import Scope, is_eventful, may_hold_formula, may_hold_link_or_id
from convergence_docs.parse.fences import CODE
from convergence_docs.parse.html import ELEMENT, Element
from convergence_docs.parse.items import ALL_ITEMS
from convergence_docs.parse.leaves import (
    CODE_BLOCK,
    OTHER,
    PARAGRAPH,
    FoundHeading,
    ItemMark,
    Kind,
    Leaf,
    Node,
    bare_item,
)
from convergence_docs.parse.pieces import (
    Block,
    Origin,
    chunks,
    cut,
    detab,
    joined,
    lines_of,
    locator,
    offset_of,
    put_rest,
)
from convergence_docs.parse.plain_links import take_links
from convergence_docs.parse.sweep import can_sweep, sweep
from convergence_docs.regex import regex
from convergence_docs.text import Span

MAX_DEPTH = 40
"""Containers within containers; what is nested deeper is read as running text, so that time stays linear."""


_new = tuple.__new__  # see items.py

_PROSE = regex(r"(?:\*\*(?=[^ *])|[^ #*+\-0-9!?=$\\:>\[|/~`_\x02\x03\n])[^\n]*\Z")
"""One line that can be nothing but a paragraph."""
_RULE = regex(r"^[ ]{0,3}(?:(?:-[ ]{0,2}+){3,}+|(?:_[ ]{0,2}+){3,}+|(?:\*[ ]{0,2}+){3,}+)[ ]*$", re.M)
_QUOTE = regex(r"^[ ]{0,3}>", re.M)
_DEFINITION = regex(
    r"^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?(\S++)[ ]*(?:(?:\n[ ]*)?(?:([\"'])(.*)\3[ ]*|\((.*)\)[ ]*))?$", re.M
)
_ABBREVIATION = regex(r"^\*\[([^\\\n]*?)\][ ]?:[ ]*\n?[ ]*(.*)$", re.M)
_DISPLAY = regex(
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
    notes_at: int = 0
    """The first leaf that is part of a footnote."""
    headings: list[FoundHeading] = field(default_factory=list)
    """Headings whose words are seen as they are written."""
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
    scope: Scope = Scope.ALL

    def parse_document(self, text: str) -> None:
        """Read a whole file, and after it the footnotes, which the page shows at its end."""
        text += "\n\n"
        if can_sweep(self.dialect, text):
            sweep(self, text)
        else:
            self.parse(Node("div"), chunks(text, 0))
        self.notes_at = len(self.leaves)
        for blocks in list(self.footnote_blocks.values()):
            self.parse(Node("div"), blocks)

    def emit(self, text: str, origin: Origin) -> None:
        """Add a run of text."""
        mark, self.mark = self.mark, None
        if self.scope is Scope.LINKS:
            is_dull = not may_hold_link_or_id(text)
            if is_dull or take_links(text, origin, self.links):
                if mark is not None:
                    self.items.append(bare_item(mark) if is_dull else self.linked_item(mark, text, origin))
                return
        elif self.scope is Scope.FORMULAS:
            if not may_hold_formula(text):
                return
        elif mark is None and not is_eventful(text) and not text.startswith(("**", "__")):
            return
        kind = Kind.PARAGRAPH if mark is None else Kind.ITEM
        self.leaves.append(_new(Leaf, (kind, text, origin, 0, mark, (0, 0), "")))

    def linked_item(self, mark: ItemMark, text: str, origin: Origin) -> ListItem:
        """An item of which a brief parse wants to know the links."""
        return bare_item(mark, self.indent_of(mark.marker), offset_of(text, origin, len(text)))

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
            if text[0] == "#" and headings.take_line(self, opened.parent, text, origin):
                continue
            if _PROSE.match(text):
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
            if (first == "#" or "\n#" in text) and headings.take_hash(self, parent, text, origin, blocks):
                return
            if headings.take_setext(self, parent, text, origin, blocks):
                return
        elif first == "#" and headings.take_hash(self, parent, text, origin, blocks):
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


def _may_hold_rule(text: str) -> bool:
    return (
        ("-" in text and ("---" in text or "- -" in text or "-  -" in text))
        or ("*" in text and ("***" in text or "* *" in text or "*  *" in text))
        or ("_" in text and ("___" in text or "_ _" in text or "_  _" in text))
    )
