"""Numbers that agree again, and everything that names them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.cli import main
from convergence_docs.model.numbering import format_chinese
from convergence_docs.parse import parse_chapter
from convergence_docs.slug import github_slug
from convergence_docs.text import SourceText
from tests.folders import check, codes, write

CHAPTER = """# 1.1-甲

## 目录

- [六、影响](#六影响)
- [七、层级](#七层级)
  - [7.1 上层](#71-上层)
- [七、关系](#七关系)
  - [7.1 与数学层](#71-与数学层)
- [八、结论](#八结论)

## 六、影响

见第八节，详见 7.1，参见第七节。论文第八节另有说明，`第八节` 是代码。又见[第八节](#八结论)与[结论](#八结论 "见第八节")。

## 七、层级

### 7.1 上层

## 七、关系

### 7.1 与数学层

## 八、结论
"""
OTHER = """# 1.2-乙

参见[甲](1.1-甲.md)的第八节、[八、结论](1.1-甲.md#%E5%85%AB%E7%BB%93%E8%AE%BA)和[关系][1]。第八节不是这里的。

[1]: 1.1-甲.md#七关系
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {"书/1.1-甲.md": CHAPTER.replace("\n", "\r\n"), "书/1.2-乙.md": OTHER})
    monkeypatch.chdir(tmp_path)
    return tmp_path / "书"


def test_everything_follows_and_nothing_else_changes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["renumber", "书"]) == 1
    out = capsys.readouterr().out
    expected = (
        CHAPTER.replace("八、结论", "九、结论")
        .replace("#八结论", "#九结论")
        .replace("七、关系", "八、关系")
        .replace("#七关系", "#八关系")
        .replace("7.1 与数学层", "8.1 与数学层")
        .replace("#71-与数学层", "#81-与数学层")
        .replace("见第八节，详见", "见第九节，详见")
        .replace("[第八节]", "[第九节]")
    )
    assert (book / "1.1-甲.md").read_bytes() == expected.replace("\n", "\r\n").encode()
    assert (book / "1.2-乙.md").read_text(encoding="utf-8") == (
        OTHER.replace("的第八节、", "的第九节、")
        .replace("[八、结论]", "[九、结论]")
        .replace("#%E5%85%AB%E7%BB%93%E8%AE%BA", "#%E4%B9%9D%E7%BB%93%E8%AE%BA")
        .replace("#七关系", "#八关系")
    )
    assert "书/1.1-甲.md:20: '七、关系' → '八、关系'\n" in out
    assert "look here: '七' may mean a renumbered heading" in out
    assert "look here: '7.1' may mean a renumbered heading" in out
    assert "look here: '八' may mean a renumbered heading" in out
    assert [code for _, code in codes(check(book)) if code.startswith(("NUM", "TOC", "LNK"))] == []
    before = {path: path.read_bytes() for path in book.iterdir()}
    assert main(["renumber", "书"]) == 0
    assert "Changed 0 headings and 0 places that follow, in 0 files." in capsys.readouterr().out
    assert {path: path.read_bytes() for path in book.iterdir()} == before


def test_a_patch_does_the_same(book: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    before = {path: path.read_bytes() for path in book.iterdir()}
    main(["renumber", "书", "--diff"])
    patch = capfdbinary.readouterr().out
    assert {path: path.read_bytes() for path in book.iterdir()} == before
    subprocess.run(["git", "init", "-q"], cwd=book.parent, check=True)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=book.parent, input=patch, check=True)
    patched = {path: path.read_bytes() for path in book.iterdir()}
    for path, data in before.items():
        path.write_bytes(data)
    main(["renumber", "书"])
    assert {path: path.read_bytes() for path in book.iterdir() if path.is_file()} == patched


def test_uncommitted_changes_are_told_of(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    assert main(["renumber", "书", "--diff"]) == 1
    assert "not committed" not in capsys.readouterr().err
    (book / "1.2-乙.md").write_text(f"{OTHER}\n又一段。\n", encoding="utf-8")
    assert main(["renumber", "书"]) == 1
    assert capsys.readouterr().out.endswith("1 of these files already held changes that are not committed.\n")
    assert "又一段。" in (book / "1.2-乙.md").read_text(encoding="utf-8")


def test_one_chapter_alone(book: Path) -> None:
    write(book, {"1.3-丙.md": "# 1.3-丙\n\n## 一、甲\n\n## 一、乙\n\n## 二、丙\n"})
    main(["renumber", "书/1.3-丙.md"])
    assert "## 三、丙" in (book / "1.3-丙.md").read_text(encoding="utf-8")
    assert (book / "1.1-甲.md").read_bytes() == CHAPTER.replace("\n", "\r\n").encode()


def test_old_addresses_are_written_down(tmp_path: Path) -> None:
    settings = "site_name: x\nextra:\n  convergence:\n    redirects: redirects.yml\n"
    chapter = "# 甲\n\n## 一、起\n\n## 一、承\n\n## 二、转\n"
    write(tmp_path, {"mkdocs.yml": settings, "docs/甲.md": chapter})
    assert main(["renumber", str(tmp_path)]) == 0
    lines = (tmp_path / "docs/redirects.yml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    assert len(lines) == 3
    write(
        tmp_path,
        {"docs/甲.md": (tmp_path / "docs/甲.md").read_text(encoding="utf-8").replace("## 三、转", "## 二、转")},
    )
    main(["renumber", str(tmp_path)])
    assert (tmp_path / "docs/redirects.yml").read_text(encoding="utf-8").splitlines() == lines


COUNTS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.booleans()), min_size=3, max_size=7)


def chapter_of(counts: list[tuple[int, int, bool]]) -> str:
    """A chapter whose sections step forward by one, mostly, and whose subsections were not always counted anew."""
    lines, value = ["# 章"], 0
    links = []
    for at, (step, children, is_stale) in enumerate(counts):
        value = max(1, value + (1 if step > 1 else 0))
        lines += ["", f"## {format_chinese(value)}、节{at}"]
        links.append(f"[{format_chinese(value)}、节{at}](#{github_slug(f'{format_chinese(value)}、节{at}')})")
        for child in range(1, children + 1):
            above = max(1, value - 1) if is_stale else value
            lines += ["", f"### {above}.{child} 目{at}{child}"]
    return "\n".join([*lines[:1], "", *links, *lines[1:], ""])


@settings(max_examples=60)
@given(COUNTS)
def test_any_chapter_counts_again_and_links_lead_where_they_led(counts: list[tuple[int, int, bool]]) -> None:
    text = chapter_of(counts)
    with TemporaryDirectory() as name:
        root = write(Path(name), {"章.md": text})
        assert main(["renumber", name]) in (0, 1)
        after = (root / "章.md").read_text(encoding="utf-8")
        assert [code for _, code in codes(check(root)) if code.startswith("NUM")] == []
        assert main(["renumber", name]) in (0, 1)
        assert (root / "章.md").read_text(encoding="utf-8") == after
    old, new = (parse_chapter(SourceText("章.md", one), github=False) for one in (text, after))
    titles = [[one.number.title if one.number else one.text for one in chapter.headings] for chapter in (old, new)]
    assert titles[0] == titles[1]
    places = [{one.site_id: at for at, one in enumerate(chapter.headings)} for chapter in (old, new)]
    led = [
        [where.get(unquote(one.destination[1:])) for one in chapter.links]
        for chapter, where in zip((old, new), places, strict=True)
    ]
    assert led[0] == led[1]
    assert None not in led[1]
