"""Names of a git repository's history: which commit a revision is, and where two lines of history parted.

Git is only asked for names and objects: no filter, hook or script of a repository is run, nothing is written to it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

from convergence_docs.errors import Fault

QUIET = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}
NOTHING: Mapping[str, str] = {}
SHALLOW_EN = "This clone is shallow: fetch the whole history (git fetch --unshallow; in GitHub Actions fetch-depth: 0)."
SHALLOW_ZH = "这是浅克隆：请取回完整历史（git fetch --unshallow；GitHub Actions 中设置 fetch-depth: 0）。"


class Repository(NamedTuple):
    """A git repository with a working tree. ``top`` is the tree's absolute path, links in it followed."""

    top: str
    is_shallow: bool


class Revision(NamedTuple):
    """A commit, and how it was called."""

    name: str
    commit: str


def find_repository(path: str) -> Repository:
    """The repository around ``path``.

    Raises:
        Fault: there is no git, or no repository.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    found = run_git(folder, "rev-parse", "--show-toplevel", "--is-shallow-repository")
    if found.returncode:
        said = said_by(found)
        raise Fault(
            en="This is no folder of a git repository, so there are no revisions to compare.",
            zh="这里不是 git 仓库中的文件夹，没有可以比较的版本。",
            hint_en="Name a folder in a repository (--path), or compare two folders."
            + (f" Git says: {said}" * bool(said)),
            hint_zh="请用 --path 指定仓库中的文件夹，或比较两个文件夹。" + (f"git 的说明：{said}" * bool(said)),
            where=path,
        )
    top, shallow = os.fsdecode(found.stdout).rstrip("\n").rsplit("\n", 1)
    return Repository(os.path.realpath(top), shallow == "true")


def is_revision(repository: Repository, name: str) -> bool:
    """Whether ``name`` names a commit, or ``A..B`` or ``A...B`` of commits."""
    left, _, right = split_range(name)
    return all(_commit(repository, one or "HEAD") for one in (left, right) if one is not None)


def split_range(name: str) -> tuple[str, str, str | None]:
    """``A...B`` and ``A..B`` as their two names with the dots between; a single name has neither dots nor a second."""
    for dots in ("...", ".."):
        left, found, right = name.partition(dots)
        if found and not left.startswith((".", "/")) and "/" not in right[:1]:
            return left, dots, right
    return name, "", None


def find_revision(repository: Repository, name: str) -> Revision:
    """The commit that ``name`` stands for.

    Raises:
        Fault: there is none here.
    """
    commit = _commit(repository, name)
    if commit:
        return Revision(name, commit)
    near = f"origin/{name}"
    if _commit(repository, near):
        hint_en, hint_zh = f"Did you mean {near}?", f"是否想用 {near}？"
    elif repository.is_shallow:
        hint_en, hint_zh = SHALLOW_EN, SHALLOW_ZH
    else:
        hint_en = "Name a branch, a tag or a commit of this repository, or a folder that exists."
        hint_zh = "请写本仓库中的分支、标签或提交，或存在的文件夹。"
    raise Fault(
        en=f"There is no revision '{name}' here.",
        zh=f"这里没有版本“{name}”。",
        hint_en=hint_en,
        hint_zh=hint_zh,
        where=repository.top,
    )


def find_merge_base(repository: Repository, one: Revision, other: Revision) -> Revision:
    """The commit at which two lines of history parted.

    Raises:
        Fault: there is none, or a shallow clone does not hold it.
    """
    found = run_git(repository.top, "merge-base", one.commit, other.commit)
    commit = found.stdout.decode("ascii", "replace").strip()
    if found.returncode == 0 and commit:
        return Revision(f"{one.name}...{other.name}", commit)
    raise Fault(
        en=f"'{one.name}' and '{other.name}' have no commit in common here.",
        zh=f"此处“{one.name}”与“{other.name}”没有共同的提交。",
        hint_en=SHALLOW_EN
        if repository.is_shallow
        else "Compare the two revisions themselves: two names without '...'.",
        hint_zh=SHALLOW_ZH if repository.is_shallow else "请直接比较两个版本：写两个名称，不用“...”。",
        where=repository.top,
    )


def run_git(
    folder: str, *words: str, given: bytes = b"", environ: Mapping[str, str] = NOTHING, seconds: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """What a git command gave.

    Args:
        folder: where it runs.
        words: the command.
        given: what it reads.
        environ: variables of the environment that it gets besides.
        seconds: how long it may take.

    Raises:
        Fault: git cannot be run.
        subprocess.TimeoutExpired: it took longer than it may.
    """
    command, known = ["git", "-C", folder, *words], {**os.environ, **QUIET, **environ}
    try:
        return subprocess.run(command, env=known, input=given, capture_output=True, check=False, timeout=seconds)
    except (FileNotFoundError, PermissionError):
        raise Fault(
            en="Git is not installed, or cannot be run, so no revision can be read.",
            zh="没有安装 git 或无法运行 git，因此无法读取任何版本。",
            hint_en="Install git, or compare two folders.",
            hint_zh="请安装 git，或比较两个文件夹。",
        ) from None


def _commit(repository: Repository, name: str) -> str:
    """The full name of the commit that ``name`` stands for; empty where there is none."""
    if not name or name.startswith("-") or "\0" in name or "\n" in name:
        return ""
    found = run_git(repository.top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return found.stdout.decode("ascii", "replace").strip() if found.returncode == 0 else ""


def said_by(result: subprocess.CompletedProcess[bytes]) -> str:
    """The first line that git said on standard error."""
    lines = result.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ")[:200] if lines else ""
