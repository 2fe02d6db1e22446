"""Labels in Mermaid: where one ends in each of the shapes, and what a reader sees of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from convergence_docs.escapes import unescape
from convergence_docs.regex import regex
from convergence_docs.text import Span

LONGEST = 2_000
"""Characters of a label. No reader could use a longer one; a bound keeps the time linear on hostile text."""

_CLOSERS = {
    "(((": (")))",),
    "((": ("))",),
    "([": ("])",),
    "[(": (")]",),
    "[[": ("]]",),
    "{{": ("}}",),
    "[/": ("/]", "\\]"),
    "[\\": ("\\]", "/]"),
    "[": ("]",),
    "(": (")",),
    "{": ("}",),
    ">": ("]",),
    "))": ("((",),
    ")": ("(",),
}
_SHAPES = tuple(_CLOSERS)
_PLAIN = regex(r'[^\[\](){}|"]*')
"""What Mermaid allows in a label without quotes, line breaks included."""
_BLANKS = regex(r"[ \t\n]*")
_BREAK = regex(r"<br[ \t]*/?>|\\n|\n[ \t>]*", re.I)
_TAG = regex(r"</?[a-zA-Z][^<>]*>")
_CODE = regex(r"#(\w+);")
_EMPHASIS = regex(r"\*\*")


class Label(NamedTuple):
    """A label: where it is written (without quotes and brackets), what a reader sees, where its shape ends."""

    span: Span
    text: str
    end: int


def label_at(text: str, at: int, line_end: int) -> Label | None:
    """The label in the shape that opens at ``at``; ``None`` where none opens, or it is never closed."""
    opener = next((one for one in _SHAPES if text.startswith(one, at)), None)
    if opener is None:
        return None
    start, closers = at + len(opener), _CLOSERS[opener]
    blanks = _BLANKS.match(text, start, start + LONGEST)
    inner = blanks.end() if blanks else start
    if text.startswith('"', inner):
        return _quoted(text, inner + 1, closers, line_end)
    plain = _PLAIN.match(text, start, start + LONGEST)
    end = plain.end() if plain else start
    if closer := _closer(text, end, closers):
        return _made(text, start, end, end + len(closer))
    if text[end - 1 : end] in ("/", "\\") and (closer := _closer(text, end - 1, closers)):
        return _made(text, start, end - 1, end - 1 + len(closer))
    return _unruly(text, start, closers, line_end)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without outer blanks, and without the quotes around all of it."""
    while True:
        while start < end and text[start] in " \t\n":
            start += 1
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        if end - start < 2 or text[start] not in '"`' or text[end - 1] != text[start]:
            return Span(start, end)
        start, end = start + 1, end - 1


def visible_label(label: str) -> str:
    """What a reader sees of a label: a line break is a space, tags are gone, entities are resolved."""
    if "<" in label or "\\" in label or "\n" in label:
        label = _TAG.sub("", _BREAK.sub(" ", label))
    if "#" in label:
        label = _CODE.sub(lambda code: f"&#{code[1]};" if code[1].isdecimal() else f"&{code[1]};", label)
    if "&" in label:
        label = unescape(label)
    if "**" in label:
        label = _EMPHASIS.sub("", label)
    return " ".join(label.split())


def _made(text: str, start: int, end: int, after: int) -> Label:
    span = trimmed(text, start, end)
    return Label(span, visible_label(text[span.start : span.end]), after)


def _closer(text: str, at: int, closers: tuple[str, ...]) -> str | None:
    return next((one for one in closers if text.startswith(one, at)), None)


def _quoted(text: str, start: int, closers: tuple[str, ...], line_end: int) -> Label | None:
    end = text.find('"', start, start + LONGEST)
    if end < 0:
        return _unruly(text, start, closers, line_end)
    blanks = _BLANKS.match(text, end + 1, end + 1 + LONGEST)
    after = blanks.end() if blanks else end + 1
    closer = _closer(text, after, closers)
    return _made(text, start, end, after + len(closer)) if closer else _unruly(text, start, closers, line_end)


def _unruly(text: str, start: int, closers: tuple[str, ...], line_end: int) -> Label | None:
    """A label with brackets or quotes inside, which Mermaid refuses: up to the closer that balances, in its line."""
    closer = closers[0]
    shut = closer[0]
    opener = {")": "(", "]": "[", "}": "{"}.get(shut, "")
    depth, limit = 0, min(line_end, start + LONGEST)
    for at in range(start, limit):
        if text.startswith(closer, at) and depth == 0:
            return _made(text, start, at, at + len(closer))
        if text[at] == opener:
            depth += 1
        elif text[at] == shut and depth:
            depth -= 1
    end = text.find(closer, start, limit)
    return _made(text, start, end, end + len(closer)) if end >= 0 else None
