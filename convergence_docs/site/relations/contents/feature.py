"""The hand-written table of contents and Material's own: a page shows one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convergence_docs.diagnostic import Wording
from convergence_docs.site.feature import Build, Feature, has_material, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

_NAME = Wording("Contents", "目录")


class OneToc(Feature):
    """On wide screens Material's stands at the side; elsewhere, and in print, the author's own is in its place.

    The file stays as it is: on GitHub there is no other table of contents.
    """

    parts: ClassVar[tuple[str, ...]] = ("contents",)
    needs_book: ClassVar[bool] = True

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, whose widths decide."""
        return has_material(build, "one_toc")

    def finish_content(self, html: str, page: Page) -> str:
        """Fold the list, and take its heading out of Material's."""
        entry = self.build.book.entries.get(page.file.src_uri) if self.build.book else None
        hidden = page.meta.get("hide") or ()
        if entry is None or entry.toc is None or "toc" in hidden:
            return html
        from convergence_docs.site.relations.contents.folding import destinations_in, fold_contents, repeats

        destinations = destinations_in(source_of(page).slice(entry.toc))
        if not destinations or not repeats(destinations, [item.id for item in _items(page.toc)], entry.anchors):
            return html
        classes = " cd-contents--integrated" if "toc.integrate" in self.build.site.theme.get("features", ()) else ""
        folded = fold_contents(html, destinations[0], self.build.say(_NAME), classes)
        if folded is None:
            return html
        if folded.anchor:
            _remove(page.toc.items, folded.anchor)
        return folded.html


def _items(items: object) -> Iterator[AnchorLink]:
    for item in items:  # type: ignore[attr-defined]  # a table of contents and a list both give their items
        yield item
        yield from _items(item.children)


def _remove(items: list[AnchorLink], anchor: str) -> None:
    """Take an entry out of a table of contents; one with entries below it stays."""
    items[:] = [item for item in items if item.id != anchor or item.children]
    for item in items:
        _remove(item.children, anchor)
