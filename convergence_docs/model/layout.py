"""What a site holds, indexed for finding where a link leads."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property, lru_cache

from convergence_docs.model.book import Book, Site
from convergence_docs.regex import regex

INDEX_NAMES = ("index.md", "README.md")

_EXTENSION = regex(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,12}\Z")
_TEXTS = {"", ".md", ".markdown", ".html", ".htm"}
_IMAGES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}
LIKE_EXTENSIONS = (".md", ".markdown", ".html", ".htm", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
"""Extensions that authors take for each other, the likeliest meant first."""


class Layout:
    """Files, folders and page URLs of a site. Each index is made when first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.files = site.files

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at whatever depth; the docs root is ``""``."""
        found = {""}
        for path in self.files:
            folder = posixpath.dirname(path)
            while folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def by_folded_path(self) -> Mapping[str, tuple[str, ...]]:
        """Files and folders by their path in folded case."""
        found: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.files):
            found[path.casefold()] = (*found.get(path.casefold(), ()), path)
        if not self.site.is_mkdocs:
            for path in sorted(self.folders - {""}):
                found[path.casefold()] = (*found.get(path.casefold(), ()), path)
        return found

    @cached_property
    def by_stem(self) -> Mapping[str, tuple[str, ...]]:
        """Files with one of `LIKE_EXTENSIONS` by their path without it, in the order of these."""
        found: dict[str, tuple[str, ...]] = {}
        for extension in LIKE_EXTENSIONS:
            for path in self.files:
                if path.endswith(extension):
                    stem = path[: -len(extension)]
                    found[stem] = (*found.get(stem, ()), path)
        return found

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Chapter by the URL of its page, relative to the site and without a final slash, as MkDocs names them."""
        found: dict[str, str] = {}
        for path in sorted(self.files):
            if not path.endswith(".md"):
                continue
            if is_index(path):
                urls = [posixpath.dirname(path), posixpath.join(posixpath.dirname(path), "index.html")]
            elif self.site.use_directory_urls:
                urls = [path[:-3], f"{path[:-3]}/index.html"]
            else:
                urls = [f"{path[:-3]}.html"]
            for url in urls:
                # A folder's index.md wins over its README.md; sorted order meets README.md first.
                if url not in found or path.endswith("index.md"):
                    found[url] = path
        return found

    def base_url(self, page: str) -> str:
        """The folder that a browser resolves the page's relative links against."""
        if is_index(page) or not self.site.use_directory_urls:
            return posixpath.dirname(page)
        return page[:-3]

    def url_of(self, path: str) -> str:
        """The URL, relative to the site, at which MkDocs serves a file."""
        if not path.endswith(".md"):
            return path
        if is_index(path):
            return f"{posixpath.dirname(path)}/".lstrip("/")
        return f"{path[:-3]}/" if self.site.use_directory_urls else f"{path[:-3]}.html"


def are_alike(path: str, other: str) -> bool:
    """Whether two paths may name the same thing: two folders (with a final slash), two texts, two images, ..."""
    one, two = (extension_of(name).lower() if name[-1:] != "/" else "/" for name in (path, other))
    return one == two or {one, two} <= _TEXTS or {one, two} <= _IMAGES


@lru_cache(maxsize=4096)  # every file may be compared with many targets that are missing
def extension_of(path: str) -> str:
    """The extension with its dot; empty where what follows the last dot is part of the name: ``03.2.1-数学层``."""
    extension = posixpath.splitext(path)[1]
    return extension if _EXTENSION.match(extension) else ""


def is_index(path: str) -> bool:
    """Whether a chapter's page is its folder's own."""
    return posixpath.basename(path) in INDEX_NAMES


def join(folder: str, path: str) -> str:
    """``path`` seen from ``folder``, normalised; the docs root is ``""``."""
    joined = posixpath.normpath(f"{folder}/{path}" if folder else path)
    return "" if joined == "." else joined


def layout(book: Book) -> Layout:
    """The layout of a book's site, made once."""
    return book.derive(_layout)


def _layout(book: Book) -> Layout:
    return Layout(book.site)
