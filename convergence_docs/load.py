"""From a docs folder on disk to bytes. The only module that looks at chapters on disk.

Whatever lies in the folder is looked at with care: nothing outside the repository is followed, nothing that is not an
ordinary file is opened, and what cannot be read is named while everything else goes on.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.config.ignore import make_matcher
from convergence_docs.errors import ConfigFault, Fault

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for Markdown."""
MKDOCS_EXCLUDED = (".*", "/templates/")
"""What MkDocs leaves out unless told otherwise."""
MANY = 1_000_000
"""Lines, brackets and tags together that a chapter may hold: each that becomes a record costs a kilobyte."""
_PIECE = 65_536
"""Bytes to ask for at once of a file that is larger than it was said to be."""
MAX_FOLDERS = 100_000
MAX_LINKS = 40
"""Symbolic links that are followed one after the other, as Linux does."""
MAX_LINKED = 3
"""Symbolic links to folders within one path: enough for real sites, too few for links to multiply."""


class Stamp(NamedTuple):
    """What tells, without reading, that a file is unchanged: bytes, times in nanoseconds, inode."""

    size: int
    modified: int
    changed: int
    inode: int


class NotRead(NamedTuple):
    """A file or folder that was not looked into. ``reason`` is one that `incident.not_checked` knows."""

    path: str
    reason: str
    detail: str = ""


class Listing(NamedTuple):
    """What a docs folder holds.

    ``files`` are all published files; ``chapters`` those of them that are Markdown, in sorted order, with their
    stamps; ``skipped`` the folders that were left out, which links may still lead into.
    """

    files: frozenset[str]
    chapters: dict[str, Stamp]
    skipped: frozenset[str]
    not_read: tuple[NotRead, ...]


def list_files(config: Config) -> Listing:
    """Walk the docs folder.

    Raises:
        Fault: the docs folder itself cannot be read, or holds more folders than any book has.
    """
    walk = _Walk(config)
    walk.run()
    chapters = dict(sorted(walk.chapters.items()))
    return Listing(frozenset(walk.files), chapters, frozenset(walk.skipped), tuple(sorted(walk.not_read)))


class _Walk:
    def __init__(self, config: Config) -> None:
        self.root = config.docs_root
        self.real_root = os.path.realpath(config.docs_root)
        self.boundary = os.path.realpath(config.boundary)
        self.is_mkdocs = config.is_mkdocs
        self.is_excluded = _excluder(config)
        self.has_exceptions = any(line.startswith("!") for line in config.excluded)
        self.files: list[str] = []
        self.chapters: dict[str, Stamp] = {}
        self.skipped: list[str] = []
        self.not_read: list[NotRead] = []

    def run(self) -> None:
        """Visit every folder, the linked ones too; the way down to each is kept so that circles are seen."""
        todo: list[tuple[str, tuple[tuple[int, int], ...], int]] = [("", (_identity(os.stat(self.root)),), 0)]
        visited = 0
        while todo:
            prefix, way, linked = todo.pop()
            visited += 1
            if visited > MAX_FOLDERS:
                raise Fault(
                    en=f"More than {MAX_FOLDERS} folders: this is no docs folder.",
                    zh=f"文件夹超过 {MAX_FOLDERS} 个：这不是文档目录。",
                    hint_en="Name a smaller folder.",
                    hint_zh="请指定更小的文件夹。",
                    where=self.root,
                )
            for entry in self._entries(prefix):
                below = self._visit(entry, prefix + entry.name, way, linked)
                if below is not None:
                    todo.append(below)

    def _entries(self, prefix: str) -> Iterable[os.DirEntry[str]]:
        try:
            with os.scandir(os.path.join(self.root, prefix)) as entries:
                return list(entries)
        except OSError as error:
            if not prefix:
                raise Fault(
                    en=f"The folder cannot be read: {error.strerror}.",
                    zh=f"文件夹无法读取：{error.strerror}。",
                    where=self.root,
                ) from None
            self.not_read.append(NotRead(_printable(prefix.rstrip("/")), "unreadable", error.strerror or ""))
            return ()

    def _visit(
        self, entry: os.DirEntry[str], path: str, way: tuple[tuple[int, int], ...], linked: int
    ) -> tuple[str, tuple[tuple[int, int], ...], int] | None:
        """Take note of one entry; where it is a folder to look into, what to do next."""
        is_chapter = path.endswith(MARKDOWN)
        try:
            if entry.is_symlink():
                linked += 1
                if not self._is_inside(path):
                    if is_chapter and not self.is_excluded(path):
                        self.not_read.append(NotRead(_printable(path), "outside"))
                    self.files.append(path)
                    return None
            about = entry.stat()
        except OSError as error:
            # A link to nowhere is no file at all; a circle of links is worth a word.
            if not isinstance(error, FileNotFoundError) and not self.is_excluded(path):
                reason = "circular" if error.errno == errno.ELOOP else "unreadable"
                self.not_read.append(NotRead(_printable(path), reason, error.strerror or ""))
            return None
        if stat.S_ISDIR(about.st_mode):
            return self._folder(entry, path, about, way, linked)
        if self.is_excluded(path):
            return None
        if is_chapter:
            self._chapter(path, about)
        else:
            self.files.append(path)
        return None

    def _folder(
        self, entry: os.DirEntry[str], path: str, about: os.stat_result, way: tuple[tuple[int, int], ...], linked: int
    ) -> tuple[str, tuple[tuple[int, int], ...], int] | None:
        if (not self.has_exceptions and self.is_excluded(path + "/_")) or self._is_foreign(entry):
            self.skipped.append(path)
            return None
        here = _identity(about)
        if here in way or linked > MAX_LINKED:
            self.not_read.append(NotRead(_printable(path), "circular"))
            return None
        return path + "/", (*way, here), linked

    def _is_foreign(self, entry: os.DirEntry[str]) -> bool:
        """Whether a plain folder holds other people's files: packages of Node or of a virtual environment."""
        if self.is_mkdocs:
            return False
        return entry.name == "node_modules" or os.path.lexists(os.path.join(entry.path, "pyvenv.cfg"))

    def _chapter(self, path: str, about: os.stat_result) -> None:
        if _printable(path) != path:
            self.not_read.append(NotRead(_printable(path), "name"))
        elif not stat.S_ISREG(about.st_mode):
            self.not_read.append(NotRead(path, "special"))
        else:
            self.files.append(path)
            self.chapters[path] = _stamp(about)

    def _is_inside(self, path: str) -> bool:
        return _resolve(os.path.join(self.real_root, path), self.boundary) is not None


