"""Chapters for what the site makes of them: parsed once a build, and what came of them kept from build to build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from convergence_docs.model.chapter import Chapter
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.text import SourceText

T = TypeVar("T")

_ROOM = 8_000_000
"""Characters of chapters that are held parsed at once."""


class Kept(Generic[T]):
    """What was made of each chapter, while all that it was made of stays the same: ``mkdocs serve`` builds again and
    again in one process.
    """

    def __init__(self) -> None:
        self._by_path: dict[str, tuple[object, T]] = {}

    def get(self, path: str, made_of: object, make: Callable[[], T]) -> T:
        """What was made of the chapter at a path, made now where it was ``made_of`` anything else."""
        known = self._by_path.get(path)
        if known is None or known[0] != made_of:
            known = self._by_path[path] = made_of, make()
        return known[1]


class _Parsed:
    """The chapters that several features of one build want."""

    def __init__(self) -> None:
        self._kept: Kept[Chapter] = Kept()
        self._held = 0

    def get(self, source: SourceText, dialect: Dialect) -> Chapter:
        def parse() -> Chapter:
            self._held += len(source.text)
            return parse_chapter(source, dialect, github=False, details=False)

        if self._held > _ROOM:
            self.forget()
        return self._kept.get(source.path, (source.text, dialect), parse)

    def forget(self) -> None:
        self._kept, self._held = Kept(), 0


_PARSED = _Parsed()


def brief_chapter(source: SourceText, dialect: Dialect) -> Chapter:
    """A chapter without details and without GitHub's view, parsed once for all that want it until the build ends."""
    return _PARSED.get(source, dialect)


def forget_chapters() -> None:
    """End a build: what it needed of its chapters was made."""
    _PARSED.forget()
