"""The book on the site: matrix, terms, tables that can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.errors import Fault
from convergence_docs.load import read_vocabulary
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import add_generated
from convergence_docs.text import decode

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from convergence_docs.site.book.exhibits import Exhibits


class BookPages(Feature):
    """Pages, files and tables that are made from the book."""

    parts: ClassVar[tuple[str, ...]] = (
        "hidden",
        "figures",
    )
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._exhibits: Exhibits | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where anything of it is asked for."""
        return build.settings.tables or bool(build.settings.matrix or build.settings.terms)

    def configure(self) -> None:
        """Add the terms' pages to the navigation."""
        site, config, folder = self.build.site, self.build.config, self.build.settings.terms
        path = config.settings.vocabulary if config else None
        if not site.nav or not folder or not config or path is None:
            return
        from convergence_docs.parse.vocabulary import parse_vocabulary  # loads the YAML library
        from convergence_docs.site.book.generated_pages import nav_with_terms

        try:
            vocabulary = parse_vocabulary(decode(read_vocabulary(config), path).text, path)
        except Fault:  # the check says so
            return
        site.nav = nav_with_terms(site.nav, folder, vocabulary, self.build.language)

    def add_from_book(self, files: Files) -> None:
        """Add the pages, and the data to take away."""
        build = self.build
        if build.book is None or build.config is None:
            return
        from convergence_docs.site.book.exhibits import Exhibits  # loads parser and reports

        book, vocabulary = build.book, build.vocabulary
        self._exhibits = Exhibits(book, vocabulary, build.config, build.settings, files, build.language)
        add_generated(files, build.site, self._exhibits.contents())

    def finish_content(self, html: str, page: Page) -> str:
        """Fill a page's marks, and make its tables usable."""
        return html if self._exhibits is None else self._exhibits.finish(html, page.file)
