"""What a run remembers for the next one: the report, and what every chapter contributed to it.

The memory lies in the user's cache folder, not beside the chapters: whoever sends a change to be checked cannot send
a forged memory along with it. It is JSON, written aside and moved into place, with a checksum; what is torn, foreign
or made by another version is not there at all.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, NamedTuple
from zlib import crc32

from convergence_docs import __version__, codec
from convergence_docs.config import Config
from convergence_docs.diagnostic import Report, Wording
from convergence_docs.load import Listing, Stamp
from convergence_docs.regex import regex

FOLDER_VARIABLE = "CONVERGENCE_DOCS_CACHE"
"""Environment variable that names another folder, for a cache that CI keeps between runs."""
_FORMAT = 2
_UNSURE = 2_000_000_000
"""Nanoseconds. A file that changed this shortly before it was read may change again without its times showing it."""
_KEPT = 8
"""Memories of one site (configurations, selections) that are kept."""
_OURS = regex(r"[0-9a-f]{16}-[0-9a-f]{32}\.(report|chapters)")


class Remembered(NamedTuple):
    """A chapter as it was.

    Its stamp (``None``: not to be trusted), the digest of its bytes, what its links came to, its contribution.
    """

    stamp: Stamp | None
    digest: str
    linkage: bytes
    body: bytes


class Chapters(NamedTuple):
    """All chapters that were remembered, by path, and the surroundings that their ``linkage`` holds among."""

    by_path: Mapping[str, Remembered] = MappingProxyType({})
    surroundings: str = ""


def digest_of(data: bytes) -> str:
    """What tells contents apart."""
    return blake2b(data, digest_size=16).hexdigest()


def is_content_trusted_only() -> bool:
    """Whether times mean nothing here: a CI machine checks out files anew and may restore older caches."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


class Cache:
    """The memory of one site under one configuration."""

    def __init__(self, config: Config, listing: Listing, vocabulary: bytes) -> None:
        site = blake2b(repr((config.docs_root, config.config_file)).encode("utf-8", "replace"), digest_size=8)
        key = blake2b(digest_size=16)
        for part in (tool_digest(), repr(replace(config, selected=())).encode("utf-8", "surrogatepass"), vocabulary):
            key.update(blake2b(part).digest())
        self.folder = cache_folder()
        self.site = site.hexdigest()
        self.key = key.hexdigest()
        self.listing = digest_of(
            repr((sorted(listing.files), sorted(listing.skipped), listing.not_read)).encode("utf-8", "surrogatepass")
        )
        self.stamps = digest_of(repr(listing.chapters).encode("utf-8", "surrogatepass"))
        self._header: dict[str, Any] | None = None
        self._report: bytes = b""

    def header(self) -> Mapping[str, Any]:
        """What the stored report was made of: ``stamps``, ``contents``, ``listing``, ``outside``; empty if none."""
        if self._header is None:
            self._header, self._report = self._read("report")
        return self._header

    def report(self) -> Report | None:
        """The stored report, whether or not it still holds; ``None`` where there is none."""
        header = self.header()
        if not header:
            return None
        try:
            findings = codec.revive_findings(codec.load(self._report))
            unverified = tuple(Wording(en, zh) for en, zh in header["unverified"])
        except (codec.Damaged, LookupError, TypeError, ValueError):
            return None
        return Report(
            findings=findings,
            chapters=int(header["chapters"]),
            unverified=unverified,
            unread_diagrams=int(header["unread_diagrams"]),
        )

    def chapters(self) -> Chapters:
        """Every chapter that was remembered; none where nothing was."""
        header, data = self._read("chapters")
        if not header:
            return Chapters()
        by_path = {}
        try:
            heads, *lines = data.split(b"\n")
            for (path, stamp, digest), line in zip(codec.load(heads), lines, strict=True):
                linkage, body = line.split(b"\t", 1)
                by_path[path] = Remembered(Stamp(*stamp) if stamp else None, digest, linkage, body)
            return Chapters(by_path, header["surroundings"])
        except (codec.Damaged, TypeError, ValueError, KeyError):
            return Chapters()

    def save_report(self, report: Report, *, contents: str, outside: Mapping[str, bool], is_sure: bool) -> None:
        """Remember a report, with what it was made of. ``is_sure``: the stamps alone can be trusted next time."""
        header = {
            "stamps": self.stamps if is_sure else "",
            "contents": contents,
            "listing": self.listing,
            "outside": outside,
            "chapters": report.chapters,
            "unverified": [tuple(what) for what in report.unverified],
            "unread_diagrams": report.unread_diagrams,
        }
        self._write("report", header, codec.dump(codec.plain(report.findings)))

    def save_chapters(self, chapters: Chapters) -> None:
        """Remember what every chapter contributed."""
        heads = [(path, one.stamp, one.digest) for path, one in chapters.by_path.items()]
        lines = (b"%b\t%b" % (one.linkage, one.body) for one in chapters.by_path.values())
        self._write("chapters", {"surroundings": chapters.surroundings}, b"\n".join((codec.dump(heads), *lines)))
        self._tidy()

    def _path(self, kind: str) -> str:
        return os.path.join(self.folder, f"{self.site}-{self.key}.{kind}")

    def _read(self, kind: str) -> tuple[dict[str, Any], bytes]:
        return read_sealed(self._path(kind), self.key)

    def _write(self, kind: str, header: Mapping[str, Any], data: bytes) -> None:
        write_sealed(self._path(kind), self.key, header, data)

    def _tidy(self) -> None:
        """Forget the oldest memories of this site, and nothing that is not this program's."""
        with suppress(OSError):
            names = [name for name in os.listdir(self.folder) if name.startswith(self.site) and _OURS.fullmatch(name)]
            if len(names) > 2 * _KEPT:
                names.sort(key=lambda name: os.stat(os.path.join(self.folder, name)).st_mtime_ns)
                for name in names[: -2 * _KEPT]:
                    os.unlink(os.path.join(self.folder, name))