def _excluder(config: Config) -> Callable[[str], bool]:
    """Whether a path is published by no build. Hidden files never are, unless a line with ``!`` says so."""
    if not config.excluded:
        only_hidden = not config.is_mkdocs
        return lambda path: path[0] == "." or "/." in path or (not only_hidden and path.startswith("templates/"))
    return make_matcher((*(MKDOCS_EXCLUDED if config.is_mkdocs else (".*",)), *config.excluded))


def _identity(about: os.stat_result) -> tuple[int, int]:
    return about.st_dev, about.st_ino


def _stamp(about: os.stat_result) -> Stamp:
    return Stamp(about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)


def _printable(path: str) -> str:
    """``path`` with U+FFFD for every byte that is no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Bytes(NamedTuple):
    """A chapter's bytes and the stamp it had just before they were read."""

    data: bytes
    stamp: Stamp


def read(config: Config, path: str) -> Bytes | NotRead:
    """The bytes of a chapter, or why there are none."""
    try:
        # Not to wait: the file may have become a pipe since it was listed.
        handle = os.open(os.path.join(config.docs_root, path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return NotRead(path, "unreadable", error.strerror or "")
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return NotRead(path, "special")
        limit = config.settings.max_bytes
        data = _content(handle, min(about.st_size, limit) + 1, limit + 1)
    except OSError as error:
        return NotRead(path, "unreadable", error.strerror or "")
    finally:
        os.close(handle)
    if len(data) > limit:
        return NotRead(path, "too-large", str(limit))
    if len(data) > MANY and sum(map(data.count, (b"[", b"<", b"\n"))) > MANY:
        return NotRead(path, "too-dense", str(MANY))
    return Bytes(data, _stamp(about))


def _content(handle: int, expected: int, most: int) -> bytes:
    """What a file holds, ``most`` bytes of it; ``expected`` is one byte more than what it should hold.

    Without a file object: the buffer of ``most`` bytes that it would fill costs more than reading the chapter.
    """
    data = os.read(handle, expected)
    while 0 < len(data) < most and (more := os.read(handle, min(most - len(data), _PIECE))):
        data += more
    return data


def read_vocabulary(config: Config) -> bytes:
    """The bytes of the vocabulary that the settings name; empty where they name none.

    Raises:
        ConfigFault: it cannot be read.
    """
    path = config.settings.vocabulary
    if path is None:
        return b""
    found = read(config, path) if next(existing(config, (path,)), None) else NotRead(path, "unreadable")
    if isinstance(found, Bytes):
        return found.data
    raise ConfigFault(
        en=f"The vocabulary '{path}' cannot be read{': ' + found.detail if found.detail else ''}.",
        zh=f"词汇表“{path}”无法读取{'：' + found.detail if found.detail else ''}。",
        hint_en="'vocabulary' names a file below the docs folder.",
        hint_zh="“vocabulary”应指向文档目录下的文件。",
        where=config.config_file or config.docs_root,
    )


def existing(config: Config, paths: Iterable[str]) -> Iterator[str]:
    """Those of ``paths`` (relative to the docs root, which they may leave) that exist inside the repository.

    Nothing is opened, and nothing outside the repository is asked for.
    """
    boundary = os.path.realpath(config.boundary)
    root = os.path.realpath(config.docs_root)
    for path in paths:
        with suppress(OSError):
            if "\0" not in path and _resolve(os.path.normpath(os.path.join(root, path)), boundary) is not None:
                yield path


def _resolve(path: str, boundary: str) -> str | None:
    """``path`` with every symbolic link followed; ``None`` as soon as it leaves ``boundary``, before anything is asked.

    Raises:
        OSError: there is no such file, or links go in circles.
    """
    inside = boundary.rstrip(os.sep) + os.sep
    if not (path + os.sep).startswith(inside):
        return None
    here, links = boundary, 0
    todo = path[len(inside) :].split(os.sep)[::-1]
    while todo:
        name = todo.pop()
        if name == os.pardir:
            here = os.path.dirname(here)
            if not (here + os.sep).startswith(inside):
                return None
        elif name and name != os.curdir:
            there = os.path.join(here, name)
            if not stat.S_ISLNK(os.lstat(there).st_mode):
                here = there
                continue
            links += 1
            if links > MAX_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
            target = os.readlink(there)
            if os.path.isabs(target):
                target = os.path.normpath(target)
                if not (target + os.sep).startswith(inside):
                    return None
                here, target = boundary, target[len(inside) :]
            todo += target.split(os.sep)[::-1]
    return here
