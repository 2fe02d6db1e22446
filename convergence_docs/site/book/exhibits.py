"""What the book adds to the built site: generated pages, files to take away, and tables that can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING

from convergence_docs import schemas
from convergence_docs.config import Config
from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim_row import ClaimRow
from convergence_docs.model.generated import CLAIMS_CSV, CLAIMS_JSON, folder_of
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.reports.claims import render_csv, render_json
from convergence_docs.site.book.archive import Download, gather
from convergence_docs.site.book.fragments import Fragments
from convergence_docs.site.book.generated_pages import matrix_page, term_pages
from convergence_docs.site.book.table_html import decorate
from convergence_docs.site.book.value_html import label_stars
from convergence_docs.site.published import addresses_from, sources_in
from convergence_docs.site.settings import SiteSettings

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files

AddressOf = Callable[[str], str]

_MARK = "\ufeff"
"""Without it a spreadsheet takes Chinese in a CSV file for another encoding."""


class Exhibits:
    """One build's additions from the book."""

    def __init__(
        self,
        book: Book,
        vocabulary: Vocabulary | None,
        config: Config,
        settings: SiteSettings,
        files: Files,
        language: Language,
    ) -> None:
        self.settings = settings
        self.language = language
        self.files = files
        self.archive = gather(book, vocabulary, config, settings, sources_in(files))
        self.fragments = Fragments(self.archive, language)
        self.size = _usual_size(vocabulary)

    def contents(self) -> dict[str, str]:
        """Everything to publish, by path in the docs folder."""
        found: dict[str, str] = {}
        matrix, terms = folder_of(self.settings.matrix), self.archive.terms_folder
        if matrix:
            published = schemas.published()
            model = relpath(self.settings.model, matrix) if self.settings.model else ""
            page = matrix_page(self.language, published, has_chart=self.fragments.has_chart, model=model)
            found[f"{matrix}/index.md"] = page
            found |= {f"{matrix}/{name}": text for name, text in published.items()}
            found |= _data(f"{matrix}/{CLAIMS_CSV}", f"{matrix}/{CLAIMS_JSON}", self.archive.rows)
        if terms and self.archive.vocabulary:
            pages = term_pages(self.archive.vocabulary, self.language, self.fragments.is_empty)
            found |= {f"{terms}/{name}": text for name, text in pages.items()}
        for path, downloads in self.archive.downloads.items():
            for download in downloads:
                found |= _data(*_names(path, download.number), download.rows)
        return found

    def finish(self, page: str, file: File) -> str:
        """A page's HTML with its marks filled, its tables decorated, and words beside its stars."""

        address_of = addresses_from(self.files, file)
        if self.settings.tables:
            path = file.src_uri
            outline = self.archive.outlines.get(path)
            if outline is not None and outline.tables and "<table" in page:
                footers = {one.number: self._footer(path, one.number, address_of) for one in self._downloads(path)}
                page = decorate(page, outline.tables, self.archive.book.entries[path].claims, footers)
            page = label_stars(page, self.language, self.size)
        return self.fragments.fill(page, address_of)

    def _downloads(self, path: str) -> Iterable[Download]:
        return self.archive.downloads.get(path, ())

    def _footer(self, path: str, number: int, address_of: AddressOf) -> str:
        csv, json = map(address_of, _names(path, number))
        if not csv or not json:
            return ""
        said = Wording("Download this table's data:", "下载本表数据：").to(self.language)
        return (
            f'<p class="cd-download">{said} <a href="{escape(csv)}" download>CSV</a> '
            f'<a href="{escape(json)}" download>JSON</a></p>'
        )


def _names(path: str, number: int) -> tuple[str, str]:
    """Where the data of a chapter's table are: in the folder that is the chapter's own address."""
    whole = PurePosixPath(path)
    folder = whole.parent if whole.stem in ("index", "README") else whole.with_suffix("")
    stem = (folder / f"table-{number + 1}").as_posix()
    return f"{stem}.csv", f"{stem}.json"


def _data(csv: str, json: str, rows: Iterable[ClaimRow]) -> dict[str, str]:
    kept = tuple(rows)
    return {csv: _MARK + render_csv(kept), json: render_json(kept)}


def _usual_size(vocabulary: Vocabulary | None) -> int:
    """Out of how many stars ratings are, where all dimensions agree on that; else 0."""
    sizes = {term.size for term in vocabulary.of("dimension") if term.size} if vocabulary else set()
    return sizes.pop() if len(sizes) == 1 else 0
