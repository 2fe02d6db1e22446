"""`check --changed`: findings on changed lines, and those that a change caused elsewhere; nothing else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.changed import touched_lines
from convergence_docs.cli import main
from tests.folders import write

OLD = """# 1.1-甲

旧 [无](旧.md)。

## 一、概述

文。
"""
OTHER = "# 1.2-乙\n\n见 [甲](1.1-甲.md#一概述)。\n\n旧 [无](旧.md)。\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "COLUMNS", "GITHUB_BASE_REF"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")


def git(folder: Path, *words: str) -> str:
    result = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True)
    return result.stdout.strip()


def commit(folder: Path, message: str = "x") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two chapters and two old dead links; its top is the current folder."""
    root = tmp_path / "repo"
    write(root, {"docs/1.1-甲.md": OLD, "docs/1.2-乙.md": OTHER})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    monkeypatch.chdir(root)
    return root


def changed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[tuple[str, int, str]], dict[str, Any]]:
    """Exit code, findings by path, line and code, and what is said of the base."""
    capsys.readouterr()
    code = main(["check", "docs", "--select", "LNK", "--format", "json", *(words or ("--changed",))])
    out = capsys.readouterr()
    assert code < 2, out.err
    value = json.loads(out.out)
    return code, [(one["path"], one["line"], one["code"]) for one in value["findings"]], value["base"]


def test_without_a_change_nothing_is_found(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings, base = changed(capsys)
    assert (code, findings, base["known"], base["mended"]) == (0, [], 2, [])


def test_a_renamed_heading_breaks_another_chapter(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": OLD.replace("概述", "总说")})
    code, findings, _ = changed(capsys)
    assert (code, findings) == (1, [("docs/1.2-乙.md", 3, "LNK002")])


def test_an_old_finding_on_a_changed_line_is_shown(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": OLD.replace("旧 [无]", "仍旧 [无]")})
    _, findings, base = changed(capsys)
    assert findings == [("docs/1.1-甲.md", 3, "LNK001")]
    assert base["known"] == 1


def test_moved_lines_and_new_text_show_nothing_old(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": OLD.replace("旧 [无](旧.md)。\n\n", "新文。\n\n") + "\n旧 [无](旧.md)。\n"})
    assert changed(capsys)[1] == []


def test_new_files_and_renamed_ones(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(book, "mv", "docs/1.2-乙.md", "docs/1.3-丙.md")
    write(book, {"docs/1.4-丁.md": "# 1.4-丁\n\n[无](旧.md)\n"})
    _, findings, _ = changed(capsys)
    assert findings == [("docs/1.4-丁.md", 3, "LNK001")], "a renamed chapter brings nothing that was not there"


def test_what_is_mended_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": OLD.replace("[无](旧.md)", "无")})
    code, findings, base = changed(capsys)
    assert (code, findings) == (0, [])
    assert [(one["path"], one["text"]) for one in base["mended"]] == [("docs/1.1-甲.md", "旧.md")]


def test_the_merge_base_counts_and_not_what_came_on_the_branch_since(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(book, "checkout", "-q", "-b", "work")
    write(book, {"docs/1.1-甲.md": OLD + "\n新 [无](新.md)。\n"})
    commit(book)
    git(book, "checkout", "-q", "main")
    write(book, {"docs/1.2-乙.md": "# 1.2-乙\n"})
    commit(book)
    git(book, "checkout", "-q", "work")
    _, findings, base = changed(capsys, "--changed=main")
    assert findings == [("docs/1.1-甲.md", 9, "LNK001")]
    assert base["mended"] == []
    assert base["name"].startswith("main")


def test_the_default_is_origins_branch(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "clone", "-q", str(book), "clone")
    clone = tmp_path / "clone"
    write(clone, {"docs/1.1-甲.md": OLD + "\n新 [无](新.md)。\n"})
    commit(clone)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(clone)
        _, findings, base = changed(capsys)
    assert findings == [("docs/1.1-甲.md", 9, "LNK001")]
    assert base["name"].startswith("origin/main")


def test_with_a_baseline_too(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "docs"]) == 0
    write(book, {"docs/1.1-甲.md": OLD.replace("旧 [无]", "仍旧 [无]") + "\n新 [无](新.md)。\n"})
    _, findings, _ = changed(capsys)
    assert findings == [("docs/1.1-甲.md", 9, "LNK001")], "what is known stays known on a changed line"


def test_a_chapter_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.3-丙.md": "# 1.3-丙\n\n[无](无.md)\n"})
    assert main(["check", "docs/1.3-丙.md", "--changed"]) == 1
    assert main(["check", "docs/1.1-甲.md", "--changed"]) == 0


def test_a_base_whose_configuration_is_broken_hides_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"mkdocs.yml": "site_name: [\n"})
    commit(book)
    write(book, {"mkdocs.yml": "site_name: x\nnav: [1.1-甲.md, 1.2-乙.md]\n"})
    assert main(["check", "--changed", "--select", "LNK001"]) == 1
    out = capsys.readouterr().out
    assert out.count("LNK001") == 2
    assert "not verified: what changed since" in out


def test_a_site_that_is_new_is_new_in_all(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"more/1.md": "# 1\n\n[无](无.md)\n"})
    assert main(["check", "more", "--changed", "HEAD"]) == 1


def test_outside_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"a.md": "# 甲\n"})
    assert main(["check", str(tmp_path), "--changed"]) == 2
    assert "no folder of a git repository" in capsys.readouterr().err


def test_a_shallow_clone_says_what_to_do(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(book)
    first = git(book, "rev-parse", "HEAD^1")
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{book}", str(tmp_path / "clone")], check=True)
    docs = str(tmp_path / "clone" / "docs")
    assert main(["check", docs, f"--changed={first}"]) == 2
    assert "fetch --unshallow" in capsys.readouterr().err
    git(tmp_path / "clone", "remote", "remove", "origin")
    assert main(["check", docs, "--changed"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err


def test_a_path_taken_for_a_revision(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--changed", "docs"]) == 2
    assert "check docs --changed" in capsys.readouterr().err
    assert main(["check", "docs", "--changed", "nowhere"]) == 2
    assert main(["check", "docs", "--changed=--output=x"]) == 2


LINES = st.lists(st.sampled_from(["", "甲", "乙", "丙"]), max_size=12)


@given(LINES, LINES)
def test_untouched_lines_are_all_from_before(before: list[str], after: list[str]) -> None:
    touched = touched_lines("\n".join(before), "\n".join(after))
    left = "\n".join(before).split("\n")
    for number, line in enumerate("\n".join(after).split("\n"), 1):
        if number not in touched:
            left.remove(line)
    new = "\n".join(after).split("\n")
    for number in touched:
        assert new[number - 1] not in left, "a line that was there is not touched"
