"""What a build publishes beside its pages: true dates, the same bytes everywhere, nothing without an address."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest

from tests.folders import write
from tests.site.conftest import ROOT

START = 1_700_000_000
URL = "https://example.org/书/"
MKDOCS = """site_name: 书 & 它
site_description: 一本"小"书
site_url: {url}
use_directory_urls: {directories}
theme: {theme}
plugins: [convergence]
markdown_extensions: [tables]
nav: [index.md, 章: [章/甲.md, 章/乙.md], matrix/index.md]
extra:
  convergence:
    site: {{feed: feed.xml, llms: true, model: data/model.json, matrix: matrix, tables: true}}
"""
MATERIAL = "{name: material, font: false, language: zh}"
FILES = {
    "docs/index.md": "# 首页\n\n见[甲](章/甲.md)、[对照表](matrix/index.md)与[模型](data/model.json)。\n",
    "docs/章/甲.md": '---\ndescription: 甲说的是 "甲" <b>\n---\n# 甲\n\n见[乙](乙.md#乙)与[图](../图.svg)。\n\n'
                    "| 层 | 收敛度 |\n| --- | --- |\n| 架构层 | 95% |\n",
    "docs/章/乙.md": "# 乙\n\n两页的第一段一模一样，都是这句话。\n\n乙自己的第二段，别处没有这样写。\n",
    "docs/丙.md": "# 丙\n\n两页的第一段一模一样，都是这句话。\n",
    "docs/暗.md": "---\nrobots: noindex\n---\n# 暗\n\n这一页不让搜索引擎收录，也不列出。\n",
    "docs/图.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
}  # fmt: skip


def git(folder: Path, *words: str, time: int = START) -> None:
    environ = {**os.environ, "GIT_AUTHOR_DATE": f"@{time} +0000", "GIT_COMMITTER_DATE": f"@{time} +0800"}
    command = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.com", *words]
    subprocess.run(command, check=True, capture_output=True, env=environ)


def made(folder: Path, *, url: str = URL, theme: str = MATERIAL, directories: str = "true") -> Path:
    """A repository with the book, whose chapter 乙 was changed a day after the others, and 丙 is not committed."""
    write(folder, FILES | {"mkdocs.yml": MKDOCS.format(url=url, theme=theme, directories=directories)})
    git(folder, "init", "-q")
    for name in ("丙.md", "章/乙.md"):
        (folder / "docs" / name).rename(folder / Path(name).name)
    (folder / "docs/章/乙.md").write_text("# 乙\n\n从前是另外一句话，与现在不同。\n", encoding="utf-8")
    git(folder, "add", "docs", "mkdocs.yml")
    git(folder, "commit", "-qm", "x")
    (folder / "乙.md").rename(folder / "docs/章/乙.md")
    git(folder, "commit", "-qam", "x", time=START + 86400)
    (folder / "丙.md").rename(folder / "docs/丙.md")
    return folder


def built(folder: Path, **environ: str) -> tuple[Path, str]:
    """The built site, and what the build said."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]
    known = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), **environ}
    result = subprocess.run(command, capture_output=True, text=True, env=known, check=False)
    assert result.returncode == 0, result.stderr
    return folder / "site", result.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(made(tmp_path_factory.mktemp("published")))[0]


