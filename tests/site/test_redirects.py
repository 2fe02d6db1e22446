"""Old addresses: where they lead, which lines of their list are wrong, and that browsers arrive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from convergence_docs.restructure.redirects import Redirect
from convergence_docs.site.publishing.redirect_map import Address, make_map, parse_address
from convergence_docs.text import Span
from tests.folders import write
from tests.site.conftest import ROOT, Quiet, build

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PAGES = {"b.md": {"x", "y"}, "c.md": {"z"}}


def lines(**pairs: str) -> list[Redirect]:
    return [Redirect(old, new, Span(at, at + 1)) for at, (old, new) in enumerate(pairs.items())]


def mapped(pairs: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Where addresses lead, and what is wrong, by old address."""
    found = make_map(lines(**pairs), PAGES.__contains__, lambda page, anchor: anchor in PAGES[page])
    ends = {page: "#".join(filter(None, to)) for page, to in found.pages.items()}
    for page, anchors in found.anchors.items():
        ends |= {f"{page}#{anchor}": "#".join(filter(None, to)) for anchor, to in anchors.items()}
    return ends, {problem.redirect.old: problem.kind for problem in found.problems}


@pytest.mark.parametrize(
    ("pairs", "ends", "wrong"),
    [
        ({"a.md": "b.md"}, {"a.md": "b.md"}, {}),
        ({"a0.md": "a1.md", "a1.md": "b.md"}, {"a0.md": "b.md", "a1.md": "b.md"}, {}),
        ({"b.md#old": "b.md#x"}, {"b.md#old": "b.md#x"}, {}),
        ({"b.md#old": "c.md#z"}, {"b.md#old": "c.md#z"}, {}),
        ({"b.md#old": "b.md#mid", "b.md#mid": "c.md#z"}, {"b.md#old": "c.md#z", "b.md#mid": "c.md#z"}, {}),
        # A page that moved takes its anchors along, those too that were renamed before or after.
        ({"a.md": "b.md", "a.md#1": "a.md#x"}, {"a.md": "b.md", "a.md#1": "b.md#x"}, {}),
        ({"a.md": "b.md", "a.md#1": "b.md#2", "b.md#2": "b.md#y"},
         {"a.md": "b.md", "a.md#1": "b.md#y", "b.md#2": "b.md#y"}, {}),
        # A page that has become a section.
        ({"a.md": "b.md#x", "a.md#1": "a.md#2"}, {"a.md": "b.md#x", "a.md#1": "b.md#x"}, {}),
        ({"a.md": "a2.md", "a2.md": "a.md"}, {}, {"a.md": "circle", "a2.md": "circle"}),
        ({"b.md#1": "b.md#2", "b.md#2": "b.md#1"}, {}, {"b.md#1": "circle", "b.md#2": "circle"}),
        ({"b.md": "c.md", "b.md#x": "c.md#z"}, {}, {"b.md": "live", "b.md#x": "live"}),
        ({"a.md": "gone.md", "b.md#o": "c.md#gone"}, {}, {"a.md": "nowhere", "b.md#o": "nowhere"}),
        ({"gone.md#1": "b.md#x"}, {}, {"gone.md#1": "pageless"}),
        ({"../a.md": "b.md", "a.html": "b.md", "a.md": "https://example.com/b.md", "c.md#": "b.md"}, {},
         {"../a.md": "malformed", "a.html": "malformed", "a.md": "malformed", "c.md#": "malformed"}),
    ],
)  # fmt: skip
def test_where_old_addresses_lead(pairs: dict[str, str], ends: dict[str, str], wrong: dict[str, str]) -> None:
    assert mapped(pairs) == (ends, wrong)


@pytest.mark.parametrize("text", ["/a.md", "a/../b.md", "./a.md", "a\\b.md", "a\n.md", "..md/../../a.md", "", "#x"])
def test_what_is_no_address(text: str) -> None:
    assert parse_address(text) is None


def test_an_address() -> None:
    assert parse_address("章/a b.md#一、起") == Address("章/a b.md", "一、起")


MKDOCS = """site_name: 书
site_url: {url}
use_directory_urls: {directories}
theme: {{name: material, font: false, language: zh, features: [navigation.instant]}}
markdown_extensions: [convergence_docs.site.anchors]
plugins: [convergence]
extra:
  convergence:
    redirects: redirects.yml
    site: {{csp: true, search: false}}
"""
FILLER = "文字。\n\n" * 80
BOOK = {
    "docs/index.md": "# 书\n\n[乙](乙.md)、[甲](章/03.2.2-甲.md)\n",
    "docs/章/03.2.2-甲.md": f"# 03.2.2-甲\n\n{FILLER}## 一、起\n\n{FILLER}## 三、承\n\n{FILLER}## 尾声\n\n{FILLER}",
    "docs/乙.md": f"# 乙\n\n{FILLER}## 一、旧名\n\n{FILLER}## 尾声\n\n{FILLER}",
}


class Moved:
    """A site whose pages and anchors have moved, served below a sub-path. ``root`` is its address."""

    def __init__(self, root: str, folder: Path, is_nested: bool) -> None:
        self.root = root
        self.folder = folder
        self.is_nested = is_nested

    def at(self, page: str, anchor: str = "") -> str:
        """The address of a page that has a name without its suffix."""
        return f"{self.root}{page}{'/' if self.is_nested else '.html'}{f'#{anchor}' if anchor else ''}"


