"""`convergence-docs diff` over real git repositories: nothing in the working tree is touched, every fault is told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convergence_docs.cli import main
from convergence_docs.schemas import read_schema
from tests.folders import write

SITE = {
    "mkdocs.yml": "site_name: x\nextra:\n  convergence:\n    vocabulary: vocabulary.yml\n",
    "docs/vocabulary.yml": "layers:\n  - {id: architectural, name: 架构层}\n"
    "dimensions:\n  - {id: adoption, name: 采用率, type: percentage}\n",
    "docs/index.md": "# 书\n\n[架构层](1-架构层.md)\n",
    "docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：95%\n",
    "docs/2-其他.md": "# 2-其他\n\n架构层的采用率：95%。\n\n| 层 | 采用率 |\n| --- | --- |\n| 架构层 | 95% |\n",
}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")] + ["LC_ALL", "LC_MESSAGES", "COLUMNS"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")


def git(folder: Path, *words: str, data: bytes | None = None) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], input=data, capture_output=True, check=True, timeout=60)
    return done.stdout.decode().strip()


def commit(folder: Path, files: Mapping[str, str | bytes], message: str = "x") -> str:
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a repository with one commit; it is the current folder."""
    where = tmp_path / "库"
    where.mkdir()
    git(where, "init", "-q", "-b", "main")
    commit(where, SITE)
    monkeypatch.chdir(where)
    return where


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What ``diff --format json`` says, valid against its schema."""
    assert main(["diff", *words, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(read_schema("diff"))).validate(found)
    return found


def summary(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["old"], one["new"]) for one in found["changes"]]


CHANGED = [("figure-changed", "95%", "90%")]


def test_revisions_and_the_working_tree(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = git(repository, "rev-parse", "HEAD")
    assert summary(told(capsys, "HEAD")) == []
    write(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n"})
    status = git(repository, "status", "--porcelain")
    found = told(capsys, "HEAD")
    assert summary(found) == CHANGED
    (change,) = found["changes"]
    assert change["after"] == {"path": "docs/1-架构层.md", "line": 3, "column": 11, "section": ""}
    assert {one["path"] for one in change["others"]} == {"docs/2-其他.md"}
    assert git(repository, "status", "--porcelain") == status
    second = commit(repository, {})
    assert summary(told(capsys, first, second)) == summary(told(capsys, f"{first}..{second}")) == CHANGED
    assert summary(told(capsys, second, first)) == [("figure-changed", "90%", "95%")]
    assert main(["diff", first, "--exit-code"]) == 1
    assert main(["diff", second, "--exit-code"]) == 0


def test_from_where_two_branches_parted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "-q", "-b", "work")
    commit(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n"})
    git(repository, "checkout", "-q", "main")
    commit(repository, {"docs/3-新.md": "# 3-新\n"})
    assert summary(told(capsys, "main...work")) == CHANGED
    assert ("chapter-removed", "3-新", "") in summary(told(capsys, "main", "work"))
    git(repository, "checkout", "-q", "--orphan", "lone")
    commit(repository, {})
    assert main(["diff", "main...lone"]) == 2
    assert "no commit in common" in capsys.readouterr().err


def test_folders(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "old", {**SITE, "docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：80%\n"})
    assert summary(told(capsys, str(tmp_path / "old"), ".")) == [("figure-changed", "80%", "95%")]
    assert summary(told(capsys, str(tmp_path / "old"))) == [("figure-changed", "80%", "95%")]
    assert summary(told(capsys, str(tmp_path / "old"), "HEAD")) == [("figure-changed", "80%", "95%")]


def test_one_chapter_or_another_site_of_the_repository(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n", "docs/2-其他.md": "# 2-其他\n\n无。\n"})
    assert summary(told(capsys, "HEAD", "--path", "docs/1-架构层.md")) == CHANGED
    monkeypatch.chdir(repository / "docs")
    (change,) = told(capsys, "HEAD", "--path", "1-架构层.md")["changes"]
    assert change["after"]["path"] == change["before"]["path"] == "1-架构层.md"


def test_a_site_that_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, {"more/a.md": "# a\n"})
    assert summary(told(capsys, "HEAD", "--path", "more")) == [("chapter-added", "", "a")]
    commit(repository, {})
    assert summary(told(capsys, "HEAD", "HEAD~1", "--path", "more")) == [("chapter-removed", "a", "")]


def test_the_vocabulary_of_the_new_side_names_both(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        repository,
        {"docs/vocabulary.yml": SITE["docs/vocabulary.yml"].replace("架构层}", "架构层, aliases: [结构层]}")},
    )
    write(repository, {"docs/2-其他.md": SITE["docs/2-其他.md"].replace("| 架构层 |", "| 结构层 |")})
    kinds = {kind for kind, _, _ in summary(told(capsys, "HEAD"))}
    assert not any(kind.startswith("figure") for kind in kinds)


def test_a_vocabulary_that_could_not_be_read_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = commit(repository, {"docs/vocabulary.yml": "layers: [\n"})
    write(repository, {"docs/vocabulary.yml": SITE["docs/vocabulary.yml"], "docs/3-新.md": "# 3-新\n"})
    found = told(capsys, broken)
    assert summary(found) == [("chapter-added", "", "3-新")]
    assert [one["path"] for one in found["not_compared"]] == ["docs/vocabulary.yml"]


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["nowhere"], "no revision 'nowhere'", "没有版本“nowhere”"),
        (["nowhere...HEAD"], "no revision 'nowhere'", "没有版本“nowhere”"),
        (["HEAD", "nowhere"], "no revision 'nowhere'", "没有版本“nowhere”"),
        (["-x"], "", ""),
        (["HEAD", "--path", "nowhere"], "no such file", "没有这个文件"),
        (["docs"], "both a folder and a revision", "既是文件夹，又是版本"),
        (["HEAD", "--path", "empty"], "Neither side holds a Markdown file", "两边都没有 Markdown 文件"),
    ],
)
def test_faults(
    words: list[str], english: str, chinese: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "branch", "docs")
    (repository / "empty").mkdir()
    assert main(["diff", *words]) == 2
    captured = capsys.readouterr()
    assert english in captured.err
    assert captured.out == ""
    assert main(["diff", *words, "--lang", "zh"]) == 2
    captured = capsys.readouterr()
    assert chinese in captured.err
    assert "建议：" in captured.err
    assert "Traceback" not in captured.err


def test_a_branch_that_is_only_at_the_origin(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "branch", "work")
    git(tmp_path, "clone", "-q", repository.as_uri(), "copy")
    monkeypatch.chdir(tmp_path / "copy")
    assert main(["diff", "work"]) == 2
    assert "origin/work" in capsys.readouterr().err


def test_a_shallow_clone(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "copy")
    monkeypatch.chdir(tmp_path / "copy")
    for base in (first, "HEAD~1", f"{first}...HEAD"):
        assert main(["diff", base]) == 2
        assert "fetch-depth: 0" in capsys.readouterr().err
    assert main(["diff", first, "--lang", "zh"]) == 2
    assert "浅克隆" in capsys.readouterr().err


def test_no_repository_and_no_git(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.md": "# a\n"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["diff", "HEAD"]) == 2
    assert "no folder of a git repository" in capsys.readouterr().err
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert main(["diff", "HEAD"]) == 2
    assert "Git is not installed" in capsys.readouterr().err
    assert main(["diff", ".", "."]) == 0


def test_a_fault_in_a_revision_speaks_of_the_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, {"mkdocs.yml": "docs_dir: [\n"})
    write(repository, SITE)
    assert main(["diff", "HEAD"]) == 2
    error = capsys.readouterr().err
    assert "HEAD" in error
    assert "mkdocs.yml" in error
    assert "/tmp" not in error.replace(str(repository), "")


def tree(repository: Path, *entries: tuple[str, str, str]) -> str:
    """A tree of ``(mode, name, object)``, made without the checks that ``git add`` makes."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(one) for mode, name, one in entries)
    return git(repository, "hash-object", "-w", "-t", "tree", "--stdin", "--literally", data=raw)


