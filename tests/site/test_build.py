"""The build: strict, without a network, with faults planted, and on somebody else's site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import ROOT, build, copy_project

CHAPTER = "docs/chapters/03.2.2-架构层收敛.md"
BLOCKER = """
import os, socket
def refuse(*arguments, **options):
    with open(os.environ["ATTEMPTS"], "a") as file:
        file.write(repr(arguments) + "\\n")
    raise OSError("no network here")
socket.getaddrinfo = refuse
socket.socket.connect = socket.socket.connect_ex = refuse
"""
FAULTS = {
    "LNK001": ("见[没有的一章](03.9.9-没有这一章.md)。", "03.9.9-没有这一章.md"),
    "NUM001": ("## 七、与收敛模型的关系", "七、"),
    "TAB001": ("| 采用率 |", "| 采用率 |"),
}


def test_the_strict_build_asks_nothing_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCKER)
    attempts = tmp_path / "attempts"
    monkeypatch.setenv("ATTEMPTS", str(attempts))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH")))))
    control = "import urllib.request; urllib.request.urlopen('http://example.org/')"
    assert subprocess.run([sys.executable, "-c", control], capture_output=True, check=False).returncode != 0
    assert "example.org" in attempts.read_text(), "the probe does not see requests, so this proves nothing"
    attempts.unlink()
    result = build(ROOT / "mkdocs.yml", tmp_path / "site", "--strict")
    assert result.returncode == 0, result.stderr
    assert not attempts.exists(), attempts.read_text()
    assert (tmp_path / "site" / "assets" / "convergence" / "mermaid.js").stat().st_size > 1_000_000


def test_planted_faults_stop_the_strict_build(tmp_path: Path) -> None:
    config = copy_project(tmp_path)
    chapter = tmp_path / CHAPTER
    lines = chapter.read_text("utf-8").replace("## 八、与收敛模型的关系", FAULTS["NUM001"][0]).splitlines()
    assert FAULTS["NUM001"][0] in lines, "the chapter has changed: plant the duplicate number elsewhere"
    lines += ["", FAULTS["LNK001"][0], "", "| 维度 | 收敛度 |", "| --- | --- |", FAULTS["TAB001"][0]]
    chapter.write_text("\n".join(lines) + "\n", "utf-8")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert "strict mode" in result.stdout + result.stderr
    said = result.stderr.splitlines()
    for code, (line, marked) in FAULTS.items():
        number = lines.index(line) + 1
        column = line.index(marked) + 1
        heads = [at for at, text in enumerate(said) if f"{CHAPTER}:{number}:" in text and f"[{code}]" in text]
        assert len(heads) == 1, (code, result.stderr)
        at = heads[0]
        if code != "TAB001":
            assert f"{CHAPTER}:{number}:{column}: " in said[at]
        assert said[at + 1].endswith(line), "the source line is shown"
        assert re.fullmatch(r" +\| +\^+", said[at + 2]), "with a caret under it"
        assert "建议：" in said[at + 3], "and what to do"


def test_a_broken_formula_is_a_warning_at_its_place(tmp_path: Path) -> None:
    config = copy_project(tmp_path)
    chapter = tmp_path / CHAPTER
    chapter.write_text(chapter.read_text("utf-8") + "\n坏了：$\\frac{1$。\n", "utf-8")
    number = len(chapter.read_text("utf-8").splitlines())
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert f"{CHAPTER}:{number}:5: " in result.stderr
    assert "[SIT001]" in result.stderr
    page = tmp_path / "site" / "chapters" / Path(CHAPTER).stem / "index.html"
    if page.exists():  # MkDocs stops before or after writing, as it likes
        assert "cd-math--broken" in page.read_text("utf-8")


BARE = """
site_name: Somebody's site
plugins: [convergence]
"""


def test_what_a_baseline_holds_stops_no_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "index.md"
    page.write_text("# Home\n\nSee [there](nowhere.md).\n", encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{BARE}theme: mkdocs\n", encoding="utf-8")
    command = [sys.executable, "-m", "convergence_docs", "baseline", str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 0, result.stderr
    assert "convergence-baseline.json" in result.stderr, "what is not shown is told"
    page.write_text("# Home\n\nSee [there](nowhere.md) and [here](none.md).\n", encoding="utf-8")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert "none.md" in result.stderr


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_the_plugin_checks_another_site(tmp_path: Path, theme: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nSee [there](nowhere.md).\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{BARE}theme:\n  name: {theme}\n  font: false\n" if theme == "material" else BARE)
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert "docs/index.md:3:13: error[LNK001] missing-file: " in result.stderr
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nAll is well.\n")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 0, result.stderr
    assert "convergence.css" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_wrong_site_setting_is_said_with_a_suggestion(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(BARE + "extra:\n  convergence:\n    site:\n      rulepages: rules\n")
    result = build(config, tmp_path / "site")
    assert "extra.convergence.site.rulepages" in result.stderr
    assert "'rule_pages'" in result.stderr
    assert build(config, tmp_path / "site", "--strict").returncode == 1


def test_mkdocs_does_not_repeat_what_the_report_has_told(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "b.md").write_text("# B\n", encoding="utf-8")
    text = "# A\n\n[x](gone.md) [y](b.md#no) ![i](没有.png) [z](%E6%B2%A1.md)\n\n[w](off/later.md) [b](b.md)\n"
    (docs / "index.md").write_text(text, encoding="utf-8")
    (docs / "off").mkdir()
    (docs / "off" / "c.md").write_text("# C\n\n[x](gone.md)\n", encoding="utf-8")
    settings = "extra: {convergence: {paths: {'off/*': {LNK001: 'off'}}}}\n"
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: A\ntheme: mkdocs\nplugins: [convergence]\n{settings}", encoding="utf-8")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert result.stderr.count("LNK001") == 3
    said = [line for line in result.stderr.splitlines() if "Doc file" in line]
    assert len(said) == 1, said
    assert "off/c.md" in said[0], "what the report does not tell, MkDocs does"
