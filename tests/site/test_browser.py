"""The site in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.site.conftest import Served, path_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

LEFT = """() => {
  const left = document.querySelector("figure.cd-diagram:is([data-cd-state=source], [data-cd-state=waiting])")
  left?.scrollIntoView({ behavior: "instant" })
  return !left
}"""
DRAWN = "() => document.querySelectorAll('figure[data-cd-state=drawn] > .cd-diagram__view > svg').length"
BOMBS = "() => document.querySelectorAll('body > svg, body > [id^=d__mermaid]').length"
WIDTH = "() => document.documentElement.scrollWidth"
PHONE = {"width": 375, "height": 800}
DESK = {"width": 1280, "height": 900}


class Visit(NamedTuple):
    """What one page showed: diagrams as built and as drawn, remains of failed ones, and its width on a phone."""

    path: str
    written: int
    drawn: int
    bombs: int
    width: int


class Crawl(NamedTuple):
    """A visit to every page of the site: what was asked of whom, and what went wrong."""

    visits: tuple[Visit, ...]
    requests: frozenset[str]
    errors: tuple[str, ...]


@pytest.fixture(scope="module")
def crawl(chromium: Browser, site: Served) -> Crawl:
    """Open every page once, at desktop size and then as a phone."""
    requests: set[str] = set()
    errors: list[str] = []
    visits = []
    context = chromium.new_context(viewport=DESK, locale="zh-CN")
    context.on("request", lambda request: requests.add(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    for address in site.pages:
        page.set_viewport_size(DESK)
        page.goto(address, wait_until="load")
        drawn = diagrams(page, site)
        page.set_viewport_size(PHONE)
        visits.append(
            Visit(
                path=path_of(address, site.origin),
                written=written(page, site),
                drawn=drawn,
                bombs=page.evaluate(BOMBS),
                width=page.evaluate(WIDTH),
            )
        )
    context.close()
    return Crawl(tuple(visits), frozenset(requests), tuple(errors))


def search_for(page: Page, words: str) -> None:
    """Type words into the search box; Material listens to keys, not to the box's content."""
    box = page.locator("input.md-search__input")
    box.fill(words)
    box.press("End")


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def written(page: Page, site: Served) -> int:
    """The number of diagrams in a page as it was built."""
    source = site.folder / path_of(page.url, site.origin).strip("/") / "index.html"
    return source.read_text("utf-8").count('<figure class="cd-diagram"')


def diagrams(page: Page, site: Served) -> int:
    """Look at every diagram until none is left to draw, and count those that were drawn."""
    page.wait_for_function(LEFT)
    count = page.evaluate(DRAWN)
    assert isinstance(count, int)
    return count


def test_no_page_asks_anybody_else(crawl: Crawl, site: Served) -> None:
    assert len(crawl.visits) > 10
    assert len(crawl.requests) > len(crawl.visits), "the probe saw no requests"
    assert sorted(url for url in crawl.requests if not url.startswith((site.origin, "data:", "blob:"))) == []


def test_pages_run_without_script_errors(crawl: Crawl) -> None:
    assert crawl.errors == ()


def test_all_diagrams_of_the_book_are_drawn(crawl: Crawl) -> None:
    assert sum(visit.written for visit in crawl.visits) >= 8
    assert [visit for visit in crawl.visits if visit.drawn != visit.written or visit.bombs] == []


def test_no_page_scrolls_sideways_on_a_phone(crawl: Crawl) -> None:
    assert [(visit.path, visit.width) for visit in crawl.visits if visit.width > PHONE["width"]] == []


def test_clicks_and_searches_ask_nobody_else(context: BrowserContext, site: Served) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = open_page(context, f"{site.origin}/")
    search_for(page, "注意力机制")
    page.locator(".md-search-result__item").first.wait_for()
    page.locator(".md-search-result__link").first.click()
    page.locator(".md-content__inner mark:visible", has_text="注意力机制").first.wait_for()
    found = page.url
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(lambda url: url != found)
    page.wait_for_load_state("networkidle")
    assert len(asked) > 5, "the probe saw no requests"
    assert sorted(url for url in asked if not url.startswith((site.origin, "data:", "blob:"))) == []


def test_formulas_are_mathml_of_a_readable_size(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/diagrams/")
    inline, display = page.locator("span.cd-math math"), page.locator("div.cd-math--display math")
    assert (inline.count(), display.count()) == (1, 1)
    box = inline.bounding_box()
    assert box is not None
    assert 20 < box["width"] < 200
    assert 15 < box["height"] < 80
    assert page.locator("mfrac msqrt").count() == 1
    assert page.evaluate("() => document.fonts.check('16px \"Convergence Math\"')")


def test_a_wide_formula_scrolls_in_its_box_on_a_phone(context: BrowserContext, probe_site: Served) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{probe_site.origin}/diagrams/", wait_until="load")
    assert page.evaluate(
        "() => { const box = document.querySelector('.cd-math--display'); return box.scrollWidth > box.clientWidth }"
    )
    assert page.evaluate(WIDTH) <= PHONE["width"]


def test_the_search_dialog_has_a_name(context: BrowserContext, probe_site: Served) -> None:
    page = open_page(context, f"{probe_site.origin}/")
    assert page.locator("[role=dialog][data-md-component=search]").get_attribute("aria-label") == "搜索"


@pytest.fixture(scope="module")
def search(chromium: Browser, site: Served) -> Iterator[Page]:
    """A page whose search is ready."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN")
    page = open_page(context, f"{site.origin}/")
    search_for(page, "收敛")
    page.locator(".md-search-result__item").first.wait_for()
    yield page
    context.close()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("注意力机制", "注意力机制"),
        ("收敛度", "收敛度"),
        ("架构层", "架构层"),
        ("预训练", "预训练"),
        ("AdamW优化器", "AdamW 优化器"),
        ("scaling law", "Scaling Law"),
        ("力机制", "注意力机制"),
        ("市场 驱动力", "市场收敛驱动力"),
    ],
)
def test_search_finds_what_is_there(search: Page, words: str, title: str) -> None:
    search_for(search, words)
    # One look at title and marks together: the results of the query before may still stand, and go at any moment.
    search.wait_for_function(
        "([words, title]) => { const first = document.querySelector('.md-search-result__item');"
        " return first && first.textContent.includes(title) && [...first.querySelectorAll('mark')]"
        ".some(mark => words.includes(mark.textContent.toLowerCase().replaceAll(' ', ''))) }",
        arg=[words.lower().replace(" ", ""), title],
    )


def test_search_says_where_nothing_is_found(search: Page) -> None:
    search_for(search, "𰻝𰻝䨻䨻")
    search.wait_for_function("() => !document.querySelector('.md-search-result__item')")
