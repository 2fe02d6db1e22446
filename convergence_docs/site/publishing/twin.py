"""The Markdown twin of a page: the page's own Markdown, with links that work from where the twin stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from convergence_docs.diagnostic import Wording
from convergence_docs.model.nodes import LinkKind
from convergence_docs.parse import FOLDER, Dialect, parse_chapter
from convergence_docs.site.chapters import Kept
from convergence_docs.text import SourceText, Span

PlaceOf = Callable[[str], str | None]
"""Where the site has what a docs-relative path names, relative to its root; ``None`` where it has no such file."""

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|[?#]|\Z")
_PARTS: Final = re.compile(r"([^?#]*)(.*)", re.DOTALL)
_MARK: Final = re.compile(r'^<div data-convergence="[a-z]+"[^<>]*>\s*</div>$', re.MULTILINE)
_LEFT_OUT: Final = Wording(
    "(What stands here is made when the site is built: see [the page]({}).)", "（此处的内容由数据生成，见[网页]({})。）"
)
_RAW: Final = (LinkKind.HTML_LINK, LinkKind.HTML_IMAGE)


class _Destination(NamedTuple):
    span: Span
    text: str


_DESTINATIONS: Kept[tuple[_Destination, ...]] = Kept()


def render_twin(source: SourceText, place_of: PlaceOf, folder: str, dialect: Dialect = FOLDER) -> str:
    """A page's Markdown with its relative links led to the twins of pages, and to files, from ``folder``.

    Args:
        source: the page's Markdown without front matter; its path is that of the page.
        place_of: where the site has a file.
        folder: where the text will stand, relative to the site's root.
        dialect: how the site reads Markdown.

    Links that are written as HTML stay: the build does not change them either, and a twin stands where its page does.
    """
    here, done, pieces = posixpath.dirname(source.path), 0, []
    for span, destination in _read(source, dialect):
        match = _PARTS.match(destination)
        assert match is not None
        place = place_of(posixpath.normpath(posixpath.join(here, unquote(match[1]))))
        if place is not None and span.start >= done:
            pieces += [source.text[done : span.start], relative(place, folder), match[2]]
            done = span.end
    return "".join((*pieces, source.text[done:]))


def without_marks(text: str, url: str, say: Callable[[Wording], str]) -> str:
    """A page's Markdown with a word in place of what a build makes from the book; ``url`` leads to the page."""
    return _MARK.sub(lambda _: say(_LEFT_OUT).format(url), text)


def has_marks(text: str) -> bool:
    """Whether a build puts something made from the book into a page."""
    return 'data-convergence="' in text


def relative(place: str, folder: str) -> str:
    """A place of the site as seen from a folder of it, percent-encoded."""
    path = posixpath.relpath(place or ".", folder or ".")
    return quote(f"{path}/" if place.endswith("/") or not place else path, safe="/.~-_")


def _read(source: SourceText, dialect: Dialect) -> tuple[_Destination, ...]:
    made_of = (source.text, dialect)
    return _DESTINATIONS.get(source.path, made_of, lambda: tuple(sorted(set(_relative_ones(source, dialect)))))


def _relative_ones(source: SourceText, dialect: Dialect) -> Iterator[_Destination]:
    chapter = parse_chapter(source, dialect, github=False, details=False)
    kept = [link for link in chapter.links if link.kind not in _RAW]
    found = [(one.destination_span, one.destination) for one in kept]
    found += [(one.destination_span, one.destination) for one in chapter.definitions]
    for span, destination in found:
        if not _ELSEWHERE.match(destination):
            yield _Destination(span, destination)
