"""Which chapters link to each page, and in what words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.links.between import links_between
from convergence_docs.model.links.target import Target
from convergence_docs.parse import Dialect, dialect_of
from convergence_docs.site.chapters import Kept, brief_chapter
from convergence_docs.site.relations.backlinks.passages import Mention, Surroundings
from convergence_docs.text import SourceText

Mentions = Mapping[str, tuple[Mention, ...]]
"""By the path of the chapter that is linked to."""

_MENTIONS: Kept[Mentions] = Kept()


class Citing(NamedTuple):
    """A chapter that links to a page, and each place where it does, in its own order."""

    path: str
    title: str
    mentions: tuple[Mention, ...]


def backlinks(
    book: Book, config: Config, source_of: Callable[[str], SourceText | None]
) -> dict[str, tuple[Citing, ...]]:
    """The chapters that link to each chapter, by its path: numbered ones by number, then the others by path.

    Links that only show the way (hand-written contents, 上一章, bare lists of links) are left out. ``source_of`` gives
    a chapter's text by path, ``None`` where the build leaves it out.
    """
    dialect = dialect_of(config)
    found: dict[str, list[Citing]] = {}
    for path, linked in links_between(book).items():
        source = source_of(path) if linked else None
        if source is None:
            continue
        for target, mentions in _mentions(source, linked, dialect).items():
            found.setdefault(target, []).append(Citing(path, book.entries[path].title, mentions))
    return {
        path: tuple(sorted(citing, key=lambda one: _order(book.entries[one.path]))) for path, citing in found.items()
    }


def _mentions(source: SourceText, linked: Mapping[str, Sequence[Target]], dialect: Dialect) -> Mentions:
    def read() -> Mentions:
        chapter = Surroundings(brief_chapter(source, dialect))
        said = {path: _each_once(_counted(chapter, links)) for path, links in linked.items()}
        return {path: mentions for path, mentions in said.items() if mentions}

    spans = {path: [target.link.span for target in links] for path, links in linked.items()}
    return _MENTIONS.get(source.path, (source.text, dialect, spans), read)


def _counted(chapter: Surroundings, links: Sequence[Target]) -> Iterator[Mention]:
    seen: Counter[str] = Counter()
    for target in links:
        mention = chapter.mention(target.link)
        if mention is not None:
            yield mention._replace(nth=seen[mention.words])
        seen[target.link.text] += 1


def _each_once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions without those whose sentence stands there already: a sentence may link to a chapter twice."""
    first: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        first.setdefault((mention.anchor, mention.passage.text), mention)
    return tuple(first.values())


def _order(entry: Entry) -> tuple[bool, tuple[int, ...], str]:
    return entry.number is None, tuple(map(int, entry.number or ())), entry.path
