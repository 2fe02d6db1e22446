"""Where a chapter stands: the layers, levels or drivers in their order, its own among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.generated import folder_of
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.frame import Frame
from convergence_docs.site.published import addresses_from

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class Place(Feature):
    """A strip under the title of each chapter of which the vocabulary knows where it stands."""

    parts: ClassVar[tuple[str, ...]] = (
        "hidden",
        "place",
    )
    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._files: Files | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With a vocabulary, unless the site does without."""
        return build.settings.place and build.config is not None and build.config.settings.vocabulary is not None

    def add_from_book(self, files: Files) -> None:
        """Keep the files, whose addresses are wanted."""
        self._files = files

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Put the strip under the title. Search is not to find it: what it says is found where it is stated."""
        build = self.build
        if build.book is None or build.vocabulary is None or self._files is None:
            return
        from convergence_docs.site.relations.place.strip import strip_of  # loads what is stated of subjects
        from convergence_docs.site.relations.place.strip_html import render_strip

        strip = strip_of(page.file.src_uri, build.book, build.vocabulary)
        if strip is None:
            return
        terms = folder_of(build.settings.terms)
        frame = Frame(build.language, addresses_from(self._files, page.file), {}, terms)
        homes = build.book.derive(ledger).homes
        content = page.content or ""
        at = content.find("</h1>")
        at = at + len("</h1>") if at >= 0 else 0
        page.content = f"{content[:at]}\n{render_strip(strip, homes, frame)}{content[at:]}"