@pytest.fixture(scope="module", params=["true", "false"])
def moved_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    """The commands move and renumber the book; the list that they write is all that the build knows of it."""
    top = tmp_path_factory.mktemp("moved")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(top / "web")))
    root = f"http://127.0.0.1:{server.server_port}/书/".replace("书", "%E4%B9%A6")
    write(top, BOOK | {"mkdocs.yml": MKDOCS.format(url=root, directories=request.param)})
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    for words in (
        ("renumber", "docs/章/03.2.2-甲.md"),
        ("move", "docs/章/03.2.2-甲.md", "docs/新/03.2.5-甲.md"),
        ("move", "docs/乙.md#一旧名", "新名"),
    ):
        command = [sys.executable, "-m", "convergence_docs", *words]
        done = subprocess.run(command, cwd=top, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    result = build(top / "mkdocs.yml", top / "web/书", "--strict")
    assert result.returncode == 0, result.stderr
    Thread(target=server.serve_forever, daemon=True).start()
    yield Moved(root, top / "web/书", request.param == "true")
    server.shutdown()


def comes_into_sight(page: Page, heading: str) -> bool:
    """Whether a heading comes to stand near the top of the screen."""
    for _ in range(100):
        box = page.get_by_role("heading", name=heading).bounding_box()
        if box is not None and 0 <= box["y"] < 400:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.browser
def test_a_browser_at_an_old_address_arrives_at_the_new_one(moved_site: Moved, context: BrowserContext) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    at = moved_site.at
    for old, new, heading in [
        (at("章/03.2.2-甲"), at("新/03.2.5-甲"), ""),
        (at("章/03.2.2-甲", "尾声"), at("新/03.2.5-甲", "尾声"), "尾声"),
        (at("章/03.2.2-甲", "三承"), at("新/03.2.5-甲", "二承"), "二、承"),
        (at("章/03.2.2-甲", "0322-甲"), at("新/03.2.5-甲", "0325-甲"), "03.2.5-甲"),
        (at("章/03.2.2-甲", "%E4%BB"), at("新/03.2.5-甲", "%E4%BB"), ""),
        (at("乙", "一旧名"), at("乙", "一新名"), "一、新名"),
        (at("乙", "没有过"), at("乙", "没有过"), ""),
        (at("乙", "尾声"), at("乙", "尾声"), "尾声"),
    ]:  # fmt: skip
        page.goto("about:blank")
        page.goto(old)
        page.wait_for_function("url => location.href === new URL(url).href", arg=new)
        page.wait_for_load_state()
        if heading:
            assert comes_into_sight(page, heading), old
    assert errors == []


@pytest.mark.browser
def test_an_anchor_that_has_moved_is_no_other_page(moved_site: Moved, context: BrowserContext) -> None:
    """Material fetches a page anew where it takes a step for one to another page, and scrolls as it thinks right."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(unquote(request.url)))
    page.goto(moved_site.at("乙", "一旧名"), wait_until="networkidle")
    assert comes_into_sight(page, "一、新名")
    page.wait_for_timeout(500)
    address = unquote(moved_site.at("乙"))
    assert [url for url in asked if url == address] == [address]


@pytest.mark.browser
def test_instant_navigation_and_links_on_the_page(moved_site: Moved, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(moved_site.root)
    page.evaluate("window.stays = true")
    page.evaluate("href => { document.querySelector('article a').href = href }", moved_site.at("乙", "一旧名"))
    page.locator("article a").first.click()
    page.wait_for_function("() => decodeURIComponent(location.hash) === '#一新名'")
    assert page.evaluate("window.stays"), "no page was loaded anew"
    assert unquote(page.url) == unquote(moved_site.at("乙", "一新名"))
    page.evaluate("location.hash = '没有过'")
    page.evaluate("location.hash = '一旧名'")
    page.wait_for_function("() => decodeURIComponent(location.hash) === '#一新名'")


@pytest.mark.browser
def test_without_scripts_the_page_leads_on_too(moved_site: Moved, context: BrowserContext) -> None:
    assert context.browser is not None
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(moved_site.at("章/03.2.2-甲"))
    page.wait_for_url(lambda url: unquote(url) == unquote(moved_site.at("新/03.2.5-甲")))
    plain.close()


def test_pages_at_old_addresses_are_for_readers_only(moved_site: Moved) -> None:
    name = "章/03.2.2-甲/index.html" if moved_site.is_nested else "章/03.2.2-甲.html"
    page = (moved_site.folder / name).read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{moved_site.root}' in page
    assert "style=" not in page
    sitemap = unquote((moved_site.folder / "sitemap.xml").read_text("utf-8"))
    assert moved_site.at("新/03.2.5-甲").removeprefix(moved_site.root) in sitemap
    assert "章/03.2.2" not in sitemap


def test_wrong_lines_are_told_at_their_place(tmp_path: Path) -> None:
    redirects = (
        '# 旧: 新\na.md: gone.md\nb.md: index.md\n"x.md": "y.md"\ny.md: x.md\n\'<i>.md\': index.md\nold.md: index.md\n'
    )
    config = MKDOCS.format(url="http://127.0.0.1/", directories="true").replace("zh,", "en,")
    write(
        tmp_path,
        {
            "mkdocs.yml": config,
            "docs/index.md": "# A\n\n[b](b.md)\n",
            "docs/b.md": "# B\n",
            "docs/redirects.yml": redirects,
        },
    )
    result = build(tmp_path / "mkdocs.yml", tmp_path / "site", "--strict")
    assert result.returncode == 1
    for place in ("2:1", "3:1", "4:1", "5:1"):
        assert f"docs/redirects.yml:{place}: warning[SIT003] broken-redirect" in result.stderr, result.stderr
    assert result.stderr.count("SIT003") == 4
    assert build(tmp_path / "mkdocs.yml", tmp_path / "site").returncode == 0
    assert (tmp_path / "site/old/index.html").is_file()
    assert not (tmp_path / "site/a").exists()
    assert "<h1" in (tmp_path / "site/b/index.html").read_text("utf-8")
