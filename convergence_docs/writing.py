"""Rewrite files on disk: each is old or new at every moment, and none is lost.

The new bytes of all files are written beside them first; only when every one is safely on disk do they take their
names, each by one rename. What cannot be written (a full disk) is known before anything has changed. A journal makes
several files change as one: whoever writes next brings to its end what a process that was killed had begun.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.diagnostic import Wording
from convergence_docs.errors import Fault
from convergence_docs.journal import ASIDE, Step, begin, digest_of, end, resume, sync_folder
from convergence_docs.mended import LeftAlone, Rewritten

_CHANGED = Wording(
    "It changed while it was being mended, and was left as it is now.", "修改期间该文件已被改动，因此保持现状。"
)


def why_not_to_write(config: Config, path: str) -> Wording | None:
    """Why a chapter must not be rewritten: a whole sentence; ``None`` where it may be.

    A chapter that is reached through a symbolic link is left alone: its text also stands elsewhere, where the same
    links may lead elsewhere. So is a file of several names (hard links), for a rename would part them.
    """
    where = os.path.join(os.path.realpath(config.docs_root), path)
    real = os.path.realpath(where)
    if real != os.path.normpath(where):
        seen = os.path.relpath(real, os.path.realpath(config.docs_root)).replace(os.sep, "/")
        return Wording(
            f"It is reached through a symbolic link: mend {seen} itself.", f"该路径经过符号链接：请直接修改 {seen}。"
        )
    try:
        about = os.stat(where)
    except OSError as error:
        return _failed(error)
    if about.st_nlink > 1:
        return Wording("The file has several names (hard links).", "该文件有多个名称（硬链接）。")
    if not about.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(where, os.W_OK):
        return Wording("The file is read-only.", "该文件是只读的。")
    if not os.access(os.path.dirname(where), os.W_OK):
        return Wording("Its folder is read-only.", "所在文件夹是只读的。")
    return None


@contextmanager
def sole_writer(config: Config) -> Iterator[None]:
    """Keep other processes from mending the same site meanwhile, where the system can (not on Windows).

    Raises:
        Fault: another one is at it.
    """
    handle = None
    try:
        import fcntl

        handle = os.open(config.docs_root, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Fault(
            en="Another process is mending this folder.",
            zh="另一个进程正在修改此文件夹。",
            hint_en="Wait for it to end, then run this again.",
            hint_zh="请等它结束后再运行。",
            where=config.docs_root,
        ) from None
    except (ImportError, OSError):
        pass  # no such locks here: what changed meanwhile is still seen before it would be overwritten
    try:
        resume(os.path.realpath(config.docs_root), config.config_file)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def write_all(config: Config, files: Sequence[Rewritten], *, is_whole: bool = False) -> tuple[LeftAlone, ...]:
    """Write all files; what comes back are those that were left alone because they had changed.

    Args:
        config: the site.
        files: what to write, to create and to remove.
        is_whole: whether nothing may be left alone, because the files only make sense together.

    Raises:
        Fault: something could not be written. Nothing is changed then, but where the disk refuses even that.
    """
    root = os.path.realpath(config.docs_root)
    resume(root, config.config_file)
    _sweep({os.path.dirname(os.path.join(root, one.path)) for one in files})
    staged: list[_Staged] = []
    try:
        for number, file in enumerate(files):
            staged.append(_stage(os.path.join(root, file.path), file, number))
        ready = [one for one in staged if _holds(one.target, one.file.before)]
        changed = tuple(LeftAlone(one.file.path, _CHANGED) for one in staged if one not in ready)
        if changed and is_whole:
            raise Fault(
                en="The file changed meanwhile. Nothing was changed.",
                zh="其间该文件已被修改。没有改动任何文件。",
                hint_en="Run this again.",
                hint_zh="请重新运行。",
                where=changed[0].path,
            )
        _commit(root, ready)
        _clear({os.path.dirname(one.target) for one in ready if not one.aside}, root)
        return changed
    finally:
        for one in staged:
            if one.aside:
                with suppress(OSError):
                    os.unlink(one.aside)


def replace_file(path: str, data: bytes) -> None:
    """Put ``data`` into a file of any name: it is old or new at every moment. A link is followed, the mode kept.

    Raises:
        Fault: it cannot be written; then it is as it was.
    """
    target = os.path.realpath(path)
    aside = os.path.join(os.path.dirname(target), f".convergence-docs-{os.getpid()}-0.tmp")
    try:
        about = os.stat(target) if os.path.exists(target) else None
        if about is not None and not stat.S_ISREG(about.st_mode):
            raise OSError(0, "no ordinary file")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with open(handle, "wb") as new:
                new.write(data)
                new.flush()
                if about is not None:
                    _take_rights(target, aside, about)
                os.fsync(new.fileno())
            os.replace(aside, target)
        except OSError:
            os.unlink(aside)
            raise
    except OSError as error:
        raise Fault(
            en=f"The file cannot be written: {error.strerror}. It is as it was.",
            zh=f"无法写入该文件：{error.strerror}。它保持原样。",
            where=path,
        ) from None
    sync_folder(os.path.dirname(target))


class _Staged(NamedTuple):
    target: str
    aside: str
    """Empty for a file that is to go."""
    file: Rewritten


def _stage(target: str, file: Rewritten, number: int) -> _Staged:
    """Write the new bytes beside the old ones, with the same rights."""
    if file.after is None:
        return _Staged(target, "", file)
    folder = os.path.dirname(target)
    aside = os.path.join(folder, f".convergence-docs-{os.getpid()}-{number}.tmp")
    try:
        if file.before is None:
            os.makedirs(folder, exist_ok=True)
        mode = 0o666 if file.before is None else 0o600  # nobody reads in between what few may read
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            with open(handle, "wb") as new:
                new.write(file.after)
                new.flush()
                if file.before is not None:
                    _take_rights(target, aside, os.stat(target))
                os.fsync(new.fileno())
        except OSError:
            os.unlink(aside)
            raise
    except OSError as error:
        said = _failed(error)
        raise Fault(
            en=f"The file cannot be written: {error.strerror}. Nothing was changed.",
            zh=f"{said.zh}没有修改任何文件。",
            hint_en="Make room or give the rights, then run this again.",
            hint_zh="请腾出空间或给予权限，然后重新运行。",
            where=target,
        ) from None
    return _Staged(target, aside, file)


def _take_rights(target: str, aside: str, about: os.stat_result) -> None:
    """Give the new file the old one's owner, extended attributes and mode, as far as the system lets one."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(aside, about.st_uid, about.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(aside, name, os.getxattr(target, name))
    os.chmod(aside, stat.S_IMODE(about.st_mode))


