"""Search on the site: what is there is found as it stands, in Chinese too."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from mkdocs.structure.files import File

from convergence_docs.site.feature import Build, Feature, plugin_names, source_of
from convergence_docs.site.publications import FOLDER, SEARCH
from convergence_docs.site.search.facets import Facets, make_facets
from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import Index, IndexedPage, pack
from convergence_docs.site.search.page_text import PageReader, Section
from convergence_docs.site.search.words import make_words
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_WORKER = re.compile(r'("search": ")([^"]*?)assets/javascripts/workers/search\.\w+\.min\.js"')
_BUNDLE = re.compile(r'<script src="([^"]*?)assets/javascripts/bundle\.\w+\.min\.js"></script>')
PARTS = (
    "normal", "inflate", "files", "shards", "sieve", "query", "filters", "match", "near", "answer", "main",
)  # fmt: skip
"""The worker's parts, in ``assets/search``."""
INDEX = f"{FOLDER}/search"
_DOOR = f"{FOLDER}/search-door.js"
_GENERATED = 0.6
_ASSETS = Path(__file__).parents[1] / "assets"


class _Taken(NamedTuple):
    """A page that was taken, with its chapter; ``left_out`` is what its author keeps from the search, normalised."""

    page: IndexedPage
    path: str
    source: SourceText | None
    left_out: str


class Search(Feature):
    """A worker in place of Material's own, which speaks with its search box, and an index of its own."""

    needs_book: ClassVar[bool] = True

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._taken: list[_Taken] = []
        self._kept: dict[str, Any] = {}

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material and its search plugin, unless the settings say otherwise."""
        has_material = build.is_material and "search" in plugin_names(build.site)
        return has_material if build.settings.search is None else build.settings.search

    def add_files(self, files: Files) -> None:
        """Add the worker, and the script that lets it run where a site is read from a disk."""
        door = (_ASSETS / "search" / "door.js").read_text("utf-8")
        for name, content in ((SEARCH, worker_script()), (_DOOR, door)):
            if files.get_file_from_path(name) is None:
                files.append(File.generated(self.build.site, name, content=content))

    def before_search(self, context: TemplateContext, page: Page) -> None:
        """Take a page's text, and spare the search plugin the work."""
        kept = page.meta.get("search")
        is_excluded = isinstance(kept, dict) and bool(kept.get("exclude"))
        if not is_excluded and page.content is not None:
            reader = PageReader()
            sections = reader.read(page.content) or (Section(0, "", "", ()),)
            title = str(page.meta.get("title", page.title))
            indexed = IndexedPage(page.url, title, sections, _weight(page, kept))
            source = None if page.file.generated_by is not None else source_of(page)
            self._taken.append(_Taken(indexed, page.file.src_uri, source, normalise(reader.left_out)))
        self._kept = dict(page.meta)
        page.meta["search"] = {"exclude": True}

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Give a page its own settings back."""
        page.meta.pop("search", None)
        page.meta.update(self._kept)

    def finish_output(self, output: str, page: Page) -> str:
        """Point Material to the worker."""
        return self._with_worker(output)

    def finish_template(self, output: str, name: str) -> str:
        """Point Material to the worker on pages that are no chapters, too."""
        return self._with_worker(output) if name.endswith(".html") else output

    def finish_site(self) -> None:
        """Write the index in place of the plugin's, and prove it."""
        build, taken = self.build, self._in_order()
        pages, paths = [one.page for one in taken], [one.path for one in taken]
        facets = make_facets(pages, paths, build.book, build.vocabulary)
        texts = [normalise(page.text_of(number)) for page in pages for number in range(len(page.sections))]
        index = pack(pages, {"claims": facets.table, "words": make_words(texts, build.vocabulary)})
        self._write(index, facets)
        if build.settings.check:
            self._prove(index, taken)
        self._taken = []

    def _in_order(self) -> list[_Taken]:
        """Pages by chapter number, then those without one as they come: of two hits as good, the earlier is first.

        Where two files have one address (``a.md`` and ``a/index.md``), the one that was written last is what is there.
        """
        entries = self.build.book.entries if self.build.book else {}
        numbers = {path: entry.number for path, entry in entries.items() if entry.number}
        ranks = {path: [int(part) if part.isdecimal() else 0 for part in parts] for path, parts in numbers.items()}
        there = {one.page.url: one for one in self._taken}.values()
        return sorted(there, key=lambda one: (one.path not in ranks, ranks.get(one.path, [])))

    def _prove(self, index: Index, taken: Sequence[_Taken]) -> None:
        from convergence_docs.parse import FOLDER, dialect_of  # loads the parser
        from convergence_docs.site.search.proof import not_findable, packed_texts, unfound, wishes

        config = self.build.config
        dialect = dialect_of(config) if config else FOLDER
        for one, texts in zip(taken, packed_texts(index), strict=True):
            if one.source is not None:
                wanted = wishes(one.source, dialect, self.build.vocabulary)
                for wish in unfound(wanted, texts, one.left_out):
                    self.build.log(not_findable(wish, one.source))

    def _with_worker(self, output: str) -> str:
        output = _WORKER.sub(rf'\1\2{SEARCH}"', output, count=1)
        return _BUNDLE.sub(rf'<script src="\1{_DOOR}"></script>\g<0>', output, count=1)

    def _write(self, index: Index, facets: Facets) -> None:
        folder = Path(self.build.site.site_dir)
        target = folder / INDEX
        target.mkdir(parents=True, exist_ok=True)
        wanted = {f"{file.name}.js": file.content for file in index.files}
        for path in target.iterdir():
            if path.name not in wanted:
                path.unlink()
        for name, content in wanted.items():
            (target / name).write_bytes(content)
        plain = folder / "search"
        plain.mkdir(exist_ok=True)
        text = json.dumps(
            {"config": self._config(index, facets), "docs": []}, ensure_ascii=False, separators=(",", ":")
        )
        (plain / "search_index.json").write_text(text, "utf-8")
        (plain / "search_index.js").write_text(f"var __index = {text}", "utf-8")

    def _config(self, index: Index, facets: Facets) -> dict[str, Any]:
        own = {"directory": index.directory, "language": self.build.language, "facets": facets.offered}
        # Material marks nothing by its own pattern: no text holds what parts the words.
        return {"lang": [], "separator": "\ufffe", "pipeline": [], "fields": {}, "convergence": own}


def worker_script() -> str:
    """The worker, of its parts. It runs in a function of its own, since from a disk it runs in the page."""
    parts = "\n".join((_ASSETS / "search" / f"{part}.js").read_text("utf-8") for part in PARTS)
    head = '(port => {\n"use strict"\nconst isOnDisk = Boolean(port.isOnDisk)\nconst location = port.location\n'
    return f"{head}{parts}\n}})(self.__cdSearchPort || self)\n"


def _weight(page: Page, settings: object) -> float:
    """What is generated repeats what chapters say, so that it counts less; else what the page asks for itself."""
    wanted = settings.get("boost") if isinstance(settings, dict) else None
    if isinstance(wanted, (int, float)):
        return min(max(float(wanted), 0.1), 4.0)
    return _GENERATED if page.file.generated_by is not None else 1.0