def test_a_crafted_tree_leads_nowhere(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blob = git(repository, "hash-object", "-w", "--stdin", data=b"# a\n\n[x](b.md)\n")
    target = tmp_path / "target"
    target.mkdir()
    link = git(repository, "hash-object", "-w", "--stdin", data=str(target).encode())
    inner = tree(repository, ("100644", "b.md", blob))
    dots = tree(repository, ("100644", "evil.md", blob))
    crafted = tree(
        repository,
        ("40000", "..", dots),
        ("40000", ".git", inner),
        ("100644", "a.md", blob),
        ("100644", "a/b.md", blob),
        ("120000", "docs", link),
        ("40000", "docs", inner),
        ("120000", "out.md", link),
        ("160000", "sub", "1" * 40),
    )
    crafted_commit = git(repository, "commit-tree", crafted, "-m", "x")
    found = told(capsys, crafted_commit, "HEAD")
    assert list(target.iterdir()) == []
    assert not (tmp_path / "evil.md").exists()
    reasons = {one["path"] for one in found["not_compared"]}
    assert {"../evil.md", ".git/b.md", "sub"} <= reasons


def test_what_is_kept_elsewhere_is_not_compared(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
    commit(repository, {"docs/1-架构层.md": pointer, 'docs/写 "入"\t.md': "# 名\n"})
    write(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n"})
    found = told(capsys, "HEAD", "--lang", "zh")
    assert summary(found) == []
    assert found["not_compared"] == [{"path": "docs/1-架构层.md", "reason": "保存在 Git LFS 中"}]


def test_links_are_followed_inside_a_revision_only(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "别名.md").symlink_to("1-架构层.md")
    (repository / "docs" / "外面.md").symlink_to("/etc/hostname")
    commit(repository, {})
    found = told(capsys, "HEAD")
    assert summary(found) == []
    assert [one["path"] for one in found["not_compared"]] == ["docs/外面.md"]


def test_no_filter_and_no_hook_is_run(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, {".gitattributes": "*.md filter=evil diff=evil text eol=crlf export-ignore\n"})
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor"):
        git(repository, "config", key, "touch ran; cat")
    write(repository, {"docs/1-架构层.md": "# 1-架构层\n\n- **采用率**：90%\n"})
    assert summary(told(capsys, "HEAD")) == CHANGED
    assert not (repository / "ran").exists()
