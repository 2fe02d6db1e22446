"""Diagrams in a real browser: drawn at build and in the browser, on one site that mixes both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import Served, build_and_serve
from tests.site.diagram_pages import PAGES, write_site
from tests.site.search.engine import engine_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

OURS = tuple(f"{name.removesuffix('.md')}/" for name in PAGES if name != "index.md")
PHONE = {"width": 375, "height": 800}
LEFT = """() => {
  const left = document.querySelector("figure.cd-diagram:is([data-cd-state=source], [data-cd-state=waiting])")
  left?.scrollIntoView({ behavior: "instant" })
  return !left
}"""
READY = """() => [...document.querySelectorAll("figure.cd-diagram[data-cd-state=drawn]")]
  .every(figure => figure.querySelector(".cd-diagram__tools"))"""
STATES = "() => [...document.querySelectorAll('figure.cd-diagram')].map(one => one.dataset.cdState)"
BOMBS = "() => document.querySelectorAll('body > svg, body > [id^=d__mermaid], body > [id^=dcd-mermaid]').length"
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".cd-diagram__view svg :is(text, tspan, p, span, div)")]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => {
    const svg = one.closest("svg"), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
    return parseFloat(getComputedStyle(one).fontSize) * scale
  }))"""
LEAST_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const over = (...colours) => { // the last one on top
    for (const colour of ["#fff", ...colours]) {
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
    }
    return canvas.getImageData(0, 0, 1, 1).data
  }
  const paper = getComputedStyle(document.querySelector(".cd-diagram")).backgroundColor
  const light = ([...parts]) => {
    const [r, g, b] = parts.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ratios = []
  for (const node of document.querySelectorAll(".cd-diagram__view svg g")) {
    const shape = node.querySelector(":scope > :is(rect, path, polygon, circle)")
    const label = [...node.querySelectorAll("foreignObject :is(div, p), text")].pop()
    if (!shape || !label || !shape.getBoundingClientRect().width || getComputedStyle(shape).fill === "none") continue
    const isText = label.localName === "text"
    const fill = getComputedStyle(shape).fill, ink = getComputedStyle(label)[isText ? "fill" : "color"]
    const words = light(over(paper, fill, ink)), ground = light(over(paper, fill))
    ratios.push([(Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05), node.outerHTML])
  }
  ratios.sort((one, other) => one[0] - other[0])
  return [ratios.length, ratios[0][0], ratios[0][1]]
}"""


@pytest.fixture(scope="module", params=["build", "client"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, with diagrams drawn at build where they can be, and with all of them drawn in the browser."""
    folder = tmp_path_factory.mktemp(request.param)
    yield from build_and_serve(write_site(folder, request.param), folder / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with diagrams drawn at build where they can be."""
    folder = tmp_path_factory.mktemp("built")
    yield from build_and_serve(write_site(folder, "build"), folder / "site")


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """The addresses that a context asks for."""
    found: list[str] = []
    context.on("request", lambda request: found.append(request.url))
    return found


def look(page: Page) -> list[str]:
    """Look at every diagram of a page until none is left to draw; gives how each came out."""
    page.wait_for_function(LEFT)
    page.wait_for_function(READY)
    states = page.evaluate(STATES)
    assert isinstance(states, list)
    return states


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def of_mermaid(asked: list[str]) -> list[str]:
    return [url for url in asked if url.endswith("/mermaid.js")]


def test_both_ways_work_on_direct_load(context: BrowserContext, pages: Served, asked: list[str]) -> None:
    page = open_page(context, f"{pages.origin}/mixed/")
    assert look(page) == ["drawn", "drawn", "drawn", "broken"]
    for drawing in page.locator(".cd-diagram__view > svg").all():
        box = drawing.bounding_box()
        assert box is not None
        assert box["height"] > 60
    assert page.locator("svg math msup").count() == 2, "the formula is set"
    assert page.evaluate(BOMBS) == 0
    assert [url for url in asked if not url.startswith((pages.origin, "data:", "blob:"))] == []


def test_both_ways_work_after_instant_navigation(context: BrowserContext, pages: Served, asked: list[str]) -> None:
    page = open_page(context, f"{pages.origin}/")
    page.wait_for_load_state("networkidle")  # Material fetches the site map before it takes over links
    assert of_mermaid(asked) == [], "Mermaid is fetched where no diagram is"
    page.evaluate("() => { window.isSameDocument = true }")
    for name, states in (("mixed", ["drawn", "drawn", "drawn", "broken"]), ("drawn", ["drawn"] * 2)):
        page.locator(f"article a[href*={name}]").first.click()
        page.wait_for_url(f"**/{name}/")
        page.locator("h1", has_text="混排的" if name == "mixed" else "画好的").wait_for()
        assert look(page) == states
        tools = page.get_by_role("group", name="图的工具")
        assert tools.count() == states.count("drawn")
    page.locator("article a[href*=mixed]").first.click()
    page.wait_for_url("**/mixed/")
    page.locator("h1", has_text="混排的").wait_for()
    assert look(page) == ["drawn", "drawn", "drawn", "broken"]
    assert page.evaluate("() => window.isSameDocument"), "the page was loaded anew, so this proves nothing"
    assert [url for url in asked if not url.startswith(pages.origin)] == []


def test_a_page_whose_diagrams_are_drawn_asks_for_no_mermaid(
    context: BrowserContext, built: Served, asked: list[str]
) -> None:
    page = open_page(context, f"{built.origin}/drawn/")
    assert look(page) == ["drawn", "drawn"]
    page.wait_for_load_state("networkidle")
    open_page(context, f"{built.origin}/broken/").wait_for_load_state("networkidle")
    assert of_mermaid(asked) == []
    assert [url for url in asked if not url.startswith((built.origin, "data:", "blob:"))] == []
    assert 'class="mermaid"' not in (built.folder / "drawn" / "index.html").read_text("utf-8")


def test_mermaid_comes_when_a_diagram_is_about_to_be_seen(
    context: BrowserContext, pages: Served, asked: list[str]
) -> None:
    page = open_page(context, f"{pages.origin}/far/")
    page.wait_for_load_state("networkidle")
    assert (of_mermaid(asked), page.evaluate(STATES)) == ([], ["waiting"])
    assert look(page) == ["drawn"]
    assert len(of_mermaid(asked)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_diagrams_follow_the_palette(context: BrowserContext, pages: Served, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    page.goto(f"{pages.origin}/drawn/", wait_until="load")
    look(page)
    before = page.locator("figure").first.screenshot()
    toggle = page.locator("form.md-header__option label:not([hidden])").first
    wanted = {"light": "default", "dark": "slate"}[scheme]
    for _ in range(3):
        if page.evaluate("() => document.body.dataset.mdColorScheme") == wanted:
            break
        toggle.click()
    assert page.evaluate("() => document.body.dataset.mdColorScheme") == wanted
    assert page.locator("figure").first.screenshot() != before
    seen, contrast, where = page.evaluate(LEAST_CONTRAST)
    assert seen >= 9
    assert contrast >= 4.5, where


def test_a_phone_scrolls_the_box_and_never_the_page(chromium: Browser, pages: Served) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)  # type: ignore[arg-type]
    for name in ("drawn", "mixed"):
        page = open_page(context, f"{pages.origin}/{name}/")
        look(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
        assert page.evaluate(SMALLEST) >= 11.99
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    wide = page.locator(".cd-diagram__view").nth(1)
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth + 50")
    assert wide.get_attribute("tabindex") == "0"
    assert "可滚动" in str(wide.get_attribute("aria-label"))
    context.close()


def test_only_a_box_that_scrolls_is_a_stop_for_the_keyboard(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    box = page.locator(".cd-diagram__view").first
    assert box.get_attribute("tabindex") is None
    figure = page.locator("figure").first
    figure.get_by_role("button", name="放大").focus()
    for _ in range(6):
        page.keyboard.press("+")
    page.wait_for_function("() => document.querySelector('.cd-diagram__view').tabIndex === 0")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.cd-diagram__view').scrollLeft > 0")
    page.keyboard.press("Escape")
    assert "cdZoom" not in figure.evaluate("figure => ({ ...figure.dataset })")


def width_of(page: Page) -> float:
    width = page.locator(".cd-diagram__view > svg").first.evaluate("svg => svg.getBoundingClientRect().width")
    assert isinstance(width, float | int)
    return width


def test_zoom_by_keyboard_and_buttons(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    figure, natural = page.locator("figure").first, width_of(page)
    figure.get_by_role("button", name="放大").click()
    larger = width_of(page)
    assert larger == pytest.approx(natural * 1.25, rel=0.01)
    page.keyboard.press("-")
    assert width_of(page) == pytest.approx(natural, rel=0.01)
    page.keyboard.press("=")
    page.keyboard.press("0")
    assert width_of(page) == pytest.approx(natural, rel=0.01)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_mouse_drags_and_words_can_be_selected(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    box = page.locator(".cd-diagram__view").first
    for _ in range(5):
        page.locator("figure").first.get_by_role("button", name="放大").click()
    frame = box.bounding_box()
    assert frame is not None
    before = box.evaluate("box => box.scrollLeft")
    page.mouse.move(frame["x"] + 20, frame["y"] + frame["height"] - 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 120, frame["y"] + frame["height"] - 20, steps=4)
    page.mouse.up()
    assert box.evaluate("box => box.scrollLeft") == pytest.approx(before - 100, abs=2)
    page.keyboard.press("Escape")
    page.get_by_text("Transformer 统治").first.dblclick()
    assert str(page.evaluate("() => getSelection().toString()")).strip()


def test_two_fingers_zoom(chromium: Browser, pages: Served) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)  # type: ignore[arg-type]
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    box = page.locator(".cd-diagram__view").first
    box.scroll_into_view_if_needed()
    frame, before = box.bounding_box(), width_of(page)
    assert frame is not None
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + min(frame["height"], 300) / 2
    session = context.new_cdp_session(page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": place, "y": y, "id": number} for number, place in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x - 30, x + 30)
    for gap in (40, 50, 60):
        touch("touchMove", x - gap, x + gap)
    touch("touchEnd")
    assert width_of(page) == pytest.approx(before * 2, rel=0.1)
    context.close()


def test_full_screen_shows_all_of_it_and_escape_leaves(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    figure = page.locator("figure").nth(1)
    figure.get_by_role("button", name="全屏").click()
    page.wait_for_function("() => document.querySelector('.cd-diagram--full[data-cd-zoom]')")
    assert figure.evaluate("one => [one.clientWidth, one.clientHeight]") == [1280, 900]
    box = figure.locator(".cd-diagram__view")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight")
    assert figure.get_by_role("button", name="退出全屏").evaluate("button => button === document.activeElement")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('.cd-diagram--full')")
    assert figure.get_by_role("button", name="全屏").count() == 1


def test_full_screen_on_a_phone_can_be_read(chromium: Browser, pages: Served) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)  # type: ignore[arg-type]
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    page.locator("figure").nth(1).get_by_role("button", name="全屏").click()
    page.wait_for_function("() => document.querySelector('.cd-diagram--full[data-cd-zoom]')")
    assert page.evaluate(SMALLEST) >= 11.99
    box = page.locator(".cd-diagram--full .cd-diagram__view")
    assert box.evaluate("box => [box.scrollWidth > box.clientWidth, box.tabIndex]") == [True, 0]
    context.close()


def test_where_no_screen_is_granted_the_window_serves(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError()) }")
    figure = page.locator("figure").first
    figure.get_by_role("button", name="全屏").click()
    page.wait_for_function("() => document.querySelector('.cd-diagram--full[data-cd-zoom]')")
    assert figure.evaluate("one => [one.clientWidth, one.clientHeight]") == [1280, 900]
    assert page.evaluate("() => document.elementFromPoint(5, 5).closest('figure') !== null"), "it covers the header"
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('.cd-diagram--full, [popover]')")


def test_the_source_is_copied(context: BrowserContext, pages: Served) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=pages.origin)
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    page.locator("figure").nth(1).get_by_role("button", name="复制源码").click()
    page.get_by_role("status").filter(has_text="已复制").wait_for()
    assert str(page.evaluate("() => navigator.clipboard.readText()")).startswith('graph LR\n    A["第一步：收集数据"]')


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_downloaded_drawing_looks_the_same_on_its_own(context: BrowserContext, pages: Served, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{pages.origin}/drawn/", wait_until="load")
    look(page)
    with page.expect_download() as waiting:
        page.locator("figure").first.get_by_role("button", name="下载 SVG").click()
    assert waiting.value.suggested_filename == "画好的-1.svg"
    text = waiting.value.path().read_text("utf-8")
    assert "var(" not in text
    assert "<title>流程图：架构层收敛 收敛度 95%</title>" in text
    colours = """() => [...document.querySelectorAll("svg :is(div, p, rect:not([fill^=rgb]), text, path)")].map(one => {
      const style = getComputedStyle(one)
      return one.matches("div, p") ? style.color : style.fill + style.stroke
    }).sort().join()"""
    inside = page.locator(".cd-diagram__view > svg").first.evaluate(
        "svg => (" + colours.replace("document.", "svg.").replace('"svg :is', '":is') + ")()"
    )
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(waiting.value.path().rename(waiting.value.path().with_suffix(".svg")).as_uri())
    assert alone.evaluate("() => document.documentElement.localName") == "svg"
    assert alone.evaluate(colours) == inside
    assert len(asked) == 1


def test_without_scripts_drawings_words_and_sources_are_there(chromium: Browser, pages: Served) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = open_page(context, f"{pages.origin}/drawn/")
    figure = page.locator("figure").first
    drawn = figure.locator(".cd-diagram__view > svg")
    if drawn.count():
        assert figure.get_by_role("img", name="流程图：架构层收敛 收敛度 95%").is_visible()
        assert figure.locator("pre.mermaid").count() == 0
    else:
        assert figure.locator("pre.mermaid").is_visible()
    assert page.get_by_role("button", name="放大").count() == 0, "no button that does nothing"
    figure.locator("summary").click()
    words = figure.locator(".cd-diagram__words li")
    assert words.first.is_visible()
    assert words.first.text_content() == "架构层收敛 收敛度 95% → Transformer 统治"
    assert words.nth(1).text_content() == "架构层收敛 收敛度 95% → 一部分：注意力机制"
    assert figure.locator(".cd-diagram__source").is_visible()
    context.close()


def test_on_paper_there_is_the_drawing_alone(context: BrowserContext, pages: Served) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{pages.origin}/drawn/", wait_until="load")
    look(page)
    page.locator("figure").first.get_by_role("button", name="放大").click()
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 600, "height": 900})
    for figure in page.locator("figure").all():
        assert not figure.locator(".cd-diagram__foot").is_visible()
        box, drawing = figure.bounding_box(), figure.locator(".cd-diagram__view > svg").bounding_box()
        assert box is not None
        assert drawing is not None
        assert drawing["x"] >= 0
        assert drawing["x"] + drawing["width"] <= 600
        assert drawing["height"] <= box["height"] + 1
    seen, contrast, where = page.evaluate(LEAST_CONTRAST)
    assert seen >= 9
    assert contrast >= 4.5, where


def test_a_broken_diagram_says_why_in_its_place(context: BrowserContext, pages: Served, asked: list[str]) -> None:
    page = open_page(context, f"{pages.origin}/broken/")
    assert look(page) == ["broken"]
    figure = page.locator("figure")
    assert "这张图无法绘制：" in str(figure.locator(".cd-diagram__fault").text_content())
    assert "A[坏 (图] --> B" in str(figure.locator("pre").first.text_content())
    assert figure.get_by_role("button").count() == 0
    assert page.evaluate(BOMBS) == 0


def test_a_script_that_does_not_come_is_told(context: BrowserContext, pages: Served) -> None:
    context.route("**/mermaid.js", lambda route: route.abort())
    page = open_page(context, f"{pages.origin}/far/")
    assert look(page) == ["broken"]
    assert "绘图脚本没有加载成功" in str(page.locator(".cd-diagram__fault").text_content())


def test_what_fails_only_when_drawn_is_told_too(context: BrowserContext, pages: Served) -> None:
    fake = "window.mermaid = { initialize() {}, async render() { throw new Error('Parse error on line 2:\\nmore') } }"
    context.route("**/mermaid.js", lambda route: route.fulfill(body=fake, content_type="text/javascript"))
    page = open_page(context, f"{pages.origin}/far/")
    assert look(page) == ["broken"]
    assert page.locator(".cd-diagram__fault").text_content() == "这张图无法绘制：Parse error on line 2:"
    assert page.locator(".cd-diagram__view pre").text_content() == 'graph TD\n    A["$$x^2 + y^2$$"] --> B["公式之后"]'


def test_hostile_labels_execute_nothing(context: BrowserContext, pages: Served, asked: list[str]) -> None:
    page = open_page(context, f"{pages.origin}/hostile/")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    states = look(page)
    assert len(states) == 1
    page.wait_for_timeout(300)
    figure = page.locator("figure")
    for link in figure.locator("svg a, svg .clickable").all():
        link.dispatch_event("click")
    assert (page.evaluate("() => window.harm"), dialogs) == (None, [])
    assert figure.locator("script, img, a[href^=javascript], [onclick], [onerror]").count() == 0
    assert [url for url in asked if not url.startswith((pages.origin, "data:", "blob:"))] == []


def test_every_button_has_a_name_and_room_for_a_finger(context: BrowserContext, pages: Served) -> None:
    page = open_page(context, f"{pages.origin}/drawn/")
    look(page)
    buttons = page.locator("figure :is(button, summary)")
    assert buttons.count() == 14
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert button.evaluate("one => one.ariaLabel || one.textContent.trim()")


def test_search_finds_words_of_diagrams_and_no_markup(pages: Served) -> None:
    engine = engine_at(pages.folder)
    try:
        hits = [hit for hit in engine.ask("注意力机制").hits("exact") if hit.page.startswith(OURS)]
        assert len({hit.page for hit in hits}) == len(hits) == 2, "once for each page that shows it"
        assert {hit.kind for hit in hits} == {"diagram"}
        for noise in ("<svg", "cd-diagram", "fill:#bfb", "graph TD", "文字说明"):
            assert not [hit for hit in engine.ask(noise).hits("exact") if hit.page.startswith(OURS)], noise
    finally:
        engine.close()
