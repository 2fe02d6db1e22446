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
