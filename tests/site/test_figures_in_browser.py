"""Matrix, pages of terms, tables and chart in a real browser: sizes, colours, keyboard, names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.site import shelf
from tests.site.conftest import ROOT as PROJECT
from tests.site.conftest import Served, build_and_serve, without_nav
from tests.site.contrast import LEAST_CONTRAST

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "matrix/",
    "terms/",
    "terms/layer-architectural/",
    "terms/level-L3/",
    "terms/driver-technical/",
    "terms/technology-transformer/",
    "chapters/",
    "chapters/" + quote("03.2.2-架构层收敛") + "/",
    "",
)
OURS = (
    ".cd-matrix, .cd-chart, .cd-scroll, .cd-share, .cd-facts, .cd-mentions, .cd-related, .cd-at, .cd-download, .cd-note"
)
QUARREL = (
    "# 另一章\n\n| 维度 | 架构层 | 数学层 |\n| --- | --- | --- |\n| 收敛度 | 90% | 100% |\n| 采用率 | 50-70% | <50% |\n"
)


@pytest.fixture(scope="module")
def quarrel_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small book in which two chapters disagree, under this project's configuration."""
    folder: Path = tmp_path_factory.mktemp("quarrel")
    for path, text in {
        **shelf.FILES,
        "c.md": QUARREL,
        "index.md": "# 首页\n\n正文。\n",
        "vocabulary.yml": shelf.VOCABULARY,
    }.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    (folder / "hooks").mkdir()
    (folder / "hooks" / "convergence.py").write_bytes((PROJECT / "hooks" / "convergence.py").read_bytes())
    (folder / "mkdocs.yml").write_text(without_nav((PROJECT / "mkdocs.yml").read_text("utf-8")), "utf-8")
    yield from build_and_serve(folder / "mkdocs.yml", folder / "site")


def test_everything_can_be_read_and_nothing_is_too_wide(page: Page, site: Served, quarrel_site: Served) -> None:
    addresses = [f"{site.origin}/{path}" for path in PAGES]
    addresses += [f"{quarrel_site.origin}/matrix/", f"{quarrel_site.origin}/terms/layer-architectural/"]
    for address in addresses:
        page.goto(address, wait_until="load")
        contrast, where, seen = page.evaluate(LEAST_CONTRAST, OURS)
        assert seen > 3 or address.endswith("/terms/"), f"the probe sees nothing on {address}"
        assert contrast >= 4.5, (address, where)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), address


def test_the_probe_sees_a_pale_word(page: Page, quarrel_site: Served) -> None:
    page.goto(f"{quarrel_site.origin}/matrix/", wait_until="load")
    flags = page.locator(".cd-matrix .cd-flag")
    flags.evaluate_all("all => all.forEach(one => one.style.setProperty('color', '#777', 'important'))")
    contrast, where, _ = page.evaluate(LEAST_CONTRAST, OURS)
    assert contrast < 4.5
    assert "cd-flag" in where


def test_disagreement_has_a_shape_and_words(page: Page, quarrel_site: Served) -> None:
    page.goto(f"{quarrel_site.origin}/matrix/", wait_until="load")
    flags = page.locator(".cd-flag")
    assert flags.count() == 6
    assert set(flags.all_text_contents()) == {"不一致"}
    styles = page.locator(".cd-value--disputed").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderLeftStyle)"
    )
    assert styles == ["double"] * 6
    assert page.get_by_role("img", name="各层的收敛度").count() == 1


