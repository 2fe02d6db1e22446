"""Links of the simplest kind, read without a pass for each construct that might stand beside them."""

from __future__ import annotations

import re

from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.parse.events import DULL_ANGLE, DULL_BRACE
from convergence_docs.parse.pieces import Origin, locator
from convergence_docs.regex import regex
from convergence_docs.text import Span

_new = tuple.__new__  # see items.py

WORDS = r"(?!\^)[^\[\]<`$\\*_{&\n\x02\x03]++"
"""A link's words that are seen as they are written."""
TARGET = r"[^()'\"<>\s\\`$&{}\x02\x03\[\]]*+"
"""A destination that is taken as it is written."""

_NEXT = regex(
    rf"(?:[^\[\]!<`$\\{{\x02\x03]++|!(?!\[)|`[^`\n]++`(?!`)|{DULL_ANGLE}|{DULL_BRACE})*+"
    rf"(?:\[({WORDS})\]\(({TARGET})\)|(.)|\Z)",
    re.S,
)
_LINK, _OTHER = 2, 3
"""The last group that each kind of event fills: a link, and anything else than words."""


def take_links(text: str, origin: Origin, links: list[Link]) -> bool:
    """Read the links of a text, if they are all simple and there is nothing else to record."""
    found = []
    locate = locator(text, origin)
    for match in _NEXT.finditer(text):
        kind = match.lastindex
        if kind == _LINK:
            found.append(make_link(match[1], match[2], locate(match.start(1) - 1)))
        elif kind == _OTHER:
            return False
    links += found
    return True


def make_link(words: str, target: str, start: int) -> Link:
    """The simple link that begins at ``start``."""
    close = start + 1 + len(words)
    end = close + 2 + len(target)
    return _new(
        Link,
        (
            LinkKind.INLINE,
            _new(Span, (start, end + 1)),
            words,
            _new(Span, (start + 1, close)),
            target,
            _new(Span, (close + 2, end)),
            None,
            None,
            False,
        ),
    )
