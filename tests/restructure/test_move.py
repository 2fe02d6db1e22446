"""Chapters, files and folders elsewhere, with every link to them and from them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.cli import main
from tests.folders import check, codes, write

MKDOCS = """site_name: 书
nav:
  - 首页: index.md
  - "架构层": "03/03.2.2-架构层.md"
  - 03/03.2.1-数学层.md
markdown_extensions:
  - convergence_docs.site.anchors
extra:
  convergence:
    redirects: redirects.yml
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": (
        "# 书\n\n见[架构层](03/03.2.2-架构层.md#0322-架构层)与[03.2.2-架构层](./03/03.2.2-架构层.md '题')。\n"
    ),
    "docs/03/03.2.2-架构层.md": (
        "---\nimage: 03/图.svg\n---\n\n# 03.2.2-架构层\n\n"
        "[数学层](03.2.1-数学层.md)、[首页](../index.md)、[本页](#0322-架构层)、"
        "![图](图.svg)、"
        "[%E6%95%B0](03.2.1-%E6%95%B0%E5%AD%A6%E5%B1%82.md)、[没有](没有.md)、[外](https://example.com/)。\n"
    ),
    "docs/03/03.2.1-数学层.md": "# 03.2.1-数学层\n\n[架构层][1]\n\n[1]: <03.2.2-架构层.md> '题'\n",
    "docs/03/图.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
}


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def held(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_a_chapter_moves_and_comes_back(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(book)
    findings = codes(check(book))
    assert main(["move", "docs/03/03.2.2-架构层.md", "docs/深/层/"]) == 0
    assert "03/03.2.2-架构层.md → 深/层/03.2.2-架构层.md\n" in capsys.readouterr().out
    after = {path: data.decode() for path, data in held(book).items()}
    assert "docs/03/03.2.2-架构层.md" not in after
    assert after["docs/深/层/03.2.2-架构层.md"] == (
        FILES["docs/03/03.2.2-架构层.md"]
        .replace("(03.2.1-", "(../../03/03.2.1-").replace("(../index.md)", "(../../index.md)")
        .replace("(图.svg)", "(../../03/图.svg)").replace("(没有.md)", "(../../03/没有.md)")
    )  # fmt: skip
    assert after["docs/index.md"] == FILES["docs/index.md"].replace("03/03.2.2", "深/层/03.2.2")
    assert after["docs/03/03.2.1-数学层.md"] == FILES["docs/03/03.2.1-数学层.md"].replace("<03", "<../深/层/03")
    assert after["mkdocs.yml"] == MKDOCS.replace("03/03.2.2", "深/层/03.2.2")
    assert '"03/03.2.2-架构层.md": "深/层/03.2.2-架构层.md"\n' in after["docs/redirects.yml"]
    assert [code for _, code in codes(check(book))] == [code for _, code in findings]
    assert main(["move", "docs/深/层/03.2.2-架构层.md", "docs/03/03.2.2-架构层.md"]) == 0
    assert held(book) == before
    assert not (book / "docs/深").exists()


def test_a_chapter_gets_another_number(book: Path) -> None:
    before = held(book)
    assert main(["move", "docs/03/03.2.2-架构层.md", "docs/03/03.2.4-架构层.md"]) == 0
    after = {path: data.decode() for path, data in held(book).items()}
    assert "# 03.2.4-架构层\n" in after["docs/03/03.2.4-架构层.md"]
    assert "[本页](#0324-架构层)" in after["docs/03/03.2.4-架构层.md"]
    assert (
        "[架构层](03/03.2.4-架构层.md#0324-架构层)与[03.2.4-架构层](./03/03.2.4-架构层.md '题')"
        in after["docs/index.md"]
    )
    assert '"03/03.2.2-架构层.md#0322-架构层": "03/03.2.4-架构层.md#0324-架构层"' in after["docs/redirects.yml"]
    assert main(["move", "docs/03/03.2.4-架构层.md", "docs/03/03.2.2-架构层.md"]) == 0
    assert held(book) == before


def test_a_folder_moves_with_all_it_holds(book: Path) -> None:
    before = held(book)
    assert main(["move", "docs/03", "docs/三"]) == 0
    after = {path: data.decode() for path, data in held(book).items()}
    assert after["docs/三/03.2.2-架构层.md"] == FILES["docs/03/03.2.2-架构层.md"].replace("image: 03/", "image: 三/")
    assert after["docs/三/图.svg"] == FILES["docs/03/图.svg"]
    assert after["mkdocs.yml"] == MKDOCS.replace("03/03", "三/03")
    assert after["docs/index.md"] == FILES["docs/index.md"].replace("03/03", "三/03")
    assert main(["move", "docs/三", "docs/03"]) == 0
    assert held(book) == before


def test_git_sees_a_rename(book: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], check=True)
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run(["git", *identity, "commit", "-qm", "x"], check=True)
    assert main(["move", "docs/03/图.svg", "docs/图 二.svg"]) == 0
    said = subprocess.run(
        ["git", "-c", "core.quotePath=off", "status", "--short", "-z"], capture_output=True, check=True
    )
    assert "R  docs/图 二.svg\0docs/03/图.svg\0".encode() in said.stdout
    assert "(<../图 二.svg>)" not in (book / "docs/03/03.2.2-架构层.md").read_text(encoding="utf-8")
    assert "![图](../图%20二.svg)" in (book / "docs/03/03.2.2-架构层.md").read_text(encoding="utf-8")


def test_a_heading_is_renamed(book: Path) -> None:
    write(
        book,
        {"docs/a.md": "# 甲\n\n## 目录\n\n- [一、起](#一起)\n\n## 一、起\n", "docs/b.md": "# 乙\n\n[起](a.md#一起)\n"},
    )
    assert main(["move", "docs/a.md#一起", "缘起"]) == 0
    assert (book / "docs/a.md").read_text(
        encoding="utf-8"
    ) == "# 甲\n\n## 目录\n\n- [一、缘起](#一缘起)\n\n## 一、缘起\n"
    assert "[起](a.md#一缘起)" in (book / "docs/b.md").read_text(encoding="utf-8")
    assert '"a.md#一起": "a.md#一缘起"' in (book / "docs/redirects.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["docs/03/图.svg", "docs/index.md"], "Something stands there already."),
        (["docs/03/图.svg", "图.svg"], "The new place is outside the docs folder."),
        (["docs/03", "docs/03/深"], "A folder cannot be moved into itself."),
        (["docs/03/图.svg", "docs/03/"], "It is there already."),
        (["docs/没有.md", "docs/x.md"], "没有.md"),
    ],
)
def test_what_cannot_be_moved(book: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(book)
    assert main(["move", *words]) == 2
    assert said in capsys.readouterr().err
    assert held(book) == before


NAMES = st.sampled_from(["a.md", "甲.md", "b c.md", "子/a.md", "子/乙(一).md", "子/深/c.md", "图.png"])
SPELLING = st.sampled_from(["{}", "./{}", "<{}>", "{}#甲", "{}?x=1"])


@settings(max_examples=60)
@given(
    st.lists(st.tuples(NAMES, SPELLING, st.booleans()), min_size=1, max_size=6),
    NAMES,
    st.sampled_from(["新.md", "子/", "另/处/x.md", "子/新 名.md"]),
)
def test_there_and_back_restores_every_byte(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[str, str, bool]], old: str, new: str
) -> None:
    import os
    from urllib.parse import quote

    root = tmp_path_factory.mktemp("book")
    names = ["a.md", "甲.md", "b c.md", "子/a.md", "子/乙(一).md", "子/深/c.md"]
    files: dict[str, str] = {"图.png": "x"}
    for name in names:
        lines = []
        for target, spelling, is_quoted in links:
            way = os.path.relpath(target, os.path.dirname(name) or ".")
            plain = way.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
            way = way if spelling.startswith("<") else quote(way) if is_quoted else plain
            lines.append(f"[x]({spelling.format(way)})")
        files[name] = "# 甲\n\n" + "\n".join(lines) + "\n"
    write(root, files)
    before = held(root)
    here = Path.cwd()
    os.chdir(root)
    try:
        codes_before = sorted(code for _, code in codes(check(root)))
        if new.endswith(".md") != old.endswith(".md") and not new.endswith("/"):
            new = new[:-3] + ".png"
        if main(["move", old, new]) != 0:
            assert held(root) == before
            return
        assert sorted(code for _, code in codes(check(root))) == codes_before
        there = new + os.path.basename(old) if new.endswith("/") else new
        assert main(["move", there, old]) == 0
        assert held(root) == before
    finally:
        os.chdir(here)