def head_of(page: Path) -> dict[str, list[str]]:
    """The contents of meta tags and the addresses of links in a page's head, by name."""
    head = page.read_text("utf-8").partition("</head>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head):
        found.setdefault(name, []).append(unescape(value))
    for rel, rest in re.findall(r'<link rel="(canonical|alternate) ?" ([^>]*)>', head):
        kind = re.search(r'type="([^"]+)"', rest)
        found.setdefault(kind[1] if kind else rel, []).extend(re.findall(r'href="([^"]+)"', rest))
    return found


def test_each_page_says_what_it_is_once(site: Path) -> None:
    pages = {page.parent.relative_to(site).as_posix(): head_of(page) for page in site.rglob("index.html")}
    assert len(pages) == 6
    for path, head in pages.items():
        assert len(head["description"]) == 1, path
        address = urljoin(URL, f"{path}/" if path != "." else "")
        assert [unquote(one) for one in head["canonical"]] == [address]
    told = {path: head["description"][0] for path, head in pages.items()}
    assert len(set(told.values())) == len(told)
    assert told["."] == '一本"小"书'
    assert told["章/甲"] == '甲说的是 "甲" <b>'
    assert told["章/乙"] == "乙自己的第二段，别处没有这样写。"
    assert told["丙"] == "丙：两页的第一段一模一样，都是这句话。"
    assert pages["."]["og:type"] == ["website"]
    assert pages["章/甲"]["og:type"] == ["article"]
    assert pages["章/甲"]["article:modified_time"] == ["2023-11-14T22:13:20Z"]
    assert pages["丙"].get("article:modified_time") is None
    assert pages["暗"]["robots"] == ["noindex"]
    assert head_of(site / "404.html")["robots"] == ["noindex"]
    assert "canonical" not in head_of(site / "404.html")


def test_all_that_heads_name_is_there(site: Path) -> None:
    seen = 0
    for page in site.rglob("index.html"):
        head = head_of(page)
        for kind in ("text/markdown", "application/atom+xml", "application/feed+json", "application/json"):
            for href in head.get(kind, ()):
                seen += 1
                assert (page.parent / unquote(href)).is_file(), (page, href)
    assert seen == 5 + 6 + 6 + 1


def test_dates_are_those_of_the_commits(site: Path) -> None:
    text = (site / "章/乙/index.html").read_text("utf-8")
    assert '最近修改：<time datetime="2023-11-15T22:13:20Z">2023年11月15日</time>（UTC）' in text
    assert "<time" not in (site / "丙/index.html").read_text("utf-8"), "it is not committed"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    dates = {unquote(url.findtext(f"{space}loc") or ""): url.findtext(f"{space}lastmod") for url in root}
    assert dates == {
        URL: "2023-11-14T22:13:20Z",
        f"{URL}章/甲/": "2023-11-14T22:13:20Z",
        f"{URL}章/乙/": "2023-11-15T22:13:20Z",
        f"{URL}丙/": None,
        f"{URL}matrix/": None,
    }


def test_the_feed_tells_what_changed(site: Path) -> None:
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert [(unquote(item["url"]), item["date_modified"]) for item in feed["items"]] == [
        (f"{URL}章/乙/", "2023-11-15T22:13:20Z"),
        (URL, "2023-11-14T22:13:20Z"),
        (f"{URL}章/甲/", "2023-11-14T22:13:20Z"),
    ]
    assert "从前是另外一句话" in feed["items"][0]["content_html"]
    atom = ElementTree.fromstring((site / "feed.xml").read_bytes())
    assert unquote(atom.findtext("{http://www.w3.org/2005/Atom}id") or "") == f"{URL}feed.xml"


def test_twins_lead_to_each_other(site: Path) -> None:
    twin = (site / "章/甲/index.md").read_text("utf-8")
    assert twin.startswith("# 甲\n\n见[乙](../%E4%B9%99/index.md#乙)与[图](../../%E5%9B%BE.svg)。\n")
    assert "description" not in twin
    assert "\n| 架构层 | [95%](../%E7%AB%A0/%E7%94%B2/#_1) |\n" in (site / "matrix/index.md").read_text("utf-8")
    assert not (site / "暗/index.md").exists()
    broken = []
    for page in site.rglob("*.md"):
        for href in re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text("utf-8")):
            target = page.parent / unquote(href)
            if "://" not in href and not (target.is_file() or (target / "index.html").is_file()):
                broken.append((page, href))
    assert broken == []


