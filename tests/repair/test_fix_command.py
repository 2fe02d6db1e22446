"""``convergence-docs fix`` as people use it: what is written, what is said, with which exit code."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from convergence_docs.cli import main
from tests.folders import check, codes, write

GOOD = "# 1.1-甲\n\n## 一、概述\n\n见 [乙](1.2-乙.md)。\n"
WRONG = "# 1.1-甲\r\n\r\n## 一、概述\r\n\r\n见 [乙](../1.2-乙.md)，又见 [丙](没有.md)。"
OTHER = "# 1.2-乙\n\n[甲](1.1-甲.MD)\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two faults that can be mended, in CRLF and in LF, and one that cannot; it is the current one."""
    write(tmp_path, {"书/1.1-甲.md": WRONG, "书/1.2-乙.md": OTHER})
    monkeypatch.chdir(tmp_path)
    return tmp_path / "书"


def test_what_is_certain_is_mended_and_the_rest_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "书"]) == 1
    out = capsys.readouterr().out
    assert (book / "1.1-甲.md").read_bytes() == WRONG.replace("../1.2", "1.2").encode()
    assert (book / "1.2-乙.md").read_bytes() == OTHER.replace("MD", "md").encode()
    assert "书/1.1-甲.md:5:7: mended[LNK004] wrong-depth: '../1.2-乙.md' → '1.2-乙.md'\n" in out
    assert "Mended 2 findings in 2 files; 1 remains.\n     1 no edit is surely right: LNK001 1\n" in out
    assert codes(check(book)) == [("1.1-甲.md", "LNK001")]
    assert main(["fix", "书"]) == 1
    assert "Mended 0 findings in 0 files; 1 remains." in capsys.readouterr().out


def test_in_chinese(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "书", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "书/1.1-甲.md:5:7: 已改[LNK004] wrong-depth：“../1.2-乙.md” → “1.2-乙.md”\n" in out
    assert "改正了 2 个问题，涉及 2 个文件；余下 1 个。\n" in out


def test_nothing_left(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "书", "--select", "LNK003,wrong-depth"]) == 0
    assert "Mended 2 findings in 2 files; 0 remain." in capsys.readouterr().out
    assert codes(check(book)) == [("1.1-甲.md", "LNK001")]


def test_one_chapter_alone(book: Path) -> None:
    assert main(["fix", "书/1.2-乙.md"]) == 0
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode()
    assert (book / "1.2-乙.md").read_bytes() != OTHER.encode()


def test_an_unknown_rule(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "书", "--select", "LNK999"]) == 2
    assert "There is no rule 'LNK999'" in capsys.readouterr().err
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode()


@pytest.mark.parametrize("inside", [True, False], ids=["repository", "plain folder"])
@pytest.mark.parametrize("where", [".", "书"])
def test_the_patch_makes_the_same_files(
    book: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, *, inside: bool, where: str
) -> None:
    if inside:
        subprocess.run(["git", "init", "-q", str(book.parent)], check=True)
    monkeypatch.chdir(book.parent / where)
    assert main(["fix", "--diff", str(book)]) == 1
    patch = capfdbinary.readouterr()
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode(), "nothing is written"
    assert b"Would mend 2 findings in 2 files; 1 remains." in patch.err
    folder = book.parent if inside else Path.cwd()
    subprocess.run(["git", "apply", "-"], input=patch.out, cwd=folder, check=True)
    applied = {path.name: path.read_bytes() for path in book.iterdir()}
    write(book, {"1.1-甲.md": WRONG, "1.2-乙.md": OTHER})
    main(["fix", str(book)])
    assert applied == {path.name: path.read_bytes() for path in book.iterdir()}