def _commit(root: str, staged: Sequence[_Staged]) -> None:
    """Let all files take their new content; if one cannot, the others take their old one back."""
    if len(staged) > 1:
        begin(root, [_step(root, one) for one in staged])
    done: list[_Staged] = []
    try:
        for one in staged:
            if one.aside:
                os.replace(one.aside, one.target)
            else:
                os.unlink(one.target)
            done.append(one)
    except OSError as error:
        left = [other for other in done if not _undone(other)]
        raise Fault(
            en=f"The file cannot be replaced: {error.strerror}. {_remains(left).en}",
            zh=f"无法替换该文件：{error.strerror}。{_remains(left).zh}",
            where=one.target,
        ) from None
    finally:
        if len(staged) > 1:
            end(root)
        for folder in {os.path.dirname(one.target) for one in staged}:
            sync_folder(folder)


def _clear(folders: Iterable[str], root: str) -> None:
    """Take away folders that hold nothing any more."""
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            while folder.startswith(root + os.sep):
                os.rmdir(folder)
                folder = os.path.dirname(folder)


def _step(root: str, one: _Staged) -> Step:
    path = os.path.relpath(one.target, root)
    return Step(path, os.path.basename(one.aside), digest_of(one.file.before), digest_of(one.file.after))


def _undone(one: _Staged) -> bool:
    """Give a file its old content back; whether that went well."""
    try:
        if one.file.before is None:
            os.unlink(one.target)
        else:
            replace_file(one.target, one.file.before)
    except (OSError, Fault):
        return False
    return True


def _remains(left: Sequence[_Staged]) -> Wording:
    if not left:
        return Wording("Nothing was changed.", "没有改动任何文件。")
    names = ", ".join(one.file.path for one in left)
    return Wording(f"These were changed already: {names}.", f"以下文件已经改动：{names}。")


def _holds(path: str, data: bytes | None) -> bool:
    if data is None:
        return not os.path.lexists(path)
    try:
        with open(path, "rb") as file:
            return not os.path.islink(path) and file.read(len(data) + 1) == data
    except OSError:
        return False


def _sweep(folders: Iterable[str]) -> None:
    """Take away what a process that was killed left beside the files."""
    for folder in folders:
        with suppress(OSError):
            for name in os.listdir(folder):
                if ASIDE.fullmatch(name):
                    os.unlink(os.path.join(folder, name))


def _failed(error: OSError) -> Wording:
    return Wording(f"It cannot be written: {error.strerror}.", f"该文件无法写入：{error.strerror}。")
