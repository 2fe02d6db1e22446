"""The style sheet and script that make Material's pages readable for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import FONT, FONT_LICENCE, add_asset

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class Styling(Feature):
    """Phones, formulas, tables, Chinese letters."""

    parts: ClassVar[tuple[str, ...]] = ("convergence",)

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site does without."""
        return build.settings.styles

    def add_files(self, files: Files) -> None:
        """The font of formulas."""
        for name in (FONT, FONT_LICENCE):
            add_asset(files, self.build.site, name)
