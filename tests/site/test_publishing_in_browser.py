"""What pages tell programs costs readers nothing, and follows them from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.site.conftest import Served

pytestmark = pytest.mark.browser

LINKS = "selector => [...document.head.querySelectorAll(selector)].map(link => link.href)"


def test_other_forms_of_a_page_are_told_and_not_loaded(site: Served, context: BrowserContext) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("response", lambda response: asked.append(f"{response.status} {response.url}"))
    page.goto(f"{site.origin}/", wait_until="networkidle")
    page.evaluate("window.stays = true")
    link = page.locator("article a[href*='chapters/03']").first
    address = link.evaluate("link => link.href.replace(/#.*/, '')")
    link.click()
    page.wait_for_function("href => document.querySelector('link[rel=canonical]').href === href", arg=address)
    assert page.evaluate("window.stays"), "no page was loaded anew"
    assert page.evaluate(LINKS, "link[rel=canonical]") == [address]
    assert page.evaluate(LINKS, "link[rel~=alternate][type='text/markdown']") == [f"{address}index.md"]
    assert [one for one in asked if not one.startswith(("200 ", "304 ")) or one.endswith((".md", "feed.xml"))] == []
    assert sum("sitemap.xml" in one for one in asked) == 1, "Material asks once, to know which links it may follow"
