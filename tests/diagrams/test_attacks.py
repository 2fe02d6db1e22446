"""Diagrams that would harm a reader, on the site as it is built, drawn at build and in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.diagrams.corpus_files import attacks
from tests.site.conftest import ROOT, Served, build_and_serve, without_nav

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser

HANGING = "radar-beta\n    axis a, b, c\n    curve x{1, 2, 3}\n    ticks 999999999\n"
"""What takes for ever to draw, and is read at once."""
LEFT = """() => {
  const left = document.querySelector("figure.cd-diagram:is([data-cd-state=source], [data-cd-state=waiting])")
  left?.scrollIntoView({ behavior: "instant" })
  return !left
}"""
STATES = "() => [...document.querySelectorAll('figure.cd-diagram')].map(one => one.dataset.cdState)"
TOUCH = """() => {
  const parts = document.querySelectorAll(".cd-diagram__view *")
  addEventListener("click", event => { // a link to a page may stand in a diagram; following it ends the test
    const link = event.target.closest("a"), to = link && (link.getAttribute("href") || link.getAttribute("xlink:href"))
    if (/^(https?:|#|\\/)/.test(to || "")) event.preventDefault()
  }, true)
  for (const part of parts)
    for (const name of ["pointerover", "mouseover", "mousemove", "focus", "click"])
      part.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }))
  return parts.length
}"""
ARMED = """() => {
  const found = []
  for (const part of document.querySelectorAll("figure.cd-diagram, figure.cd-diagram *")) {
    for (const { name, value } of part.attributes) {
      const plain = value.replace(/[\\u0000-\\u0020]/g, "")
      if (/^on/i.test(name)) found.push(part.localName + " " + name)
      const isAddress = /^(href|xlink:href|src|srcset|action|formaction|data)$/i.test(name)
      if (isAddress && /^[a-z][a-z0-9+.-]*:/i.test(plain) && !/^(https?:|data:image\\/png)/i.test(plain))
        found.push(part.localName + " " + name + "=" + plain)
    }
    if (/^(script|iframe|object|embed|form|base|meta|link|foreignobject > script)$/.test(part.localName))
      found.push(part.localName)
  }
  if ({}.harm !== undefined) found.push("a key that every object has")
  if (getComputedStyle(document.body).visibility !== "visible") found.push("the page is hidden")
  return found
}"""
EXTREMES = """
<img src=x onerror="alert('seen')"><a href="javascript:alert(1)">甲</a>
<figure class="cd-diagram"><a href="javascript:alert('clicked')">乙</a><b onclick="alert(2)">丙</b>
<script>1</script></figure>
"""


def write_site(folder: Path, way: str) -> Path:
    """A page with every attack, and one with a diagram that would hang; gives the path of the ``mkdocs.yml``."""
    blocks = "\n\n".join(f"```mermaid\n{case.text}```" for case in attacks())
    pages = {
        "index.md": "# 首页\n\n没有图。\n",
        "attacks.md": f"# 攻击\n\n{blocks}\n",
        "hanging.md": f"# 不停\n\n```mermaid\n{HANGING}```\n\n```mermaid\ngraph LR\n    A --> B\n```\n",
    }
    (folder / "docs").mkdir()
    (folder / "hooks").mkdir()
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "docs" / "vocabulary.yml").write_bytes((ROOT / "docs" / "vocabulary.yml").read_bytes())
    (folder / "hooks" / "convergence.py").write_bytes((ROOT / "hooks" / "convergence.py").read_bytes())
    config = without_nav((ROOT / "mkdocs.yml").read_text("utf-8"))
    wanted = f"    diagrams: {{seconds: 2}}\n    site:\n      check: false\n      diagrams: {way}\n"
    # Without the policy that would stop the worst: here nothing else must let it through.
    config = config.replace("    site:\n", wanted, 1).replace("csp: true", "csp: false", 1)
    assert "csp: false" in config
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder / "mkdocs.yml"


@pytest.fixture(scope="module", params=["build", "client"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, with diagrams drawn at build where they can be, and with all of them drawn in the browser."""
    folder = tmp_path_factory.mktemp(f"attacks-{request.param}")
    yield from build_and_serve(write_site(folder, request.param), folder / "site")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that notes what is said and asked; what it asks of others is not sent."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(120_000)
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.said, page.asked = said, asked  # type: ignore[attr-defined]

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()


def of_others(page: Any) -> list[str]:
    """What was asked of others than the site."""
    return sorted({url for url in page.asked if "127.0.0.1" not in url and not url.startswith(("data:", "blob:"))})


def test_nothing_runs_and_nobody_is_asked(page: Page, pages: Served) -> None:
    page.goto(f"{pages.origin}/attacks/", wait_until="load")
    page.wait_for_function(LEFT)
    states = page.evaluate(STATES)
    assert len(states) == len(attacks()) >= 40
    assert states.count("drawn") > 30, "little is drawn, so this proves little"
    assert page.evaluate(ARMED) == []
    assert page.evaluate(TOUCH) > 500
    page.wait_for_timeout(500)
    assert page.said == []  # type: ignore[attr-defined]
    assert page.evaluate(ARMED) == []
    assert of_others(page) == []


def test_the_probe_sees_what_runs(page: Page, pages: Served) -> None:
    page.goto(f"{pages.origin}/", wait_until="load")
    page.evaluate("text => { document.body.insertAdjacentHTML('beforeend', text) }", EXTREMES)
    page.evaluate("() => { document.body.style.background = 'url(https://harm.invalid/x)' }")
    page.evaluate("() => { Object.prototype.harm = 1 }")
    page.wait_for_timeout(500)
    assert page.said == ["seen"]  # type: ignore[attr-defined]
    assert of_others(page) == ["https://harm.invalid/x"]
    assert len(page.evaluate(ARMED)) == 4


def test_what_would_hang_the_reader_is_shown_as_text(page: Page, pages: Served) -> None:
    page.goto(f"{pages.origin}/hanging/", wait_until="load")
    page.wait_for_function(LEFT)
    assert page.evaluate(STATES) == ["broken", "drawn"]
    assert "999999999" in page.locator("figure").first.inner_text()
