"""A page in a sentence or two: its first real paragraph, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

LONGEST: Final = 160
"""Search engines show about so many characters."""
_SHORTEST: Final = 12
_EARLIEST: Final = 60
"""Where a description may be cut at a sentence's end; before, too little would be left of it."""
_PIECE: Final = 8192
_FARTHEST: Final = 1 << 16
"""What stands later does not tell what a page is about."""
_ENOUGH: Final = 3
"""Pages that begin alike may go on differently."""
_WITHOUT_END = "area base br col embed hr img input link meta source track wbr"
_VOID: Final = frozenset(_WITHOUT_END.split())
_NO_TEXT = "aside button details dl figure footer form h1 h2 h3 h4 h5 h6 math nav ol pre script style svg table "
_NO_TEXT += "template textarea ul"
_APART: Final = frozenset(_NO_TEXT.split())
_SILENT: Final = frozenset({"headerlink", "footnote-ref", "admonition", "footnote", "toc", "arithmatex-source"})
_ENDS: Final = re.compile(r"[。！？；!?;](?:[”’」』）)\"']*)|\.(?:[”’\")]*)(?=\s)")
_CLAUSES: Final = re.compile(r"[，、：,:](?=.)|\s")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_LINE_END: Final = re.compile(rf"(?<={_WIDE})[ \t]*+\n\s*+(?={_WIDE})")
_DELIMITERS: Final = re.compile(r"\\[()\[\]]")


def describe(html: str) -> tuple[str, ...]:
    """The first paragraphs of a page that say something, as plain text of at most `LONGEST` characters each.

    Tables, lists, boxes, tables of contents and figures hold none; a quotation counts where there is nothing else.
    """
    reader = _Paragraphs()
    for at in range(0, min(len(html), _FARTHEST), _PIECE):
        reader.feed(html[at : at + _PIECE])
        if len(reader.found) >= _ENOUGH:
            break
    return tuple(map(shortened, (*reader.found, *reader.second, *reader.third)[:_ENOUGH]))


def shortened(text: str, longest: int = LONGEST) -> str:
    """Text cut at the end of a sentence, else of a clause or word, else anywhere, to ``longest`` characters."""
    text = joined(text)
    if len(text) <= longest:
        return text
    ends = [match.end() for match in _ENDS.finditer(text, 0, longest + 1) if match.end() <= longest]
    if ends and ends[-1] >= _EARLIEST:
        return text[: ends[-1]].strip()
    clauses = [match.start() for match in _CLAUSES.finditer(text, 0, longest)]
    if clauses and clauses[-1] >= _EARLIEST:
        return text[: clauses[-1]].rstrip(" ，、：,:") + "…"
    return text[: longest - 1] + "…"


def joined(text: str) -> str:
    """Text on one line: between two Chinese characters a line end is no blank."""
    return " ".join(_LINE_END.sub("", text).split())


def from_headings(title: str, headings: Iterable[str], longest: int = LONGEST) -> str:
    """A page without a paragraph, by what its sections are called; empty where it has none."""
    said = "；".join(heading for heading in headings if heading and heading != title)
    return shortened(f"{title}：{said}", longest) if said else ""


class _Paragraphs(HTMLParser):
    """Collects paragraphs: ``found`` are real ones, ``second`` quotations, ``third`` those that lead to something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.second: list[str] = []
        self.third: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._text: list[str] | None = None
        self._linked = 0

    @property
    def _is_apart(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, or something that holds none."""
        if tag in _VOID:
            if tag == "br" and self._text is not None:
                self._text.append(" ")
            return
        known = dict(attrs)
        classes = (known.get("class") or "").split()
        is_apart = self._is_apart or tag in _APART or "hidden" in known or bool(_SILENT.intersection(classes))
        self._open.append((tag, is_apart))
        if tag == "p" and not is_apart:
            self._text, self._linked = [], 0

    def handle_endtag(self, tag: str) -> None:
        """End what is open, with all that was left open in it."""
        if tag not in (name for name, _ in self._open):
            return
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "p" and self._text is not None:
            self._keep(_DELIMITERS.sub("", joined("".join(self._text))))
            self._text = None

    def handle_data(self, data: str) -> None:
        """Take text in, and count how much of it is links."""
        if self._text is not None and not self._is_apart:
            self._text.append(data)
            if any(name == "a" for name, _ in self._open):
                self._linked += len(data)

    def _keep(self, text: str) -> None:
        if len(text) < _SHORTEST or self._linked * 2 > len(text):
            return
        if any(name == "blockquote" for name, _ in self._open):
            self.second.append(text)
        elif text.endswith(("：", ":")):
            self.third.append(text.rstrip("：:"))
        else:
            self.found.append(text)
