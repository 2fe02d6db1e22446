"""List items that hold nothing but words, or one bold lead, or one link: read at once, with one expression.

Nine items in ten of a real book are of this kind. Everything else takes the long way over leaves.
"""

from __future__ import annotations

import re

from convergence_docs.model.nodes import Lead, Link, LinkKind, ListItem
from convergence_docs.text import Span

_WORD = r"[^\[\]<`$\\*{&\n\x02\x03]"
ALL_ITEMS = re.compile(r"(?:[ ]{0,3}(?:\d+\.|[*+-])[ ]+(?=[^ \n])(?![-*_ ]*+(?:\n|\Z))[^\n]*(?:\n|\Z))+\Z")
"""A block of which every line is an item of its own."""
_QUICK = re.compile(
    r"([ ]{0,3})(\d+\.|[*+-])([ ]+)"
    rf"(?:((?![#>?=/:]|[-+] |\d+\. ){_WORD}+)"
    rf"|\*\*([^\s*\[\]<`$\\{{&\x02\x03](?:{_WORD}*[^\s*\[\]<`$\\{{&\x02\x03])?)\*\*[ ]*([：:])?[ ]*({_WORD}*)"
    rf"|\[({_WORD}+)\]\(([^()'\"<>\s\\`$&{{}}\x02\x03\[\]]*)\)({_WORD}*))\Z"
)
_LOOSE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")

# Named tuples are made by the hundred thousand here, and `tuple.__new__` makes one in half the time of its own
# constructor, which does nothing else.
_new = tuple.__new__


def read_item(line: str, offset: int, indent: int, depth: int, links: list[Link]) -> ListItem | None:
    """The item that ``line`` is, if it is a simple one; its link goes to ``links``.

    Args:
        line: a line that begins with at most three blanks and a marker.
        offset: where in the file the line begins.
        indent: columns before ``offset`` that count as the item's own indentation.
        depth: the item's nesting.
        links: where to add the link that the item is.
    """
    match = _QUICK.match(line)
    if match is None:
        return None
    blanks, marker, gap, plain, bold, colon, rest, text, target, tail = match.groups()
    if "_" in line and target is None and _LOOSE_UNDERSCORE.search(line):
        return None
    before = len(blanks)
    start = before + len(marker) + len(gap)
    lead: Lead | None = None
    if plain is not None:
        shown = plain.rstrip()
    elif bold is not None:
        lead, shown = _lead(match, offset, bold, colon, rest)
    else:
        if "_" in text or "_" in tail:
            return None
        shown = " ".join(text.split())
        links.append(_link(match, offset + start, offset, shown, target))
        shown += tail.rstrip()
    span = _new(Span, (offset + before, offset + len(line)))
    indent += before
    return _new(ListItem, (span, indent, indent + start - before, depth, marker[0] not in "*+-", shown, lead))


def _lead(match: re.Match[str], offset: int, bold: str, colon: str | None, rest: str) -> tuple[Lead, str]:
    words = bold
    if bold[-1] in "：:":
        words, colon = bold[:-1].rstrip(), "："
    start, end = offset + match.start(5) - 2, offset + match.end(5) + 2
    rest = rest.rstrip()
    if colon:
        at = offset + match.start(7)
        span = _new(Span, (at, at + len(rest)))
    else:
        span = _new(Span, (end, end))
    shown = match.string[match.start(5) : match.end(5)] + match.string[match.end(5) + 2 :].rstrip()
    return _new(Lead, (_new(Span, (start, end)), words, span)), shown


def _link(match: re.Match[str], start: int, offset: int, shown: str, target: str) -> Link:
    words = _new(Span, (offset + match.start(8), offset + match.end(8)))
    place = _new(Span, (offset + match.start(9), offset + match.end(9)))
    span = _new(Span, (start, offset + match.end(9) + 1))
    return _new(Link, (LinkKind.INLINE, span, shown, words, target, place, None, None, False))
