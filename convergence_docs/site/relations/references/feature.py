"""A page of all sources that the chapters cite."""

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

    from convergence_docs.site.relations.references.bibliography import Source

_MARK = re.compile(r'<div data-convergence="references" data-group="(\d{1,9})">\s*</div>')


class References(Feature):
    """The references page."""

    parts: ClassVar[tuple[str, ...]] = ("hidden", "figures", "sources")
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._sources: tuple[Source, ...] = ()
        self._files: Files | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where a folder is named."""
        return bool(folder_of(build.settings.references))

    def add_from_book(self, files: Files) -> None:
        """Add the page."""
        build = self.build
        if build.book is None or build.config is None:
            return
        from convergence_docs.site.relations.references.bibliography import collect  # loads the parser
        from convergence_docs.site.relations.references.references_html import references_page

        self._files = files
        self._sources = collect(build.book, build.config, sources_in(files))
        path = f"{folder_of(build.settings.references)}/index.md"
        add_generated(files, build.site, {path: references_page(self._sources, build.language)})

    def finish_content(self, html: str, page: Page) -> str:
        """Put the lists in the place of their marks."""
        book, files = self.build.book, self._files
        if book is None or files is None or 'data-convergence="references"' not in html:
            return html
        from convergence_docs.site.relations.references.references_html import by_letter, render_sources

        titles = {path: entry.title for path, entry in book.entries.items()}
        frame = Frame(self.build.language, addresses_from(files, page.file), titles)
        groups = by_letter(self._sources)

        def fill(match: re.Match[str]) -> str:
            at = int(match[1])
            return render_sources(groups[at][1], frame) if at < len(groups) else ""

        return _MARK.sub(fill, html)
