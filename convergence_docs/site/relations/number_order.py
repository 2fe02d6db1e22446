"""Back and forth between chapters by their numbers, whatever the order of the navigation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from convergence_docs.site.feature import Build, Feature

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


class Numbered(NamedTuple):
    """A chapter with a number: the number as digits, its path, and its place in the navigation."""

    number: tuple[int, ...]
    path: str
    place: int


class Neighbours(NamedTuple):
    """The places of the pages before and after a chapter; ``None`` where there is none."""

    before: int | None
    after: int | None


class NumberOrder(Feature):
    """A numbered chapter's neighbours are those with the numbers before and after its own."""

    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._some_page: Page | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the navigation is to decide."""
        return build.settings.number_order

    def finish_content(self, html: str, page: Page) -> str:
        """Remember one page of the navigation, from which all others are reached."""
        if page.previous_page or page.next_page:
            self._some_page = page
        return html

    def prepare(self) -> None:
        """Tell the numbered chapters their neighbours."""
        book = self.build.book
        pages = pages_in_order(self._some_page)
        if book is None:
            return
        entries = [book.entries.get(page.file.src_uri) for page in pages]
        numbers = {entry.path: tuple(map(int, entry.number)) for entry in entries if entry and entry.number}
        found = neighbours([page.file.src_uri for page in pages], numbers)
        for place, (before, after) in found.items():
            pages[place].previous_page = None if before is None else pages[before]
            pages[place].next_page = None if after is None else pages[after]


def neighbours(paths: Sequence[str], numbers: Mapping[str, tuple[int, ...]]) -> dict[int, Neighbours]:
    """The neighbours of the numbered chapters, by place in the navigation, whose pages ``paths`` are.

    The chapters on either end of a run of numbers keep what the navigation has before or after the whole run.
    """
    chapters = [Numbered(numbers[path], path, place) for place, path in enumerate(paths) if path in numbers]
    found: dict[int, Neighbours] = {}
    runs = [sorted(run) for run in _runs(chapters) if len(run) > 1]
    firsts = {one.place: run[0].place for run in runs for one in run}
    lasts = {one.place: run[-1].place for run in runs for one in run}
    for run in runs:
        places = [chapter.place for chapter in run]
        before, after = min(places) - 1, max(places) + 1
        around = [
            lasts.get(before, before) if before >= 0 else None,
            *places,
            firsts.get(after, after) if after < len(paths) else None,
        ]
        found |= {place: Neighbours(around[at], around[at + 2]) for at, place in enumerate(places)}
    return found


def _runs(chapters: Sequence[Numbered], depth: int = 0) -> Iterator[Sequence[Numbered]]:
    """Chapters that are counted together: all of them, unless numbers recur; then those of each folder by itself."""
    if len({chapter.number for chapter in chapters}) == len(chapters):
        yield chapters
        return
    by_folder = sorted(chapters, key=lambda chapter: _folder(chapter, depth))
    deepest = max(chapter.path.count("/") for chapter in chapters)
    if depth < deepest:
        for _, members in groupby(by_folder, key=lambda chapter: _folder(chapter, depth)):
            yield from _runs(tuple(members), depth + 1)


def _folder(chapter: Numbered, depth: int) -> str:
    folders = chapter.path.split("/")[:-1]
    return folders[depth] if depth < len(folders) else ""


def pages_in_order(page: Page | None) -> list[Page]:
    """All pages of the navigation in its order, each once."""
    if page is None:
        return []
    behind = _walk(page, "previous_page")
    ahead = _walk(page, "next_page")
    return list({id(one): one for one in (*reversed(behind), *ahead)}.values())


def _walk(page: Page, step: str) -> list[Page]:
    """A page and those that follow it one by one; a navigation that names a page twice goes round in a circle."""
    seen: dict[int, Page] = {}  # pages compare, and so have no hash
    at: Page | None = page
    while at is not None and id(at) not in seen:
        seen[id(at)] = at
        at = getattr(at, step)
    return list(seen.values())
