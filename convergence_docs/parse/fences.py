"""Fenced code, found first: what stands in a fence is nothing else.

A fence is blanked to one line of placeholders of the same length, so that every offset stays true and the blocks
around it hang together just as they do on the site, where one placeholder line takes the fence's place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from convergence_docs.model.nodes import Anchor, AnchorOrigin, Fence
from convergence_docs.parse.dialect import Dialect
from convergence_docs.regex import regex
from convergence_docs.text import Span

_new = tuple.__new__  # see items.py

CODE = "\x02"
"""Stands for a character of something that was taken out; no Markdown means anything to it."""

_OPEN = regex(r"(`{3,}|~{3,})[ \t]*(.*)")
_LANGUAGE = regex(r"\.?([\w#.+-]+)(?=[\t ]|$)")
_OPTION = regex(r"[ \t]*([a-zA-Z][a-zA-Z0-9_]*)(?:=(?:\"([^\"]*).*?\"|'([^']*).*?'))?(?=[\t ]|$)")
_ID = regex(r"\{[^}\n]*?(?<=[ {])#([^\s}]+)")
_LINES = regex(r"\d+(?:-\d+)?(?:[ \t]+\d+(?:-\d+)?)*")
_NUMBERS = regex(r"\d+(?:[ \t]+\d+){0,2}")
_SIMPLE_HEADER = regex(r"```([A-Za-z0-9_+#-]*)\n")
_FIRST_STEP = 4096
"""Characters in which the close of a fence is looked for first."""
_PLAIN_HEADER = regex(r"[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*')[ ]*)?)")


class _Opening(NamedTuple):
    start: int
    fence: str
    info: str
    prefix: str
    line_end: int


def mask_fences(text: str, dialect: Dialect) -> tuple[str, list[Fence], list[Anchor]]:
    """The text with its fences blanked, the fences, and the ids that their attribute lists set."""
    fences: list[Fence] = []
    ids: list[Anchor] = []
    if not (dialect.superfences or dialect.fenced_code):
        return text, fences, ids
    pieces: list[str] = []
    unclosed: set[str] = set()
    marks = _Marks(text)
    done = at = 0
    while (start := marks.after(at)) >= 0:
        fence = _simple_fence(text, start) if dialect.superfences else None
        if fence is None:
            opening = _next_opening(text, at, marks)
            if opening is None:
                break
            if opening.fence in unclosed or not _is_header(opening, dialect):
                at = opening.line_end
                continue
            fence, at = _fence(text, opening, dialect)
            if fence is None:
                if not dialect.superfences:
                    unclosed.add(opening.fence)
                continue
            if opening.info.endswith("}") and (match := _ID.search(text, opening.start, opening.line_end)):
                ids.append(Anchor(Span(*match.span(1)), match[1], AnchorOrigin.HTML))
        start, at = fence.span
        pieces += [text[done:start], CODE * (at - start)]
        done = at
        fences.append(fence)
    if not pieces:
        return text, fences, ids
    pieces.append(text[done:])
    return "".join(pieces), fences, ids


def _fence(text: str, opening: _Opening, dialect: Dialect) -> tuple[Fence | None, int]:
    """The fence that a line opens, and where to go on; ``None`` where it has no end."""
    close, end, at = _find_close(text, opening, dialect)
    if close < 0:
        return None, at
    body = Span(min(opening.line_end + 1, close), close)
    return Fence(Span(opening.start, end), _language(opening.info), opening.info, body), at


def _simple_fence(text: str, start: int) -> Fence | None:
    """The fence at ``start`` if it is as nearly all are; ``None`` leaves it to those who read every fence."""
    header = _SIMPLE_HEADER.match(text, start) if not start or text[start - 1] == "\n" else None
    if header is None:
        return None
    body = header.end()
    close = text.find("\n```", body - 1, body + _FIRST_STEP) + 1
    end = close + 3
    if not close or text[end : end + 1] not in ("\n", ""):
        return None
    info = header[1]
    return _new(Fence, (_new(Span, (start, end)), info.lower(), info, _new(Span, (body, close))))


def _language(info: str) -> str:
    word = info.strip("{} ").split(" ")[0] if info.startswith("{") else info.split(" ")[0].split("\t")[0]
    return word.lstrip(".").lower()


class _Marks:
    """The next run of backticks or tildes; neither is looked for again before it has been passed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = {mark: -2 for mark in ("```", "~~~") if mark[0] in text}

    def after(self, at: int) -> int:
        """The first of them from ``at`` on, or -1."""
        best = -1
        for mark, found in self._next.items():
            if found != -1 and found < at:
                self._next[mark] = found = self._text.find(mark, at)
            if found >= 0 and (best < 0 or found < best):
                best = found
        return best


