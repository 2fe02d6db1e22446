"""WCAG 2.2 AA on every kind of page: axe-core in both palettes and at two widths, keys, reflow, spacing, motion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.site.accessibility_pages import write_site
from tests.site.conftest import Served, build_and_serve, path_of, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FloatRect, Page

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
NARROW = {"width": 320, "height": 640}  # 1280 px wide at 400 %
WIDTH = "() => document.documentElement.scrollWidth"
LEAN = {"resultTypes": ["violations"], "preload": False}
EVERY_RULE = {**LEAN, "rules": {"target-size": {"enabled": True}}}
OF_COLOUR = {**LEAN, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What a change of the palette alone can change."""
WHOLE, CONTENT = "document", "{ include: [['.md-content']] }"

SETTLED = """() => {
  const left = document.querySelector("figure.cd-diagram:is([data-cd-state=source], [data-cd-state=waiting])")
  left?.scrollIntoView({ behavior: "instant" })
  return !left && [...document.querySelectorAll("figure.cd-diagram[data-cd-state=drawn]")]
    .every(figure => figure.querySelector(".cd-diagram__tools"))
}"""
UNFOLD = "() => document.querySelectorAll('article details').forEach(one => (one.open = true))"
THIN = """() => {
  for (const list of document.querySelectorAll(".md-content article :is(ul, ol, dl, tbody)"))
    for (const more of [...list.children].slice(8)) more.remove()
  for (const more of [...document.querySelectorAll(".md-content article > h2")].slice(12)) {
    while (more.nextElementSibling && more.nextElementSibling.localName !== "h2") more.nextElementSibling.remove()
    more.remove()
  }
}"""
"""Of what comes again and again, the first is enough: axe needs a second for every thousand elements."""
FOCUS = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const shown = element => {
    const box = element.getBoundingClientRect()
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth)
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight)
    if (left >= right || top >= bottom) return false
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]]
    return points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y)
      return top && (element.contains(top) || top.contains(element))
    })
  }
  // A checkbox or radio that is not drawn itself is seen by what stands for it.
  const marked = [at, at.nextElementSibling, at.closest("form"), at.closest("figure, .tabbed-set")?.firstElementChild,
    at.parentElement.querySelector(":scope > .md-nav > .md-nav__title"), at.closest(".tabbed-set")]
    .filter(one => one && (getComputedStyle(one).outlineStyle !== "none" || one.matches(".tabbed-set")))
  const words = at.getAttribute("aria-label") || at.textContent.trim().slice(0, 30)
  const label = `${at.localName}.${at.className}#${at.id} ${words}`
  return { label, isMarked: marked.length > 0, isSeen: marked.some(shown) || shown(at) }
}"""
CLIPPED = """() => [...document.querySelectorAll("article :is(p, li, td, th, h1, h2, h3, h4, summary, button, label)")]
  .filter(one => {
    const { overflowX, overflowY } = getComputedStyle(one)
    if (!one.getClientRects().length || one.closest("svg, .cd-hidden")) return false
    return (overflowY === "hidden" || overflowY === "clip") && one.scrollHeight > one.clientHeight + 2 ||
      (overflowX === "hidden" || overflowX === "clip") && one.scrollWidth > one.clientWidth + 2
  }).map(one => one.outerHTML.slice(0, 120))"""
SPACING = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`p { margin-bottom: 2em !important }
    * { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important }`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}"""
MOVING = """() => [...document.querySelectorAll("*"), document.documentElement].filter(one => {
  const style = getComputedStyle(one)
  const lasts = durations => durations.split(",").some(time => parseFloat(time) > 0.001)
  const isAnimated = style.animationName !== "none" && lasts(style.animationDuration)
  return lasts(style.transitionDuration) || isAnimated || style.scrollBehavior === "smooth"
}).map(one => one.outerHTML.slice(0, 100))"""
DRAWER = "document.querySelector('.md-sidebar--primary').getBoundingClientRect().left"
IN_DRAWING = "target => !!document.querySelector(target)?.closest('.cd-diagram__view > svg')"
TOKENS = re.compile(r'<(\w+)\b|\bclass="([^"]*)"')
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)


