"""The whole book on one page."""

from __future__ import annotations

import re
import secrets
from fnmatch import fnmatchcase
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from convergence_docs.diagnostic import Wording
from convergence_docs.model.generated import folder_of
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.printing.binding import Leaf, bind, contents
from convergence_docs.site.publications import add_generated
from convergence_docs.site.relations.number_order import pages_in_order

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_TITLE: Final = Wording("The whole book", "全书")
_CONTENTS: Final = Wording("Contents", "目录")
_LEAD: Final = Wording(
    "All chapters on one page, to be printed or searched with the browser.",
    "全部章节在同一页上，便于打印，或用浏览器在页内查找。",
)
_PAGE: Final = """---
robots: noindex
search:
  exclude: true
hide: [navigation, toc]
---

# {title}

<p class="cd-unprinted">{lead}</p>

<div data-convergence="book"></div>
"""
_TAG = re.compile(r"<[^<>]*>")
_PLACE: Final = '<div data-convergence="book"></div>'


class PrintedBook(Feature):
    """A page that holds every chapter as its own page has it, made when all of them are made.

    Comes after the feature that judges pages: what it takes from them has been judged.
    """

    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._mark = f"<!--{secrets.token_hex(16)}-->"
        self._page: Page | None = None
        self._path = f"{folder_of(build.settings.print_page)}/index.md"
        self._some_page: Page | None = None
        self._pages: dict[str, Page] = {}
        self._order: list[Page] = []
        self._leaves: dict[str, Leaf] = {}

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where a folder is named."""
        return bool(folder_of(build.settings.print_page))

    def add_from_book(self, files: Files) -> None:
        """Add the page, still empty."""
        if self.build.book is None or files.get_file_from_path(self._path) is not None:
            return
        say = self.build.say
        text = _PAGE.format(title=say(_TITLE), lead=say(_LEAD))
        add_generated(files, self.build.site, {self._path: text})

    def finish_content(self, html: str, page: Page) -> str:
        """Note the pages that the book has."""
        path, book = page.file.src_uri, self.build.book
        if path == self._path:
            self._page = page
        elif book is not None and path in book.entries and self._is_chapter(path):
            self._pages[path] = page
        if page.previous_page or page.next_page:
            self._some_page = page
        return html

    def prepare(self) -> None:
        """Put them in order: that of the navigation, in which numbered chapters follow their numbers."""
        ordered = [page.file.src_uri for page in pages_in_order(self._some_page)]
        paths = dict.fromkeys(path for path in (*ordered, *sorted(self._pages)) if path in self._pages)
        self._order = [self._pages[path] for path in paths]

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Mark where a chapter begins and ends."""
        if page.file.src_uri in self._pages and page.content:
            page.content = f"{self._mark}{page.content}{self._mark}"

    def finish_output(self, output: str, page: Page) -> str:
        """Take a finished chapter."""
        start, end = output.find(self._mark), output.rfind(self._mark)
        if start < 0:
            return output
        page.content = (page.content or "").replace(self._mark, "")
        html = output[start + len(self._mark) : end]
        self._leaves[page.file.src_uri] = Leaf(page.url, _title(page), _sections(page), html)
        return output.replace(self._mark, "")

    def finish_site(self) -> None:
        """Bind the chapters."""
        page, site = self._page, self.build.site
        if page is None:
            return
        leaves = [self._leaves[one.file.src_uri] for one in self._order if one.file.src_uri in self._leaves]
        path = Path(site.site_dir, page.file.dest_uri)
        name = self.build.say(_CONTENTS)
        bound = f'<div class="cd-book">{contents(leaves, name)}{bind(leaves, page.url)}</div>'
        path.write_text(path.read_text("utf-8").replace(_PLACE, bound, 1), "utf-8", newline="")

    def _is_chapter(self, path: str) -> bool:
        wanted = self.build.settings.print_pages
        return not wanted or any(fnmatchcase(path, pattern) for pattern in wanted)


def _title(page: Page) -> str:
    """What a chapter calls itself; the navigation may call it otherwise."""
    first = next(iter(page.toc), None)
    return _plain(first.title if first is not None and first.level == 1 else str(page.title))


def _sections(page: Page) -> tuple[tuple[str, str], ...]:
    tops = (item for top in page.toc for item in (top.children if top.level == 1 else [top]))
    return tuple((item.id, _plain(item.title)) for item in tops)


def _plain(title: str) -> str:
    """A title, which may be HTML, as text."""
    return unescape(_TAG.sub("", title))
