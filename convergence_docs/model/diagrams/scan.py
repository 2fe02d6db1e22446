"""Where labels stand in a flowchart that Mermaid may refuse, read as its author meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.regex import regex

LONGEST = 2_000
"""Characters of a label; a bound keeps the time linear on hostile text."""

_SHAPES = (
    ("(((", (")))",)),
    ("((", ("))",)),
    ("([", ("])",)),
    ("[(", (")]",)),
    ("[[", ("]]",)),
    ("{{", ("}}",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("[", ("]",)),
    ("(", (")",)),
    ("{", ("}",)),
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_QUOTED = regex(r'\s*"[^"]*"\s*')
_GOES_ON = regex(r"\s*(?:$|[;；&:：→⇒←↔~@,，、]|[<＜]?(?:--|==|-\.|->|=>|[—–－─]|\.\.)|[xo](?:--|==|-\.)|%%|//)")
"""What follows a node: the end of its line, an arrow, another node beside it."""
_SUBGRAPH = regex(r"[ \t]*subgraph[ \t]+(?=\S)")
_GROUP_ID = regex(r"[^\s\[\](){}\"]+[ \t]*(?=\[)")
_OPEN_TEXT = regex(
    r"(?<![-=.<~])(?:[<xo]?)(--|==|-\.)(?![->=.~])[ \t]*([^\n]{1,300}?)[ \t]*"
    r"(-{2,}[->xo]|={2,}[=>xo]|\.-+[->xo]?)"
)
_IGNORED = regex(
    r"[ \t]*(?:%%|(?:style|classDef|class|linkStyle|click|direction|accTitle|accDescr)(?![^\s:{])|end[ \t]*;?[ \t]*$)"
)
_AFTER_BAR = regex(r"[ \t]*(?:[^\s|;&]+?)?(?:$|[\s\[({>;&:]|--|==)")
_SENDING = regex(r"[->=.~xo—→）)＞][ \t]*$")
_KIND = regex(r"[ \t]*(?:graph|flowchart(?:-elk)?)\b", re.I)


class Label(NamedTuple):
    """The words of a node, an edge (``|words|`` or, ``is_open``, between halves of an arrow) or a group."""

    kind: str
    start: int
    end: int
    is_open: bool = False


class Line(NamedTuple):
    """A line of statements: where it begins and ends."""

    start: int
    end: int


class Scan(NamedTuple):
    """A flowchart's text: its labels, its lines of statements, and the text with labels hidden behind ``_``.

    Lines that are no statements about nodes and edges are blank in ``masked``, which is as long as the text.
    """

    header: Line | None
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    masked: str


@lru_cache(maxsize=2)  # every finder asks for that of the same text
def scan(text: str) -> Scan:
    """Read a flowchart, its first line of statements with the header first."""
    labels: list[Label] = []
    lines: list[Line] = []
    header: Line | None = None
    masked = list(re.sub(r"[^\n]", " ", text))
    done = 0
    for start, end in statements(text):
        if start < done:
            continue
        if header is None:
            header = Line(start, end)
            masked[start:end] = text[start:end]
            if not _KIND.match(text, start, end):
                return Scan(header, (), (), text)
            continue
        if _IGNORED.match(text, start, end):
            continue
        found = list(_labels(text, start, end))
        done = max([end, *(label.end for label in found)])
        if done > end:
            end = text.find("\n", done)
            end = len(text) if end < 0 else end
        labels += found
        lines.append(Line(start, end))
        masked[start:end] = text[start:end]
        for label in found:
            masked[label.start : label.end] = "_" * (label.end - label.start)
    return Scan(header, tuple(labels), tuple(lines), "".join(masked))


def statements(text: str) -> Iterator[Line]:
    """Lines that count: no blank ones, no comments, directives or front matter."""
    at = 0
    is_first, closing = True, ""
    for line in text.split("\n"):
        start, words = at, line.strip()
        at += len(line) + 1
        if closing:
            closing = "" if closing in words else closing
        elif is_first and words == "---":
            closing, is_first = "---", False
        elif words.startswith("%%{") and "}%%" not in words:
            closing = "}%%"
        elif words and not words.startswith("%%"):
            is_first = False
            yield Line(start, start + len(line))


def is_quoted(text: str, label: Label) -> bool:
    """Whether the label stands between quotes, and has none within."""
    return _QUOTED.fullmatch(text, label.start, label.end) is not None


def _labels(text: str, start: int, end: int) -> Iterator[Label]:
    group = _SUBGRAPH.match(text, start, end)
    if group:
        at = group.end()
        named = _GROUP_ID.match(text, at, end)
        if named is None:
            last = len(text[at:end].rstrip(" \t;")) + at
            yield Label("group", at, last)
            return
        inner = _inner(text, named.end(), end)
        if inner:
            yield Label("group", *inner[:2])
        return
    at = start
    spans = [(m.start(2), m.end(2)) for m in _OPEN_TEXT.finditer(text, start, end) if m[2].strip("-=. ")]
    while at < end:
        opened = next((one for one in spans if one[0] == at), None)
        if opened and not _SENDING.search(text, max(start, at - 1), at - 1):
            yield Label("edge", *opened, True)
            at = opened[1]
            continue
        char = text[at]
        if char == "{" and text[at - 1] == "@":
            at = text.find("}", at, end) + 1 or end
        elif char in "[({" or (char == ">" and at > start and text[at - 1].isalnum() and "]" in text[at:end]):
            inner = _inner(text, at, end)
            if inner is None:
                return
            yield Label("node", *inner[:2])
            at = inner[2]
        elif char == "|" and _SENDING.search(text, start, at):
            bar = _bar(text, at + 1, end)
            if bar is None:
                return
            yield Label("edge", at + 1, bar)
            at = bar + 1
        else:
            at += 1


def _inner(text: str, at: int, end: int) -> tuple[int, int, int] | None:
    """The words in the shape that opens at ``at``, and where the shape ends; it may close on another line."""
    found: tuple[int, int, int] | None = None
    for opener, closers in (*_SHAPES, (">", ("]",))):
        if not text.startswith(opener, at):
            continue
        start = at + len(opener)
        if (whole := _whole(text, start, closers)) is not None:
            return whole
        for place in range(start, min(end, start + LONGEST)):
            closer = next((one for one in closers if text.startswith(one, place)), None)
            if closer and _GOES_ON.match(text, place + len(closer), end):
                words = text[start:place]
                if is_balanced(words):
                    return start, place, place + len(closer)
                if not any(one in words for one in closers):  # else two nodes stand side by side
                    found = (start, place, place + len(closer))
                break
    return found


def _whole(text: str, start: int, closers: tuple[str, ...]) -> tuple[int, int, int] | None:
    """A label between quotes, which may go over lines."""
    quoted = _QUOTED.match(text, start, start + LONGEST)
    if quoted is None:
        return None
    closer = next((one for one in closers if text.startswith(one, quoted.end())), None)
    return (start, quoted.end(), quoted.end() + len(closer)) if closer else None


def _bar(text: str, start: int, end: int) -> int | None:
    place = text.find("|", start, end)
    last = None
    while place >= 0:
        if _AFTER_BAR.match(text, place + 1, end) and text[place + 1 : place + 2] != "|":
            rest = text.find("|", place + 1, end)
            if rest < 0 or re.search(r"--|==|-\.|~~~", text[place:rest]):
                return place
        last = place
        place = text.find("|", place + 1, end)
    return last


def is_balanced(words: str) -> bool:
    """Whether every bracket is closed by one of its kind."""
    opened: list[str] = []
    for char in words:
        if char in "([{":
            opened.append(char)
        elif char in _PAIRS and (not opened or opened.pop() != _PAIRS[char]):
            return False
    return not opened
