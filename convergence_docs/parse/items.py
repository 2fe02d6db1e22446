"""List items that hold nothing but words, or one bold lead, or one link: read at once, with one expression.

Nine items in ten of a real book are of this kind. Everything else takes the long way over leaves.
"""

from __future__ import annotations

import re

from convergence_docs.model.nodes import Lead, Link, LinkKind, ListItem
from convergence_docs.parse.visible import without_bold
from convergence_docs.regex import regex
from convergence_docs.text import Span

_WORD = r"[^\[\]<`$\\*{&\n\x02\x03]"
ALL_ITEMS = regex(r"(?:[ ]{0,3}(?:\d+\.|[*+-])[ ]+(?=[^ \n])(?![-*_ ]*+(?:\n|\Z))[^\n]*(?:\n|\Z))+\Z")
"""A block of which every line is an item of its own."""
_STARRED = _WORD.replace("*", "")
_QUICK = regex(
    r"([ ]*+)(?:[*+-]|(\d+\.))([ ]+)"
    rf"(?:((?![#>?=/:]|!!!|[-+] |\d+\. ){_WORD}+)(?:\n|\Z)"
    rf"|\*\*([^\s*\[\]<`$\\{{&\x02\x03](?:{_WORD}*[^\s*\[\]<`$\\{{&\x02\x03])?)\*\*[ ]*([：:])?[ ]*({_STARRED}*)"
    r"(?:\n|\Z)"
    rf"|\[({_WORD}+)\]\(([^()'\"<>\s\\`$&{{}}\x02\x03\[\]]*)\)({_WORD}*)(?:\n|\Z)"
    r"|([^\n]*)(?:\n|\Z))"
)
_PLAIN, _BOLD, _LINK = 4, 7, 10
"""The last group that each kind of item fills."""
_LOOSE_UNDERSCORE = regex(r"(?<!\w)_|_(?!\w)")

# Named tuples are made by the hundred thousand here, and `tuple.__new__` makes one in half the time of its own
# constructor, which does nothing else.
_new = tuple.__new__

Line = tuple[int, int, int, bool, int]
"""An item that is not simple: start and end of its content, start of its marker, whether it is ordered, its depth."""


def read_items(text: str, base: int, indent: int, depth: int, items: list[ListItem], links: list[Link]) -> list[Line]:
    """Read a block in which every line is an item; returns the items that are not simple, as offsets of ``text``.

    Args:
        text: the block.
        base: where in the file it begins.
        indent: columns before each line that count as indentation.
        depth: the nesting of items that are not indented.
        items: where simple items go.
        links: where the links go that they are.
    """
    left: list[Line] = []
    for match in _QUICK.finditer(text):
        kind = match.lastindex
        before = match.end(1)
        start = match.end(3)
        marker = match.start(2)
        is_ordered = marker >= 0
        lead: Lead | None = None
        if kind == _PLAIN:
            shown = match[4]
            end = match.end(4)
        elif kind == _BOLD:
            lead, shown = _lead(match, base, text)
            end = match.end(7)
            if "*" in shown:
                bare = without_bold(shown)
                kind, shown = (kind, bare) if bare is not None else (0, shown)
        elif kind == _LINK:
            shown = match[8]
            end = match.end(10)
            if "_" not in shown and "_" not in match[10]:
                links.append(_link(match, base, start, shown))
            else:
                kind = 0
            shown += match[10]
        else:
            kind, end, shown = 0, match.end(11), ""
        if not kind or (kind != _LINK and "_" in shown and _LOOSE_UNDERSCORE.search(shown)):
            left.append((start, end, before, is_ordered, depth + (before - match.start()) // 4))
            continue
        at = before - match.start()
        span = _new(Span, (base + before, base + end))
        items.append(
            _new(
                ListItem,
                (
                    span,
                    indent + at,
                    indent + start - match.start(),
                    depth + at // 4,
                    is_ordered,
                    shown.rstrip(),
                    lead,
                ),
            )
        )
    return left


def _lead(match: re.Match[str], base: int, text: str) -> tuple[Lead, str]:
    start, end = match.span(5)
    words = match[5]
    rest = match[7].rstrip()
    is_colon = match[6] is not None
    if words[-1] in "：:":
        words, is_colon = words[:-1].rstrip(), True
    if is_colon:
        at = base + match.start(7)
        span = _new(Span, (at, at + len(rest)))
    else:
        span = _new(Span, (base + end + 2, base + end + 2))
    shown = text[start:end] + text[end + 2 : match.end(7)]
    return _new(Lead, (_new(Span, (base + start - 2, base + end + 2)), words, span)), shown


def _link(match: re.Match[str], base: int, start: int, shown: str) -> Link:
    words, place = match.span(8), match.span(9)
    return _new(
        Link,
        (
            LinkKind.INLINE,
            _new(Span, (base + start, base + place[1] + 1)),
            " ".join(shown.split()) if "  " in shown or shown[0] == " " or shown[-1] == " " else shown,
            _new(Span, (base + words[0], base + words[1])),
            match[9],
            _new(Span, (base + place[0], base + place[1])),
            None,
            None,
            False,
        ),
    )
