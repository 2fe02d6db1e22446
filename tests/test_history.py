"""Last changes from git: as git itself tells them, and unknown rather than wrong."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergence_docs.errors import Fault
from convergence_docs.history import History, LastChange, blob_name, read_history

START = 1_700_000_000
FILES = ("甲.md", "b.md", "深/c.md")


def git(folder: Path, *words: str, given: bytes = b"", time: int = START) -> str:
    """What git printed, with a name and a time of its own."""
    date = f"@{time} +0800"
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environ |= {"GIT_AUTHOR_DATE": f"@{START - 9} +0000", "GIT_COMMITTER_DATE": date}
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
    found = subprocess.run(
        ["git", "-C", str(folder), *identity, *words], input=given, capture_output=True, check=False, env=environ
    )
    assert found.returncode == 0, found.stderr.decode()
    return found.stdout.decode().strip()


def commit(top: Path, files: dict[str, str | None], time: int) -> str:
    """Commit files with these contents; ``None`` takes one away."""
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, "utf-8", newline="")
    git(top, "add", "-A")
    git(top, "commit", "-q", "--allow-empty", "-m", "x", time=time)
    return git(top, "rev-parse", "HEAD")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "repo")
    return tmp_path / "repo"


def times(history: History) -> dict[str, int]:
    return {path: change.time - START for path, change in history.changes.items()}


# Random histories: each commit has parents among those before it and changes some files.
COMMITS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), min_size=1, max_size=2),
        st.dictionaries(st.sampled_from(range(len(FILES))), st.integers(0, 2), max_size=3),
    ),
    min_size=1,
    max_size=12,
)


def imported(top: Path, commits: list[tuple[list[int], dict[int, int]]]) -> None:
    """Make the history with ``git fast-import``; what a merge does not change is as in its first parent."""
    lines: list[str] = []
    for number, (parents, changes) in enumerate(commits):
        lines += ["commit refs/heads/main", f"mark :{number + 1}"]
        # Times run backwards now and then, as those of real commits do.
        lines += [f"committer x <x@example.com> {START + (number * 37) % 11 * 100} +0000", "data 1", "x"]
        if number:
            known = list(dict.fromkeys(parent % number + 1 for parent in parents))
            lines += [f"{'merge' if place else 'from'} :{mark}" for place, mark in enumerate(known)]
        for index, version in changes.items():
            content = f"{FILES[index]} {version}"
            lines += [f"M 100644 inline {FILES[index]}", f"data {len(content.encode())}", content]
    git(top, "fast-import", "--quiet", "--force", given=("\n".join(lines) + "\n").encode())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COMMITS)
def test_it_is_what_git_log_says_of_each_file(
    tmp_path_factory: pytest.TempPathFactory, commits: list[tuple[list[int], dict[int, int]]]
) -> None:
    top = tmp_path_factory.mktemp("history")
    git(top, "init", "-q")
    imported(top, commits)
    git(top, "reset", "-q", "--hard", "main")
    history = read_history(str(top))
    told = {path: (change.commit, change.time) for path, change in history.changes.items()}
    expected = {}
    for path in FILES:
        if (top / path).exists():
            name, time = git(top, "log", "-1", "--format=%H %ct", "--", path).split()
            expected[path] = name, int(time)
    assert told == expected
    assert all(history.of(str(top / path)) is not None for path in expected)
    for depth in (1, 2, 3):
        clone = tmp_path_factory.mktemp("clone")
        git(clone, "clone", "-q", f"--depth={depth}", f"file://{top}", "here")
        shallow = read_history(str(clone / "here"))
        assert {
            path: (one.commit, one.time) for path, one in shallow.changes.items()
        }.items() <= expected.items() | set()


def test_a_shallow_clone_knows_only_what_it_holds(top: Path, tmp_path: Path) -> None:
    commit(top, {"a.md": "1", "b.md": "1"}, START)
    commit(top, {"b.md": "2"}, START + 1)
    commit(top, {"c.md": "1"}, START + 2)
    assert times(read_history(str(top))) == {"a.md": 0, "b.md": 1, "c.md": 2}
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{top}", "clone")
    shallow = read_history(str(tmp_path / "clone"))
    assert shallow.is_shallow
    assert times(shallow) == {"c.md": 2}, "the oldest commit here is no first one: b.md may be older"


def test_what_is_not_committed_has_no_date(top: Path) -> None:
    commit(top, {"docs/a.md": "一\n", "docs/b.md": "二\n"}, START)
    history = read_history(str(top / "docs"))
    (top / "docs/a.md").write_text("改\n", "utf-8")
    (top / "docs/new.md").write_text("新\n", "utf-8")
    assert history.of(str(top / "docs/a.md")) is None
    assert history.of(str(top / "docs/new.md")) is None
    assert history.of(str(top / "docs/没有.md")) is None
    (top / "docs/b.md").write_bytes("二\r\n".encode())
    assert history.of(str(top / "docs/b.md")) is not None, "line endings of a checkout are no change"


def test_moving_and_permissions_change_no_text(top: Path) -> None:
    commit(top, {"a.md": "甲", "same-1.md": "=", "same-2.md": "="}, START)
    commit(top, {"a.md": None, "深/b.md": "甲"}, START + 1)
    (top / "深/b.md").chmod(0o755)
    commit(top, {}, START + 2)
    commit(top, {"same-1.md": None, "same-2.md": None, "same-3.md": "="}, START + 3)
    assert times(read_history(str(top))) == {"深/b.md": 0, "same-3.md": 3}, (
        "of two alike, neither is the one that moved"
    )


def test_a_merge_is_a_change_only_of_what_it_makes_itself(top: Path) -> None:
    commit(top, {"ours.md": "0", "theirs.md": "0", "both.md": "0"}, START)
    git(top, "checkout", "-q", "-b", "side")
    commit(top, {"ours.md": "side", "theirs.md": "side", "both.md": "side"}, START + 20)
    git(top, "checkout", "-q", "main")
    commit(top, {"ours.md": "main", "both.md": "main"}, START + 10)
    git(top, "merge", "-q", "-s", "ours", "--no-commit", "side")
    commit(top, {"theirs.md": "side", "both.md": "both"}, START + 30)
    assert times(read_history(str(top))) == {"ours.md": 10, "theirs.md": 20, "both.md": 30}


def test_folders_without_a_history(tmp_path: Path, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (top / "a.md").write_text("x")
    assert read_history(str(top)).changes == {}, "nothing is committed yet"
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    with pytest.raises(Fault, match="no folder of a git repository"):
        read_history(str(tmp_path / "plain"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Fault, match="Git is not installed"):
        read_history(str(top))


def test_nothing_of_a_hostile_repository_is_run(top: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\ncat\n")
    trap.chmod(0o755)
    commit(top, {"a.md": "1", ".gitattributes": "*.md filter=trap diff=trap\n"}, START)
    blob = git(top, "rev-parse", "HEAD:a.md")
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "gpg.program",
        "credential.helper",
        "remote.origin.uploadpack",
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
    ]:
        git(top, "config", name, str(trap))
    for name, value in {
        "log.showSignature": "true", "remote.origin.url": str(top), "remote.origin.promisor": "true",
        "extensions.partialClone": "origin", "core.repositoryFormatVersion": "1", "core.hooksPath": str(tmp_path),
    }.items():  # fmt: skip
        git(top, "config", name, value)
    assert times(read_history(str(top))) == {"a.md": 0, ".gitattributes": 0}
    tree = git(top, "rev-parse", "HEAD^{tree}")
    (top / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(Fault):
        _ = _fresh(top)
    assert not sprung.exists()
    assert blob == blob_name(b"1")


def _fresh(top: Path) -> History:
    """The history after everything remembered is forgotten: another repository was asked in between."""
    from convergence_docs import history

    history._known.clear()
    return read_history(str(top))


def test_times_that_cannot_be(top: Path) -> None:
    commit(top, {"a.md": "1"}, 12)
    commit(top, {"b.md": "1"}, START)
    assert times(read_history(str(top))) == {"b.md": 0}


def test_the_blob_before_is_known(top: Path) -> None:
    commit(top, {"a.md": "1"}, START)
    name = commit(top, {"a.md": "2"}, START + 1)
    assert read_history(str(top)).changes["a.md"] == LastChange(name, START + 1, blob_name(b"1"), blob_name(b"2"))
