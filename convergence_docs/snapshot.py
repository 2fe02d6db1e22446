"""Files of a git revision, without touching the working tree, the index or the checked-out branch.

They are laid out in a temporary folder: configuration first, chapters once it is known where they are, and everything
else as empty files, for only its being there matters. Trees may be crafted, so no name leads out of the folder: a
regular file is made before any symbolic link, and never through one.
"""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from convergence_docs.errors import Fault
from convergence_docs.load import MARKDOWN
from convergence_docs.revisions import QUIET, SHALLOW_EN, SHALLOW_ZH, Repository, Revision, run_git, said_by

CONFIGURATION = (".yml", ".yaml", ".gitignore")
LFS = b"version https://git-lfs.github.com/spec/"
LONGEST_LINK = 4096
_REGULAR = ("100644", "100755", "100664")
_SYMLINK, _SUBMODULE = "120000", "160000"


class Omission(NamedTuple):
    """A path of a revision that could not be laid out: ``submodule``, ``lfs`` or ``name``."""

    path: str
    reason: str


class Snapshot:
    """A revision's files, laid out in a folder of their own.

    Attributes:
        folder: where; it stands for the top of the repository.
        omissions: what is missing there.
    """

    def __init__(self, repository: Repository, revision: Revision, folder: str, objects: _Objects) -> None:
        self.folder = folder
        self.omissions: list[Omission] = []
        self._objects = objects
        self._blobs: dict[str, str] = {}
        self._made: set[str] = {folder}
        links = self._lay_out(repository, revision)
        for path, name in self._blobs.items():
            if path.endswith(CONFIGURATION):
                self._fill(path, name)
        for path, name in links:
            self._link(path, name)
        os.makedirs(os.path.join(folder, ".git"), exist_ok=True)  # here ends what may be looked at

    def fill(self, docs_root: str) -> None:
        """Put the contents into the chapters below ``docs_root``, a folder of the snapshot."""
        below = os.path.relpath(docs_root, self.folder)
        prefix = "" if below == os.curdir else below + os.sep
        for path, name in self._blobs.items():
            if path.startswith(prefix) and path.endswith(MARKDOWN):
                self._fill(path, name)

    def holds(self, path: str) -> bool:
        """Whether there is something at ``path``, which is relative to the top of the repository."""
        return os.path.lexists(os.path.join(self.folder, path))

    def _lay_out(self, repository: Repository, revision: Revision) -> list[tuple[str, str]]:
        """Make the regular files, empty; what comes back are the symbolic links, by path."""
        found = run_git(repository.top, "ls-tree", "-r", "-z", "--full-tree", revision.commit)
        if found.returncode:
            raise _broken(repository, revision, said_by(found))
        links = []
        for record in found.stdout.split(b"\0"):
            about, _, raw = record.partition(b"\t")
            if not raw:
                continue
            mode, _, name = about.decode("ascii").split(" ")
            path = _safe(os.fsdecode(raw))
            if path is None:
                self.omissions.append(Omission(_printable(os.fsdecode(raw)), "name"))
            elif mode == _SYMLINK:
                links.append((path, name))
            elif mode == _SUBMODULE:
                self.omissions.append(Omission(_printable(path), "submodule"))
            elif mode in _REGULAR:
                self._touch(path, name)
        return links

    def _touch(self, path: str, name: str) -> None:
        where = os.path.join(self.folder, path)
        parent = os.path.dirname(where)
        try:
            if parent not in self._made:
                os.makedirs(parent, exist_ok=True)
                self._made.add(parent)
            os.close(os.open(where, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except (OSError, ValueError):
            self.omissions.append(Omission(_printable(path), "name"))
        else:
            self._blobs[path] = name

    def _fill(self, path: str, name: str) -> None:
        handle = os.open(os.path.join(self.folder, path), os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "wb") as file:
            first = self._objects.copy(name, file)
        if first.startswith(LFS):
            self.omissions.append(Omission(_printable(path), "lfs"))

    def _link(self, path: str, name: str) -> None:
        target = self._objects.read(name)
        where = os.path.join(self.folder, path)
        # Not every system and folder can hold a link; without it the check says that what leads there is missing.
        with suppress(OSError, ValueError, NotImplementedError):
            if target and self._is_plain(path):
                os.symlink(os.fsdecode(target), where)

    def _is_plain(self, path: str) -> bool:
        """Make the folders above a link, unless one of them is a link itself."""
        here = self.folder
        for part in os.path.dirname(path).split(os.sep):
            here = os.path.join(here, part)
            with suppress(FileExistsError):
                os.mkdir(here)
            if not stat.S_ISDIR(os.lstat(here).st_mode):
                return False
        return True


@contextmanager
def open_snapshot(repository: Repository, revision: Revision) -> Iterator[Snapshot]:
    """Lay a revision out; the folder is gone afterwards.

    Raises:
        Fault: the repository does not hold all of it.
    """
    with TemporaryDirectory(prefix="convergence-docs-") as folder, _Objects(repository, revision) as objects:
        yield Snapshot(repository, revision, os.path.realpath(folder), objects)


class _Objects:
    """A running ``git cat-file --batch``, asked for one object after the other."""

    def __init__(self, repository: Repository, revision: Revision) -> None:
        self._repository = repository
        self._revision = revision
        self._process = subprocess.Popen(
            ["git", "-C", repository.top, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **QUIET},
        )

    def __enter__(self) -> _Objects:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def read(self, name: str) -> bytes:
        """The bytes of a symbolic link; none where it is longer than any system allows."""
        output, size = self._ask(name)
        data = b""
        while size:
            piece = output.read(min(size, 1 << 20))
            if not piece:
                raise _broken(self._repository, self._revision, name)
            size -= len(piece)
            data = piece if not data and not size and len(piece) <= LONGEST_LINK else b""
        output.read(1)
        return data

    def copy(self, name: str, file: IO[bytes]) -> bytes:
        """Write an object's bytes to ``file``; what comes back is how it begins."""
        output, left = self._ask(name)
        first = b""
        while left:
            piece = output.read(min(left, 1 << 20))
            if not piece:
                raise _broken(self._repository, self._revision, name)
            first = first or piece[:64]
            file.write(piece)
            left -= len(piece)
        output.read(1)
        return first

    def _ask(self, name: str) -> tuple[IO[bytes], int]:
        requests, output = self._process.stdin, self._process.stdout
        assert requests is not None
        assert output is not None
        try:
            requests.write(name.encode("ascii") + b"\n")
            requests.flush()
            answer = output.readline().split()
        except OSError as error:
            raise _broken(self._repository, self._revision, str(error)) from None
        if len(answer) != 3 or not answer[2].isdigit():
            raise _broken(self._repository, self._revision, name)
        return output, int(answer[2])


def _broken(repository: Repository, revision: Revision, detail: str) -> Fault:
    return Fault(
        en=f"Git cannot give all files of '{revision.name}': {detail}.",
        zh=f"git 无法给出“{revision.name}”的全部文件：{detail}。",
        hint_en=SHALLOW_EN if repository.is_shallow else "Fetch the missing objects, or see: git fsck.",
        hint_zh=SHALLOW_ZH if repository.is_shallow else "请取回缺少的对象，或运行 git fsck 查看。",
        where=repository.top,
    )


def _safe(path: str) -> str | None:
    """A path of a tree as one of this system; ``None`` where it could lead anywhere else."""
    parts = path.split("/")
    for part in parts:
        if part in ("", ".", "..") or part.lower() == ".git" or "\0" in part:
            return None
        if os.sep != "/" and (os.sep in part or ":" in part):
            return None
    return os.path.join(*parts)


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
