"""Chapters begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_docs.cli import main
from tests.folders import check, codes, write

MKDOCS = """site_name: 书
nav:
  - index.md
  - 层:
      - 数学层: 3.1-数学层.md   # 已写完
      - "3.3-能力层.md"
markdown_extensions:
  - convergence_docs.site.anchors
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    write(
        tmp_path,
        {
            "mkdocs.yml": MKDOCS.replace("   # 已写完", ""),
            "docs/index.md": "# 书\n",
            "docs/3.1-数学层.md": "# 3.1-数学层\n",
            "docs/3.3-能力层.md": "# 3.3-能力层\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_number_contents_and_navigation_are_in_place(book: Path) -> None:
    assert main(["new", "docs/3.2-架构层.md"]) == 0
    assert (book / "docs/3.2-架构层.md").read_text(encoding="utf-8") == (
        "# 3.2-架构层\n\n## 目录\n\n"
        "- [一、概述](#一概述)\n- [二、核心结论](#二核心结论)\n- [三、参考文档](#三参考文档)\n\n"
        "## 一、概述\n\n## 二、核心结论\n\n## 三、参考文档\n"
    )
    lines = (book / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert lines[4:6] == ["      - 数学层: 3.1-数学层.md", "      - 3.2-架构层: 3.2-架构层.md"]
    assert codes(check(book)) == []


def test_the_navigation_s_way_and_the_settings_sections_are_kept(book: Path) -> None:
    more = "extra:\n  convergence:\n    options:\n      missing-section:\n        sections: [定义|概念, 结论]\n"
    write(book, {"mkdocs.yml": (book / "mkdocs.yml").read_text(encoding="utf-8") + more})
    assert main(["new", "docs/3.4-应用层.md", "--title", "应用: 层"]) == 0
    assert "# 3.4-应用: 层\n\n## 目录\n\n- [一、定义](#一定义)\n" in (book / "docs/3.4-应用层.md").read_text(
        encoding="utf-8"
    )
    assert '      - "3.3-能力层.md"\n      - 3.4-应用层.md\n' in (book / "mkdocs.yml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "docs/3.1-数学层.md"]) == 2
    assert "Something stands there already." in capsys.readouterr().err
    assert main(["new", "docs/x.txt"]) == 2
    assert main(["new", "elsewhere/x.md"]) == 2


def test_a_patch_is_printed(book: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["new", "docs/3.2-架构层.md", "--diff"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert "new file mode 100644" in out
    assert not (book / "docs/3.2-架构层.md").exists()
