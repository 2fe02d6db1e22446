"""Backlinks, previews, order by number, place and folded contents in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from tests.site.conftest import ROOT, Served, build_and_serve, wait_for
from tests.site.contrast import LEAST_CONTRAST
from tests.site.search.engine import engine_at

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HACK = '"><img src=x onerror=window.hacked=1><script>window.hacked=1</script>'
CONFIG = """
site_name: 书
site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]
theme:
  name: material
  language: zh
  font: false
  features: [navigation.footer, navigation.instant]
nav:
  - index.md
  - 03.3.1-坏.md
  - 03.2.2-架构层.md
  - 03.2.1-数学层.md
  - 后记.md
hooks: [hooks/convergence.py]
plugins: [search]
markdown_extensions:
  - attr_list
  - convergence_docs.site.anchors
  - footnotes
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
extra:
  convergence:
    vocabulary: vocabulary.yml
    site: {check: false}
"""
VOCABULARY = """
layers:
  - {id: mathematical, name: 数学层}
  - {id: architectural, name: 架构层}
  - {id: capability, name: 能力层}
levels:
  - {id: L3, name: 高度收敛, aliases: [L3], interval: "(0.80, 0.95]"}
  - {id: L4, name: 完全收敛, aliases: [L4], interval: "(0.95, 1]"}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
"""
MATHEMATICS = """# 03.2.1 数学层

## 目录