@pytest.fixture
def matrix(chromium: Browser, quarrel_site: Served) -> Iterator[Page]:
    """The matrix at desktop size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{quarrel_site.origin}/matrix/", wait_until="load")
    yield page
    context.close()


def first_column(page: Page) -> list[str]:
    return page.locator("[data-cd-group=layer] tbody th").all_text_contents()


def test_columns_are_sorted_by_keyboard(matrix: Page) -> None:
    head = matrix.get_by_role("columnheader", name="收敛度")
    button = head.get_by_role("button")
    assert head.get_attribute("aria-sort") == "none"
    as_written = first_column(matrix)
    button.focus()
    orders = []
    for key in ("Enter", "Space", "Enter"):
        matrix.keyboard.press(key)
        orders.append((head.get_attribute("aria-sort"), first_column(matrix)))
    assert orders == [
        ("ascending", ["能力层", "架构层", "数学层"]),
        ("descending", ["数学层", "架构层", "能力层"]),
        ("none", as_written),
    ]


def test_only_one_column_says_that_it_is_sorted(matrix: Page) -> None:
    for name in ("收敛度", "确定性"):
        matrix.get_by_role("columnheader", name=name).get_by_role("button").click()
    said = matrix.locator("th[aria-sort]").evaluate_all("all => all.map(one => one.ariaSort)")
    assert sorted(said) == ["ascending", "none", "none"]


def test_filters_work_by_keyboard_and_without_a_script(chromium: Browser, quarrel_site: Served) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{quarrel_site.origin}/matrix/", wait_until="load")
    layers, factors = page.locator("[data-cd-group=layer]"), page.locator("[data-cd-group=factor]")
    assert (layers.is_visible(), factors.is_visible()) == (True, True)
    page.get_by_role("checkbox", name="因素").focus()
    page.keyboard.press("Space")
    assert (layers.is_visible(), factors.is_visible()) == (True, False)
    page.get_by_role("checkbox", name="只看不一致").check()
    names = layers.locator("tbody tr:visible th")
    assert names.all_text_contents() == ["数学层", "架构层"]
    assert page.get_by_role("button").filter(has_text="收敛度").count() == 0, "no button that does nothing"
    context.close()


def test_places_unfold_by_keyboard_and_lead_to_their_section(matrix: Page, quarrel_site: Served) -> None:
    row = matrix.locator("tr", has=matrix.locator("th", has_text="能力层"))
    summary = row.locator("summary").first
    summary.focus()
    matrix.keyboard.press("Enter")
    link = row.locator("details[open] a").first
    assert link.text_content() == "架构层 › 一、状态"
    link.click()
    matrix.wait_for_url("**/a/#*")
    # Not by `:target`, which instant navigation does not always set.
    matrix.wait_for_function(
        "() => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent.startsWith('一、状态')"
    )


def test_boxes_and_tables_have_names(matrix: Page) -> None:
    regions = matrix.get_by_role("region").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert regions == ["层，可横向滚动", "因素，可横向滚动"]
    assert matrix.get_by_role("table", name="层", exact=True).count() == 1
    nameless = matrix.locator("article :is(a, button, summary, input)").evaluate_all(
        "all => all.filter(one => !(one.textContent.trim() || one.labels?.[0]?.textContent.trim() || one.ariaLabel"
        " || one.title)).map(one => one.outerHTML)"
    )
    assert nameless == []


def test_the_first_column_stays_while_the_others_scroll(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/matrix/", wait_until="load")
    box = page.locator("[data-cd-group=layer]")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    name = box.locator("tbody th").first
    before = name.bounding_box()
    box.evaluate("box => { box.scrollLeft = 300 }")
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 1
    assert box.evaluate("box => box.scrollLeft") == 300
    context.close()


def test_a_chapters_table_is_sorted_too(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/", wait_until="load")
    table = page.locator("table[data-cd-sort]").first
    table.get_by_role("button", name="收敛度").click()
    assert table.locator("tbody td:first-child").all_text_contents() == ["能力层", "架构层", "数学层"]
    assert table.get_by_role("img", name="3 星，共 5 星").count() == 1
    context.close()


def test_search_finds_the_pages_of_terms(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/", wait_until="load")
    box = page.locator("input.md-search__input")
    box.fill("市场收敛驱动力")
    box.press("End")
    page.locator('.md-search-result__link[href*="terms/driver-market/"]').first.wait_for()
    context.close()
