"""What a reader sees of the search beside its hits: filters, marks on the opened page, and a word without scripts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, ClassVar, Final

from mkdocs.utils import get_relative_url

from convergence_docs.diagnostic import Wording
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.search.feature import Search

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_ARTICLE: Final = re.compile(r'(?=<article class="md-content__inner)')
_NEEDS: Final = Wording(
    en="Search needs scripts, which are off here. All pages are in the navigation{terms}.",
    zh="搜索需要脚本，而这里没有启用。全部页面见导航{terms}。",
)
_TERMS: Final = Wording(en=', all terms in the <a href="{url}">{name}</a>', zh='，术语见<a href="{url}">{name}</a>')
_INDEX: Final = Wording(en="index", zh="索引")


class SearchSurface(Feature):
    """Filters in the search dialog, marks on the page that it opens, and what to do without scripts."""

    parts: ClassVar[tuple[str, ...]] = ("facets", "marks")

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._terms: str | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where the search itself is."""
        return Search.is_wanted(build)

    def add_from_book(self, files: Files) -> None:
        """Find the page that lists all terms, if there is one."""
        settings = self.build.settings
        folders = filter(None, (settings.term_index, settings.terms))
        indexes = filter(None, (files.get_file_from_path(f"{folder}/index.md") for folder in folders))
        self._terms = next((file.url for file in indexes), None)

    def finish_output(self, output: str, page: Page) -> str:
        """Say without scripts that the search needs them."""
        return _ARTICLE.sub(lambda _: self._without_scripts(page.url), output, count=1)

    def _without_scripts(self, url: str) -> str:
        terms = ""
        if self._terms is not None:
            address = html.escape(get_relative_url(self._terms, url))
            terms = self.build.say(_TERMS).format(url=address, name=self.build.say(_INDEX))
        words = self.build.say(_NEEDS).format(terms=terms)
        return f'<noscript><p class="cd-noscript md-typeset">{words}</p></noscript>'
