"""All drawings of a book: the whole, and its parts where the whole is too large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from convergence_docs.diagnostic import Language
from convergence_docs.model.book import Book
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.site.frame import Frame, escape
from convergence_docs.site.relations.graph.graph_html import Atlas, PageOf, render_list, render_sheet
from convergence_docs.site.relations.graph.network import (
    Part,
    Sections,
    Sheet,
    chapters_of,
    make_parts,
    reverse,
    sheets_of,
    weigh,
)
from convergence_docs.site.relations.graph.pages import TITLE, graph_page, page_names


class Album(NamedTuple):
    """The drawings by the paths of their pages, the whole book's first."""

    sheets: Mapping[str, tuple[Part, Sheet]]
    page_of: PageOf
    atlas: Atlas
    titles: Mapping[str, str]

    def contents(self, language: Language) -> dict[str, str]:
        """The pages as Markdown, by path."""
        return {path: graph_page(part, sheet, language) for path, (part, sheet) in self.sheets.items()}

    def draw(self, path: str, frame: Frame) -> str:
        """The drawing of a page, with the way back up; on a page of somebody else's, that of the whole book."""
        part, sheet = self._sheet(path)
        return f"{self._way_up(part, frame)}{render_sheet(sheet, self.page_of, frame)}"

    def list_links(self, path: str, group: int, frame: Frame) -> str:
        """The list of the rows of a group; empty where there is no such group."""
        _, sheet = self._sheet(path)
        if group >= len(sheet.groups):
            return ""
        return render_list(sheet.groups[group].nodes, sheet, self.atlas, self.page_of, frame)

    def _sheet(self, path: str) -> tuple[Part, Sheet]:
        return self.sheets.get(path) or next(iter(self.sheets.values()))

    def _way_up(self, part: Part, frame: Frame) -> str:
        if not part.key:
            return ""
        around = [part.key[:depth] for depth in range(len(part.key)) if part.key[:depth] in self.page_of]
        links = (frame.link(self.page_of[key], "", escape(key[-1]) if key else frame.say(TITLE)) for key in around)
        return f'<p class="cd-note">{" › ".join(links)}</p>'


def make_album(
    book: Book,
    vocabulary: Vocabulary | None,
    sections: Mapping[str, Sections],
    folder: str,
    is_shown: Callable[[str], bool],
) -> Album:
    """The album of a book. ``folder`` holds its pages; ``is_shown`` tells which chapters the site has."""
    chapters = chapters_of(book, sections, is_shown)
    weights = weigh(book, chapters)
    drawn = tuple(sheets_of(make_parts(chapters, sections), weights))
    page_of = {key: f"{folder}/{name}" for key, name in page_names([part for part, _ in drawn]).items()}
    terms = {f"{term.kind}:{term.id}": term for term in vocabulary.terms} if vocabulary else {}
    topics = {path: terms[book.entries[path].topic] for path in chapters if book.entries[path].topic in terms}
    return Album(
        {page_of[part.key]: (part, sheet) for part, sheet in drawn},
        page_of,
        Atlas(weights, reverse(weights), topics),
        {path: book.entries[path].title for path in chapters},
    )
