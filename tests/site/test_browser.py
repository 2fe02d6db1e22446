"""The site in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import Served, path_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

DRAWN = "() => [...document.querySelectorAll('div.mermaid')].filter(d => d.dataset.drawn === 'true').length"
DONE = "wanted => document.querySelectorAll('div.mermaid[data-drawn]').length === wanted"


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def written(page: Page, site: Served) -> int:
    """The number of diagrams in a page as it was built."""
    source = site.folder / path_of(page.url, site.origin).strip("/") / "index.html"
    return source.read_text("utf-8").count('class="mermaid"')


def diagrams(page: Page, site: Served) -> int:
    """Wait until no diagram is left to draw, and count those that were drawn."""
    page.wait_for_function(DONE, arg=written(page, site))
    count = page.evaluate(DRAWN)
    assert isinstance(count, int)
    return count


def test_no_request_leaves_the_site(context: BrowserContext, site: Served) -> None:
    assert len(site.pages) > 10
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = open_page(context, f"{site.origin}/")
    for address in site.pages:
        page.goto(address, wait_until="load")
        diagrams(page, site)
    page.goto(f"{site.origin}/", wait_until="load")
    page.locator(".md-nav--primary a[href*='chapters']").first.click()
    page.wait_for_url("**/chapters/**")
    page.locator("input.md-search__input").fill("注意力机制")
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert len(asked) > len(site.pages), "the probe saw no requests"
    foreign = sorted({url for url in asked if not url.startswith((site.origin, "data:", "blob:"))})
    assert foreign == []


def test_every_page_is_free_of_script_errors_and_draws_its_diagrams(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    drawn = 0
    for address in site.pages:
        page.goto(address, wait_until="load")
        count = diagrams(page, site)
        assert count == written(page, site), path_of(address, site.origin)
        drawn += count
    assert errors == []
    assert drawn >= 8


def test_a_diagram_is_drawn_on_direct_load(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/diagrams/")
    assert diagrams(page, probe_site) == 1
    box = page.locator("div.mermaid[data-drawn=true]").bounding_box()
    assert box is not None
    assert box["height"] > 100
    assert "架构层收敛" in (page.locator("div.mermaid").first.get_attribute("aria-label") or "")


def test_a_diagram_is_drawn_after_instant_navigation(context: BrowserContext, probe_site: Served) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = open_page(context, f"{probe_site.origin}/")
    assert not [url for url in asked if url.endswith("/mermaid.js")], "Mermaid is fetched where no diagram is"
    page.evaluate("() => { window.isSameDocument = true }")
    page.locator("article a[href*=diagrams]").first.click()
    page.wait_for_url("**/diagrams/")
    page.locator("div.mermaid").first.wait_for()
    assert diagrams(page, probe_site) == 1
    assert page.evaluate("() => window.isSameDocument"), "the page was loaded anew, so this proves nothing"
    assert [url for url in asked if not url.startswith(probe_site.origin)] == []


def test_a_broken_diagram_shows_its_source_in_place(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/diagrams/")
    diagrams(page, probe_site)
    broken = page.locator("div.mermaid").nth(1)
    assert broken.get_attribute("data-drawn") == "false"
    box = broken.bounding_box()
    assert box is not None
    assert box["height"] > 20
    assert page.evaluate("() => document.querySelectorAll('body > svg, body > [id^=d__mermaid]').length") == 0


def test_diagrams_follow_the_palette(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/diagrams/")
    diagrams(page, probe_site)
    light = page.locator("div.mermaid").first.screenshot()
    for _ in range(2):
        page.locator("form.md-header__option label:not([hidden])").first.click()
    assert page.evaluate("() => document.body.dataset.mdColorScheme") == "slate"
    assert diagrams(page, probe_site) == 1
    assert page.locator("div.mermaid").first.screenshot() != light


@pytest.mark.parametrize("words", ["注意力机制", "收敛度", "架构层", "AdamW优化器", "Scaling Law", "预训练"])
def test_search_finds_chinese_words(context: BrowserContext, site: Served, words: str) -> None:
    page = open_page(context, f"{site.origin}/")
    page.locator("input.md-search__input").fill(words)
    first = page.locator(".md-search-result__item").first
    first.wait_for()
    text = first.inner_text().replace("\u200b", "")
    assert words[:2].lower() in text.lower()


def test_no_page_scrolls_sideways_on_a_phone(chromium: object, context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    wide = []
    for address in site.pages:
        page.goto(address, wait_until="load")
        diagrams(page, site)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > 375:
            wide.append((path_of(address, site.origin), width))
    assert wide == []


def test_formulas_are_mathml_of_a_readable_size(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/diagrams/")
    inline, display = page.locator("span.cd-math math"), page.locator("div.cd-math--display math")
    assert (inline.count(), display.count()) == (1, 1)
    box = inline.bounding_box()
    assert box is not None
    assert 20 < box["width"] < 200
    assert 15 < box["height"] < 80
    assert page.locator("mfrac > msqrt, mfrac msqrt").count() == 1


def test_a_wide_formula_scrolls_in_its_box_on_a_phone(context: BrowserContext, probe_site: Served) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{probe_site.origin}/diagrams/", wait_until="load")
    assert page.evaluate(
        "() => { const box = document.querySelector('.cd-math--display'); return box.scrollWidth > box.clientWidth }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375


def test_the_search_dialog_has_a_name(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/")
    assert page.locator("[role=dialog][data-md-component=search]").get_attribute("aria-label") == "搜索"
