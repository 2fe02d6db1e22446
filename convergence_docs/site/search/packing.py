"""The index as files: a directory of pages and headings, and the text in shards.

Every file is ``__cdSearch("name","…")`` with deflated bytes as a string in windows-1252, of which every byte is a
character. A browser that reads the site from a server fetches the bytes; one that reads it from a disk, where nothing
can be fetched, runs the file as a script. So there is one set of files, and it is no larger than what it holds.

`assets/search/files.js` and `assets/search/shards.js` read what this writes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.page_text import Section
from convergence_docs.site.search.sieve import Sieve, make_sieve

SMALL: Final = 1_000_000
"""Bytes of text up to which a browser takes all of it at once, and needs no sieve."""
SHARD: Final = 160_000
"""Bytes of text in a shard, about: what a phone unpacks in a few milliseconds."""
_INLINE: Final = 0x10
_BETWEEN: Final = "\x1e"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class IndexedPage(NamedTuple):
    """A page to be found: its address from the site's root, its name, and what it says."""

    url: str
    title: str
    sections: tuple[Section, ...]
    weight: float = 1.0
    """How much a hit on it counts beside one on another page."""

    def text_of(self, number: int) -> str:
        """What is looked through for the section of this number: the first has the page's name before it."""
        section = self.sections[number]
        is_named = number > 0 or self.title == section.heading
        return section.text if is_named else f"{self.title}\n{section.text}"


class PackedFile(NamedTuple):
    """A file of the index. ``name`` holds a digest of the content, so that no old file is taken for a new one."""

    name: str
    content: bytes


class Index(NamedTuple):
    """All files, and the name of the one that names the others."""

    directory: str
    files: tuple[PackedFile, ...]


def pack(pages: Sequence[IndexedPage], extras: Mapping[str, Any], *, small: int = SMALL, shard: int = SHARD) -> Index:
    """The index of ``pages``, in their order.

    Args:
        pages: every page of the site.
        extras: small tables that are fetched when a query wants them, by name.
        small: bytes of text up to which all shards are to be loaded at once.
        shard: bytes of text in a shard.
    """
    groups = list(_groups(pages, shard))
    texts = [_shard_text(pages[start:end]) for start, end in groups]
    files = [_pack_text(f"t{number}", text) for number, text in enumerate(texts)]
    size = sum(len(text.encode()) for text in texts)
    directory: dict[str, Any] = {
        "pages": "\n".join(f"{page.url}\t{page.title}" for page in pages),
        "heads": "\n".join("\t".join(_head(page, section) for section in page.sections) for page in pages),
        "starts": [start for start, _ in groups],
        "shards": [file.name for file in files],
        "weights": {str(number): page.weight for number, page in enumerate(pages) if page.weight != 1},
        "eager": size <= small,
        "sieve": None,
    }
    if size > small:
        sieve = _sieve(pages, groups, sum(len(file.content) for file in files))
        rows = [_pack_bytes(f"s{number}", block) for number, block in enumerate(sieve.blocks)]
        directory["sieve"] = {
            "buckets": sieve.buckets,
            "rows": sieve.rows,
            "common": sieve.common,
            "files": [file.name for file in rows],
        }
        files += rows
    for name, table in extras.items():
        files.append(_pack_text(name, json.dumps(table, ensure_ascii=False, separators=(",", ":"))))
        directory[name] = files[-1].name
    first = _pack_text("directory", json.dumps(directory, ensure_ascii=False, separators=(",", ":")))
    return Index(first.name, (first, *files))


def _groups(pages: Sequence[IndexedPage], shard: int) -> Iterator[tuple[int, int]]:
    """Runs of pages that share a shard, as first and last (exclusive)."""
    start, size = 0, 0
    for number, page in enumerate(pages):
        weight = sum(len(piece.text.encode()) for section in page.sections for piece in section.pieces)
        if size and size + weight > shard:
            yield start, number
            start, size = number, 0
        size += weight
    if start < len(pages):
        yield start, len(pages)


def _head(page: IndexedPage, section: Section) -> str:
    heading = "" if section is page.sections[0] and section.heading == page.title else section.heading
    return f"{section.level}{section.anchor.replace(' ', '%20')} {heading}"


def _shard_text(pages: Sequence[IndexedPage]) -> str:
    """The sections of some pages; the first sign of every piece is its kind."""
    return _BETWEEN.join(
        "".join(f"{chr(piece.kind + (0 if piece.is_block else _INLINE))}{piece.text}" for piece in section.pieces)
        for page in pages
        for section in page.sections
    )


def _sieve(pages: Sequence[IndexedPage], groups: Iterable[tuple[int, int]], packed: int) -> Sieve:
    texts = (_BETWEEN.join(text for page in pages[start:end] for text in _texts(page)) for start, end in groups)
    return make_sieve(texts, packed // 12)


def _texts(page: IndexedPage) -> Iterator[str]:
    return (normalise(page.text_of(number)) for number in range(len(page.sections)))


def _pack_text(name: str, text: str) -> PackedFile:
    return _pack_bytes(name, text.encode())


def _pack_bytes(name: str, content: bytes) -> PackedFile:
    packed = zlib.compress(content, 9)
    named = f"{name}.{sha256(packed).hexdigest()[:8]}"
    return PackedFile(named, as_script(named, packed))


def as_script(name: str, content: bytes) -> bytes:
    """A call that hands over bytes, for a browser that reads it in windows-1252."""
    literal = content.decode("latin-1").translate(_ESCAPES).encode("latin-1")
    return b'__cdSearch("' + name.encode() + b'","' + literal + b'")'
