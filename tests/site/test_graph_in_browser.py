"""Graph, references and index of terms in a real browser: sizes, colours, keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.site.conftest import Served
from tests.site.contrast import LEAST_CONTRAST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ("graph/", "references/", "term-index/")
OURS = ".cd-graph__rows, .cd-graph figcaption, .cd-links, .cd-sources, .cd-index"
ARCS = """() => {
  const light = text => {
    const linear = part => part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map(linear)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = getComputedStyle(document.body).backgroundColor
  return [".cd-graph__all path", ".cd-graph__out", ".cd-graph__in"].map(selector => {
    const stroke = getComputedStyle(document.querySelector(selector)).stroke
    const [one, other] = [light(stroke), light(ground)].sort((a, b) => b - a)
    return (one + 0.05) / (other + 0.05)
  })
}"""
OFF_ROW = """() => {
  let worst = 0
  let seen = 0
  for (const row of document.querySelectorAll(".cd-graph__row")) {
    const box = row.getBoundingClientRect()
    for (const path of row.querySelectorAll(".cd-graph__out")) {
      const start = path.getPointAtLength(0).matrixTransform(path.getScreenCTM())
      const edge = path.ownerSVGElement.matches(".cd-graph__down") ? box.right : box.left
      worst = Math.max(worst, box.top - start.y, start.y - box.bottom, Math.abs(start.x - edge))
      seen += 1
    }
  }
  return [worst, seen]
}"""
SEEN_ARCS = """() => [...document.querySelectorAll(".cd-graph__own")]
  .filter(one => getComputedStyle(one).visibility === "visible").map(one => one.closest("li").textContent.trim())"""


@pytest.fixture
def graph(chromium: Browser, site: Served) -> Iterator[Page]:
    """The graph at desktop size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{site.origin}/graph/", wait_until="load")
    yield page
    context.close()


def test_everything_can_be_read_and_no_page_is_too_wide(page: Page, site: Served) -> None:
    for path in PAGES:
        page.goto(f"{site.origin}/{path}", wait_until="load")
        contrast, where, seen = page.evaluate(LEAST_CONTRAST, OURS)
        assert seen > 20, f"the probe sees nothing on {path}"
        assert contrast >= 4.5, (path, where)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path


def test_arcs_can_be_seen_and_meet_their_rows(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/graph/", wait_until="load")
    assert min(page.evaluate(ARCS)) >= 3
    worst, seen = page.evaluate(OFF_ROW)
    assert seen > 40
    assert worst < 3, "pixels between an arc's beginning and its row"


def test_rows_are_links_in_the_order_of_the_book_and_show_focus(graph: Page) -> None:
    rows = graph.locator(".cd-graph__node")
    names = [name.split("→")[0] for name in rows.all_text_contents()]
    assert names[:2] == ["03.1.1 L4：完全收敛（工业标准）", "03.2.1 数学层收敛"]
    assert len(names) == 9
    rows.first.focus()
    for name in names:
        graph.keyboard.press("Shift") if name == names[0] else graph.keyboard.press("Tab")
        assert graph.evaluate("() => document.activeElement.textContent").startswith(name)
        assert graph.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        shown = graph.evaluate(SEEN_ARCS)
        assert shown, "its own arcs are seen"
        assert all(one.startswith(name) for one in shown), "and nobody else's"


def test_arrow_keys_walk_along_arcs_and_enter_opens_the_chapter(graph: Page) -> None:
    assert graph.get_by_text("方向键").is_visible()
    rows = graph.locator(".cd-graph__node")
    rows.nth(1).focus()
    linked = rows.nth(1).get_attribute("data-cd-linked")
    assert linked
    goals = [int(at) for at in linked.split()]
    assert graph.locator(".cd-graph__node--linked").count() == len(goals)
    graph.keyboard.press("ArrowDown")
    focused = "() => [...document.querySelectorAll('.cd-graph__node')].indexOf(document.activeElement)"
    assert graph.evaluate(focused) == min(goal for goal in goals if goal > 1)
    graph.keyboard.press("End")
    assert graph.evaluate(focused) == 8
    graph.keyboard.press("ArrowUp")
    assert graph.evaluate(focused) < 8
    graph.keyboard.press("Home")
    graph.keyboard.press("Enter")
    graph.wait_for_url("**/chapters/**")
    assert "03.1.1" in unquote(graph.url)


def test_the_drawing_is_named_and_the_list_says_the_same(graph: Page) -> None:
    drawing = graph.get_by_role("group", name="章节之间的链接")
    assert drawing.count() == 1
    assert drawing.locator("svg:not([aria-hidden])").count() == 0
    for at, row in enumerate(graph.locator(".cd-graph__node").all()):
        linked = (row.get_attribute("data-cd-linked") or "").split()
        item = graph.locator(".cd-links > li").nth(at)
        listed = set(item.locator("dd a").evaluate_all("all => all.map(one => one.href)"))
        assert len(listed) == len(linked)


def test_it_works_when_reached_from_another_page_without_loading(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{site.origin}/references/", wait_until="load")
    page.locator("nav a", has_text="章节关系").first.click()
    page.wait_for_selector(".cd-graph__node")
    page.locator(".cd-graph__node").nth(2).focus()
    assert page.locator(".cd-graph__node--linked").count() > 0
    assert page.get_by_text("方向键").is_visible()
    assert problems == []
    context.close()


def test_without_scripts_arcs_show_and_the_rest_unfolds(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/graph/", wait_until="load")
    assert not page.get_by_text("方向键").is_visible()
    row = page.locator(".cd-graph__row").nth(2)
    assert not row.locator(".cd-graph__own").first.is_visible()
    row.locator("a").focus()
    assert row.locator(".cd-graph__own").first.is_visible()
    page.goto(f"{site.origin}/term-index/", wait_until="load")
    more = page.locator(".cd-index__more").first
    assert not more.locator("a").first.is_visible()
    more.locator("summary").click()
    assert more.locator("a").first.is_visible()
    context.close()


def test_a_source_leads_to_the_very_place_that_cites_it(graph: Page, site: Served) -> None:
    graph.goto(f"{site.origin}/references/", wait_until="load")
    source = graph.locator("li", has=graph.locator("a", has_text="arXiv:1706.03762")).last
    assert "Attention Is All You Need" in (source.text_content() or "")
    link = source.locator(".cd-sources__cited li a[href*='#']").first
    link.click()
    graph.wait_for_url("**/chapters/**#*")
    there = "() => document.getElementById(decodeURIComponent(location.hash.slice(1)))"
    graph.wait_for_function(there)
    assert graph.evaluate(f"({there})().matches('sup')")


def test_every_link_of_the_three_pages_leads_somewhere(graph: Page, site: Served) -> None:
    for path in PAGES:
        graph.goto(f"{site.origin}/{path}", wait_until="load")
        hrefs = graph.locator("article a:not(.headerlink)").evaluate_all("all => all.map(one => one.href)")
        own = {href for href in hrefs if href.startswith(site.origin)}
        assert len(own) > 15
        for href in own:
            where, _, fragment = unquote(href.removeprefix(site.origin + "/")).partition("#")
            text = (site.folder / where / "index.html").read_text("utf-8")
            assert not fragment or f'id="{fragment}"' in text, href


def test_ids_are_unique(graph: Page, site: Served) -> None:
    for path in PAGES:
        graph.goto(f"{site.origin}/{path}", wait_until="load")
        assert (
            graph.evaluate(
                "() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);"
                " return ids.filter((id, at) => ids.indexOf(id) !== at) }"
            )
            == []
        )
