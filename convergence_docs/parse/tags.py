"""HTML tags in text: where one ends, and what its attributes say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.escapes import unescape
from convergence_docs.regex import regex


def _words(text: str) -> list[str]:
    return text.split()


BLOCK_TAGS = frozenset(
    _words(
        "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption "
        "figure footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu "
        "nav noscript object ol option output p pre progress script section style summary table tbody td "
        "textarea tfoot th thead tr ul video"
    )
)
"""Tags that Python-Markdown takes for blocks."""

SPAN_TAGS = frozenset(_words("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th"))
"""Block tags in which ``markdown="1"`` means inline Markdown only."""

RAW_TAGS = frozenset(_words("canvas math option pre script style textarea"))
"""Block tags in which nothing is ever Markdown."""

VOID_TAGS = frozenset(_words("area base br col embed hr img input link meta param source track wbr"))

# One tag as the block pass reads it: any attribute soup up to the closing mark. Every quantifier is possessive, so
# that a tag that never closes is walked once.
_BLOCK_TAG = regex(
    r"<([a-zA-Z][^`\s/>\x00]*+)"
    r"(?:[\s/]++(?!>)(?:[^`\s/>][^\s/=>]*+(?:\s*+=++\s*+(?:'[^']*+'|\"[^\"]*+\"|(?!['\"])[^`>\s]*+)(?:\s*+,)*+)?+)?+"
    r"|(?<=['\"])[^`\s/>][^\s/=>]*+(?:\s*+=++\s*+(?:'[^']*+'|\"[^\"]*+\"|(?!['\"])[^`>\s]*+)(?:\s*+,)*+)?+)*+\s*+"
)
_ATTRIBUTE = regex(r"([^\s/>=\"'][^\s/=>]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))?+")


class Attribute(NamedTuple):
    """An attribute of a tag: lower-case name, value with entities resolved, and offsets of the value as written."""

    name: str
    value: str
    start: int
    end: int


def tag_end(text: str, at: int) -> tuple[str, int, bool]:
    """Name, end offset and self-closing mark of the tag at ``at``; the end is -1 where the tag never closes.

    A name of ``""`` with an end says: no tag, but nothing in it is one either.
    """
    match = _BLOCK_TAG.match(text, at)
    if match is None:
        return "", at + 1, False
    end = match.end()
    if text.startswith(">", end):
        is_closed = text[end - 1] == "/"
        return match[1].lower(), end + 1, is_closed
    if text.startswith("/>", end):
        return match[1].lower(), end + 2, True
    if end >= len(text) or text[end] in "=/" or (text[end].isascii() and text[end].isalpha()):
        return "", -1, False
    return "", max(end, at + 1), False


def attributes(text: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes of the tag that ``text[start:end]`` is; the first of two equal names is the one that counts."""
    at = start + 1
    while at < end and not text[at].isspace() and text[at] not in "/>":
        at += 1
    seen = set()
    for match in _ATTRIBUTE.finditer(text, at, end):
        name = match[1].lower()
        if name in seen:
            continue
        seen.add(name)
        if match[2] is None:
            yield Attribute(name, "", match.end(1), match.end(1))
        elif match[2][0] in "\"'":
            yield Attribute(name, unescape(match[2][1:-1]), match.start(2) + 1, match.end(2) - 1)
        else:
            yield Attribute(name, unescape(match[2]), match.start(2), match.end(2))
