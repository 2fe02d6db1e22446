"""What a page needs to be read comes first; what only moves it comes after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convergence_docs.site.feature import Build, Feature

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_SCRIPTS = re.compile(r'<script src="([^"]*assets/(?:javascripts/bundle\.\w+\.min|convergence/search-door)\.js)">')
"""Material's own, and what must run just before it."""


class Delivery(Feature):
    """Material's script no longer holds up the page: like all others it runs in its turn once the page is read."""

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, where every script that may build on its own is deferred too."""
        scripts = build.site.extra_javascript
        return build.settings.styles and build.is_material and all(getattr(one, "defer", False) for one in scripts)

    def finish_output(self, output: str, page: Page) -> str:
        """Defer the script of a page."""
        return _deferred(output)

    def finish_template(self, output: str, name: str) -> str:
        """Defer the script of a page that is made of a template alone."""
        return _deferred(output)


def _deferred(output: str) -> str:
    return _SCRIPTS.sub(r'<script src="\1" defer>', output)
