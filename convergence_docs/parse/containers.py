"""Containers other than lists: quotes, admonitions, details, tabs, ``///`` blocks, definition lists, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convergence_docs.model.nodes import FootnoteDefinition
from convergence_docs.parse.leaves import Kind, Leaf, Node
from convergence_docs.parse.pieces import (
    Block,
    Origin,
    chunks,
    cut,
    detab,
    joined,
    lines_of,
    loose_detab,
    offset_of,
    put_rest,
    stripped,
)
from convergence_docs.regex import regex
from convergence_docs.text import Span

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_ADMONITION = regex(r"^!!! ?[\w-]+(?: +[\w-]+)*+(?: +\"(?P<title>.*?)\")? *$", re.M)
_DETAILS = regex(r"^\?\?\?\+? ?(?:(?:[\w-]+(?: +[\w-]+)*+)?(?: +\"(?P<title>.*?)\") *|[\w-]+(?: +[\w-]+)*+ *)$", re.M)
_TAB = regex(r"^===(?:\+!?|!\+?)? +\"(?P<title>.*?)\" *$", re.M)
_BLOCK = regex(r"^[ ]{0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?$", re.M)
_BLOCK_END = regex(r"^[ ]{0,3}(/{3,})[ ]*$", re.M)
_OPTIONS = regex(r"(?:[ ]{4,}\S.*(?:\n|\Z))+")
_TERM = regex(r"^[ ]{0,3}:[ ]{1,3}(.*)$", re.M)
_FLUSH = regex(r"[ ]{0,3}[^ :]")
_FOOTNOTE = regex(r"^[ ]{0,3}\[\^([^\]]*)\]:[ ]*(.*)$", re.M)
_QUOTE_MARK = regex(r"[ ]{0,3}>[ ]?")

_FAMILY = {"admonition": "admonition", "details": "details", "tabs": "tabs"}


def opens(parser: BlockParser, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Read ``text`` as an admonition, details or tab block, or as more of the one before it."""
    dialect = parser.dialect
    if dialect.admonition and "!!!" in text and (match := _ADMONITION.search(text)):
        _open(parser, parent, text, origin, blocks, match, "admonition")
        return True
    if dialect.details and "???" in text and (match := _DETAILS.search(text)):
        _open(parser, parent, text, origin, blocks, match, "details")
        return True
    if dialect.tabbed and "===" in text and (match := _TAB.search(text)):
        _open(parser, parent, text, origin, blocks, match, "tabs")
        return True
    last = parent.last
    if last is not None and last.tag in _FAMILY and text.startswith("    "):
        return _continue(parser, last, text, origin, blocks)
    return False


def _open(
    parser: BlockParser,
    parent: Node,
    text: str,
    origin: Origin,
    blocks: list[Block],
    match: re.Match[str],
    tag: str,
) -> None:
    if match.start() > 0:
        parser.parse(parent, [(text[: match.start() - 1], origin)])
    node = parent.last if tag == "tabs" and parent.last is not None and parent.last.tag == "tabs" else None
    if node is None or "!" in match[0].partition('"')[0]:
        node = parent.add(tag)
    node.last = None
    emit_title(parser, text, origin, match)
    if match.end() + 1 >= len(text):
        return
    (inner, inner_origin), rest = detab(*cut(text, origin, match.end() + 1))
    parser.parse(node, chunks(inner, inner_origin))
    if rest is not None:
        put_rest(blocks, *rest, 0)


def emit_title(parser: BlockParser, text: str, origin: Origin, match: re.Match[str]) -> None:
    """Add the title of a container as a text of its own."""
    if match["title"]:
        start, end = match.span("title")
        parser.leaves.append(Leaf(Kind.TITLE, text[start:end], cut(text, origin, start)[1]))