def test_the_mode_is_kept(book: Path) -> None:
    os.chmod(book / "1.2-乙.md", 0o640)
    main(["fix", "书"])
    assert (book / "1.2-乙.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in book.iterdir()) == ["1.1-甲.md", "1.2-乙.md"]


def test_a_read_only_file_is_left_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.chmod(book / "1.2-乙.md", 0o444)
    assert main(["fix", "书"]) == 1
    out = capsys.readouterr().out
    assert "书/1.2-乙.md: left alone: The file is read-only.\n" in out
    assert "Mended 1 finding in 1 file; 2 remain." in out
    assert "1 in a file that was left alone: LNK003 1" in out
    assert (book / "1.2-乙.md").read_bytes() == OTHER.encode()


def test_links_and_second_names_are_left_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "深").mkdir()
    (book / "深" / "1.3-丙.md").write_text("# 1.3-丙\n\n[甲](1.1-甲.md)\n[乙](../1.2-乙.md)\n", encoding="utf-8")
    (book / "1.4-丁.md").symlink_to("深/1.3-丙.md")
    os.link(book / "1.2-乙.md", book / "1.5-戊.md")
    assert main(["fix", "书"]) == 1
    out = capsys.readouterr().out
    assert (book / "1.4-丁.md").is_symlink()
    assert "书/1.4-丁.md: left alone: It is reached through a symbolic link: mend 深/1.3-丙.md itself." in out
    assert "书/1.2-乙.md: left alone: The file has several names (hard links)." in out
    assert (book / "1.2-乙.md").stat().st_nlink == 2


def test_other_encodings_are_left_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "1.2-乙.md").write_bytes(OTHER.encode("utf-16"))
    assert main(["fix", "书"]) == 1
    assert "left alone: It is not UTF-8: convert it first." in capsys.readouterr().out
    assert (book / "1.2-乙.md").read_bytes() == OTHER.encode("utf-16")


def test_a_full_disk_changes_nothing(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    assert main(["fix", "书"]) == 2
    assert "No space left on device. Nothing was changed." in capsys.readouterr().err
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode()
    assert (book / "1.2-乙.md").read_bytes() == OTHER.encode()
    assert len(list(book.iterdir())) == 2, "nothing is left behind"


def test_a_file_that_changed_meanwhile_is_left_as_it_is(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from convergence_docs.cli import fix
    from convergence_docs.writing import write_all

    def late(config: object, files: object) -> object:
        (book / "1.2-乙.md").write_text("# 1.2-乙\n\n刚写的。\n", encoding="utf-8")
        return write_all(config, files)  # type: ignore[arg-type]

    monkeypatch.setattr(fix, "write_all", late)
    assert main(["fix", "书"]) == 1
    out = capsys.readouterr().out
    assert (book / "1.2-乙.md").read_text(encoding="utf-8") == "# 1.2-乙\n\n刚写的。\n"
    assert "书/1.2-乙.md: left alone: It changed while it was being mended, and was left as it is now." in out
    assert "Mended 1 finding in 1 file; 2 remain." in out
    assert (book / "1.1-甲.md").read_bytes() != WRONG.encode()


def test_two_at_once(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from convergence_docs.config import find_configs
    from convergence_docs.writing import sole_writer

    (config,) = find_configs(["书"])
    with sole_writer(config):
        assert main(["fix", "书"]) == 2
    assert "Another process is mending this folder." in capsys.readouterr().err
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode()
    assert main(["fix", "书"]) == 1
    assert (book / "1.1-甲.md").read_bytes() != WRONG.encode()


def test_asked_about_each(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(["huh\n", "n\n", "y\n"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: next(answers), raising=False)
    assert main(["fix", "书", "--interactive"]) == 1
    out = capsys.readouterr().out
    assert out.count("Mend this?") == 3
    assert "Answer y, n, a or q." in out
    assert sorted(code for _, code in codes(check(book)) if code != "LNK001") in (["LNK003"], ["LNK004"])


def test_no_terminal_to_ask(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "书", "--interactive"]) == 2
    assert "this is no terminal" in capsys.readouterr().err
    assert (book / "1.1-甲.md").read_bytes() == WRONG.encode()
