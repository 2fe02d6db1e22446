"""Diagrams on the site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.diagnostic import Wording
from convergence_docs.site.diagrams.gallery import Gallery, open_gallery
from convergence_docs.site.diagrams.sources import escape_sources
from convergence_docs.site.feature import Build, Feature, plugin_names
from convergence_docs.site.log import LOG
from convergence_docs.site.publications import FOLDER, MERMAID, add_asset, add_copy, mermaid_script

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_NO_MERMAID = Wording(
    "Mermaid's script is not installed, so diagrams come from a third party: pip install 'convergence-docs[site]'",
    "没有安装 Mermaid 的脚本，图会从第三方加载。请执行 pip install 'convergence-docs[site]'",
)


class Diagrams(Feature):
    """Drawings made at build, described in words, with tools to look at them; Mermaid itself for the rest."""

    parts: ClassVar[tuple[str, ...]] = ("diagrams", "viewer")

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._gallery: Gallery = open_gallery(build.config, build.language, draws=_way(build) == "build")
        escape_sources(build.site)

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where the settings want diagrams drawn, and there is a Mermaid to draw them."""
        if _way(build) == "off":
            return False
        if mermaid_script() is None:
            LOG.warning("%s", build.say(_NO_MERMAID))
            return False
        return True

    def add_files(self, files: Files) -> None:
        """Add Mermaid's own script, for what the browser draws, and the frame in which it draws that."""
        if script := mermaid_script():
            add_copy(files, self.build.site, MERMAID, script)
            for name in ("drawing-room.html", "drawing-room.js"):
                add_asset(files, self.build.site, f"{FOLDER}/{name}")

    def finish_content(self, html: str, page: Page) -> str:
        """Note a page's diagrams."""
        self._gallery.expect(html)
        return html

    def prepare(self) -> None:
        """Draw what all pages together want drawn: many are drawn sooner than one after the other."""
        self._gallery.prepare()

    def before_search(self, context: TemplateContext, page: Page) -> None:
        """Leave the search index the words in a page's diagrams."""
        if page.content:
            page.content = self._gallery.take_down(page.content, page.file.src_uri)

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Give the template the diagrams that the browser draws."""
        if page.content:
            page.content = self._gallery.put_up(page.content, page.file.src_uri)

    def finish_output(self, output: str, page: Page) -> str:
        """Hang the diagrams that were drawn."""
        return self._gallery.finish(output, page.file.src_uri)

    def finish_site(self) -> None:
        """Remember the drawings, and let their maker go."""
        self._gallery.close()


def _way(build: Build) -> str:
    return build.settings.drawing_way(has_mermaid2="mermaid2" in plugin_names(build.site))
