"""All that generated pages are made from, gathered once a build: book, vocabulary, an outline of each chapter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.claim_row import ClaimRow, claim_row
from convergence_docs.model.generated import PAGE_KINDS, folder_of
from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.layer_table import read_layer_table
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.parse import Dialect, dialect_of
from convergence_docs.site.book.outline import Outline, make_outline, make_spotter
from convergence_docs.site.book.terms import RELATED_KINDS
from convergence_docs.site.chapters import Kept, brief_chapter
from convergence_docs.site.settings import SiteSettings
from convergence_docs.text import SourceText

_OUTLINES: Kept[Outline] = Kept()


class Download(NamedTuple):
    """A layer table's claims, for the files that its chapter offers; ``number`` counts the chapter's tables from 0."""

    number: int
    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What generated pages are made from.

    Attributes:
        book: every chapter's entry, with its claims.
        vocabulary: the terms, or ``None``.
        settings: what was asked for.
        outlines: of the chapters that make claims or mention terms, by path.
        rows: all claims, for the files beside the matrix.
        downloads: the layer tables of each chapter, by path.
    """

    book: Book
    vocabulary: Vocabulary | None
    settings: SiteSettings
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    rows: tuple[ClaimRow, ...] = ()
    downloads: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of chapters by path."""
        return {path: entry.title for path, entry in self.book.entries.items()}

    @property
    def terms_folder(self) -> str:
        """Where the terms' pages are; empty where there are none."""
        return folder_of(self.settings.terms) if self.vocabulary else ""


def gather(
    book: Book,
    vocabulary: Vocabulary | None,
    config: Config,
    settings: SiteSettings,
    source_of: Callable[[str], SourceText | None],
) -> Archive:
    """All of a book that pages are generated from.

    ``source_of`` gives a chapter's text by path, ``None`` where the build leaves it out.
    """
    dialect = dialect_of(config)
    kinds = RELATED_KINDS | set(PAGE_KINDS)
    wants_mentions = settings.terms or settings.term_index
    terms = tuple(term for term in vocabulary.terms if term.kind in kinds) if vocabulary and wants_mentions else ()
    outlines: dict[str, Outline] = {}
    rows: list[ClaimRow] = []
    downloads: dict[str, tuple[Download, ...]] = {}
    for path, entry in book.entries.items():
        if not entry.claims and not terms:
            continue
        source = source_of(path)
        if source is None:
            continue
        outline = outlines[path] = _outline(source, dialect, terms, settings, entry)
        if settings.matrix:
            rows += (claim_row(path, claim, source) for claim in entry.claims)
        if settings.tables and outline.tables:
            downloads[path] = tuple(_downloads(outline, entry, source, vocabulary))
    return Archive(
        book=book,
        vocabulary=vocabulary,
        settings=settings,
        outlines=outlines,
        rows=tuple(rows),
        downloads=downloads,
    )


def _outline(
    source: SourceText, dialect: Dialect, terms: tuple[Term, ...], settings: SiteSettings, entry: Entry
) -> Outline:
    """The outline of a chapter; without anything where nothing in it is of interest."""
    has_tables = any(claim.source is ClaimSource.TABLE for claim in entry.claims)
    if not has_tables and not terms:
        return Outline(entry.path, entry.title, (), {}, ())
    return _OUTLINES.get(
        entry.path,
        (source.text, dialect, terms, settings.tables),
        lambda: make_outline(brief_chapter(source, dialect), make_spotter(terms), has_tables=settings.tables),
    )


def claims_within(table: Table, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims that a table makes."""
    start, end = table.span
    return tuple(one for one in claims if one.source is ClaimSource.TABLE and start <= one.span.start < end)


def _downloads(outline: Outline, entry: Entry, source: SourceText, vocabulary: Vocabulary | None) -> list[Download]:
    found = []
    for index, table in enumerate(outline.tables):
        claims = claims_within(table, entry.claims)
        if claims and read_layer_table(table, vocabulary) is not None:
            found.append(Download(index, tuple(claim_row(entry.path, claim, source) for claim in claims)))
    return found
