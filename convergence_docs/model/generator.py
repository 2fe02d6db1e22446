"""What site generators other than MkDocs make of links, as far as it can be told without running them.

On their sites pages answer to addresses (``guide``, ``guide.html``, ``guide/``) that on GitHub lead nowhere, and
anchors are spelled in ways of their own. Where an address names a chapter, the chapter is meant; any other is not
judged.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Container, Iterable

from convergence_docs.model.book import Site
from convergence_docs.model.inclusion import is_piece
from convergence_docs.model.layout import extension_of, join

_BY_ADDRESS = frozenset({"Hugo", "Jekyll", "docsify", "Eleventy", "Gatsby", "Next.js", "Nuxt", "MkDocs"})
"""Generators for which links and images are relative to the page's address, not to its file."""
_BY_LABEL = frozenset({"Sphinx", "Jupyter Book", "MyST", "docsify"})
"""Generators whose links may name labels, or routes, in an anchor's place."""
_FROM_ROOT = frozenset({"docsify", "Docusaurus"})
"""Generators that look for a file from the folder of the site too."""
_MARKDOWN = (".md", ".markdown", ".mdx")
_IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".ico")
_PAGES = ("", ".html", ".htm")


class Generators:
    """The generators of one plain folder."""

    def __init__(self, site: Site) -> None:
        self._files = site.files
        self._found = site.generators
        self._squeezed: dict[str, frozenset[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def of(self, path: str) -> str:
        """The generator that makes a page of the file; empty where none is known."""
        return self._nearest(path)[1]

    def file_meant(self, page: str, path: str) -> str | None:
        """The file that the generator serves where ``page`` links to ``path`` (decoded), if it can be told."""
        folder, name = self._nearest(page)
        if not name or path[:1] == "/":
            return None
        here = posixpath.dirname(page)
        bases = [here, posixpath.splitext(page)[0], *((folder,) if name in _FROM_ROOT else ())]
        is_address = extension_of(path) in _PAGES
        for base in bases:
            looked_for = join(base, path)
            if looked_for in self._files:
                return looked_for
            if not is_address:
                continue
            stem = looked_for.removesuffix(".html").removesuffix(".htm").removesuffix("/index")
            for candidate in (f"{stem}.md", *(join(stem, name) for name in ("index.md", "_index.md", "README.md"))):
                if candidate in self._files:
                    return candidate
        return None

    def is_its_own(self, page: str, path: str) -> bool:
        """Whether only the generator knows where ``path`` (decoded), which no file answers to, leads from ``page``."""
        name = self.of(page)
        if not name:
            return False
        if _is_fragment_file(page) or path[:1] == "@":
            return True
        extension = extension_of(path).lower()
        if extension in _MARKDOWN:
            return False
        if name in _BY_ADDRESS or "*" in path:
            return True
        return extension in _PAGES

    def knows_anchor(self, path: str, fragment: str, anchors: Iterable[str]) -> bool:
        """Whether the generator may well give the chapter this anchor, though GitHub would spell it otherwise."""
        name = self.of(path)
        if not name:
            return False
        if name in _BY_LABEL or _is_fragment_file(path):
            return True
        known: Container[str] | None = self._squeezed.get(path)
        if known is None:
            known = self._squeezed[path] = frozenset(map(_squeezed, anchors))
        return _squeezed(fragment) in known

    def _nearest(self, path: str) -> tuple[str, str]:
        for folder, name in self._found:
            if not folder or path.startswith(folder + "/"):
                return folder, name
        return "", ""


def _is_fragment_file(page: str) -> bool:
    return is_piece(page) and posixpath.basename(page) != "_index.md"


def _squeezed(anchor: str) -> str:
    """The letters and digits of an anchor, without accents."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", anchor.casefold())))
