"""What holds up a page, what does not, and what a reader sees and does before the scripts are there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from convergence_docs.site.delivery import Delivery

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from convergence_docs.site.feature import Build
    from tests.site.conftest import Reader, Served

SCRIPT = re.compile(r'<script src="([^"]+)"([^>]*)>')
LATE = re.compile(
    r'<script data-scripts="([^"]+)"(?=[^>]* src="[^"]*assets/convergence/first\.js")(?=[^>]* defer)[^>]*>'
)
SKIPPED = """() => [...document.querySelectorAll(".cd-diagram__view > svg")].map(svg => {
  const isLaidOut = svg.querySelector("foreignObject > *, text, path").checkVisibility({ contentVisibilityAuto: true })
  return [isLaidOut, svg.getBoundingClientRect().height]
})"""
SETTLED = """() => document.fonts.ready.then(
  () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))
)"""
HAS_SCRIPTS = "() => Boolean(window.document$)"
PLACES = """() => [...document.querySelectorAll(":is(a, p, li, h1, h2, td, th, svg, pre, math)")]
  .filter(one => one.checkVisibility() && one.closest("header, .md-content") && !one.closest("button, label"))
  .map(one => [one.localName, one.getBoundingClientRect()])
  .map(([name, { x, y, width, height }]) => [name, y, height, ...(y < innerHeight ? [x, width] : [])])
  .map(([name, ...sizes]) => [name, ...sizes.map(Math.round)].join(" "))"""
PAGES = ("/", "/chapters/03.2.2-%E6%9E%B6%E6%9E%84%E5%B1%82%E6%94%B6%E6%95%9B/", "/matrix/", "/graph/", "/term-index/")


@pytest.fixture
def context(chromium: Reader) -> Iterator[BrowserContext]:
    """A profile whose reader only looks."""
    context = chromium.browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context
    context.close()


ONE = '<head></head><script src="assets/javascripts/bundle.1a.min.js"></script>'
DEFERRED = '<script src="assets/convergence/{}.js" defer></script>'
OURS = ONE + DEFERRED.format("first") + DEFERRED.format("convergence")
DARK = {"index": 2, "color": {"scheme": "slate", "media": "(prefers-color-scheme: dark)"}}


def delivered(output: str, *features: str, **extra: Any) -> str:
    """A page as it is sent."""
    build = SimpleNamespace(site=SimpleNamespace(extra=extra, theme={"features": features}))
    return Delivery(cast("Build", build)).finish_template(output, "404.html")


def test_scripts_wait_for_the_reader() -> None:
    sent = delivered(OURS)
    assert LATE.search(sent)
    assert "bundle.1a.min.js assets/convergence/convergence.js" in sent
    assert "<script src" not in sent


@pytest.mark.parametrize(
    "other",
    [
        '<script src="js/theirs.js"></script>',
        "<script>document$.subscribe(() => go())</script>",
        '<script async src="https://example.org/a.js"></script>',
    ],
)
def test_scripts_of_others_find_the_theme_there(other: str) -> None:
    sent = delivered(OURS + other)
    assert '<script defer src="assets/javascripts/bundle.1a.min.js">' in sent
    assert "data-scripts" not in sent
    assert other in sent


def test_what_looks_otherwise_with_a_script_is_there_at_once() -> None:
    assert "data-scripts" not in delivered(OURS, version={"provider": "mike"})
    assert "data-scripts" not in delivered(OURS, "content.code.annotate")
    assert "data-scripts" in delivered(OURS, "content.code.copy", social=[])


def test_no_script_holds_up_a_page(site: Served) -> None:
    pages = [*site.folder.rglob("index.html"), site.folder / "404.html"]
    assert len(pages) > 100
    for page in pages:
        text = page.read_text("utf-8")
        late = LATE.search(text)
        assert late, page
        assert re.fullmatch(r"\S*search-door\.js \S*bundle\.\w+\.min\.js \S*/convergence\.js", late[1]), page
        assert SCRIPT.findall(text) == [], page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_a_page_appears_as_it_will_stay(chromium: Reader, site: Served, width: int, scheme: str) -> None:
    context = chromium.browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(site.origin + path)
        page.evaluate(SETTLED)
        assert not page.evaluate(HAS_SCRIPTS)
        before = page.evaluate(PLACES)
        assert len(before) > 20
        page.evaluate("() => dispatchEvent(new Event('wheel'))")
        page.wait_for_function(HAS_SCRIPTS)
        page.locator(".cd-keys").wait_for()  # what the last of them does
        assert page.evaluate(PLACES) == before, path
    context.close()


@pytest.mark.browser
def test_what_the_first_touch_was_for_is_done(context: BrowserContext, site: Served) -> None:
    def fresh() -> Page:
        page = context.new_page()
        page.goto(f"{site.origin}/")
        assert not page.evaluate(HAS_SCRIPTS)
        return page

    page = fresh()
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.matches('.md-search__input')")
    page = fresh()
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("() => document.body.dataset.mdColorMedia === '(prefers-color-scheme: light)'")
    page = fresh()
    link = page.locator("article a[href*='03.2.2']").first
    link.dispatch_event("pointerover", {"pointerType": "mouse", "bubbles": True})
    page.locator(".cd-preview").wait_for()
    page = fresh()
    page.locator("article a[href*='03.2.2']").first.click()
    page.wait_for_url("**/03.2.2-*/**")


@pytest.mark.browser
def test_the_index_comes_with_the_first_focus(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.goto(f"{site.origin}/")
    with page.expect_request(lambda request: "/assets/convergence/search/" in request.url):
        page.locator("input.md-search__input").focus()


@pytest.mark.browser
def test_the_search_of_a_phone_can_be_typed_into_at_once(chromium: Reader, site: Served) -> None:
    context = chromium.browser.new_context(viewport={"width": 375, "height": 800}, has_touch=True, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/")
    page.locator("label.md-header__button[for=__search]").tap()
    page.wait_for_function("() => document.activeElement.matches('.md-search__input')")
    page.keyboard.insert_text("报酬递增")
    page.locator(".md-search-result__item", has_text="报酬递增").first.wait_for()
    context.close()


@pytest.mark.browser
def test_a_page_that_needs_its_scripts_does_not_wait(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.goto(f"{site.origin}/?mark=x")
    page.wait_for_function(HAS_SCRIPTS)


@pytest.mark.browser
@pytest.mark.parametrize("stored", [None, DARK])
def test_the_first_paint_has_the_readers_palette(chromium: Reader, site: Served, stored: dict[str, Any] | None) -> None:
    context = chromium.browser.new_context(color_scheme="light" if stored else "dark", locale="zh-CN")
    page = context.new_page()
    if stored:
        page.add_init_script(f"localStorage.setItem('/.__palette', {json.dumps(json.dumps(stored))})")
    page.goto(f"{site.origin}/")
    assert not page.evaluate(HAS_SCRIPTS)
    assert page.evaluate("() => document.body.dataset.mdColorScheme") == "slate"
    labels = page.locator("[data-md-component=palette] label:visible")
    assert labels.count() == 1
    assert labels.get_attribute("for") == ("__palette_0" if stored else "__palette_1")
    context.close()


@pytest.mark.browser
def test_far_diagrams_are_laid_out_later_and_nothing_moves(context: BrowserContext, site: Served) -> None:
    address = next(page for page in site.pages if "03.3.1" in page)
    page = context.new_page()
    page.goto(address)
    page.evaluate(SETTLED)
    before = page.evaluate(SKIPPED)
    assert len(before) >= 3
    assert before[-1][0] is False, "the last diagram is far below the screen"
    assert all(height > 100 for _, height in before)
    page.evaluate("() => dispatchEvent(new Event('wheel'))")
    page.locator(".cd-keys").wait_for()  # puts its line at the foot of the page
    end = page.evaluate("() => document.documentElement.scrollHeight")
    page.locator(".cd-diagram__view > svg").last.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    after = page.evaluate(SKIPPED)
    assert after[-1][0]
    assert [height for _, height in after] == [height for _, height in before]
    assert page.evaluate("() => document.documentElement.scrollHeight") == end
