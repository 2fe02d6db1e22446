"""Backlinks on the pages of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.frame import Frame, addresses_from, source_in

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from convergence_docs.site.relations.backlinks import Citing


class Backlinks(Feature):
    """Each chapter ends with the sentences of others that link to it."""

    parts: ClassVar[tuple[str, ...]] = ("backlinks",)
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._files: Files | None = None
        self._citing: dict[str, tuple[Citing, ...]] = {}

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site does without."""
        return build.settings.backlinks

    def add_from_book(self, files: Files) -> None:
        """Find all that links."""
        build = self.build
        self._files, self._citing = files, {}
        if build.book is None or build.config is None:
            return
        from convergence_docs.site.relations.backlinks import backlinks  # loads the parser

        self._citing = backlinks(build.book, build.config, lambda path: source_in(files, path))

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Add the list, which search is not to find: the sentences are found where they stand."""
        citing = self._citing.get(page.file.src_uri)
        if not citing or self._files is None or self.build.book is None:
            return
        from convergence_docs.site.relations.backlink_html import render_backlinks

        titles = {one.path: one.title for one in citing}
        frame = Frame(self.build.language, addresses_from(self._files, page.file), titles)
        page.content = (page.content or "") + render_backlinks(citing, frame)
