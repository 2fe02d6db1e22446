"""Edits by which a book follows files that move: links to them and from them, and their paths in front matter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from convergence_docs.diagnostic import Edit
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.layout import Layout, layout
from convergence_docs.model.links.destination import ascent, escaped
from convergence_docs.model.links.relocation import relocated
from convergence_docs.model.links.target import Target, TargetKind, resolve
from convergence_docs.model.nodes import LinkKind
from convergence_docs.reading import Whole
from convergence_docs.text import Span

_HERE = frozenset({TargetKind.CHAPTER, TargetKind.FILE, TargetKind.DIRECTORY, TargetKind.OUTSIDE, TargetKind.NOTHING})
_RAW = frozenset({LinkKind.HTML_LINK, LinkKind.HTML_IMAGE})


class Moving(NamedTuple):
    """What moves: new docs-relative paths by old ones, the headings that follow a number, and how links go on."""

    files: Mapping[str, str]
    folder: tuple[str, str] | None
    """The folder that moves with all it holds, old and new, each with a final slash."""
    anchors: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, tuple[str, str]]
    """Old and new chapter number, by old path, where the name bears another one now."""

    def place(self, path: str) -> str:
        """Where a path leads once all have moved, whether or not there is a file."""
        if self.folder is None or not f"{path}/".startswith(self.folder[0]):
            return self.files.get(path, path)
        old, new = self.folder
        return new.rstrip("/") if path + "/" == old else new + path[len(old) :]


def edits_of(whole: Whole, moving: Moving) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """For every chapter, by its old path, the edits of what follows; none for most."""
    site = layout(whole.book)
    for path, targets in resolve(whole.book).items():
        chapter = whole.chapters[path]
        edits = {edit: None for target in targets for edit in _link_edits(chapter, target, moving, site)}
        edits.update(dict.fromkeys(_front_matter_edits(chapter, moving)))
        yield path, tuple(edits)


def _link_edits(chapter: Chapter, target: Target, moving: Moving, site: Layout) -> Iterator[Edit]:
    link, page = target.link, moving.files.get(chapter.path, chapter.path)
    is_same_page = target.kind is TargetKind.SAME_PAGE
    aim = chapter.path if is_same_page else target.path
    changes = moving.anchors.get(aim, {})
    fragment = changes.get(unquote(target.fragment)) if changes else None
    written = chapter.source.slice(link.destination_span)
    if is_same_page:
        new = relocated(written, page, page, fragment=fragment) if fragment and written.startswith("#") else written
    elif target.kind not in _HERE or not target.path:
        return
    else:
        new = _destination(chapter, target, moving, site, written, page, fragment)
    if new != written:
        yield Edit(chapter.path, link.destination_span, new)
    if aim in moving.numbers:
        old, number = moving.numbers[aim]
        if chapter.source.slice(link.text_span).startswith(old):
            start = link.text_span.start
            yield Edit(chapter.path, Span(start, start + len(old)), number)


def _destination(
    chapter: Chapter, target: Target, moving: Moving, site: Layout, written: str, page: str, fragment: str | None
) -> str:
    aim, link = moving.place(target.path), target.link
    is_raw = site.site.is_mkdocs and link.kind in _RAW
    if is_raw and not written.startswith("/"):
        was = ascent(site.url_of(target.path), site.base_url(chapter.path))
        now = ascent(site.url_of(aim), site.base_url(page))
        return written if was == now and fragment is None else _respelled(written, now, fragment)
    was = ascent(target.path, posixpath.dirname(chapter.path))
    if was == ascent(aim, posixpath.dirname(page)) and fragment is None:
        return written  # both have moved together
    if written.startswith("/") and aim == target.path and fragment is None:
        return written
    return relocated(written, aim, page, fragment=fragment, is_bracketed=link.is_bracketed)


def _respelled(written: str, url: str, fragment: str | None) -> str:
    tail = re.search(r"[?#].*", written, re.DOTALL)
    return escaped(url) + (f"#{fragment}" if fragment else tail[0] if tail else "")


def _front_matter_edits(chapter: Chapter, moving: Moving) -> Iterator[Edit]:
    """Docs-relative paths of what moves that stand in the front matter as values of their own."""
    span = chapter.front_matter.span
    if span.start == span.end:
        return
    for old, new in moving.files.items():
        for match in re.finditer(rf"(?<![^\s'\"\[,]){re.escape(old)}(?![^\s'\"\],])", chapter.source.slice(span)):
            yield Edit(chapter.path, Span(span.start + match.start(), span.start + match.end()), new)
