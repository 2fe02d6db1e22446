"""``llms.txt`` (llmstxt.org): what the site holds, as a list of its Markdown twins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Final, NamedTuple

from mkdocs.structure.pages import Page

from convergence_docs.diagnostic import Wording
from convergence_docs.site.publishing.catalogue import Facts, plain

if TYPE_CHECKING:
    from mkdocs.structure import StructureItem

INDEX: Final = "llms.txt"
FULL: Final = "llms-full.txt"
PAGES: Final = Wording("Pages", "页面")
DATA: Final = Wording("Data", "数据")
_OPTIONAL: Final = "Optional"
"""A word of the format: what may be left out where room is short."""
_BRACKETS: Final = re.compile(r"([\\\[\]])")


class Section(NamedTuple):
    """Pages, or files of data, under a heading: of each its title, its address, and a note that may be empty."""

    title: str
    links: tuple[tuple[str, str, str], ...]

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out where room is short."""
        return self.title == _OPTIONAL


def sections_of(
    nav: Iterable[StructureItem], pages: dict[str, Facts], title: str, address_of: Callable[[str], str]
) -> list[Section]:
    """The pages as the navigation groups them at its top.

    Those that stand there by themselves, or nowhere, come first under ``title``; generated ones come last, and hidden
    ones not at all.
    """
    left = {path: page for path, page in pages.items() if not page.is_hidden and not page.is_generated}
    alone: list[Facts] = []
    groups: list[tuple[str, list[Facts]]] = []
    for item in nav:
        found = [left.pop(path) for path in _paths(item) if path in left]
        if item.is_section and found:
            groups.append((plain(item.title or ""), found))
        else:
            alone += found
    alone += left.values()
    generated = [page for page in pages.values() if page.is_generated and not page.is_hidden]
    listed = [(title, alone), *groups, (_OPTIONAL, generated)]
    return [Section(name, tuple(_link(page, address_of) for page in found)) for name, found in listed if found]


def render_llms(name: str, about: str, sections: Sequence[Section]) -> str:
    """The list."""
    blocks = [f"# {name}", *([f"> {about}"] if about else [])]
    for section in sections:
        blocks += [f"## {section.title}", "\n".join(starmap(_line, section.links))]
    return "\n\n".join(blocks) + "\n"


def _line(title: str, address: str, note: str) -> str:
    escaped = _BRACKETS.sub(r"\\\1", title)
    return f"- [{escaped}]({address})" + (f": {note}" if note else "")


def _link(page: Facts, address_of: Callable[[str], str]) -> tuple[str, str, str]:
    return page.title, address_of(page.twin), page.description


def _paths(item: StructureItem) -> list[str]:
    if isinstance(item, Page):
        return [item.file.src_uri]
    return [path for child in getattr(item, "children", None) or () for path in _paths(child)]
