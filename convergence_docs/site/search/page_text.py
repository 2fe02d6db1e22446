"""A page's HTML as the text that its reader sees, in sections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from convergence_docs.site.diagrams.gallery import BETWEEN_LABELS


class Kind(IntEnum):
    """What a piece of text is to its reader. The numbers are those in the packed index."""

    LEAD = 1
    HEAD = 2  # a header cell
    CELL = 3
    BODY = 4
    DIAGRAM = 5
    FORMULA = 6
    CODE = 7


class Piece(NamedTuple):
    """A run of text of one kind; ``is_block`` where it begins a block of its own, so that white space parts it from
    what stands before it.
    """

    kind: Kind
    text: str
    is_block: bool


class Section(NamedTuple):
    """A heading and what stands below it, to the next heading. ``level`` is 0 for what stands before the first."""

    level: int
    anchor: str
    heading: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All of it as one text; blocks stand in lines of their own."""
        return self.heading + "".join(("\n" if piece.is_block else "") + piece.text for piece in self.pieces)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|<|[^<]+""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = _names(
    "script style template noscript object iframe svg math button select textarea audio video canvas title"
)
_BLOCKS = _names(
    "p div li ul ol dl dt dd table thead tbody tfoot tr td th caption pre blockquote figure figcaption details summary "
    "section article aside header footer main nav hr address fieldset legend label form"
)
_OPENERS = _names("p li dd div")
"""Elements whose first words lead where they are bold."""
_CLOSED_BY = {"p": _BLOCKS | {"h1", "h2", "h3", "h4", "h5", "h6"}, "li": {"li"}, "td": {"td", "th", "tr"}}
_FURNITURE = _names(
    "headerlink footnote-ref footnote-backref linenos linenodiv cd-hidden cd-download md-code__nav md-tags"
)
"""Classes of what themes and plugins add to what was written."""
_SPACE = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_FORMULA = re.compile(r"\s*\\[(\[](.*)\\[)\]]\s*", re.DOTALL)


class _Open(NamedTuple):
    """An element that is not closed yet."""

    name: str
    kind: Kind | None
    is_skipped: bool
    is_lead: bool = False


class PageReader:
    """Reads one page's HTML. Raw HTML may be anything: what nobody closes ends with the page."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._level, self._anchor, self._is_excluded = 0, "", False
        self._pieces: list[Piece] = []
        self._heading: list[str] | None = None
        self._title = ""
        self._open: list[_Open] = []
        self._left_out: list[str] = []
        self._skipped = 0
        self._is_break = True
        self._has_opened = False

    def read(self, content: str) -> tuple[Section, ...]:
        """The page's sections; one without words is kept if it has a heading."""
        for start, is_end, name, attributes in _tokens(content):
            if not name:
                self._text(start)
            elif is_end:
                self._end(name)
            else:
                self._start(name, attributes)
        self._finish_section()
        return tuple(self.sections)

    @property
    def left_out(self) -> str:
        """What the page says and the index does not."""
        return html.unescape("\n".join(self._left_out))

    def _start(self, name: str, source: str) -> None:
        attributes = _attributes(source) if source.strip(" /") else {}
        classes = attributes.get("class", "").split()
        if name in _VOID:
            if not self._skipped and name in ("br", "hr"):
                self._break(is_hard=name == "hr")
            return
        self._close_implied(name)
        is_heading = len(name) == 2 and name[0] == "h" and name[1] in "123456"
        is_skipped = (
            name in _UNSEEN
            or "hidden" in attributes
            or not _FURNITURE.isdisjoint(classes)
            or ("data-search-exclude" in attributes and not is_heading)
        )
        if is_skipped or self._skipped:
            self._skipped += 1
            self._open.append(_Open(name, None, True))
            return
        if is_heading:
            self._finish_section()
            self._level, self._heading = int(name[1]), []
            self._anchor = attributes.get("id", self._anchor)
            self._is_excluded = "data-search-exclude" in attributes
        kind = _kind_of(name, attributes, classes)
        is_lead = name in ("strong", "b") and self._has_opened
        if name in _BLOCKS:
            self._break(is_hard=True)
            self._has_opened = name in _OPENERS
        self._open.append(_Open(name, Kind.LEAD if is_lead else kind, False, is_lead))

    def _close_implied(self, name: str) -> None:
        """HTML lets a paragraph, a list item or a cell end where the next block begins."""
        while self._open and name in _CLOSED_BY.get(self._open[-1].name, ()):
            self._pop()

    def _end(self, name: str) -> None:
        if not any(one.name == name for one in self._open[-64:]):
            return
        while self._open:
            if self._pop() == name:
                break

    def _pop(self) -> str:
        closed = self._open.pop()
        if closed.is_skipped:
            self._skipped -= 1
        elif closed.name in _BLOCKS:
            self._break(is_hard=True)
            self._has_opened = False
        elif self._heading is not None and len(closed.name) == 2 and closed.name[0] == "h" and closed.name[1].isdigit():
            self._title, self._heading = _collapsed("".join(self._heading)).strip(), None
            self._is_break = True
        return closed.name

    def _break(self, *, is_hard: bool) -> None:
        if self._heading is not None or not is_hard:
            self._add(" ")
        else:
            self._is_break = True

    def _text(self, source: str) -> None:
        if self._skipped:
            self._left_out.append(source)
            return
        for number, text in enumerate(html.unescape(source).split(BETWEEN_LABELS)):
            if number:
                self._break(is_hard=True)
            self._add(text)

    def _add(self, text: str) -> None:
        if self._heading is not None:
            self._heading.append(text)
            return
        text = _collapsed(text)
        if self._is_break:
            text = text.lstrip(" ")
        if not text:
            return
        kind = next((one.kind for one in reversed(self._open) if one.kind is not None), Kind.BODY)
        if kind is not Kind.LEAD:
            self._has_opened = False
        self._pieces.append(Piece(kind, text, self._is_break))
        self._is_break = False

    def _finish_section(self) -> None:
        pieces = tuple(_merged(self._pieces))
        has_words = bool(pieces or self._title)
        section = Section(self._level, self._anchor, self._title, pieces)
        if self._is_excluded:
            self._left_out.append(html.escape(section.text))
        elif has_words:
            self.sections.append(section)
        self._pieces, self._title, self._is_break = [], "", True


