"""The blocks that a page mostly consists of, read by one expression that sweeps over the whole page.

Runs of blocks that hold nothing to record (words, lists of words, fences, rules) are passed over at once; the sweep
stops at headings, lists, tables and paragraphs. Whatever is none of these, or not of the simplest kind, goes to the
block parser, which reads every block there is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from convergence_docs.parse import outlines, tables
from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.events import Scope, dull_rest
from convergence_docs.parse.leaves import OTHER, PARAGRAPH, FoundHeading, ItemMark, Node, bare_item
from convergence_docs.parse.pieces import chunks
from convergence_docs.regex import regex
from convergence_docs.text import Span

if TYPE_CHECKING:
    from convergence_docs.parse.blocks import BlockParser

_new = tuple.__new__  # see items.py

_END = r"(?=\n\n)"
_OPENS_NOTHING = r"[^ #*+\-0-9!?=$\\:>\[|/~`_\x02\x03\n]"
"""What a line begins with that can be nothing but running text."""
_BOLD = r"\*\*(?=[^ *\n])"
_FORMULA = r"|\$\$(?:[^$\\\n]++|\\[^\n]|\n(?!\n|!!!|\?\?\?|===))++\$\$[ ]*+"
_TITLE = r"[^\[\]<`$\\*_{&#\n\x02\x03]"
_ID = r"(?:[ ]++\{:?[ ]*+#([^ =#{}\"'\n\x02\x03]++)[ ]*+\})?+"
"""An attribute list that says nothing but a heading's id."""
_HEADING, _HEADING_WITH_ID, _PARAGRAPH, _LIST, _TABLE, _OTHER = 2, 3, 4, 5, 6, 7
"""The last group that each kind of block fills."""
_LISTED = regex(r"^[ ]{0,3}(?:\d+\.|[*+-])[ ]", re.M)
_RULED = regex(r"[-*_]{3}|\$\$")


@cache
def _pattern(scope: Scope, has_math: bool, has_attributes: bool) -> re.Pattern[str]:
    start = rf"(?:{_BOLD}|{_OPENS_NOTHING})"
    if scope is Scope.LINKS:
        line = rf"(?={start})" + dull_rest(r"\n\n")
        item = rf"[ ]{{0,3}}{outlines.DULL_ITEM}"
        quote = rf">[ ]?{line}"
        dull = rf"{line}(?:\n{line})*+|{item}(?:\n{item})*+|{quote}(?:\n{quote})*+" + (_FORMULA if has_math else "")
    elif scope is Scope.FORMULAS:
        line = rf"(?={start})[^\n$\\]*+"
        item = rf"[ ]{{0,3}}{outlines.ITEM}{outlines.OPENS_NOTHING}[^\n$\\|\x02\x03]*+"
        dull = rf"{line}(?:\n{line})*+|{item}(?:\n{item})*+"
    else:
        opens_nothing = rf"(?!\s){_OPENS_NOTHING}"  # what is stripped off could hide bold words
        start = rf"(?:{_BOLD}|{opens_nothing})"
        line = rf"(?={opens_nothing})[^\n\[<{{$\\]*+"
        dull = rf"{line}(?:\n{line})*+"
    return re.compile(
        rf"\n*+(?:(?:{dull}|[ ]{{0,3}}\x02++|(?:-{{3,}}+|\*{{3,}}+|_{{3,}}+)[ ]*+){_END}\n++)*+"
        rf"(?:(#{{1,6}}+)[ ]*+((?!\s){_TITLE}+(?<!\s)){_ID if has_attributes else '((?!))?'}[ ]*+{_END}"
        rf"|({start}[^\n]*+(?:\n{start}[^\n]*+)*+){_END}"
        rf"|([ ]{{0,3}}{outlines.ITEM}[^\n|]*+(?:\n[ ]*+{outlines.ITEM}[^\n|]*+)*+){_END}"
        rf"|(\|[^\n]*+\n[ ]*+[|:-][|:\- ]*+(?:\n(?!!!!|\?\?\?|===)[^\n]++)*+){_END}"
        r"|([^\n]++(?:\n[^\n]++)*+)|\Z)"
    )


