"""Parts of a page that are in another language than the page say so, for voices and hyphenation (WCAG 3.1.2).

Told from the text alone, and only where it is plain: a block without a Chinese letter and with enough of the small
words that every English sentence has. Names, titles of a few words and code are left as they are, as WCAG has it.
"""

from __future__ import annotations

import re
from typing import Final

_LEAST_WORDS: Final = 6
_LEAST_SMALL: Final = 2
_SMALL: Final = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "how", "if", "in", "into",
    "is", "it", "its", "not", "of", "on", "or", "over", "than", "that", "the", "their", "they", "this", "to",
    "under", "was", "what", "when", "where", "which", "who", "will", "with", "you", "your",
))  # fmt: skip
_BLOCK = re.compile(
    r"<(/?)(p|li|h[1-6]|dd|dt|t[dh]|figcaption|summary|[ou]l|dl|table|div|pre|blockquote|details|figure)(?=[\s>])[^<>]*>"
)
_HOLDERS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "td", "th", "figcaption", "summary"])
_CODE = re.compile(r"<(code|math|svg|pre)\b.*?</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>|&\w+;|&#\w+;")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


def mark_english(html: str) -> str:
    """The HTML of a Chinese page whose English paragraphs, headings, cells and list items have ``lang="en"``."""
    parts, done = [], 0
    before: re.Match[str] | None = None
    for tag in _BLOCK.finditer(html):
        if before and _holds(before, tag) and is_english(html[before.end() : tag.start()]):
            parts += [html[done : before.end() - 1], ' lang="en">']
            done = before.end()
        before = tag
    return "".join([*parts, html[done:]])


def _holds(tag: re.Match[str], following: re.Match[str]) -> bool:
    """Whether what stands between two tags is all that the first one holds: an item may have items below it."""
    if tag[1] or tag[2] not in _HOLDERS or "lang=" in tag[0]:
        return False
    return following[2] == tag[2] if following[1] else tag[2] == "li" and following[2] in ("ul", "ol")


def is_english(html: str) -> bool:
    """Whether the words of some HTML are plainly English sentences."""
    if _CHINESE.search(html):
        return False
    words = [word.lower() for word in _WORD.findall(_MARKUP.sub(" ", _CODE.sub(" ", html)))]
    return len(words) >= _LEAST_WORDS and len(_SMALL.intersection(words)) >= _LEAST_SMALL
