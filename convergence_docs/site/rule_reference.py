"""A page for every rule of the checker, on the site itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import add_rule_pages, nav_with_rules

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class RuleReference(Feature):
    """The rules' pages, and their entries in the navigation."""

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where a folder is named for them."""
        return bool(build.settings.rule_pages)

    def configure(self) -> None:
        """Add the pages to the navigation."""
        site, folder = self.build.site, self.build.settings.rule_pages
        if site.nav and folder:
            site.nav = nav_with_rules(site.nav, folder, self.build.language)

    def add_files(self, files: Files) -> None:
        """Add the pages."""
        if folder := self.build.settings.rule_pages:
            add_rule_pages(files, self.build.site, folder, self.build.language)