def axe_script() -> str:
    """axe-core, as the package that is pinned for it brings it."""
    from axe_playwright_python.base import AXE_FILE_PATH

    return Path(AXE_FILE_PATH).read_text("utf-8")


class View(NamedTuple):
    """What is judged: an address, and what is done there first."""

    address: str
    act: str = ""

    def __str__(self) -> str:
        return f"{self.address} {self.act}".strip()


def kinds(site: Served) -> tuple[str, ...]:
    """A few pages that hold, together, every element and class of the site: new kinds come in of themselves."""
    whole_book = f"{site.origin}/print/"  # all chapters once more; that of a small book is looked at instead
    texts = {address: text for address in site.pages if address != whole_book and (text := article(site, address))}
    held = {
        address: {part for pair in TOKENS.findall(text) for part in " ".join(pair).split()}
        for address, text in texts.items()
    }
    left = set().union(*held.values())
    chosen: list[str] = []
    while left:  # the short ones first: what axe needs grows with a page
        best = max(
            sorted(held), key=lambda address: (len(held[address] & left) / (len(texts[address]) + 2000), address)
        )
        chosen.append(best)
        left -= held[best]
    return tuple(chosen)


def article(site: Served, address: str) -> str:
    """The content of a page as it was built, without drawings (their classes are Mermaid's)."""
    path = site.folder / path_of(address, site.origin).strip("/") / "index.html"
    found = ARTICLE.search(path.read_text("utf-8"))
    return re.sub(r"<(svg|math|pre)\b.*?</\1>", "", found[0], flags=re.DOTALL) if found else ""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with what the book does not hold, and with diagrams that the browser draws."""
    folder = tmp_path_factory.mktemp("everything")
    yield from build_and_serve(write_site(folder), folder / "site")


@pytest.fixture(scope="module")
def views(site: Served, everything: Served) -> tuple[View, ...]:
    """All kinds of pages, and all states that a page can be in."""
    pages = [View(address) for address in kinds(site)]
    drawn = next(address for address in site.pages if 'data-cd-state="drawn"' in article(site, address))
    states = [View(drawn, "full"), View(f"{site.origin}/", "search"), View(f"{site.origin}/", "drawer")]
    others = [View(f"{everything.origin}/{path}") for path in ("", "client/", "print/", "404.html")]
    return (*pages, *others, *states)


@pytest.fixture(scope="module")
def screen(chromium: Browser) -> Iterator[Page]:
    """One page for all views; nothing moves on it."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def look(page: Page, view: View, *, size: dict[str, int] = DESK, scheme: str = "light") -> None:
    """Open a view, with all diagrams drawn and everything unfolded."""
    page.set_viewport_size(PHONE if view.act == "drawer" else size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(view.address, wait_until="load")
    page.wait_for_function(SETTLED)
    page.evaluate(UNFOLD)
    if view.act == "full":
        page.get_by_role("button", name="全屏").first.click()
        page.locator(".cd-diagram--full").wait_for()
    elif view.act == "search":
        box = page.locator("input.md-search__input")
        box.fill("收敛")
        box.press("End")
        page.locator(".md-search-result__item").first.wait_for()
    elif view.act == "drawer":
        page.get_by_role("button", name="导航菜单").click()


def judge(page: Page, scheme: str, part: str, options: dict[str, Any]) -> list[str]:
    """What axe has to say against a part of a page as it stands, in a palette."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    palette = "slate" if scheme == "dark" else "default"
    page.wait_for_function("palette => document.body.dataset.mdColorScheme === palette", arg=palette)
    result = page.evaluate(f"options => axe.run({part}, options)", options)
    least = 1 if "runOnly" in options else 5 if part == CONTENT else 15
    assert len(result["passes"]) >= least, "axe looked at nothing"
    return [
        f"{fault['id']}: {node['target']} {node['html'][:100]} {node['failureSummary']}"
        for fault in result["violations"]
        for node in fault["nodes"]
        # axe does not see the shape that the words of a drawing stand on; test_diagrams_in_browser.py measures it.
        if fault["id"] != "color-contrast" or not page.evaluate(IN_DRAWING, str(node["target"][-1]))
    ]


def test_axe_has_nothing_against_any_kind_of_page(screen: Page, views: tuple[View, ...]) -> None:
    """All rules at both widths; what a palette changes in both. What is the same on all pages is judged on some."""
    assert len(views) > 10
    faults = {}
    script = axe_script()
    for place, view in enumerate(views):
        look(screen, view)
        screen.evaluate(THIN)
        screen.evaluate(f"() => {{ {script} }}")
        found = []
        part = WHOLE if view.act or place == 0 else CONTENT
        if view.act != "drawer":
            found += judge(screen, "light", WHOLE, EVERY_RULE) + judge(screen, "dark", part, OF_COLOUR)
        if view.act not in ("search", "full"):
            screen.set_viewport_size(PHONE)
            found += judge(screen, "dark", part, EVERY_RULE)
        if view.act == "drawer":
            found += judge(screen, "light", part, OF_COLOUR)
        if found:
            faults[str(view)] = found
    assert faults == {}, faults


def test_no_kind_of_page_scrolls_sideways_at_400_percent(screen: Page, views: tuple[View, ...]) -> None:
    wide = {}
    for view in views:
        look(screen, view, size=NARROW)
        screen.set_viewport_size(NARROW)
        for _ in range(20):  # Material lets the ground of its search grow first, and holds the page then
            wide[str(view)] = screen.evaluate(WIDTH)
            if wide[str(view)] <= NARROW["width"]:
                break
            screen.wait_for_timeout(100)
    assert {view: width for view, width in wide.items() if width > NARROW["width"]} == {}


def test_text_that_a_reader_spaces_out_is_not_cut_off(screen: Page, views: tuple[View, ...]) -> None:
    cut = {}
    for view in views:
        if view.act:
            continue
        look(screen, view, size=NARROW)
        screen.evaluate(SPACING)
        if (found := screen.evaluate(CLIPPED)) or screen.evaluate(WIDTH) > NARROW["width"]:
            cut[str(view)] = found
    assert cut == {}


def test_nothing_moves_for_those_who_do_not_want_it(screen: Page, everything: Served) -> None:
    look(screen, View(f"{everything.origin}/"))
    assert screen.evaluate(MOVING) == []
    screen.evaluate("() => scrollTo({ top: 2000, behavior: 'instant' })")
    assert screen.evaluate("""() => {
      const list = document.querySelector(".md-sidebar--primary .md-sidebar__scrollwrap")
      list.scrollTo({ top: 50, behavior: "smooth" })
      return list.scrollHeight - list.clientHeight < 50 || list.scrollTop === 50
    }"""), "what scripts scroll is there at once"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_tab_key_comes_to_everything_in_sight_and_shows_where_it_is(
    screen: Page, site: Served, everything: Served, size: dict[str, int]
) -> None:
    drawn = next(address for address in site.pages if 'data-cd-state="drawn"' in article(site, address))
    for address in (drawn, f"{site.origin}/matrix/", f"{everything.origin}/"):
        look(screen, View(address), size=size)
        screen.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
        stops = walk(screen, "Tab")
        assert len(stops) > 20
        assert [stop["label"] for stop in stops if not stop["isMarked"]] == []
        assert [stop["label"] for stop in stops if not stop["isSeen"]] == []
        assert "md-skip" in stops[0]["label"]
        back = walk(screen, "Shift+Tab")
        assert [stop["label"] for stop in back if not stop["isSeen"]] == [], "the header covers what has the focus"


def walk(page: Page, key: str, most: int = 150) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page, and tell where it was."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    return stops


def test_the_drawer_opens_closes_and_is_walked_by_keys(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{site.origin}/", wait_until="load")
    menu = page.get_by_role("button", name="导航菜单")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    page.wait_for_function("() => document.activeElement.closest('.md-sidebar--primary')")
    seen = set()
    for _ in range(40):  # the page below is out of reach
        page.keyboard.press("Tab")
        seen.add(page.evaluate("() => !!document.activeElement.closest('.md-content, .md-footer, .md-header')"))
    assert seen == {False}
    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    assert page.evaluate("() => document.activeElement.classList.contains('cd-menu')")
    page.keyboard.press("Tab")
    assert not page.evaluate("() => document.activeElement.closest('.md-sidebar--primary')"), (
        "a closed drawer is no stop"
    )


def test_sections_of_the_navigation_open_by_keys_and_say_so(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.goto(next(address for address in site.pages if "/03.2.2-" in path_of(address, site.origin)), wait_until="load")
    section, chapter = page.get_by_role("checkbox", name="各层收敛"), page.get_by_role("link", name="03.2.1 数学层收敛")
    assert section.get_attribute("aria-expanded") == "true"
    section.focus()
    page.keyboard.press("Enter")
    assert section.get_attribute("aria-expanded") == "false"
    page.wait_for_function(
        "() => !document.querySelector('.md-nav a[href*=\"03.2.1\"]').checkVisibility({ visibilityProperty: true })"
    )
    page.keyboard.press("Space")
    assert section.get_attribute("aria-expanded") == "true"
    chapter.first.wait_for(state="visible")


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A page in a browser without scripts, on a dark system."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN", java_script_enabled=False, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_a_page_without_scripts_is_dark_on_a_dark_system(scriptless: Page, site: Served) -> None:
    scriptless.goto(f"{site.origin}/", wait_until="load")
    corner: FloatRect = {"x": 0, "y": 300, "width": 4, "height": 4}
    dark = scriptless.screenshot(clip=corner)
    scriptless.emulate_media(color_scheme="light")
    light = scriptless.screenshot(clip=corner)
    assert dark != light
    scriptless.emulate_media(color_scheme="dark", media="print")
    assert scriptless.screenshot(clip=corner) == light, "paper is white"


def test_a_page_without_scripts_shows_all_and_nothing_that_is_dead(scriptless: Page, everything: Served) -> None:
    scriptless.goto(f"{everything.origin}/", wait_until="load")
    for dead in (
        ".md-search__input",
        ".md-header__button[for=__search]",
        "[data-md-component=palette] label",
        ".md-top",
    ):
        assert not scriptless.locator(dead).first.is_visible(), dead
    assert [button.get_attribute("class") for button in scriptless.locator("button").all() if button.is_visible()] == []
    for seen in ("table", "math", ".admonition", ".highlight code", ".footnote", ".md-nav--primary li a", ".cd-share"):
        assert scriptless.locator(seen).first.is_visible(), seen
    scriptless.get_by_text("折叠的").click()
    scriptless.get_by_text("里面的").wait_for()
    scriptless.set_viewport_size(PHONE)
    scriptless.goto(f"{everything.origin}/", wait_until="load")  # keys begin at the top
    assert scriptless.evaluate(f"() => {DRAWER}") < 0
    for key in ("Tab", "Tab", "Space"):
        scriptless.keyboard.press(key)
    wait_for(scriptless, f"() => {DRAWER} === 0")


def test_what_a_browser_draws_can_be_read_in_the_dark(screen: Page, everything: Served) -> None:
    """Kinds that Material has dark colours for follow the palette; the others, here a pie, keep a light ground."""
    look(screen, View(f"{everything.origin}/client/"), scheme="dark")
    grounds = screen.evaluate("""() => [...document.querySelectorAll(".cd-diagram__view:has(> svg)")]
      .map(view => (view.dataset.mdColorScheme || "") + getComputedStyle(view).backgroundColor)""")
    white, dark = "defaultrgb(255, 255, 255)", "rgba(0, 0, 0, 0)"
    assert grounds == [dark, dark, dark, white, dark]
    formula, label = screen.evaluate("""() => {
      const formula = document.querySelector(".cd-diagram__view .katex")
      return [formula, formula.closest(".nodeLabel")].map(one => getComputedStyle(one).color)
    }""")
    assert formula == label


def test_keys_of_one_letter_can_be_turned_off(context: BrowserContext, site: Served) -> None:
    page = context.new_page()
    page.goto(f"{site.origin}/", wait_until="load")
    is_open = "() => document.getElementById('__search').checked"
    page.keyboard.press("s")
    page.wait_for_function(is_open)
    page.keyboard.press("Escape")
    switch = page.get_by_role("checkbox", name="单键快捷键")
    switch.uncheck()
    page.reload(wait_until="load")
    assert not switch.is_checked()
    page.locator("h1").click()
    page.keyboard.press("s")
    page.keyboard.press("/")
    assert not page.evaluate(is_open)
    switch.check()
    page.locator("h1").click()
    page.keyboard.press("/")
    page.wait_for_function(is_open)
