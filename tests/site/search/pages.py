"""Small worlds to search in: pages of HTML, indexed and packed as a build does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import Index, IndexedPage, pack
from convergence_docs.site.search.page_text import PageReader, Section

NOTHING: Mapping[str, Any] = {"claims": [], "layers": [], "levels": []}


def page_of(url: str, title: str, content: str) -> IndexedPage:
    """A page as the feature takes it."""
    return IndexedPage(url, title, PageReader().read(content) or (Section(0, "", "", ()),))


def index_of(pages: Sequence[IndexedPage], words: Mapping[str, Any] | None = None, **sizes: int) -> Index:
    """The packed index of pages."""
    return pack(pages, {"claims": NOTHING, "words": words or {"variants": "", "names": []}}, **sizes)


def sections_with(pages: Iterable[IndexedPage], text: str) -> set[tuple[str, str]]:
    """The address and anchor of every section with a block that holds a text, found by looking at all of it."""
    wanted = normalise(text)
    return {
        (page.url, section.anchor if number else "")
        for page in pages
        for number, section in enumerate(page.sections)
        if any(wanted in normalise(block) for block in page.text_of(number).split("\n"))
    }
