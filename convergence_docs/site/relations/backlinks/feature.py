"""Backlinks on the pages of a site."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.frame import Frame
from convergence_docs.site.published import addresses_from, sources_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from convergence_docs.site.relations.backlinks.citing import Citing
    from convergence_docs.site.relations.backlinks.passages import Mention

Landing = tuple[str, str, str, int]
"""A link: the chapter that it stands in, the chapter that it leads to, its words, and which one of these it is."""


class Backlinks(Feature):
    """Each chapter ends with the sentences of others that link to it."""

    parts: ClassVar[tuple[str, ...]] = ("backlinks",)
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._files: Files | None = None
        self._citing: dict[str, tuple[Citing, ...]] = {}
        self._landings: dict[Landing, str] = {}

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site does without."""
        return build.settings.backlinks

    def add_from_book(self, files: Files) -> None:
        """Find all that links."""
        build = self.build
        self._files, self._citing, self._landings = files, {}, {}
        if build.book is None or build.config is None:
            return
        from convergence_docs.site.relations.backlinks.citing import backlinks  # loads the parser

        self._citing = backlinks(build.book, build.config, sources_in(files))

    def finish_content(self, html: str, page: Page) -> str:
        """Give the links of a page ids, so that backlinks lead to the very place."""
        book, path = self.build.book, page.file.src_uri
        if book is None or self._files is None or not self._citing:
            return html
        from convergence_docs.model.links.between import links_between
        from convergence_docs.site.relations.backlinks.landings import with_landings

        address_of = addresses_from(self._files, page.file)
        linked = {
            address: (target, Counter(one.link.text for one in links))
            for target, links in links_between(book).get(path, {}).items()
            if (address := address_of(target))
        }
        html, found = with_landings(html, linked)
        self._landings |= {(path, *landing): name for landing, name in found.items()}
        return html

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Add the list, which search is not to find: the sentences are found where they stand."""
        citing = self._citing.get(page.file.src_uri)
        if not citing or self._files is None or self.build.book is None:
            return
        from convergence_docs.site.relations.backlinks.backlinks_html import render_backlinks

        frame = Frame(self.build.language, addresses_from(self._files, page.file), {})
        landed = [one._replace(mentions=tuple(self._landed(one, page.file.src_uri))) for one in citing]
        page.content = (page.content or "") + render_backlinks(landed, frame)

    def _landed(self, citing: Citing, target: str) -> Iterator[Mention]:
        """The places of a chapter, with the ids of their links where these are known."""
        for mention in citing.mentions:
            name = self._landings.get((citing.path, target, mention.words, mention.nth))
            yield mention._replace(anchor=name) if name else mention
