"""Search on the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convergence_docs.site.feature import Build, Feature, plugin_names
from convergence_docs.site.publications import SEARCH, add_asset

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_WORKER = re.compile(r'("search": ")([^"]*?)assets/javascripts/workers/search\.\w+\.min\.js"')


class Search(Feature):
    """A worker in place of Material's own, which speaks with its search box."""

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material and its search plugin, unless the settings say otherwise."""
        has_material = build.is_material and "search" in plugin_names(build.site)
        return has_material if build.settings.search is None else build.settings.search

    def add_files(self, files: Files) -> None:
        """Add the worker."""
        add_asset(files, self.build.site, SEARCH)

    def finish_output(self, output: str, page: Page) -> str:
        """Point Material to the worker."""
        return _WORKER.sub(rf'\1\2{SEARCH}"', output, count=1)