def can_sweep(dialect: Dialect, text: str) -> bool:
    """Whether blocks mean the same wherever they stand on a page."""
    return not (dialect.sane_lists or dialect.breaks_headings or (dialect.blocks and "///" in text))


def sweep(parser: BlockParser, text: str) -> None:
    """Read a page. ``text`` ends with an empty line."""
    _Sweep(parser, text).run()


class _Sweep:
    def __init__(self, parser: BlockParser, text: str) -> None:
        self.parser = parser
        self.text = text
        self.root = Node("div")
        self.start = self.stop = -1
        """The blocks that wait for the block parser; none where ``start`` is negative."""
        self.is_opening = parser.scope is Scope.LINKS
        """Whether no heading below the first level has been seen: until then a list of words tells no contents."""

    def run(self) -> None:
        parser, root, text = self.parser, self.root, self.text
        for match in _pattern(parser.scope, parser.dialect.math, parser.dialect.attr_list).finditer(text):
            kind = match.lastindex
            start, end = match.span(kind or 0)
            if self.is_opening and kind is not None:
                self.note_items(match.start(), match.start(1) if kind <= _HEADING_WITH_ID else start)
            if kind == _OTHER:
                self.put_off(match.start(), start, end)
                continue
            if self.start >= 0:
                self.catch_up()
            if kind in (_HEADING, _HEADING_WITH_ID):
                self.heading(match)
            elif kind == _PARAGRAPH:
                parser.emit(match[_PARAGRAPH], start)
                root.last = PARAGRAPH
            elif kind == _LIST:
                if not outlines.take(parser, root, text, start, end):
                    self.put_off(match.start(), start, end)
            elif kind == _TABLE:
                if parser.dialect.tables and tables.take(parser, match[_TABLE], start):
                    root.last = OTHER
                else:
                    self.put_off(match.start(), start, end)
            elif self.is_opening:
                self.note_items(match.start(), len(text))

    def heading(self, match: re.Match[str]) -> None:
        """Keep a heading."""
        (marks, after), (start, end), explicit = match.span(1), match.span(_HEADING), match[_HEADING_WITH_ID]
        level, stop = after - marks, end if explicit is None else self.text.index("}", end) + 1
        words = " ".join(match[_HEADING].split())
        self.parser.headings.append(_new(FoundHeading, (start, end, level, words, explicit, _new(Span, (marks, stop)))))
        self.root.last = OTHER
        self.is_opening = self.is_opening and level < 2

    def note_items(self, start: int, end: int) -> None:
        """Keep an item of a list of words."""
        if match := _LISTED.search(self.text, start, end):
            at = match.start()
            self.parser.items.append(bare_item(ItemMark(at, at, 0, False)))

    def put_off(self, passed: int, start: int, end: int) -> None:
        """Leave a block to the block parser; ``passed`` is where the dull blocks before it begin."""
        if self.start >= 0 and not self.text[self.stop : start].strip("\n"):
            self.stop = end
            return
        if self.start >= 0:
            self.catch_up()
        self.see(passed, start)
        self.start, self.stop = start, end

    def see(self, start: int, end: int) -> None:
        """Note what the last of the dull blocks is that were passed over."""
        text = self.text
        while end > start and text[end - 1] == "\n":
            end -= 1
        parted = text.rfind("\n\n", start, end)
        start = start if parted < 0 else parted + 2
        while start < end and text[start] == "\n":
            start += 1
        if start < end:
            if _RULED.match(text, start):
                self.root.last = OTHER
            elif _LISTED.match(text, start):
                self.root.add("ul").add("li")
            elif text[start] == ">":
                self.root.add("blockquote").last = PARAGRAPH
            else:
                self.root.last = PARAGRAPH

    def catch_up(self) -> None:
        """Have the block parser read what waits for it."""
        self.parser.parse(self.root, chunks(self.text[self.start : self.stop], self.start))
        self.start = -1
