"""What holds up a page, and what does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.site.conftest import Served

SCRIPT = re.compile(r'<script src="([^"]+)"([^>]*)>')
SKIPPED = """() => [...document.querySelectorAll(".cd-diagram__view > svg")].map(svg => {
  const isLaidOut = svg.querySelector("foreignObject > *, text, path").checkVisibility({ contentVisibilityAuto: true })
  return [isLaidOut, svg.getBoundingClientRect().height]
})"""


def test_no_script_holds_up_a_page(site: Served) -> None:
    for page in (*site.folder.rglob("index.html"), site.folder / "404.html"):
        scripts = SCRIPT.findall(page.read_text("utf-8"))
        assert any("bundle" in name for name, _ in scripts), page
        assert all("defer" in attributes for _, attributes in scripts), page


@pytest.mark.browser
def test_far_diagrams_are_laid_out_later_and_nothing_moves(context: BrowserContext, site: Served) -> None:
    address = next(page for page in site.pages if "03.3.1" in page)
    page = context.new_page()
    page.goto(address)
    before = page.evaluate(SKIPPED)
    assert len(before) >= 3
    assert before[-1][0] is False, "the last diagram is far below the screen"
    assert all(height > 100 for _, height in before)
    end = page.evaluate("() => document.documentElement.scrollHeight")
    page.locator(".cd-diagram__view > svg").last.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    after = page.evaluate(SKIPPED)
    assert after[-1][0]
    assert [height for _, height in after] == [height for _, height in before]
    assert page.evaluate("() => document.documentElement.scrollHeight") == end
