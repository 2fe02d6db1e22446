"""The style sheet and script that make Material's pages readable for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.diagnostic import Wording
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import FONT, FONT_LICENCE, add_asset

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_SEARCH_DIALOG = 'data-md-component="search" role="dialog">'
_SEARCH = Wording("Search", "搜索")


class Styling(Feature):
    """Phones, formulas, the dark palette, and names for assistive technology."""

    parts: ClassVar[tuple[str, ...]] = ("convergence",)

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site does without."""
        return build.settings.styles

    def add_files(self, files: Files) -> None:
        """The font of formulas."""
        for name in (FONT, FONT_LICENCE):
            add_asset(files, self.build.site, name)

    def finish_output(self, output: str, page: Page) -> str:
        """Give Material's search dialog the name that it lacks."""
        label = self.build.say(_SEARCH)
        return output.replace(_SEARCH_DIALOG, f'{_SEARCH_DIALOG[:-1]} aria-label="{label}">', 1)
