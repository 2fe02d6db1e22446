"""What a dead link probably meant: the chapter that now has its number, its name, or nearly its name."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.layout import INDEX_NAMES, are_alike, layout
from convergence_docs.model.links.destination import ascent
from convergence_docs.model.links.likeness import Likeness, have_a_pair_in_common, letters_of
from convergence_docs.regex import regex

_NUMBER = regex(r"(\d+(?:\.\d+)*)(?:[-_ 、.：:]|(?![\d.])|\Z)")
_ANCHOR_NUMBER = regex(
    r"[0-9]{1,3}(?:-[0-9]{1,3}){0,3}-(?![0-9])|[一二三四五六七八九十]+(?![一二三四五六七八九十层个种大级步阶类维项点条次元方代者位年月章节体角边行重进相期季叉对国般])"
)
"""The section number that opens an anchor: 七 of 七核心结论, 71- of 71-状态. 三 of 三层架构 counts, 2024- is a year."""
_EXTENSION = regex(r"[^/]\.[A-Za-z][A-Za-z0-9]*\Z")
_LIKE_ENOUGH = 0.55
_SOME = 3
_MOST = 3
_REACH = 16


class Reason(StrEnum):
    """Why a path is proposed, the strongest first."""

    SAME_NAME = "same-name"
    SAME_NUMBER = "same-number"
    NEAR_NAME = "near-name"


class Proposal(NamedTuple):
    """What a link may have meant.

    ``names`` are paths relative to the docs root (or anchors), likeliest first, all for the same ``reason``.
    ``is_certain`` tells whether there is but one and nothing speaks for another.
    """

    reason: Reason
    names: tuple[str, ...]
    is_certain: bool


def propose_path(book: Book, missing: str) -> Proposal | None:
    """What the path ``missing`` (relative to the docs root, decoded) probably meant, or ``None``."""
    return book.derive(_Shelf).propose(missing)


def propose_anchor(book: Book, path: str, fragment: str) -> Proposal | None:
    """Which anchor of the chapter at ``path`` the (decoded) fragment probably meant, or ``None``."""
    return book.derive(_Shelf).propose_anchor(path, fragment)


@lru_cache(maxsize=4096)  # see `extension_of`
def chapter_number(name: str) -> tuple[str, ...]:
    """The parts of the number that a name opens with, leading zeros gone: 03.2.1 is ``("3", "2", "1")``."""
    found = _NUMBER.match(name)
    return plain_number(found[1].split(".")) if found else ()


def plain_number(parts: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A number's parts without leading zeros."""
    return tuple(part.lstrip("0") or "0" for part in parts)


def is_of_book(number: tuple[str, ...]) -> bool:
    """Whether a number is one of a whole book's: 03.2.1 is one chapter, 02 or 1.2 is a file of any folder."""
    return len(number) > 2


def chapters_of_number(book: Book, number: tuple[str, ...], place: str) -> Sequence[str]:
    """The chapters of a plain number; where every folder numbers anew, only those in the folder of ``place``."""
    folder = "" if is_of_book(number) else posixpath.dirname(place)
    return book.derive(_chapters_by_number).get((folder, number), ())


