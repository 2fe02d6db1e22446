"""Which chapters link to which, and by which links."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from convergence_docs.model.book import Book
from convergence_docs.model.links.target import Target, TargetKind, is_toc_entry, resolve

Links = Mapping[str, Mapping[str, tuple[Target, ...]]]
"""By the path of the chapter that links, then by the path of the chapter that is linked to."""


def links_between(book: Book) -> Links:
    """The links from chapters to other chapters, in the order of each chapter; made once.

    Images, links that lead nowhere and a chapter's links to itself are none of them.
    """
    return book.derive(_links_between)


def _links_between(book: Book) -> Links:
    found: dict[str, Mapping[str, tuple[Target, ...]]] = {}
    for path, targets in resolve(book).items():
        reached: dict[str, list[Target]] = {}
        for target in targets:
            if target.kind is TargetKind.CHAPTER and target.path != path and _leads(book, path, target):
                reached.setdefault(target.path, []).append(target)
        found[path] = MappingProxyType({other: tuple(links) for other, links in reached.items()})
    return MappingProxyType(found)


def _leads(book: Book, path: str, target: Target) -> bool:
    if target.fault is not None or target.link.is_image or target.path not in book.entries:
        return False
    return not is_toc_entry(book, path, target)