def read_sealed(path: str, key: str) -> tuple[dict[str, Any], bytes]:
    """The header and the data that `write_sealed` put there under the same key; both empty where there are none."""
    try:
        with open(path, "rb") as file:
            head, data = file.readline(), file.read()
        header = codec.load(head)
        is_ours = header["format"] == _FORMAT and header["sum"] == crc32(data) and header["key"] == key
    except (OSError, codec.Damaged, TypeError, KeyError):
        return {}, b""
    return (header, data) if is_ours else ({}, b"")


def write_sealed(path: str, key: str, header: Mapping[str, Any], data: bytes) -> None:
    """Write aside, then move into place: nobody ever reads half a file. Without a place to write, do nothing."""
    head = codec.dump({"format": _FORMAT, "key": key, "sum": crc32(data), **header})
    aside = f"{path}.{os.getpid()}.{time.monotonic_ns()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            with open(aside, "xb") as file:
                file.write(head + b"\n" + data)
            os.replace(aside, path)
        except OSError:
            with suppress(OSError):
                os.unlink(aside)


def sure(stamp: Stamp, read_at: int) -> Stamp | None:
    """``stamp``, if it was old enough when the file was read (nanoseconds since the epoch) to tell the next change."""
    return stamp if max(stamp.modified, stamp.changed) + _UNSURE < read_at else None


def contents_of(digests: Iterable[tuple[str, str]]) -> str:
    """The digest of all chapters by path and digest."""
    return digest_of(repr(sorted(digests)).encode("utf-8", "surrogatepass"))


def cache_folder() -> str:
    """Where memories lie."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return os.path.abspath(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(os.path.abspath(base), "convergence-docs")


@lru_cache
def tool_digest() -> bytes:
    """This program: its version, its own source, the Python and the libraries that decide what it finds."""
    said = blake2b(f"{_FORMAT} {__version__} {sys.version_info[:3]} {sys.platform}".encode())
    for path in sorted(_sources(os.path.dirname(os.path.abspath(__file__)))):
        with suppress(OSError), open(path, "rb") as file:
            said.update(blake2b(file.read()).digest())
    said.update(" ".join(versions_of(("pyromark", "yaml", "mermaidx", "mini_racer"))).encode())
    return said.digest()


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(entry.path)
            elif entry.name.endswith((".py", ".js")):
                yield entry.path


def version_of(library: str) -> str:
    """The version of an installed library, read off its metadata folder's name, which costs no import."""
    return versions_of((library,))[0]


def versions_of(libraries: Sequence[str]) -> list[str]:
    """The versions of several; empty where one is not installed."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):
                if name.endswith(".dist-info"):
                    found.setdefault(name.lower().partition("-")[0], name)
    return [found.get(library) or found.get(f"py{library}") or "" for library in libraries]