def _next_opening(text: str, at: int, marks: _Marks) -> _Opening | None:
    """The next line that opens with three backticks or tildes after nothing but blanks and quote marks."""
    while True:
        start = marks.after(at)
        if start < 0:
            return None
        line_start = max(text.rfind("\n", at, start) + 1, at)
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        if line_start == 0 or text[line_start - 1] == "\n":
            prefix = text[line_start:start]
            match = _OPEN.match(text, start, line_end)
            if match and not prefix.strip("> \t"):
                return _Opening(start, match[1], match[2].rstrip(), prefix, line_end)
        at = line_end


def _is_header(opening: _Opening, dialect: Dialect) -> bool:
    if not dialect.superfences:
        after = opening.info
        return not opening.prefix and _PLAIN_HEADER.fullmatch(after) is not None
    info = opening.info
    if not info:
        return True
    if dialect.relaxed_headers and "`" in info and opening.fence[0] == "`":
        return False  # code within the line (CommonMark 0.31, 4.5)
    language = _LANGUAGE.match(info)
    rest = info[language.end() :].strip() if language else info
    if not rest or (rest.startswith("{") and rest.endswith("}")) or dialect.relaxed_headers:
        return True
    return _are_options(rest)


def _are_options(rest: str) -> bool:
    at = 0
    while at < len(rest):
        match = _OPTION.match(rest, at)
        if not match:
            return False
        name = match[1]
        value = next((one for one in match.groups()[1:] if one is not None), name)
        if name == "hl_lines":
            if not _LINES.fullmatch(value):
                return False
        elif name == "linenums":
            if not _NUMBERS.match(value):
                return False
        elif name not in ("title", "title_mode"):
            return False
        at = match.end()
    return True


def _find_close(text: str, opening: _Opening, dialect: Dialect) -> tuple[int, int, int]:
    """Start and end of the closing line, and where to go on; the start is -1 where the fence is none."""
    if not dialect.superfences:
        match = re.compile(rf"^{opening.fence}[ ]*$", re.M).search(text, opening.line_end)
        return (match.start(), match.end(), match.end()) if match else (-1, 0, opening.line_end)
    if ">" in opening.prefix:
        return _find_quoted_close(text, opening)
    indent = len(opening.prefix.expandtabs(4))
    outside = re.compile(rf"\n(?! {{{indent}}}|[ ]*\t|[ \t]*(?:\n|\Z))") if indent else None
    mark = f"\n{opening.prefix}{opening.fence}"
    # Step by growing step: the close of a fence that has none must not be looked for in the whole file each time.
    start, size = opening.line_end, _FIRST_STEP
    while start < len(text):
        limit = text.find("\n", min(start + size, len(text)))
        limit = len(text) if limit < 0 else limit
        less = outside.search(text, start, limit) if outside else None
        end = less.start() if less else limit
        at = text.find(mark, start, end + 1)
        while at >= 0:
            line_end = text.find("\n", at + len(mark), end)
            line_end = end if line_end < 0 else line_end
            if not text[at + len(mark) : line_end].strip(" \t"):
                return at + 1, line_end, line_end
            at = text.find(mark, line_end, end + 1)
        if less:
            after = text.find("\n", less.end())
            return -1, 0, len(text) if after < 0 else after
        start, size = limit, size * 2
    return -1, 0, len(text)


def _find_quoted_close(text: str, opening: _Opening) -> tuple[int, int, int]:
    width = len(opening.prefix)
    level = opening.prefix.count(">")
    at, empty = opening.line_end, 0
    while at < len(text):
        start = at + 1
        at = text.find("\n", start)
        at = len(text) if at < 0 else at
        line = text[start:at]
        prefix = line[: min(width, len(line) - len(line.lstrip("> \t")))]
        content = line[len(prefix) :]
        quotes = prefix.count(">")
        if quotes > level:
            return -1, 0, at
        if not content:
            empty += 1
        elif len(prefix) < width or (empty and quotes < level):
            return -1, 0, at
        elif content.startswith(opening.fence) and not content[len(opening.fence) :].strip(" \t"):
            return start, at, at
        else:
            empty = 0
    return -1, 0, len(text)