def _chapters_by_number(book: Book) -> Mapping[tuple[str, tuple[str, ...]], Sequence[str]]:
    """Chapters by number, and by folder where the number is not the book's."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for path, entry in book.entries.items():
        # A folder's own file mostly repeats the number of its first chapter or of its part.
        if entry.number and not path.endswith(INDEX_NAMES):
            number = plain_number(entry.number)
            folder = "" if is_of_book(number) else posixpath.dirname(path)
            found.setdefault((folder, number), []).append(path)
    return found


class _Shelf:
    """The names of a book, in the orders in which somebody who misses one looks for it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._entries = book.entries
        self._names: dict[str, list[str]] = {}
        self._letters: dict[str, list[str]] = {}
        self._paths: dict[str, Proposal | None] = {}
        self._anchors: dict[str, dict[str, list[str]]] = {}
        self._anchor_words: dict[str, dict[str, list[str]]] = {}
        self._anchor_likeness: dict[str, Likeness] = {}
        for path in sorted(book.site.files):
            self._place(path, _called(path))
        self._folders = layout(book).folders
        if not book.site.is_mkdocs:
            for folder in sorted(self._folders - {""}):
                self._place(f"{folder}/", posixpath.basename(folder) + "/")
        self._likeness = Likeness(self._letters)

    def _place(self, path: str, name: str) -> None:
        self._names.setdefault(name.casefold(), []).append(path)
        letters = _letters(name)
        if letters:
            self._letters.setdefault(letters, []).append(path)

    def propose(self, missing: str) -> Proposal | None:
        if missing not in self._paths:
            self._paths[missing] = self._propose(missing)
        return self._paths[missing]

    def _propose(self, missing: str) -> Proposal | None:
        if not _EXTENSION.search(missing):
            missing += "/"
        name = f"{posixpath.basename(missing[:-1])}/" if missing[-1] == "/" else _called(missing)
        letters = _letters(name)
        near = _around(missing, self._letters.get(letters, ()))
        alike = [path for path in near if len(letters) > 3 and are_alike(path, missing)]
        for found in (self._names.get(name.casefold()), alike):
            if found:
                return self._proposal(Reason.SAME_NAME, missing, found, is_certain=self._has_moved(missing, found[0]))
        number = chapter_number(posixpath.basename(missing))
        near = [
            path
            for like in self._likeness.nearest(letters, at_least=_LIKE_ENOUGH)
            for path in _around(missing, self._letters[like])
            if _may_be(path, missing, number)
        ]
        if numbered := chapters_of_number(self._book, number, missing):
            is_certain = numbered[0] in near or (
                is_of_book(number) and have_a_pair_in_common(letters, _letters(_called(numbered[0])))
            )
            return self._proposal(Reason.SAME_NUMBER, missing, numbered, is_certain=is_certain)
        return self._proposal(Reason.NEAR_NAME, missing, near, is_certain=False) if near else None

    def _has_moved(self, missing: str, found: str) -> bool:
        """Whether a file of the same name is surely the same file, not its counterpart in another part of the book."""
        name = posixpath.basename(missing.rstrip("/"))
        if _NUMBER.match(name):
            return any(map(str.isalpha, _letters(name)))  # every folder may have a picture 04-04.png
        if missing.endswith("/"):
            return False
        here, there = posixpath.dirname(missing), posixpath.dirname(found)
        while here and here not in self._folders:  # it moved within the part of the book that is left of its place
            here = posixpath.dirname(here)
        return _holds(here, there) or _holds(there, here)

    @staticmethod
    def _proposal(reason: Reason, missing: str, found: Sequence[str], *, is_certain: bool) -> Proposal:
        nearest = sorted(_around(missing, found), key=lambda path: _distance(missing, path))
        return Proposal(reason, tuple(nearest[:_MOST]), is_certain and len(found) == 1)

    def propose_anchor(self, path: str, fragment: str) -> Proposal | None:
        if path not in self._entries:
            return None
        by_letters = self._anchors.get(path)
        if by_letters is None:
            by_letters = self._anchors[path] = {}
            for anchor in self._entries[path].anchors:
                by_letters.setdefault(letters_of(anchor), []).append(anchor)
        letters = letters_of(fragment)
        if found := by_letters.get(letters):
            return Proposal(Reason.SAME_NAME, tuple(found[:_MOST]), len(found) == 1)
        if renumbered := self._words_of_anchors(path).get(_words_of_anchor(fragment), ()):
            return Proposal(Reason.SAME_NAME, tuple(renumbered[:_MOST]), len(renumbered) == 1)
        if path not in self._anchor_likeness:
            self._anchor_likeness[path] = Likeness(by_letters)
        near = self._anchor_likeness[path].nearest(letters, at_least=_LIKE_ENOUGH, limit=1)
        return Proposal(Reason.NEAR_NAME, (by_letters[near[0]][0],), False) if near else None

    def _words_of_anchors(self, path: str) -> Mapping[str, list[str]]:
        by_words = self._anchor_words.get(path)
        if by_words is None:
            by_words = self._anchor_words[path] = {}
            anchors = self._entries[path].anchors
            # One heading that begins with a numeral (三体问题) need not be numbered; several surely are.
            is_numbered = sum(_ANCHOR_NUMBER.match(anchor) is not None for anchor in anchors) >= _SOME
            for anchor in anchors:
                if words := _words_of_anchor(anchor) if is_numbered else letters_of(anchor):
                    by_words.setdefault(words, []).append(anchor)
        return by_words


def _words_of_anchor(anchor: str) -> str:
    """An anchor's letters without the number of its section; empty where too little is left to know it by."""
    found = _ANCHOR_NUMBER.match(anchor)
    letters = letters_of(anchor[found.end() :] if found else anchor)
    return letters if len(letters) > 1 else ""


def _called(path: str) -> str:
    """What a file is called by: its name, and its folder's too where every folder has one of that name."""
    folder, _, name = path.rpartition("/")
    return f"{posixpath.basename(folder)}/{name}" if name in INDEX_NAMES else name


def _letters(name: str) -> str:
    """A name's letters, without extension and leading number; a folder's own file is known by its folder."""
    stem = name.rpartition("/")[0] if "/" in name else posixpath.splitext(name)[0]
    found = _NUMBER.match(stem)
    return letters_of(stem[found.end(1) :] if found else stem)


def _holds(folder: str, other: str) -> bool:
    """Whether ``other`` is ``folder`` or lies in it."""
    return not folder or f"{other}/".startswith(f"{folder}/")


def _around(path: str, paths: Sequence[str]) -> Sequence[str]:
    """Of sorted paths those next to ``path``, which begin with the same folders; so many that cost stays bounded."""
    if len(paths) <= 2 * _REACH:
        return paths
    at = bisect_left(paths, path)
    return paths[max(0, at - _REACH) : at + _REACH]


def _may_be(path: str, missing: str, number: tuple[str, ...]) -> bool:
    """Whether a file of a like name may be the missing one: of its sort, and no chapter of another number."""
    other = chapter_number(posixpath.basename(path))
    return (
        are_alike(path, missing)
        and path.endswith(INDEX_NAMES) == missing.endswith(INDEX_NAMES)
        and (not number or not other or number == other)
    )


def _distance(here: str, there: str) -> tuple[int, str]:
    """How many folders must be left and entered between two files; ties by name."""
    return ascent(there, posixpath.dirname(here)).count("/"), there
