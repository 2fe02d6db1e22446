"""A page of all terms in alphabetical order, with the sections that mention them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from convergence_docs.model.generated import folder_of
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.frame import Frame
from convergence_docs.site.publications import add_generated
from convergence_docs.site.published import addresses_from, sources_in

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from convergence_docs.site.relations.term_index.index import Letter

_MARK = re.compile(r'<div data-convergence="index" data-group="(\d{1,9})">\s*</div>')


class TermIndex(Feature):
    """The index of terms; none without a vocabulary."""

    parts: ClassVar[tuple[str, ...]] = ("hidden", "figures", "sources")
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._letters: tuple[Letter, ...] = ()
        self._files: Files | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where a folder is named."""
        return bool(folder_of(build.settings.term_index))

    def add_from_book(self, files: Files) -> None:
        """Add the page."""
        build = self.build
        if build.book is None or build.config is None or build.vocabulary is None:
            return
        from convergence_docs.site.book.archive import gather  # loads the parser
        from convergence_docs.site.relations.term_index.index import make_index
        from convergence_docs.site.relations.term_index.index_html import index_page

        self._files = files
        archive = gather(build.book, build.vocabulary, build.config, build.settings, sources_in(files))
        self._letters = make_index(build.book, build.vocabulary, archive.outlines)
        path = f"{folder_of(build.settings.term_index)}/index.md"
        add_generated(files, build.site, {path: index_page(self._letters, build.language)})

    def finish_content(self, html: str, page: Page) -> str:
        """Put the terms in the place of their marks."""
        book, files = self.build.book, self._files
        if book is None or files is None or 'data-convergence="index"' not in html:
            return html
        from convergence_docs.site.relations.term_index.index_html import render_letter

        titles = {path: entry.title for path, entry in book.entries.items()}
        folder = folder_of(self.build.settings.terms)
        frame = Frame(self.build.language, addresses_from(files, page.file), titles, folder)

        def fill(match: re.Match[str]) -> str:
            at = int(match[1])
            return render_letter(self._letters[at], frame) if at < len(self._letters) else ""

        return _MARK.sub(fill, html)
