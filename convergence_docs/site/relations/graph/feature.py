"""Pages that show which chapters link to which, as a drawing and as a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from mkdocs.structure.files import File, InclusionLevel

from convergence_docs.model.generated import folder_of
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.frame import Frame
from convergence_docs.site.publications import add_generated
from convergence_docs.site.published import addresses_from, is_published

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from convergence_docs.site.relations.graph.album import Album

_MARK = re.compile(r'<div data-convergence="(?:graph|links" data-group="(?P<group>\d{1,9}))">\s*</div>')


class Graph(Feature):
    """The page of the graph; of a large book also a page for each of its parts."""

    parts: ClassVar[tuple[str, ...]] = ("hidden", "figures", "graph")
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._sections: Mapping[str, tuple[str, ...]] = {}
        self._album: Album | None = None
        self._files: Files | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where a folder is named."""
        return bool(folder_of(build.settings.graph))

    def configure(self) -> None:
        """Remember the navigation as its author wrote it."""
        from convergence_docs.site.relations.graph.pages import sections_in

        self._sections = sections_in(self.build.site.nav)

    def add_from_book(self, files: Files) -> None:
        """Add the pages. Those of parts are reached from the whole book's, and need no place in the navigation."""
        build = self.build
        if build.book is None:
            return
        from convergence_docs.site.relations.graph.album import make_album

        def is_shown(path: str) -> bool:
            return is_published(files.get_file_from_path(path))

        self._files = files
        folder = folder_of(build.settings.graph)
        self._album = make_album(build.book, build.vocabulary, self._sections, folder, is_shown)
        pages = self._album.contents(build.language)
        index = next(iter(pages))
        add_generated(files, build.site, {index: pages.pop(index)})
        for path, content in pages.items():
            if files.get_file_from_path(path) is None:
                inclusion = InclusionLevel.NOT_IN_NAV
                files.append(File.generated(build.site, path, content=content, inclusion=inclusion))

    def finish_content(self, html: str, page: Page) -> str:
        """Put drawing and list in the place of their marks, on whatever page."""
        album, files = self._album, self._files
        if album is None or files is None or 'data-convergence="' not in html:
            return html
        settings = self.build.settings
        terms = folder_of(settings.terms) if self.build.vocabulary else ""
        frame = Frame(self.build.language, addresses_from(files, page.file), album.titles, terms)

        def fill(match: re.Match[str]) -> str:
            path = page.file.src_uri
            return (
                album.draw(path, frame)
                if match["group"] is None
                else album.list_links(path, int(match["group"]), frame)
            )

        return _MARK.sub(fill, html)
