"""When files were last changed, told by git's history; where that cannot be known for sure, nothing is told.

Git is asked for commits and differences of trees only: no filter, hook, pager or helper of a repository is run, and
nothing is fetched. A file's last change is the commit that ``git log -1 -- FILE`` names, with two exceptions: a file
that only moved, or only got other permissions, has not changed by that.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from convergence_docs.errors import Fault
from convergence_docs.revisions import Repository, find_repository, run_git, said_by

SECONDS: Final = 60.0
"""For one question to git. A build does without dates rather than wait for longer."""
_SEALED: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what a partial clone lacks is not fetched by a program that its settings name
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
}
_FIRST_PIECE, _LARGEST_PIECE = 64, 4096
"""So many commits are compared with their parents at once: most files of a book have changed lately."""


class LastChange(NamedTuple):
    """The last change of a file.

    Attributes:
        commit: which commit made it.
        time: when that was committed, in seconds since the epoch.
        before: the name of the blob before it; empty where the file was new.
        after: the name of the blob since.
    """

    commit: str
    time: int
    before: str
    after: str


class History(NamedTuple):
    """The last changes of the files below a folder.

    Attributes:
        top: the repository's working tree.
        commit: whose history it is; empty before the first commit.
        is_shallow: whether the clone holds only part of the history.
        blobs: the files that the commit holds below the folder, by path from the top.
        changes: their last changes as far as they are known, by path from the top.
    """

    top: str
    commit: str
    is_shallow: bool
    blobs: Mapping[str, str]
    changes: Mapping[str, LastChange]

    def of(self, file: str) -> LastChange | None:
        """The last change of a file on disk; ``None`` where it is unknown, or the file is not as it was committed."""
        path = os.path.relpath(os.path.realpath(file), self.top).replace(os.sep, "/")
        change = self.changes.get(path)
        if change is None:
            return None
        try:
            with open(file, "rb") as opened:
                data = opened.read()
        except OSError:
            return None
        named = (blob_name(text, len(change.after)) for text in (data, data.replace(b"\r\n", b"\n")))
        return change if self.blobs[path] in named else None


def blob_name(data: bytes, length: int = 40) -> str:
    """Git's name for a file's content; ``length`` tells SHA-1 (40) from SHA-256 (64)."""
    algorithm = "sha256" if length == 64 else "sha1"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


_known: dict[tuple[str, str], History] = {}
"""By folder and commit: ``mkdocs serve`` builds again and again in one process."""


def read_history(folder: str) -> History:
    """The last changes of all files below a folder.

    Raises:
        Fault: there is no git, no repository, or git cannot tell.
    """
    repository = find_repository(folder)
    found = _ask(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    commit = found.stdout.decode("ascii", "replace").strip() if found.returncode == 0 else ""
    key = os.path.realpath(folder), commit
    if key not in _known:
        _known.clear()
        _known[key] = _read(repository, commit, key[0])
    return _known[key]


def read_blobs(history: History, names: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs by name.

    Raises:
        Fault: git cannot give one of them.
    """
    wanted = list(dict.fromkeys(names))
    repository = Repository(history.top, history.is_shallow)
    given = "".join(f"{name}\n" for name in wanted).encode("ascii")
    output, at, found = _must(repository, "cat-file", "--batch", given=given) if wanted else b"", 0, {}
    for name in wanted:
        end = output.index(b"\n", at)
        about = output[at:end].split(b" ")
        if len(about) != 3:
            raise _silent(repository, name)
        at = end + 1 + int(about[2])
        found[name] = output[end + 1 : at]
        at += 1
    return found


def _read(repository: Repository, commit: str, folder: str) -> History:
    below = os.path.relpath(folder, repository.top).replace(os.sep, "/")
    if not commit or below.startswith("../"):
        return History(repository.top, commit, repository.is_shallow, {}, {})
    paths = () if below == "." else (below,)
    blobs = dict(_blobs(repository, commit, paths))
    return History(repository.top, commit, repository.is_shallow, blobs, _changes(repository, commit, paths, blobs))


