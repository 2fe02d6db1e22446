"""The Markdown twins of all pages, and what is made of them: ``llms.txt`` and the whole book as one text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from convergence_docs.diagnostic import Wording
from convergence_docs.parse import FOLDER, dialect_of
from convergence_docs.site.feature import Build
from convergence_docs.site.publishing.catalogue import Facts, clean
from convergence_docs.site.publishing.html_markdown import html_as_markdown
from convergence_docs.site.publishing.llms import DATA, FULL, INDEX, PAGES, Section, render_llms, sections_of
from convergence_docs.site.publishing.places import Places, whole_address
from convergence_docs.site.publishing.twin import has_marks, relative, render_twin, without_marks
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_WHOLE: Final = Wording("The whole book as one text", "全书合为一个文本")
_SOURCE: Final = Wording("Source: <{}>", "来源：<{}>")


class Twins:
    """The twins of one build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._dialect = dialect_of(build.config) if build.config else FOLDER
        self._pages: dict[str, Facts] = {}
        self._sources: dict[str, SourceText] = {}
        self._made: dict[str, str] = {}
        self._places: Places | None = None
        self.nav: Iterable[StructureItem] = ()

    def begin(self, files: Files, pages: dict[str, Facts]) -> None:
        """All pages are known."""
        self._pages = pages
        self._places = Places(files, pages)

    def has(self, page: Facts) -> bool:
        """Whether a page has a twin."""
        return not page.is_hidden

    def see(self, page: Page) -> None:
        """Read a page: what its author wrote, or what the build has made of it."""
        path = page.file.src_uri
        if path not in self._pages or not self.has(self._pages[path]) or page.markdown is None:
            return
        if self._pages[path].is_generated:
            self._made[path] = html_as_markdown(page.content or "")
        else:
            self._sources[path] = SourceText(path, page.markdown)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every twin by its place."""
        for path in (*self._sources, *self._made):
            yield self._pages[path].twin, self._made.get(path) or self._render(path, self._pages[path].twin)

    def lists(self, data: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
        """``llms.txt`` and the text of the whole book; ``data`` are files to name, each with a title and a note."""
        build = self._build
        site, say = build.site, build.say
        chapters = [path for path in self._pages if path in self._sources]
        sections = sections_of(self.nav, self._pages, say(PAGES), self._address)
        rest = [(title, self._address(place), note) for title, place, note in data]
        if chapters:
            rest.insert(0, (say(_WHOLE), self._address(FULL), ""))
            yield FULL, "\n---\n\n".join(self._whole(path) for path in chapters)
        last = [one for one in sections if one.is_optional]
        kept = [one for one in sections if not one.is_optional]
        about = clean(site.site_description or "")
        yield (
            INDEX,
            render_llms(site.site_name, about, [*kept, *([Section(say(DATA), tuple(rest))] * bool(rest)), *last]),
        )

    def _address(self, place: str) -> str:
        return whole_address(self._build, place)

    def _whole(self, path: str) -> str:
        page = self._pages[path]
        source = f"{self._build.say(_SOURCE).format(page.address)}\n\n" if page.address else ""
        return f"{source}{self._render(path, FULL).strip()}\n"

    def _render(self, path: str, place: str) -> str:
        assert self._places is not None
        source, folder = self._sources[path], posixpath.dirname(place)
        text = render_twin(source, self._places.of, folder, self._dialect)
        if has_marks(text):
            text = without_marks(text, relative(self._place_of_page(path), folder), self._build.say)
        return text if text.endswith("\n") else f"{text}\n"

    def _place_of_page(self, path: str) -> str:
        return posixpath.splitext(self._pages[path].twin)[0] + ".html"
