"""Suggestions for a pull request: safe fixes on lines that it touched, each whole by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from convergence_docs.cli import main
from tests.folders import write
from tests.test_changed import commit, git

PAGE = "# 1.1-甲\n\n旧 [乙](../1.2-乙.md)。\n\n文。\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an old fault that has a safe fix; its top is the current folder."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    root = write(tmp_path / "repo", {"docs/1.1-甲.md": PAGE, "docs/1.2-乙.md": "# 1.2-乙\n\n文。\n"})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    monkeypatch.chdir(root)
    return root


def suggested(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["check", "docs", "--format", "suggestions", "--lang", "en", *words]) < 2
    value = json.loads(capsys.readouterr().out)
    assert value["event"] == "COMMENT"
    return list(value["comments"])


def test_only_touched_lines_are_commented(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": PAGE + "\n新 [乙](../1.2-乙.md)，`a`。\n"})
    (comment,) = suggested(capsys, "--changed")
    assert (comment["path"], comment["line"], comment["side"]) == ("docs/1.1-甲.md", 7, "RIGHT")
    assert "start_line" not in comment
    assert comment["body"].endswith("```suggestion\n新 [乙](1.2-乙.md)，`a`。\n```")
    assert "`LNK004`" in comment["body"]
    assert len(suggested(capsys)) == 2, "without --changed all are given"


def test_taking_them_is_what_fix_would_do(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comments = suggested(capsys)
    lines = (book / "docs/1.1-甲.md").read_text(encoding="utf-8").split("\n")
    for comment in comments:
        body = comment["body"].split("```suggestion\n")[1].removesuffix("```")
        lines[comment.get("start_line", comment["line"]) - 1 : comment["line"]] = body.removesuffix("\n").split("\n")
    assert main(["fix", "docs"]) == 0
    assert "\n".join(lines) == (book / "docs/1.1-甲.md").read_text(encoding="utf-8")


def test_fences_of_the_chapter_do_not_end_the_suggestion(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": "# 1.1-甲\n\n[乙](../1.2-乙.md) ````x````\n"})
    (comment,) = suggested(capsys)
    assert comment["body"].split("\n\n")[-1].startswith("`````suggestion\n")


def test_what_needs_several_places_is_left_to_fix(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"docs/1.1-甲.md": "# 1.1-甲\r\n\r\n[乙](../1.2-乙.md)\r\n"})
    assert suggested(capsys) == [], "a suggestion would put line feeds among these"
    write(book, {"docs/1.1-甲.md": "# 1.1-甲\n\n文。\n"})
    assert suggested(capsys) == []
