"""From a heading's words to its anchor, one function per renderer, and how each tells duplicates apart.

A *slugifier* maps text to an id; an *allocator* makes ids unique within a page by suffixes. Every allocator is linear
in the number of headings, however many of them share a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal, Protocol

from convergence_docs.regex import regex

Slugify = Callable[[str, str], str]
"""What Python-Markdown's ``toc`` calls: ``(text, separator)`` to a slug."""

Case = Literal["none", "lower", "lower-ascii", "fold"]
Normalization = Literal["NFC", "NFD", "NFKC", "NFKD"]

_NOT_WORD_SPACE_HYPHEN = regex(r"[^\w\s-]")
_NOT_WORD_BLANK_HYPHEN = regex(r"[^\w\- ]")
_TAG = regex(r"<[^>]*>")
_COUNTED = regex(r"(.*)_([0-9]+)\Z")
# Symbols (category So) that Unicode counts as alphabetic: circled, squared and negative letters.
_ALPHABETIC_SYMBOLS = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


class _GithubCharacters(dict[int, int | None]):
    """A translation table that decides about a character when it first meets it."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        category = unicodedata.category(character)
        kept = (
            category[0] in "LM"
            or category in ("Nd", "Nl", "Pc")
            or character == "-"
            or any(low <= code <= high for low, high in _ALPHABETIC_SYMBOLS)
        )
        self[code] = code if kept else None
        return self[code]


_GITHUB_CHARACTERS = _GithubCharacters({ord(" "): ord("-")})


def github_slug(text: str) -> str:
    """The slug that GitHub gives a heading.

    Lower case; letters, marks, decimal digits, connector punctuation and hyphens stay; each blank becomes a hyphen;
    all else goes. (As in github-slugger, the reference re-implementation of GitHub's own filter.)
    """
    return text.lower().translate(_GITHUB_CHARACTERS)


def github(text: str, separator: str = "-") -> str:
    """`github_slug` as a site's ``slugify`` setting calls it; surrounding white space is dropped first."""
    slug = github_slug(text.strip())
    return slug if separator == "-" else slug.replace("-", separator)


def markdown_slug(text: str, separator: str = "-") -> str:
    """Python-Markdown's default, and MkDocs': what has no ASCII form is lost, so a Chinese heading loses everything."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _joined(ascii_text, separator)


def slugify_unicode(text: str, separator: str = "-") -> str:
    """Python-Markdown's ``toc.slugify_unicode``: letters of every script stay."""
    return _joined(text, separator)


def _joined(text: str, separator: str) -> str:
    words = _NOT_WORD_SPACE_HYPHEN.sub("", text).strip().lower()
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, words) if separator else re.sub(r"\s+", "", words)


def pymdownx_slug(
    text: str,
    separator: str = "-",
    *,
    case: Case = "none",
    percent_encode: bool = False,
    normalize: Normalization = "NFC",
) -> str:
    """What ``pymdownx.slugs.slugify`` makes, with its three options."""
    # Past the last ">" no tag can end; looking for one from every "<" there would take quadratic time.
    head, last, tail = unicodedata.normalize(normalize, text).rpartition(">")
    slug = (_TAG.sub("", head + last) + tail).strip()
    if case == "lower":
        slug = slug.lower()
    elif case == "lower-ascii":
        slug = re.sub("[A-Z]+", lambda match: match[0].lower(), slug)
    elif case == "fold":
        slug = slug.casefold()
    slug = _NOT_WORD_BLANK_HYPHEN.sub("", slug).replace(" ", separator)
    if not percent_encode:
        return slug
    from urllib.parse import quote  # 3 ms that hardly any start needs

    return quote(slug)


class Allocator(Protocol):
    """Makes ids unique within one page."""

    def take(self, slug: str) -> str:
        """An id for ``slug`` that nothing on the page has yet; it is taken from now on."""
        ...  # pragma: no cover


class HyphenIds:
    """GitHub's suffixes, ``-1``, ``-2``, and so on, in the order of the page (as github-slugger counts them).

    Args:
        taken: ids that the page has from elsewhere (explicit ids).
        is_empty_allowed: whether a heading of nothing but punctuation gets the id ``""``, as on GitHub.
    """

    def __init__(self, taken: Iterable[str] = (), *, is_empty_allowed: bool = True) -> None:
        self._last = dict.fromkeys(taken, 0)
        if not is_empty_allowed:
            self._last[""] = 0

    def take(self, slug: str) -> str:
        """An id for ``slug`` that nothing on the page has yet; it is taken from now on."""
        last, result = self._last, slug
        while result in last:
            last[slug] += 1
            result = f"{slug}-{last[slug]}"
        last[result] = 0
        return result


class UnderscoreIds:
    """Python-Markdown's suffixes: ``_1``, and an id that already ends so counts on; an empty slug becomes ``_1``.

    Args:
        taken: ids that the page has from elsewhere (explicit ids).
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        # Where the search for a free id that began at (stem, count) ended, so that it never walks a run twice.
        self._free: dict[tuple[str, int], int] = {}

    def take(self, slug: str) -> str:
        """An id for ``slug`` that nothing on the page has yet; it is taken from now on."""
        result = slug
        if not slug or slug in self._taken:
            counted = _COUNTED.match(slug)
            stem, first = (counted[1], int(counted[2]) + 1) if counted else (slug, 1)
            count = self._free.get((stem, first), first)
            while f"{stem}_{count}" in self._taken:
                count = self._free.get((stem, count + 1), count + 1)
            self._free[stem, first] = count
            result = f"{stem}_{count}"
        self._taken.add(result)
        return result
