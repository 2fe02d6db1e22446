"""Graph, references and index of terms of other people's sites, as a build makes them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from tests.site.conftest import build

CONFIG = """
site_name: 书
theme: {name: material, language: LANGUAGE}
use_directory_urls: false
plugins: [convergence]
markdown_extensions: [footnotes]
exclude_docs: "secret.md"
draft_docs: "draft.md"
extra:
  convergence:
    site: {graph: /maps/graph/, references: refs, term_index: terms, language: LANGUAGE}
"""
PAGES = {
    "index.md": "# 首页\n",
    "a/甲 1.md": '# 甲 <script>alert(1)</script> & "乙"\n\n[乙](../b/乙.md)[^1]\n\n[^1]: Knuth, D. <https://doi.org/10.1/x>\n',
    "b/乙.md": '# 乙\n\n[甲](<../a/甲 1.md>)\n\n## References\n\n- Knuth, D. 1968 [x"><b>](https://doi.org/10.1000/182)\n',
    "draft.md": "# 草稿\n\n[甲](<a/甲 1.md>)\n",
    "secret.md": "# 秘密\n\n## References\n\n- Secret 2020 <https://example.org/secret>\n",
}


def built(folder: Path, language: str) -> dict[str, str]:
    """The generated pages of a site without vocabulary, navigation and folders for pages."""
    for path, text in PAGES.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG.replace("LANGUAGE", language), "utf-8")
    result = build(folder / "mkdocs.yml", folder / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WARNING" not in result.stderr, result.stderr
    made = sorted((folder / "site").glob("*/**/index.html"))
    return {path.relative_to(folder / "site").as_posix(): path.read_text("utf-8") for path in made}


def article(page: str) -> str:
    return page.partition("<article")[2].partition("</article>")[0]


def test_a_site_without_vocabulary_has_graph_and_references_and_no_index_of_terms(tmp_path: Path) -> None:
    pages = built(tmp_path / "one", "zh")
    assert list(pages) == ["maps/graph/index.html", "refs/index.html"]
    graph, references = (article(page) for page in pages.values())
    for path, html in (("maps/graph", graph), ("refs", references)):
        links = [unquote(link) for link in re.findall(r'<a href="([^"#]+)', html) if not link.startswith("http")]
        assert len(links) >= 2
        for link in links:
            assert (tmp_path / "one" / "site" / path / link).resolve().is_file(), link
        assert "<script>alert" not in html
        assert "<b>" not in html
    assert 'href="https://doi.org/10.1000/182"' in references
    assert "草稿" not in graph
    assert "Secret" not in references
    again = built(tmp_path / "two", "zh")
    assert {path: article(page) for path, page in again.items()} == {
        path: article(page) for path, page in pages.items()
    }, "the same bytes"


def test_words_are_english_where_the_site_is(tmp_path: Path) -> None:
    pages = built(tmp_path, "en")
    graph, references = (re.sub(r"<[^>]+>", " ", article(page)) for page in pages.values())
    assert "How chapters link" in graph
    assert "Links to" in graph
    assert "Cited in" in references
    assert "链接" not in graph
    assert "引用" not in references