def _tokens(content: str) -> Iterator[tuple[str, bool, str, str]]:
    """Text, and tags with their names in lower case; comments and declarations are left out."""
    at, size = 0, len(content)
    while at < size:
        if content.startswith(("<!", "<?"), at):
            end = content.find("-->", at) if content.startswith("<!--", at) else content.find(">", at)
            if end < 0:
                return
            at = end + (3 if content.startswith("-->", end) else 1)
            continue
        match = _TOKEN.match(content, at)
        assert match is not None  # every character is text at least
        at = match.end()
        name = match[2]
        if not name:
            yield match[0], False, "", ""
            continue
        name = name.lower()
        yield "", bool(match[1]), name, match[3]
        if name in ("script", "style") and not match[1]:  # what stands in them is no HTML
            end = content.find(f"</{name}", at)
            at = end if end >= 0 else size


def _attributes(source: str) -> dict[str, str]:
    return {name.lower(): html.unescape(one or other or bare) for name, one, other, bare in _ATTRIBUTE.findall(source)}


def _kind_of(name: str, attributes: dict[str, str], classes: list[str]) -> Kind | None:
    if "arithmatex" in classes:
        return Kind.FORMULA
    if "data-cd-diagram" in attributes or "mermaid" in classes:
        return Kind.DIAGRAM
    return {"th": Kind.HEAD, "td": Kind.CELL, "pre": Kind.CODE, "caption": Kind.HEAD}.get(name)


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text)


def _merged(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbouring runs of one kind as one, without white space where a block ends, formulas without their signs."""
    kept: list[list[str]] = []
    shown: list[tuple[Kind, bool]] = []
    for kind, text, is_block in pieces:
        if kept and shown[-1][0] is kind and not is_block:
            kept[-1].append(text)
        else:
            kept.append([text])
            shown.append((kind, is_block))
    for number, (kind, is_block) in enumerate(shown):
        text = "".join(kept[number])
        if kind is Kind.FORMULA and (inner := _FORMULA.fullmatch(text)):
            text = inner[1].strip()
        if number + 1 == len(shown) or shown[number + 1][1]:
            text = text.rstrip(" ")
        text = _SPACE.sub(" ", text)
        if text:
            yield Piece(kind, text, is_block)