def test_llms_txt_lists_what_is_there(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith('# 书 & 它\n\n> 一本"小"书\n\n## 页面\n\n- [首页](')
    links = re.findall(r"^- \[.+?\]\(([^)]+)\)", text, re.MULTILINE)
    places = [unquote(link).removeprefix(URL) for link in links]
    assert places == ["index.md", "丙/index.md", "章/甲/index.md", "章/乙/index.md", "llms-full.txt", "data/model.json",
                      "data/model.schema.json", "feed.xml", "matrix/index.md"]  # fmt: skip
    assert all((site / place).is_file() for place in places)
    assert "## Optional\n\n- [对照表]" in text
    assert "见[乙](%E7%AB%A0/%E4%B9%99/index.md#乙)" in (site / "llms-full.txt").read_text("utf-8")


def test_the_model_is_what_the_command_gives(site: Path) -> None:
    command = [sys.executable, "-m", "convergence_docs", "model", str(site.parent / "mkdocs.yml")]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, capture_output=True, check=True, env=environ).stdout
    assert (site / "data/model.json").read_bytes() == told
    assert '"$schema"' in (site / "data/model.schema.json").read_text("utf-8")
    assert 'href="../data/model.json"' in (site / "matrix/index.html").read_text("utf-8"), "and a reader finds it"


def test_chapters_may_link_to_the_model(site: Path) -> None:
    command = [sys.executable, "-m", "convergence_docs", "check", str(site.parent / "mkdocs.yml"), "--select", "LNK001"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    assert result.returncode == 0, result.stdout


def test_the_same_bytes_on_every_day(site: Path, tmp_path: Path) -> None:
    again, _ = built(made(tmp_path / "elsewhere"), SOURCE_DATE_EPOCH="86400", TZ="Pacific/Auckland")
    names = ["sitemap.xml", "sitemap.xml.gz", "feed.xml", "feed.json", "llms.txt", "llms-full.txt", "data/model.json",
             "章/乙/index.md", "章/乙/index.html", "matrix/index.md"]  # fmt: skip
    for name in names:
        assert (again / name).read_bytes() == (site / name).read_bytes(), name


def test_other_themes_addresses_and_folders(tmp_path: Path) -> None:
    folder = made(tmp_path / "mkdocs-theme", theme="mkdocs", directories="false")
    site, _ = built(folder)
    head = head_of(site / "章/甲.html")
    assert head["description"] == ['甲说的是 "甲" <b>']
    assert [unquote(one) for one in head["canonical"]] == [f"{URL}章/甲.html"]
    assert head["text/markdown"] == ["%E7%94%B2.md"]
    assert "](%E4%B9%99.md#乙)" in (site / "章/甲.md").read_text("utf-8")
    assert '<p class="cd-changed">Last changed <time' in (site / "章/甲.html").read_text("utf-8")


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    site, said = built(made(tmp_path / "nowhere", url="''"))
    assert "site_url" in said
    assert not (site / "feed.xml").exists()
    assert "feed.xml" not in (site / "index.html").read_text("utf-8")
    assert "- [甲](%E7%AB%A0/%E7%94%B2/index.md)" in (site / "llms.txt").read_text("utf-8")
    assert "og:title" in head_of(site / "章/甲/index.html")
    assert "og:url" not in head_of(site / "章/甲/index.html")


def test_a_shallow_clone_has_no_wrong_dates(tmp_path: Path) -> None:
    made(tmp_path / "whole")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path / 'whole'}", "clone")
    site, said = built(tmp_path / "clone")
    assert "浅克隆" in said
    assert "<lastmod>" not in (site / "sitemap.xml").read_text("utf-8")
    assert not (site / "feed.xml").exists()
    assert "最近修改" not in (site / "章/乙/index.html").read_text("utf-8")


def test_a_file_of_the_docs_stays_theirs_and_no_file_is_written_outside(tmp_path: Path) -> None:
    write(tmp_path, {
        "mkdocs.yml": MKDOCS.format(url=URL, theme="mkdocs", directories="true").replace("feed.xml", "../../feed.xml"),
        **FILES,
        "docs/llms.txt": "mine\n",
    })  # fmt: skip
    site, said = built(tmp_path)
    assert "extra.convergence.site.feed" in said
    assert (site / "llms.txt").read_text() == "mine\n"
    assert not list(tmp_path.parent.glob("feed*"))