def _blobs(repository: Repository, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    listed = _must(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    for record in listed.split(b"\0"):
        about, _, name = record.partition(b"\t")
        if name:
            mode, _, blob = about.decode("ascii").split(" ")[:3]
            if mode.startswith("100"):
                yield os.fsdecode(name), blob


class _Commit(NamedTuple):
    name: str
    time: int
    parents: tuple[str, ...]


class _Difference(NamedTuple):
    before: str
    after: str
    status: str


_Differences = Mapping[str, _Difference]


def _changes(
    repository: Repository, head: str, paths: Sequence[str], blobs: Mapping[str, str]
) -> dict[str, LastChange]:
    """Follow every file back to the commit that made it what it is.

    ``waiting`` holds, for each commit yet to be looked at, the files to look for there under the names they have there,
    each with the files of today that come from it.
    """
    changes: dict[str, LastChange] = {}
    waiting: dict[str, dict[str, list[str]]] = {head: {path: [path] for path in blobs}}
    for commit, differences in _compared(repository, head, paths, waiting):
        for path, files in waiting.pop(commit.name, {}).items():
            if not commit.parents:
                # The last commit of a shallow clone looks like a first one: what it holds may be of any age.
                if not repository.is_shallow:
                    changes |= {file: LastChange(commit.name, commit.time, "", blobs[file]) for file in files}
                continue
            origin = _origin(path, commit, differences)
            if origin is None:
                before = differences[0][path].before
                changes |= {file: LastChange(commit.name, commit.time, before, blobs[file]) for file in files}
            else:
                parent, name = origin
                waiting.setdefault(parent, {}).setdefault(name, []).extend(files)
    return {file: change for file, change in changes.items() if _is_plausible(change.time)}


def _origin(path: str, commit: _Commit, differences: Sequence[_Differences]) -> tuple[str, str] | None:
    """The parent that has the file with the same content, and its name there; ``None`` where none has."""
    for parent, changed in zip(commit.parents, differences, strict=True):
        if path not in changed or changed[path].before == changed[path].after:
            return parent, path
    for parent, changed in zip(commit.parents, differences, strict=True):
        same = [
            name for name, one in changed.items() if one.status == "D" and one.before == changed[path].after
        ]  # fmt: skip
        if changed[path].status == "A" and len(same) == 1:
            return parent, same[0]
    return None


def _compared(
    repository: Repository, head: str, paths: Sequence[str], waiting: Mapping[str, object]
) -> Iterator[tuple[_Commit, tuple[_Differences, ...]]]:
    """Commits, children first, each with its differences from each of its parents, until nothing is waiting."""
    listed = _must(repository, "rev-list", "--topo-order", "--parents", "--timestamp", head)
    commits = [_commit(line) for line in listed.decode("ascii").splitlines()]
    at, size = 0, _FIRST_PIECE
    while at < len(commits) and waiting:
        piece = commits[at : at + size]
        lines = "".join(f"{one.name} {parent}\n" for one in piece for parent in one.parents)
        words = ("diff-tree", "--stdin", "--always", "-r", "-z", "--no-renames", "--", *paths)
        found = iter(_differences(_must(repository, *words, given=lines.encode())) if lines else ())
        for one in piece:
            yield one, tuple(next(found) for _ in one.parents)
        at, size = at + size, min(size * 4, _LARGEST_PIECE)


def _commit(line: str) -> _Commit:
    time, name, *parents = line.split(" ")
    return _Commit(name, int(time), tuple(dict.fromkeys(parents)))


def _differences(output: bytes) -> Iterator[_Differences]:
    """What ``git diff-tree --stdin --always -z`` says of each pair in turn."""
    fields = iter(output.split(b"\0"))
    current: dict[str, _Difference] | None = None
    for field in fields:
        if field.startswith(b":"):
            _, _, before, after, status = field.decode("ascii").split(" ")
            path = os.fsdecode(next(fields))
            if current is not None:
                current[path] = _Difference(before.strip("0") and before, after.strip("0") and after, status)
        elif field:
            if current is not None:
                yield current
            current = {}
    if current is not None:
        yield current


def _is_plausible(time: int) -> bool:
    """Whether a time lies between git's first day and the year 9999; others are slips, or jokes."""
    return 1_112_000_000 <= time < 253_402_300_800


def _must(repository: Repository, *words: str, given: bytes = b"") -> bytes:
    found = _ask(repository, *words, given=given)
    if found.returncode:
        raise _silent(repository, said_by(found))
    return found.stdout


def _silent(repository: Repository, why: str) -> Fault:
    return Fault(
        en=f"Git cannot tell when files were changed: {why}.",
        zh=f"git 无法给出文件的修改时间：{why}。",
        where=repository.top,
    )


def _ask(repository: Repository, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return run_git(repository.top, *words, given=given, environ=_SEALED, seconds=SECONDS)
    except subprocess.TimeoutExpired:
        raise Fault(
            en=f"Git did not tell within {SECONDS:.0f} seconds when files were changed.",
            zh=f"git 没有在 {SECONDS:.0f} 秒之内给出文件的修改时间。",
            where=repository.top,
        ) from None