def _continue(parser: BlockParser, node: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """More of a container: its own text, or that of the last item of a list in it."""
    width = 4
    target = node
    while text.startswith(" " * (width + 4)) and target.last is not None and target.last.tag in ("ul", "ol", "dl"):
        item = target.last.last
        if item is None:
            break
        target = item
        width += 4
    (inner, inner_origin), rest = detab(text, origin, width)
    parser.parse(target, chunks(inner, inner_origin))
    if rest is not None:
        put_rest(blocks, *rest, 0)
    return True


class OpenBlocks:
    """The ``///`` blocks that are open among the children of one parent."""

    __slots__ = ("_lengths", "_parents", "parent")

    def __init__(self, parent: Node) -> None:
        self.parent = parent
        self._parents: list[Node] = []
        self._lengths: list[int] = []

    def take(self, parser: BlockParser, text: str, origin: Origin, blocks: list[Block]) -> bool:
        """Read a block that opens or closes such a block; ``False`` leaves it to the others."""
        if "///" not in text or text.startswith("    "):
            return False
        close = next((m for m in _BLOCK_END.finditer(text) if self._lengths and len(m[1]) == self._lengths[-1]), None)
        opening = next((m for m in _BLOCK.finditer(text) if m[2].lower() in parser.dialect.blocks), None)
        if opening is not None and (close is None or opening.start() < close.start()):
            self._split(text, origin, blocks, opening.start(), opening.end())
            if opening.start() > 0:
                return True
            blocks.pop() if opening.end() + 1 < len(text) else None
            self._open(parser, text, origin, blocks, opening)
            return True
        if close is None:
            return False
        if close.start() > 0:
            self._split(text, origin, blocks, close.start(), close.end())
            return True
        self.parent = self._parents.pop()
        self._lengths.pop()
        if close.end() + 1 < len(text):
            put_rest(blocks, text, origin, close.end() + 1)
        return True

    def _open(
        self, parser: BlockParser, text: str, origin: Origin, blocks: list[Block], opening: re.Match[str]
    ) -> None:
        emit_title(parser, text, origin, opening)
        self._parents.append(self.parent)
        self._lengths.append(len(opening[1]))
        self.parent = self.parent.add("block")
        at = opening.end() + 1
        if options := _OPTIONS.match(text, at):
            at = options.end()
        if at < len(text):
            put_rest(blocks, text, origin, at)

    @staticmethod
    def _split(text: str, origin: Origin, blocks: list[Block], start: int, end: int) -> None:
        if start > 0:
            put_rest(blocks, text, origin, start)
            if text[: start - 1].strip():
                blocks.append((text[: start - 1], origin))
        elif end + 1 < len(text):
            put_rest(blocks, text, origin, end + 1)


def take_quote(parser: BlockParser, parent: Node, text: str, origin: Origin, start: int) -> None:
    """Read a block quote that begins at ``start``; lines before it are read first."""
    if start > 0:
        parser.parse(parent, [(text[: start - 1], origin)])
        text, origin = cut(text, origin, start)
    lines = []
    for line, offset in lines_of(text, origin):
        match = _QUOTE_MARK.match(line)
        if line.strip() == ">":
            lines.append(("", offset))
        elif match:
            lines.append((line[match.end() :], offset + match.end()))
        else:
            lines.append((line, offset))
    quote = parent.last if parent.last is not None and parent.last.tag == "blockquote" else parent.add("blockquote")
    parser.parse_in("blockquote", quote, chunks(*joined(lines)))


def take_definition(parser: BlockParser, parent: Node, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Read a definition list, ``term`` and ``: definition``."""
    match = _TERM.search(text)
    if match is None:
        return False
    terms = text[: max(match.start() - 1, 0)]
    previous = parent.last
    if not terms.strip() and previous is None:
        return False
    state = "list"
    if not terms.strip() and previous is not None and previous.tag == "p":
        state = "looselist"
        parent.last = None
        _make_term(parser, offset_of(text, origin, 0))
    node = parent.last if parent.last is not None and parent.last.tag == "dl" else parent.add("dl")
    if terms.strip():
        for line, offset in lines_of(terms, origin):
            if line.strip():
                parser.leaves.append(Leaf(Kind.TERM, line.strip(), offset + len(line) - len(line.lstrip())))
    first = (match[1], offset_of(text, origin, match.start(1)))
    rest: Block | None = None
    lines = [first]
    if match.end() + 1 < len(text):
        after = cut(text, origin, match.end() + 1)
        inner, rest = (after, None) if _FLUSH.match(after[0]) else detab(*after)
        lines += lines_of(*inner) if inner[0] else []
    parser.parse_in(state, node.add("dd"), [joined(lines)])
    if rest is not None:
        put_rest(blocks, *rest, 0)
    return True


def _make_term(parser: BlockParser, start: int) -> None:
    """Make a term of the paragraph right before ``start``; one with nothing to record has left no leaf behind."""
    leaf = parser.leaves[-1] if parser.leaves else None
    if leaf is not None and leaf.kind is Kind.PARAGRAPH:
        end = offset_of(leaf.text, leaf.origin, len(leaf.text))
        if not parser.raw[end:start].strip("> \n"):
            parser.leaves[-1] = leaf._replace(kind=Kind.TERM)


def take_footnote(parser: BlockParser, text: str, origin: Origin, blocks: list[Block]) -> bool:
    """Set a footnote's text aside, to be read at the end of the page."""
    match = _FOOTNOTE.search(text)
    if match is None:
        return False
    before = match.start()
    for other in _FOOTNOTE.finditer(text, match.end()):
        if text[match.end() : other.start()].strip("\n"):
            break
        note = (match[2].rstrip(), [offset_of(text, origin, match.start(2))])
        _note(parser, match[1], [note], offset_of(text, origin, match.start(1) - 2))
        match = other
    lines = [(match[2], offset_of(text, origin, match.start(2)))]
    following = _FOOTNOTE.search(text, match.end())
    end = following.start() if following else len(text)
    if match.end() + 1 < end:
        rest, rest_origin = cut(text, origin, match.end() + 1)
        lines += [stripped(line, 4) for line in lines_of(rest[: end - match.end() - 1].rstrip("\n"), rest_origin)]
    notes = [joined(lines)]
    if following:
        put_rest(blocks, text, origin, following.start())
    else:
        notes += _tabbed(blocks)
    notes.reverse()
    _note(parser, match[1], notes, offset_of(text, origin, match.start(1) - 2))
    if text[:before].strip():
        blocks.append((text[:before].rstrip("\n"), origin))
    return True


def _note(parser: BlockParser, label: str, notes: list[Block], start: int) -> None:
    """Keep a footnote; its blocks are a stack, so the one that ends it comes first."""
    last = notes[0]
    parser.footnotes.append(FootnoteDefinition(Span(start, offset_of(*last, len(last[0]))), label))
    parser.footnote_blocks[label] = notes


def _tabbed(blocks: list[Block]) -> list[Block]:
    """The indented blocks that follow a footnote, up to the next footnote in one of them."""
    taken = []
    while blocks and blocks[-1][0].lstrip("\n").startswith("    "):
        text, origin = blocks.pop()
        leading = len(text) - len(text.lstrip("\n"))
        text, origin = cut(text, origin, leading) if leading else (text, origin)
        match = _FOOTNOTE.search(text)
        if match is None:
            taken.append(loose_detab(text, origin))
            continue
        if match.start() > 0:
            taken.append(loose_detab(text[: match.start() - 1], origin))
        put_rest(blocks, text, origin, match.start())
        break
    return taken
