"""Other site generators: found by their files, above a folder and in it, and told of in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_docs.config import find_configs
from convergence_docs.config.generators import find_generators
from convergence_docs.engine import check


def test_the_nearest_marker_names_the_generator() -> None:
    files = ["site/book.toml", "site/src/a.md", "blog/_index.md", "blog/x/_index.md", "x/mkdocs-online.yml", "a.md"]
    found = find_generators("Sphinx", files, ["guide/.vitepress", ".github"])
    assert [(one.folder, one.name) for one in found] == [
        ("guide", "VitePress"), ("blog", "Hugo"), ("site", "mdBook"), ("x", "MkDocs"), ("", "Sphinx"),
    ]  # fmt: skip


@pytest.mark.parametrize("use_cache", [False, True])
def test_a_folder_below_a_generators_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use_cache: bool
) -> None:
    monkeypatch.setenv("CONVERGENCE_DOCS_CACHE", str(tmp_path / "cache"))
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    docs = repository / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("# A\n\n[b](./b) [c](gone/)\n", encoding="utf-8")
    (docs / "b.md").write_text("# B\n", encoding="utf-8")
    said = [check(config, use_cache=use_cache) for config in find_configs([docs])]
    assert [one.code for one in said[0].findings] == ["LNK009", "LNK001"]
    (repository / "docusaurus.config.ts").touch()
    for _ in range(2):  # the second time from memory
        report = check(find_configs([docs])[0], use_cache=use_cache)
        assert not report.findings
        assert any("Docusaurus" in what.en for what in report.unverified)


def test_what_git_ignores_is_made_by_a_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("/docs/reference/cli.md\n*.gen.md\n", encoding="utf-8")
    (docs / ".gitignore").write_text("pdf/\n# c\n", encoding="utf-8")
    text = "# A\n\n[b](reference/cli.md#x) [c](b.gen.md) [d](pdf/x.pdf) [e](../y.gen.md)\n\n[gone](reference/gone.md)\n"
    (docs / "a.md").write_text(text, encoding="utf-8")
    found = check(find_configs([docs])[0], use_cache=False).findings
    assert [(one.code, one.line) for one in found] == [("LNK001", 5)]


def test_below_a_table_stand_what_other_generators_read(tmp_path: Path) -> None:
    table = "| a | b |\n| - | - |\n| 1 | 2 |\n"
    below = ("{.wide}", ":label:`tab_x`", ": Caption", "prose")
    (tmp_path / "a.md").write_text("# A\n\n" + "".join(f"{table}{line}\n\n" for line in below), encoding="utf-8")
    found = check(find_configs([tmp_path])[0], use_cache=False).findings
    assert [(one.code, one.line) for one in found] == [("TAB001", 21)]
