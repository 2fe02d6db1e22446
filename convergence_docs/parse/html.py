"""Raw HTML blocks, taken out before any Markdown is read, as Python-Markdown's preprocessor takes them out.

Only a block tag at the start of a line (three blanks at most) opens one; it reaches to its matching close. With
``md_in_html``, elements that carry a ``markdown`` attribute become containers instead, whose content is Markdown.
What is taken out is blanked to the same length, with the blank lines around it that part it from its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.fences import CODE
from convergence_docs.parse.tags import BLOCK_TAGS, RAW_TAGS, SPAN_TAGS, VOID_TAGS, Attribute, attributes, tag_end
from convergence_docs.regex import regex
from convergence_docs.text import Span

ELEMENT = "\x03"
"""Stands for a character of an element that holds Markdown."""
MAX_ELEMENTS = 30
"""Elements with Markdown inside each other; deeper ones are taken for raw HTML, so that time stays linear."""

_BLANK_LINE = regex(r"(?:[ ]*\n){2}")
_INNER_BLANK = regex(r"\n[ \t]*\n")
_CDATA_END = {name: regex(rf"</{name}(?=[\s>/])", re.I) for name in ("script", "style")}


@dataclass(slots=True)
class Element:
    """An element whose content is Markdown: blocks, or one run of text where ``is_span``."""

    tag: str
    span: Span
    opening: Span
    content: Span
    is_span: bool
    text: str
    """The content, with elements inside it blanked in their turn."""
    attributes: tuple[Attribute, ...]


@dataclass(slots=True)
class Html:
    """What the pass found. ``elements`` are keyed by the offset of their placeholder."""

    text: str
    raw: list[Span] = field(default_factory=list)
    elements: dict[int, Element] = field(default_factory=dict)
    headings: list[tuple[Span, Span]] = field(default_factory=list)
    """Raw headings inside elements with Markdown: opening tag and whole element; the site gives these ids, too."""


@dataclass(slots=True)
class _Frame:
    tag: str
    state: str
    start: int
    content: int
    is_fresh: bool
    attributes: tuple[Attribute, ...]
    masks: list[tuple[int, int, str]] = field(default_factory=list)


def mask_html(text: str, dialect: Dialect) -> Html:
    """Take raw HTML out of ``text``."""
    if "<" not in text:
        return Html(text)
    return _Extractor(text, dialect).run()


def blanked(text: str, start: int, end: int, masks: list[tuple[int, int, str]]) -> str:
    """``text[start:end]`` with every masked range replaced by placeholders and the blank lines around them."""
    if not masks:
        return text[start:end]
    pieces = []
    at = start
    for left, right, mark in masks:
        before = text[at:left]
        if mark == ELEMENT and start and before.endswith(" ") and not before[before.rfind("\n") + 1 :].strip():
            before = before.rstrip(" ") + "\n" * (len(before) - len(before.rstrip(" ")))
        pieces.append(before)
        pieces.append(f"\n{mark * (right - left - 3)}\n\n" if mark != "\n" else "\n" * (right - left))
        at = right
    pieces.append(text[at:end])
    return "".join(pieces)


class _Extractor:
    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.result = Html(text)
        self.masks: list[tuple[int, int, str]] = []
        self.raw_start = -1
        self.raw_stack: list[str] = []
        self.raw_open: Counter[str] = Counter()
        self.in_tail = False
        self.frames: list[_Frame] = []
        self.frame_tags: Counter[str] = Counter()
        self.inline: list[str] = []
        self.dead = -1
        self.no_comment_end = len(text) + 1

    def run(self) -> Html:
        text = self.text
        last = text.rfind(">")
        done, at = 0, text.find("<")
        while 0 <= at <= last:
            if done < at:
                self.data(done, at)
            done = self.construct(at)
            at = text.find("<", done)
        if self.raw_start >= 0:
            self.close_raw(len(text), is_open=True)
        while self.frames:
            self.close_frame(len(text), len(text))
        self.result.text = blanked(text, 0, len(text), self.masks)
        return self.result

    def data(self, start: int, end: int) -> None:
        if (self.in_tail or self.inline) and self.text.find("\n", start, end) >= 0:
            self.in_tail = False
            if self.inline and _INNER_BLANK.search(self.text, start, end):
                self.inline.clear()
        if self.frames:
            self.frames[-1].is_fresh = False

    def construct(self, at: int) -> int:
        """Handle what begins at ``<``; returns where to go on."""
        text = self.text
        following = text[at + 1 : at + 2]
        if following == "!":
            return self.declaration(at)
        if following == "/":
            return self.end_tag(at)
        if following == "?":
            return self.bounded(at, "?>") if self.is_at_start(at) else at + 2
        if not (following.isascii() and following.isalpha()):
            return at + 1
        if at < self.dead:
            return at + 1
        name, end, is_closed = tag_end(text, at)
        if end < 0:
            self.dead = len(text)
            return at + 1
        if not name:
            return end
        if is_closed or (name == "hr" and (not self.dialect.md_in_html or self.is_at_start(at))):
            self.empty(at, end, name in BLOCK_TAGS)
            return end
        return self.start_tag(at, end, name)

    def is_at_start(self, at: int) -> bool:
        return self.in_tail or self.is_line_start(at)

    def is_line_start(self, at: int) -> bool:
        before = self.text[max(at - 3, 0) : at]
        cut = before.rfind("\n")
        if cut < 0 and at > 3 and self.text[at - 4] != "\n":
            return False
        return not before[cut + 1 :].strip()

    def declaration(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at):
            end = -1
            if at + 4 < self.no_comment_end:
                end = text.find("-->", at + 4)
                if end < 0:
                    self.no_comment_end = at + 4
            if end < 0:
                return at + 1
            is_block = bool(_INNER_BLANK.search(text, at, end)) or not self.closes_inline(end + 3)
            self.empty(at, end + 3, is_block)
            return end + 3
        if not self.is_at_start(at):
            return at + 2
        return self.bounded(at, "]]>" if text.startswith("<![CDATA[", at) else ">")

    def closes_inline(self, at: int) -> bool:
        """Whether an inline tag that is open is closed later in the same paragraph, which keeps a comment inline."""
        if not self.inline:
            return False
        blank = _INNER_BLANK.search(self.text, at, at + 2000)
        rest = self.text[at : blank.start() if blank else at + 2000].lower()
        return any(f"</{tag}" in rest for tag in set(self.inline))

    def bounded(self, at: int, mark: str) -> int:
        end = self.text.find(mark, at + 2)
        if end < 0:
            return at + 2
        self.empty(at, end + len(mark), True)
        return end + len(mark)

    def empty(self, start: int, end: int, is_block: bool) -> None:
        """A tag without content, a comment or a declaration."""
        if self.raw_start >= 0:
            return
        if self.frames:
            if self.frames[-1].state == "off":
                return
            if is_block and self.is_line_start(start) and end - start > 3:
                self.frames[-1].masks.append((start, end, CODE))
                self.result.raw.append(Span(start, end))
            return
        if self.in_tail:
            self.masks.append((start, end, "\n"))
            self.result.raw.append(Span(start, end))
        elif is_block and self.is_line_start(start) and end - start > 3:
            self.masks.append((start, end, CODE))
            self.result.raw.append(Span(start, end))
            self.in_tail = not _BLANK_LINE.match(self.text, end)

    def start_tag(self, at: int, end: int, name: str) -> int:
        is_block = name in BLOCK_TAGS
        if self.raw_start >= 0:
            return self.push_raw(name, end)
        is_start = self.is_at_start(at) or bool(self.frames and self.frames[-1].is_fresh)
        if not (is_block and is_start):
            if not is_block and name not in VOID_TAGS:
                self.inline.append(name)
            if self.frames:
                self.frames[-1].is_fresh = False
            return end
        values = tuple(attributes(self.text, at, end)) if self.dialect.md_in_html else ()
        state = self.state_of(name, values)
        if state == "off" and not self.frames:
            self.raw_start = at
            return self.push_raw(name, end)
        if self.frame_tags["p"]:
            self.close_through("p", at, at)
        self.frames.append(_Frame(name, state, at, end, True, values))
        self.frame_tags[name] += 1
        return end

    def push_raw(self, name: str, end: int) -> int:
        self.raw_stack.append(name)
        self.raw_open[name] += 1
        if name in _CDATA_END:
            close = _CDATA_END[name].search(self.text, end)
            return close.start() if close else len(self.text)
        return end

    def state_of(self, tag: str, values: tuple[Attribute, ...]) -> str:
        """``"block"``, ``"span"`` or ``"off"``, as md_in_html decides."""
        if not self.dialect.md_in_html or len(self.frames) > MAX_ELEMENTS:
            return "off"
        wish = next((value.value or "1" for value in values if value.name == "markdown"), "0")
        wish = "1" if wish == "markdown" else wish
        parent = self.frames[-1].state if self.frames else ""
        if parent == "off" or (parent == "span" and wish != "0"):
            wish = parent
        if tag in RAW_TAGS or tag == "hr":
            return "off"
        if tag in SPAN_TAGS:
            return "block" if wish == "block" else "span" if wish in ("1", "span") else "off"
        return "block" if wish in ("1", "block") else "span" if wish == "span" else "off"

    def end_tag(self, at: int) -> int:
        text = self.text
        following = text[at + 2 : at + 3]
        if not (following.isascii() and following.isalpha()):
            return at + 2
        close = text.find(">", at)
        name = re.split(r"[\s/>]", text[at + 2 : min(close, at + 80)], maxsplit=1)[0].lower()
        end = close + 1
        if self.raw_start >= 0:
            self.pop_raw(name, end)
        elif name in BLOCK_TAGS and self.frame_tags[name]:
            self.close_through(name, at, end)
        elif name in self.inline:
            while self.inline and self.inline.pop() != name:
                pass
        return end

    def pop_raw(self, name: str, end: int) -> None:
        if self.raw_open[name]:
            while self.raw_stack:
                tag = self.raw_stack.pop()
                self.raw_open[tag] -= 1
                if tag == name:
                    break
        if not self.raw_stack:
            self.close_raw(end)

    def close_raw(self, end: int, *, is_open: bool = False) -> None:
        start, self.raw_start = self.raw_start, -1
        self.masks.append((start, end, CODE if end - start > 3 else "\n"))
        self.result.raw.append(Span(start, end))
        self.in_tail = not is_open and not _BLANK_LINE.match(self.text, end)

    def close_through(self, name: str, at: int, end: int) -> None:
        while self.frames:
            tag = self.frames[-1].tag
            self.close_frame(at, end if tag == name else at)
            if tag == name:
                break

    def close_frame(self, at: int, end: int) -> None:
        frame = self.frames.pop()
        self.frame_tags[frame.tag] -= 1
        parent = self.frames[-1] if self.frames else None
        if frame.state == "off":
            if re.fullmatch("h[1-6]", frame.tag):
                self.result.headings.append((Span(frame.start, frame.content), Span(frame.start, end)))
            if parent is not None and parent.state != "off":
                parent.masks.append((frame.start, end, CODE if end - frame.start > 3 else "\n"))
                self.result.raw.append(Span(frame.start, end))
            return
        text = blanked(self.text, frame.content, at, frame.masks)
        spans = Span(frame.start, end), Span(frame.start, frame.content), Span(frame.content, at)
        element = Element(frame.tag, *spans, frame.state == "span", text, frame.attributes)
        self.result.elements[frame.start + 1] = element
        (self.masks if parent is None else parent.masks).append((frame.start, end, ELEMENT))
        if parent is None:
            self.in_tail = not _BLANK_LINE.match(self.text, end)
