"""What a build adds from the book: on our own site, on somebody else's, and nothing where nobody asked."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from convergence_docs.schemas import published
from tests.site import shelf
from tests.site.conftest import Served, build

CHAPTER = "chapters/03.2.2-架构层收敛"
CONFIG = """
site_name: Somebody's site
plugins: [convergence]
extra:
  convergence:
    vocabulary: vocabulary.yml
"""
ALL = "    site: {matrix: figures, terms: who, tables: true}\n"


class Links(HTMLParser):
    """The links of a page, those that download, its ids and bars; mermaid2 writes attributes in an order of its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.downloads: list[str] = []
        self.ids: set[str] = set()
        self.bars = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of where a tag leads, and of its id."""
        values = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := values.get(name))}
        if tag == "a" and (href := values.get("href")):
            self.links.append(href)
            self.downloads += [href] if "download" in values else []
        self.bars += values.get("class") == "cd-bar"


def somebodys(folder: Path, settings: str = ALL, **more: str) -> Path:
    """Somebody's site, built strictly; its folder."""
    docs = folder / "docs"
    for path, text in {
        **shelf.FILES,
        "index.md": "# 首页\n\n正文。\n",
        "vocabulary.yml": shelf.VOCABULARY,
        **more,
    }.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG + settings, "utf-8")
    result = build(folder / "mkdocs.yml", folder / "site", "--strict")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


def generated(site: Served) -> list[Path]:
    return [site.folder / "matrix" / "index.html", *sorted((site.folder / "terms").rglob("index.html"))]


def test_every_link_of_the_generated_pages_leads_somewhere(site: Served) -> None:
    pages = generated(site)
    assert len(pages) > 20
    known: dict[Path, set[str]] = {}
    broken, followed = [], 0
    for page in pages:
        address = f"/{page.parent.relative_to(site.folder).as_posix()}/"
        for link in Links(page.read_text("utf-8")).links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, fragment = urljoin(address, link).partition("#")
            target = site.folder / unquote(path).strip("/")
            target = target / "index.html" if path.endswith("/") else target
            if not target.is_file():
                broken.append((address, link))
            elif fragment:
                known.setdefault(target, Links(target.read_text("utf-8")).ids)
                if unquote(fragment) not in known[target]:
                    broken.append((address, link))
            followed += 1
    assert broken == []
    assert followed > 1000


def test_the_matrix_shows_what_the_chapters_state(site: Served) -> None:
    page = (site.folder / "matrix" / "index.html").read_text("utf-8")
    row = re.search(r'<tr><th scope="row"><a [^>]*>架构层</a></th>(.*?)</tr>', page)
    assert row is not None
    shown = re.sub(r"<ul>.*?</ul>|<svg.*?</svg>|<[^>]+>", " ", row[1]).split()
    assert "95%以上" in shown
    assert "95%" in shown
    assert "★★★★★" in shown


def test_the_claims_can_be_taken_away(site: Served) -> None:
    text = (site.folder / "matrix" / "claims.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    claims = json.loads((site.folder / "matrix" / "claims.json").read_text("utf-8"))
    assert len(rows) == len(claims) > 100
    one = next(row for row in rows if row["path"].endswith("架构层收敛.md") and row["text"] == "95%以上")
    source = (Path(__file__).parents[2] / "docs" / one["path"]).read_text("utf-8").splitlines()[int(one["line"]) - 1]
    assert source[int(one["column"]) - 1 :].startswith("95%以上")
    for name, schema in published().items():
        assert (site.folder / "matrix" / name).read_text("utf-8") == schema


def test_a_chapters_tables_can_be_taken_away(site: Served) -> None:
    page = Links((site.folder / CHAPTER / "index.html").read_text("utf-8"))
    assert page.downloads == [f"table-{number}.{kind}" for number in (1, 4, 5) for kind in ("csv", "json")]
    claims = json.loads((site.folder / CHAPTER / "table-4.json").read_text("utf-8"))
    assert [one["text"] for one in claims] == ["95%以上", "100%", "无争议", "无争议", "★★★★★", "★★★★★", "95%", "100%"]


def test_all_layer_tables_of_the_book_are_found_in_its_pages(site: Served) -> None:
    """Where a page's table were not recognised, its files would be there without a link to them."""
    files = {path.resolve() for path in site.folder.rglob("table-*.csv")}
    assert len(files) >= 10
    linked = {
        (page.parent / unquote(link)).resolve()
        for page in site.folder.rglob("index.html")
        for link in Links(page.read_text("utf-8")).downloads
        if link.endswith(".csv")
    }
    assert linked == files


def test_a_table_has_bars_and_words_for_stars(site: Served) -> None:
    page = (site.folder / CHAPTER / "index.html").read_text("utf-8")
    assert Links(page).bars >= 8
    assert re.search(r'<span [^<>]*aria-label="5 星，共 5 星"[^<>]*>★★★★★</span>', page)


@pytest.mark.parametrize("urls", ["true", "false"])
def test_somebody_elses_site_gets_all_of_it(tmp_path: Path, urls: str) -> None:
    target = somebodys(tmp_path, f"{ALL}use_directory_urls: {urls}\n")
    suffix = "/index.html" if urls == "true" else ".html"
    page = (target / "figures" / "index.html").read_text("utf-8")
    assert "cd-chart" in page
    chapter = (target / f"a{suffix}").read_text("utf-8")
    links = Links(chapter).downloads
    assert len(links) == 4
    folder = (target / f"a{suffix}").parent
    assert all((folder / link).is_file() for link in links)
    assert (target / f"who/layer-architectural{suffix}").is_file()


def test_nothing_is_added_where_nobody_asked(tmp_path: Path) -> None:
    target = somebodys(tmp_path, "")
    assert not (target / "figures").exists()
    assert not list(target.rglob("table-*"))
    page = (target / "a" / "index.html").read_text("utf-8")
    assert not {"cd-chart", "cd-matrix", "cd-share", "cd-stars", "cd-download"} & set(re.findall(r"[\w-]+", page))
    styles = (target / "assets" / "convergence" / "convergence.css").read_text("utf-8")
    assert ".cd-math--display" in styles
    assert ".cd-matrix" not in styles


def test_what_the_docs_hold_stays_theirs(tmp_path: Path) -> None:
    own = '# 我的表\n\n<div data-convergence="matrix"></div>\n'
    target = somebodys(tmp_path, **{"figures/index.md": own})
    page = (target / "figures" / "index.html").read_text("utf-8")
    assert "我的表" in page
    assert "cd-matrix" in page, "a mark works on every page"


def test_pages_outside_an_explicit_navigation_are_no_fault(tmp_path: Path) -> None:
    nav = "nav: [index.md, a.md, b/驱动力.md]\nvalidation: {omitted_files: warn}\n"
    assert (somebodys(tmp_path, ALL + nav) / "figures" / "index.html").is_file()


def test_a_site_without_a_vocabulary_has_a_matrix_all_the_same(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(shelf.LAYERS, "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG.replace("    vocabulary: vocabulary.yml\n", "") + ALL, "utf-8")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site" / "figures" / "index.html").read_text("utf-8")
    assert "架构层" in page
    assert "cd-chart" not in page, "nobody says what a layer is, nor what its degree"
    assert "<fieldset" not in page, "there is one kind of subject alone"
    assert not (tmp_path / "site" / "who").exists()
