"""Where every link of a book leads, found once.

`resolve` follows Python-Markdown and MkDocs 1.6 for a site (a path is first looked for among the source files, then
among the URLs of the rendered pages), and the disk, as GitHub shows it, for a plain folder. Rules only filter what
it says. It has no access to a disk: what exists is what `Site` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.nodes import Link


class TargetKind(StrEnum):
    """What a link leads to."""

    EXTERNAL = "external"
    """Another site."""
    MAIL = "mail"
    SAME_PAGE = "same-page"
    CHAPTER = "chapter"
    FILE = "file"
    DIRECTORY = "directory"
    OUTSIDE = "outside"
    """Outside the docs root."""
    HOST = "host"
    """An absolute path that the docs root does not hold; another part of the host may, so nothing is verified."""
    PLACEHOLDER = "placeholder"
    """To be filled in by a template or by the reader."""
    TEXT = "text"
    """Nothing suggests that a path was meant: ``[i](i,j)``."""
    NOTHING = "nothing"
    """A path that does not exist."""


class LinkFault(StrEnum):
    """What is wrong with a link's destination. A link has at most one of these: the first that explains it."""

    EMPTY = "empty"
    MALFORMED_ESCAPE = "malformed-escape"
    FULL_WIDTH = "full-width"
    OUTSIDE = "outside"
    FILE_CASE = "file-case"
    DEPTH = "depth"
    EXTENSION = "extension"
    MISSING = "missing"
    ANCHOR_CASE = "anchor-case"
    MISSING_ANCHOR = "missing-anchor"


class Target(NamedTuple):
    """Where a link leads.

    Attributes:
        link: the link.
        kind: what it leads to.
        path: the file or folder, relative to the docs root; what was looked for where there is none, empty where
            it leads off the site.
        fragment: the part after ``#``, as written.
        fault: what is wrong, or ``None``.
        meant: what mends the fault: paths (fragments, for an anchor's fault; destinations, for full-width
            punctuation), likeliest first. Exactly one is certain.
    """

    link: Link
    kind: TargetKind
    path: str
    fragment: str
    fault: LinkFault | None = None
    meant: tuple[str, ...] = ()


Targets = Mapping[str, tuple[Target, ...]]


def resolve(book: Book) -> Targets:
    """The targets of every chapter's links by chapter path, each in the order of the chapter's links."""
    return book.derive(_resolve)


def faults(book: Book, fault: LinkFault) -> tuple[tuple[str, Target], ...]:
    """Chapter path and target of every link with ``fault``; links that share one faulty definition count once."""
    return book.derive(_faults).get(fault, ())


def reached_from(book: Book, page: str) -> set[str]:
    """The other chapters to which the links of a chapter lead."""
    return {target.path for target in resolve(book)[page] if target.path != page and target.path in book.entries}


def is_toc_entry(book: Book, path: str, target: Target) -> bool:
    """Whether the link stands in its chapter's own table of contents, for whose anchors the TOC rules answer."""
    toc = book.entries[path].toc
    return toc is not None and target.kind is TargetKind.SAME_PAGE and toc.start <= target.link.span.start < toc.end


def _resolve(book: Book) -> Targets:
    from convergence_docs.model.links.resolution import Resolver

    resolver = Resolver(book)
    return MappingProxyType({path: resolver.targets(entry) for path, entry in book.entries.items()})


def _faults(book: Book) -> Mapping[LinkFault, tuple[tuple[str, Target], ...]]:
    found: dict[LinkFault, dict[tuple[str, int, int], tuple[str, Target]]] = {}
    for path, targets in resolve(book).items():
        for target in targets:
            if target.fault is not None:
                place = (path, *target.link.destination_span)
                found.setdefault(target.fault, {}).setdefault(place, (path, target))
    return {fault: tuple(places.values()) for fault, places in found.items()}