- [一、概述](#一概述)
- [二、后来](#二后来)

---

## 一、概述

它在[架构层](03.2.2-架构层.md#二状态)之下，见 [文献](https://example.org/)。

## 二、后来

{filler}

最后又说到[架构层的全部](03.2.2-架构层.md)，还有[坏的一章](03.3.1-坏.md)与[出处](#一概述)[^1]。

[^1]: 甲乙丙《出处之书》，2020。
"""
ARCHITECTURE = """# 03.2.2 架构层

## 一、概述

公式 $a^2$ 与**粗体**开头的一段，[下一章](03.2.1-数学层.md)。

## 二、状态

| 层 | 收敛度 |
| --- | --- |
| 数学层 | 100% |
| 架构层 | 95% |

## 三、空
"""
BAD = f"""---
title: '{HACK}'
---

# {HACK.replace("<", "&lt;")} 坏

一段<b onmouseover="window.hacked=1">黑</b><img src="x" onerror="window.hacked=1">话，
说到[数学层{HACK.replace("<", "&lt;")}](03.2.1-数学层.md)。
"""
CHAPTERS = {
    "index.md": "# 首页\n\n先读[数学层](03.2.1-数学层.md)，再读别的。\n",
    "03.2.1-数学层.md": MATHEMATICS.replace("{filler}", "\n\n".join(["很长的一段。" * 30] * 8)),
    "03.2.2-架构层.md": ARCHITECTURE,
    "03.3.1-坏.md": BAD,
    "后记.md": "# 后记\n\n完。\n",
    "vocabulary.yml": VOCABULARY,
}
MATHS = quote("03.2.1-数学层") + "/"
ARCHI = quote("03.2.2-架构层") + "/"
OURS = ".cd-backlinks, .cd-place, .cd-contents__box, .cd-preview"
CARD = ".cd-preview"


@pytest.fixture(scope="module")
def book_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small book whose navigation is in another order than its numbers, and one of whose chapters is hostile."""
    folder: Path = tmp_path_factory.mktemp("relations")
    for path, text in CHAPTERS.items():
        (folder / "docs").mkdir(exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    (folder / "hooks").mkdir()
    (folder / "hooks" / "convergence.py").write_bytes((ROOT / "hooks" / "convergence.py").read_bytes())
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    yield from build_and_serve(folder / "mkdocs.yml", folder / "site")


def open_page(chromium: Browser, width: int = 1280, **options: object) -> Page:
    """A page of its own, of a width."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    return context.new_page()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page on a desk."""
    page = open_page(chromium, reduced_motion="reduce")
    yield page
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_everything_can_be_read_and_nothing_is_too_wide(
    chromium: Browser, book_site: Served, width: int, scheme: str
) -> None:
    page = open_page(chromium, width, color_scheme=scheme, reduced_motion="reduce")
    for path in (MATHS, ARCHI, quote("03.3.1-坏") + "/"):
        page.goto(book_site.origin + "/" + path, wait_until="load")
        contrast, where, seen = page.evaluate(LEAST_CONTRAST, OURS)
        assert seen > 3, "the probe sees nothing"
        assert contrast >= 4.5, (path, where)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        small = page.locator(".cd-backlinks a, .cd-place a").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML)"
        )
        assert small == []
    page.context.close()


def test_numbers_lead_from_chapter_to_chapter(page: Page, book_site: Served) -> None:
    walked = []
    page.goto(book_site.origin + "/" + MATHS)
    while page.locator(".md-footer__link--next").count() and len(walked) < 9:
        heads = page.locator("link[rel=next]").evaluate_all("all => all.map(one => one.href)")
        link = page.locator(".md-footer__link--next")
        assert heads == [link.evaluate("link => link.href")]
        assert link.get_attribute("aria-label")
        walked.append(unquote(page.url.removeprefix(book_site.origin)))
        page.goto(heads[0])
    walked.append(unquote(page.url.removeprefix(book_site.origin)))
    assert walked == ["/03.2.1-数学层/", "/03.2.2-架构层/", "/03.3.1-坏/", "/后记/"]
    page.goto(book_site.origin + "/" + MATHS)
    before = page.locator("link[rel=prev]").evaluate("link => link.href")
    assert before.rstrip("/") == book_site.origin


def test_backlinks_name_chapter_section_and_sentence(page: Page, book_site: Served) -> None:
    page.goto(book_site.origin + "/" + ARCHI)
    section = page.get_by_role("region", name="提到本页的章节")
    assert section.get_by_role("heading").count() == 1
    sentences = section.locator(".cd-backlinks__sentence").all_text_contents()
    assert sentences == [
        "它在架构层之下，见文献。",
        "最后又说到架构层的全部，还有坏的一章与出处。",
    ]
    assert section.locator("mark").all_text_contents() == ["架构层", "架构层的全部"]
    assert "提到本页" not in page.locator(".md-sidebar--secondary").inner_text()
    page.evaluate("() => { window.same = true }")
    # Material remembers a tenth of a second later how far a page is scrolled, and takes it for the next page's place
    # where somebody was quicker: nothing scrolls here.
    page.wait_for_timeout(500)
    section.get_by_role("link", name="二、后来").evaluate("link => link.click()")
    page.wait_for_url("**#*")
    assert unquote(page.url).endswith("/03.2.1-数学层/#cd-link-2")
    assert page.evaluate("() => window.same"), "instant navigation"
    page.wait_for_function("() => document.querySelector('a:target')")
    assert page.locator("a:target").inner_text() == "架构层的全部"
    top = page.locator("a:target").evaluate("link => link.getBoundingClientRect().top")
    assert 48 < top < 900
    page.locator(".cd-backlinks__chapter").first.wait_for()
    assert page.locator(".cd-backlinks__chapter").all_text_contents() == [
        "03.2.2 架构层",
        HACK,
        "首页",
    ]


def test_what_the_search_index_holds_is_not_the_backlinks(book_site: Served) -> None:
    engine = engine_at(book_site.folder)
    try:
        assert engine.ask("架构层").hits("exact")
        assert not engine.ask("提到本页").hits("exact")
    finally:
        engine.close()


def test_the_place_is_a_list_of_ways(chromium: Browser, book_site: Served) -> None:
    page = open_page(chromium, 320, java_script_enabled=False)
    page.goto(book_site.origin + "/" + ARCHI)
    place = page.get_by_role("navigation", name="本章所在的层", exact=True)
    items = place.get_by_role("listitem")
    assert [" ".join(text.split()) for text in items.all_inner_texts()] == [
        "数学层 收敛度 100% L4",
        "架构层 收敛度 95% L3",
        "能力层",
    ]
    assert place.locator("[aria-current=page]").all_text_contents() == ["架构层"]
    assert place.get_by_role("link").all_text_contents() == ["数学层"]
    page.goto(book_site.origin + "/")
    assert page.locator(".cd-place").count() == 0
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_contents_are_shown_once_on_a_wide_screen(chromium: Browser, book_site: Served, scripts: bool) -> None:
    page = open_page(chromium, java_script_enabled=scripts)
    page.goto(book_site.origin + "/" + MATHS)
    assert page.get_by_role("link", name="一、概述", exact=True).count() == 1
    assert page.locator(".md-sidebar--secondary").get_by_role("link").all_inner_texts() == ["一、概述", "二、后来"]
    page.goto(book_site.origin + "/" + MATHS + "#" + quote("二后来"))
    wait_for(page, "() => scrollY > 300")  # not at once
    page.goto(book_site.origin + "/" + MATHS + "#" + quote("目录"))
    wait_for(page, "() => scrollY < 300")  # the anchor leads where it did
    page.emulate_media(media="print")
    assert page.locator(".cd-contents li").first.is_visible()
    assert not page.locator(".md-sidebar--secondary").is_visible()
    page.context.close()


@pytest.mark.parametrize("width", [375, 320])
@pytest.mark.parametrize("scripts", [True, False])
def test_contents_are_folded_on_a_narrow_screen(
    chromium: Browser, book_site: Served, width: int, scripts: bool
) -> None:
    page = open_page(chromium, width, java_script_enabled=scripts)
    page.goto(book_site.origin + "/" + MATHS)
    entry = page.locator(".cd-contents").get_by_role("link", name="二、后来")
    assert not entry.is_visible()
    page.locator(".cd-contents summary").focus()
    page.keyboard.press("Enter")
    entry.wait_for()
    entry.click()
    page.wait_for_url("**#*")
    assert unquote(page.url).endswith("#二后来")
    page.context.close()


def link_to(page: Page, name: str) -> str:
    """What finds a link of the article by its words."""
    return f"article p a:text-is('{name}')"


def test_a_preview_comes_stays_and_goes(page: Page, book_site: Served) -> None:
    page.goto(book_site.origin + "/" + MATHS)
    link, card = page.locator(link_to(page, "架构层")), page.locator(CARD)
    link.hover()
    card.wait_for()
    assert card.locator("> div").all_inner_texts() == ["03.2.2 架构层", "二、状态", "层 · 收敛度"]
    assert card.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    card.hover()
    page.wait_for_timeout(700)
    assert card.is_visible(), "the pointer may rest on it"
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert link.get_attribute("aria-describedby") is None
    page.mouse.move(5, 5)
    page.locator(link_to(page, "架构层的全部")).hover()
    card.wait_for()
    assert card.locator("> div").first.inner_text() == "03.2.2 架构层"
    assert "粗体开头的一段" in card.inner_text()
    assert card.locator("math").count() == 1, "formulas stay formulas"
    page.mouse.move(5, 5)
    card.wait_for(state="detached")


def test_a_preview_by_keyboard_and_after_instant_navigation(page: Page, book_site: Served) -> None:
    page.goto(book_site.origin + "/")
    page.evaluate("() => { window.same = true }")
    page.locator("article p a").click()
    page.wait_for_url("**/03.2.1*/")
    page.locator("h1", has_text="03.2.1").wait_for()
    assert page.evaluate("() => window.same")
    page.keyboard.press("Tab")
    link, card = page.locator(link_to(page, "架构层")), page.locator(CARD)
    for _ in range(40):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    card.wait_for()
    assert "二、状态" in card.inner_text()
    page.keyboard.press("Tab")
    card.wait_for(state="detached")


def test_a_preview_of_the_same_page_and_of_a_source(page: Page, book_site: Served) -> None:
    page.goto(book_site.origin + "/" + MATHS)
    page.locator(link_to(page, "出处")).hover()
    card = page.locator(CARD)
    card.wait_for()
    assert card.locator("> div").all_inner_texts() == ["一、概述", "它在架构层之下，见 文献。"]
    page.mouse.move(5, 5)
    card.wait_for(state="detached")
    page.locator("article .footnote-ref").hover()
    card.wait_for()
    assert "《出处之书》" in card.inner_text()


def test_no_preview_of_other_sites_in_the_navigation_or_by_touch(chromium: Browser, book_site: Served) -> None:
    page = open_page(chromium)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(book_site.origin + "/" + MATHS)
    for name in (link_to(page, "文献"), ".md-nav--primary a >> text=架构层", "article .headerlink"):
        page.locator(name).first.hover()
        page.wait_for_timeout(800)
        assert page.locator(CARD).count() == 0, name
    assert all(address.startswith(book_site.origin) for address in asked)
    page.context.close()
    page = open_page(chromium, 375, has_touch=True, is_mobile=True)
    page.goto(book_site.origin + "/" + MATHS)
    page.locator(link_to(page, "架构层")).dispatch_event("pointerover", {"pointerType": "touch", "bubbles": True})
    page.wait_for_timeout(800)
    assert page.locator(CARD).count() == 0
    page.context.close()


def test_hostile_words_do_nothing(page: Page, book_site: Served) -> None:
    page.goto(book_site.origin + "/" + MATHS, wait_until="load")
    # MkDocs itself puts titles unescaped into the navigation; a policy stops that. What is judged here is ours.
    page.evaluate("() => { delete window.hacked }")
    page.locator(link_to(page, "坏的一章")).hover()
    card = page.locator(CARD)
    card.wait_for()
    page.wait_for_timeout(300)
    assert "<script>" in card.inner_text()
    assert "黑话" in card.inner_text()
    parts = card.evaluate("card => [...card.querySelectorAll('*')].map(one => [one.tagName, one.getAttributeNames()])")
    assert sorted(parts) == [["A", []], ["B", []], ["DIV", ["class"]], ["DIV", ["class"]]]
    assert "<script>" in page.locator(".cd-backlinks").inner_text()
    assert page.locator(".cd-backlinks :is(img, script)").count() == 0
    assert page.evaluate("() => window.hacked") is None


def test_a_page_opened_as_a_file_does_without(page: Page, book_site: Served) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((book_site.folder / "03.2.1-数学层" / "index.html").as_uri())
    page.locator(link_to(page, "架构层")).hover()
    page.wait_for_timeout(900)
    assert page.locator(CARD).count() == 0
    assert page.locator(".cd-backlinks").is_visible()
    assert said == []


def test_the_books_own_pages_allow_it_all(page: Page, site: Served) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{site.origin}/chapters/{quote('03.2.2-架构层收敛')}/")
    page.locator("article p a[href*='03.3.1']").first.hover()
    page.locator(CARD).wait_for()
    assert "3.1 Scaling Law 的作用机制" in page.locator(CARD).inner_text()
    contrast, where, seen = page.evaluate(LEAST_CONTRAST, OURS)
    assert seen > 20
    assert contrast >= 4.5, where
    assert said == []
