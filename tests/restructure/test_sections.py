"""Sections put in and moved, with everything that names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_docs.cli import main
from tests.folders import check, codes, write

CHAPTER = """# 1.1-甲

## 目录

- [一、起](#一起)
  - [1.1 始](#11-始)
- [二、承](#二承)
  - [2.1 接](#21-接)
- [三、转](#三转)

---

## 一、起

### 1.1 始

见第三节。

---

## 二、承

### 2.1 接

文。

---

## 三、转

见[二、承](#二承)与 2.1 节。
"""
OTHER = "# 1.2-乙\n\n见[三、转](1.1-甲.md#三转)。\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {"书/1.1-甲.md": CHAPTER, "别处/1.2-乙.md": OTHER.replace("1.1-甲", "../书/1.1-甲")})
    monkeypatch.chdir(tmp_path)
    assert codes(check(tmp_path)) == []
    return tmp_path


def chapter(book: Path) -> str:
    assert codes(check(book)) == []
    return (book / "书/1.1-甲.md").read_text(encoding="utf-8")


def test_a_section_goes_in_and_the_rest_counts_on(book: Path) -> None:
    assert main(["insert-section", "书/1.1-甲.md", "新的一节", "--after", "一"]) == 0
    assert chapter(book) == (
        CHAPTER.replace("三、转](#三转", "四、转](#四转")
        .replace("## 三、转", "## 四、转")
        .replace("二、承](#二承", "三、承](#三承")
        .replace("## 二、承", "## 三、承")
        .replace("2.1 接](#21-接", "3.1 接](#31-接")
        .replace("### 2.1 接", "### 3.1 接")
        .replace("2.1 节", "3.1 节")
        .replace("第三节", "第四节")
        .replace("- [三、承]", "- [二、新的一节](#二新的一节)\n- [三、承]")
        .replace("## 三、承", "## 二、新的一节\n\n---\n\n## 三、承")
    )
    assert "[四、转](../书/1.1-甲.md#四转)" in (book / "别处/1.2-乙.md").read_text(encoding="utf-8")


def test_before_the_first(book: Path) -> None:
    assert main(["insert-section", "书/1.1-甲.md", "序", "--before", "#一起"]) == 0
    assert "## 一、序\n\n---\n\n## 二、起\n\n### 2.1 始" in chapter(book)


def test_at_the_end_and_below(book: Path) -> None:
    assert main(["insert-section", "书/1.1-甲.md", "合", "--after", "三、转"]) == 0
    assert chapter(book).endswith("见[二、承](#二承)与 2.1 节。\n\n---\n\n## 四、合\n")
    assert main(["insert-section", "书/1.1-甲.md", "续", "--after", "2.1"]) == 0
    assert "### 2.2 续\n\n" in chapter(book)
    assert "  - [2.2 续](#22-续)\n" in chapter(book)


def test_a_section_moves(book: Path) -> None:
    assert main(["move-section", "书/1.1-甲.md", "一", "--after", "三"]) == 0
    text = chapter(book)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# 1.1-甲", "## 目录", "## 一、承", "### 1.1 接", "## 二、转", "## 三、起", "### 3.1 始",
    ]  # fmt: skip
    assert "见第二节。" in text
    assert "见[一、承](#一承)与 1.1 节。" in text
    assert "[二、转](../书/1.1-甲.md#二转)" in (book / "别处/1.2-乙.md").read_text(encoding="utf-8")
    assert main(["move-section", "书/1.1-甲.md", "三", "--before", "一"]) == 0
    assert chapter(book) == CHAPTER


def test_a_section_moves_below_another(book: Path) -> None:
    assert main(["move-section", "书/1.1-甲.md", "二", "--after", "1.1"]) == 0
    headings = [line for line in chapter(book).splitlines() if line.startswith("#")]
    assert headings == ["# 1.1-甲", "## 目录", "## 一、起", "### 1.1 始", "### 1.2 承", "#### 1.2.1 接", "## 二、转"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["insert-section", "书/1.1-甲.md", "x", "--after", "九"], "No heading is named '九'."),
        (["move-section", "书/1.1-甲.md", "二", "--after", "2.1"], "A section cannot be moved into itself."),
        (["insert-section", "书/没有.md", "x", "--after", "一"], "没有.md"),
        (["insert-section", "书/1.1-甲.md", "x"], "--after"),
    ],
)
def test_what_cannot_be_done_is_said(
    book: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert chapter(book) == CHAPTER


def test_a_name_of_several_headings_is_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"书/x.md": "# 题\n\n## 小结\n\n甲\n\n## 别的\n\n## 小结\n"})
    assert main(["insert-section", "书/x.md", "x", "--after", "小结"]) == 2
    assert "'小结' names several headings (lines 3, 9)." in capsys.readouterr().err
    assert main(["insert-section", "书/x.md", "新", "--after", "#小结-1"]) == 0
    assert (book / "书/x.md").read_text(encoding="utf-8").endswith("## 小结\n\n## 新\n")
