"""The search as a reader meets it: keys, filters, marks, and places that are hard on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.site.conftest import ROOT, Quiet, Served, build, without_nav

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PAGES = {
    "index.md": "# 起点\n\n从这里出发。[没有字的一页](blank.md)\n",
    "blank.md": "",
    "one.md": "# 同名\n\n第一页讲苹果树。\n",
    "more/two.md": "# 同名\n\n第二页讲梨树。\n",
    "pair.md": "# 一址\n\n写在文件夹外面的栎树。\n",
    "pair/index.md": "# 一址\n\n写在文件夹里面的榆树。\n",
    "inline.md": "# 行内\n\n"
    + "垫底的一段。\n\n" * 60
    + "## 末节\n\n这里有**跨**过`行内`标*签*的词，还有 <b>x</b>&lt;img src=x onerror=alert(1)&gt;。\n",
}
ANSWERS = """document.addEventListener("convergence:search", ({ detail }) => {
  if (detail.type === 3) (window.answers = window.answers || []).push(detail.data) })"""
WIDEST = """() => { window.widest = 0
  const measure = () => {
    widest = Math.max(widest, document.documentElement.scrollWidth)
    requestAnimationFrame(measure)
  }
  measure() }"""
FIRST = ".md-search-result__item .md-search-result__link"


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A few pages without a vocabulary, at ``/a/b/`` of their server: one without text, two of one name."""
    folder = tmp_path_factory.mktemp("plain")
    for name, text in PAGES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copytree(ROOT / "hooks", folder / "hooks")
    config = without_nav((ROOT / "mkdocs.yml").read_text("utf-8")).replace("    vocabulary: vocabulary.yml\n", "")
    config = re.sub(r"(?ms)^    site:\n.*?(?=^\S|\Z)", "    site:\n      csp: true\n", config)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "www")))
    origin = f"http://127.0.0.1:{server.server_port}/a/b"
    target = folder / "www" / "a" / "b"
    result = build(folder / "mkdocs.yml", target, site_url=f"{origin}/")
    assert result.returncode == 0, result.stdout + result.stderr
    Thread(target=server.serve_forever, daemon=True).start()
    yield Served(target, origin, ())
    server.shutdown()


@pytest.fixture
def errors() -> list[str]:
    """What went wrong on a page; it has to be empty in the end."""
    return []


@pytest.fixture
def page(context: BrowserContext, errors: list[str]) -> Iterator[Page]:
    """A page that remembers the search's answers."""
    page = context.new_page()
    page.add_init_script(ANSWERS)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def search(page: Page, words: str) -> None:
    """Open the search by its key, and type."""
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.matches('.md-search__input')")
    page.locator("input.md-search__input").fill(words)


def wait_for_hit(page: Page, text: str) -> None:
    """Wait until the first page of the answer shows a text; what was asked before may still stand."""
    page.wait_for_function(
        "text => document.querySelector('.md-search-result__item')?.textContent.includes(text)", arg=text
    )


def is_in_sight(page: Page, selector: str) -> bool:
    """Whether an element is in the window."""
    return bool(
        page.evaluate(
            "selector => { const { top, bottom } = document.querySelector(selector).getBoundingClientRect();"
            " return top >= 0 && bottom <= innerHeight }",
            selector,
        )
    )


def test_keys_alone_lead_to_the_marked_words(page: Page, site: Served, errors: list[str]) -> None:
    page.goto(f"{site.origin}/")
    search(page, "没有停下的替代路线")
    wait_for_hit(page, "没有停下的替代路线")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.getElementById('__search').checked")
    search(page, "残差相加并层归一化后进入前馈网络")
    search(page, "硬件彩票")
    wait_for_hit(page, "硬件彩票")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("ArrowUp")
    page.wait_for_function("() => document.activeElement.matches('.md-search__input')")
    page.keyboard.press("Enter")
    mark = page.locator(".md-content__inner mark.cd-mark", has_text="硬件彩票").first
    mark.wait_for()
    page.wait_for_function("() => !location.search")
    assert "#" in page.url, "Enter leads to the section"
    page.wait_for_function(
        "() => { const { top, bottom } = document.querySelector('mark.cd-mark').getBoundingClientRect();"
        " return top >= 0 && bottom <= innerHeight }"
    )


def test_who_walks_along_the_hits_is_not_lost_when_more_come(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "硬件彩票")
    wait_for_hit(page, "硬件彩票")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.matches('.md-search-result__link')")
    before = page.evaluate("() => document.activeElement.href")
    page.evaluate(
        "() => { const { innerHTML } = document.querySelector('.md-search-result__list');"
        " document.querySelector('.md-search-result__list').innerHTML = innerHTML }"
    )
    page.wait_for_function("href => document.activeElement.href === href", arg=before)
    page.keyboard.press("ArrowUp")
    page.wait_for_function("() => document.activeElement.matches('.md-search__input')")


def test_filters_are_buttons_that_keys_reach(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "收敛度")
    page.locator(".cd-chip").first.wait_for()
    wait_for_hit(page, "收敛度")
    box = page.locator("input.md-search__input")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('button.cd-chip[aria-pressed=false]')")
    page.keyboard.press("Space")
    token = page.evaluate("() => document.activeElement.dataset.token")
    assert box.input_value() == f"{token} 收敛度"
    assert page.evaluate("() => document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Enter")
    assert box.input_value() == "收敛度"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.matches('.md-search__input')")
    assert page.locator("#__search").is_checked()


def test_every_filter_finds_something_or_says_so(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "收敛")
    page.locator(".cd-facets__opener").click()
    chips = page.locator(".cd-chip")
    tokens = [chips.nth(at).get_attribute("data-token") for at in range(chips.count())]
    assert {"类:表", "层:架构层", "级:L3", "收敛度≥90%", "确定性:★★★★★"} <= set(tokens)
    for token in ("收敛度≥90%", "确定性:★★★★★", "层:架构层", "类:图"):
        page.evaluate("() => { window.answers = [] }")
        page.locator(f'.cd-chip[data-token="{token}"]').click()
        page.wait_for_function("() => window.answers.some(answer => answer.done)")
        assert page.evaluate("() => window.answers.at(-1).items.length") > 0, token
        page.locator(f'.cd-chip[data-token="{token}"]').click()


def test_a_filter_on_values_finds_the_claims(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "收敛度≥99%")
    page.locator(FIRST).first.wait_for()
    page.wait_for_function("() => window.answers?.at(-1)?.done")
    found = page.evaluate("() => window.answers.at(-1).items.map(group => group[0].location)")
    assert any("03.2.1" in unquote(location) for location in found)
    sure = page.evaluate(
        "() => answers.at(-1).items.filter(([hit]) => hit.tier === 'exact').map(([hit]) => hit.location)"
    )
    assert not any("03.2.3" in unquote(location) and "收敛状态" in unquote(location) for location in sure)


def test_a_site_without_vocabulary_has_no_empty_filters(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/")
    search(page, "苹果")
    wait_for_hit(page, "苹果")
    assert page.locator(".cd-facets__opener").count() == 0
    assert page.locator(".cd-facets__more").count() == 0


def test_near_hits_are_told_from_what_holds_the_words(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "反像传播")
    wait_for_hit(page, "反向传播")
    page.wait_for_function(
        "() => document.querySelector('.md-search-result__meta').textContent.includes('没有原样出现')"
    )
    assert page.locator(".md-search-result__item").first.get_attribute("data-cd-tier") == "near"
    search(page, "自注意力")  # a page or two have it, and "注意力" is near
    line = page.locator(".cd-search-line[data-tier=near]")
    line.wait_for()
    assert line.evaluate("line => line.previousElementSibling.dataset.cdTier") != "near"
    assert line.evaluate("line => line.nextElementSibling.dataset.cdTier") == "near"
    assert "相近" in page.locator(".md-search-result__meta").inner_text()


def test_where_nothing_is_found_there_is_something_to_try(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "类:图 𰻝𰻝䨻䨻")
    tips = page.locator(".cd-search-none")
    tips.wait_for()
    page.locator(".cd-search-none__clear").click()
    assert page.locator("input.md-search__input").input_value() == "𰻝𰻝䨻䨻"
    search(page, "收敛")
    tips.wait_for(state="detached")


def test_marks_cross_tags_and_come_into_sight(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/inline/")
    for words in ("跨过行内标签的词", "有跨过行内标"):  # a page that stands already, by a click that leads to itself
        search(page, words)
        wait_for_hit(page, words)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "words => [...document.querySelectorAll('mark.cd-mark')].map(mark => mark.textContent).join('') === words",
            arg=words,
        )
        page.wait_for_function(
            "() => { const { top, bottom } = document.querySelector('mark.cd-mark').getBoundingClientRect();"
            " return top >= 0 && bottom <= innerHeight }"
        )
        assert is_in_sight(page, "mark.cd-mark")
    assert unquote(page.url) == f"{plain_site.origin}/inline/#末节"


def test_the_key_opens_what_was_typed_however_quick_the_hand(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/inline/")
    search(page, "苹果树")
    wait_for_hit(page, "苹果树")
    page.locator("input.md-search__input").fill("梨树")
    page.keyboard.press("Enter")  # the list shows the other page still
    page.wait_for_url("**/more/two/**")
    page.locator("mark.cd-mark", has_text="梨树").wait_for()


def test_the_key_works_where_the_search_was_closed_under_the_reader(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/inline/")
    search(page, "苹果树")
    wait_for_hit(page, "苹果树")
    page.evaluate("() => document.querySelector('#__search').click()")  # as Material does after it has opened a page
    page.locator("input.md-search__input").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/one/**")
    page.locator("mark.cd-mark", has_text="苹果树").wait_for()


def test_of_two_files_with_one_address_what_is_there_is_found(page: Page, plain_site: Served) -> None:
    is_inner = "榆树" in (plain_site.folder / "pair" / "index.html").read_text("utf-8")
    page.goto(f"{plain_site.origin}/")
    search(page, "榆树" if is_inner else "栎树")
    wait_for_hit(page, "写在文件夹")
    search(page, "栎树" if is_inner else "榆树")
    page.locator(".cd-search-none, .cd-search-line, [data-cd-tier=near]").first.wait_for()
    assert page.locator("[data-cd-tier=exact]").count() == 0


def test_instant_navigation_takes_search_and_marks_along(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    page.evaluate("() => { window.isSamePage = true }")
    for words in ("上游寡头", "饱和"):
        search(page, words)
        wait_for_hit(page, words)
        page.keyboard.press("Enter")
        page.locator("mark.cd-mark", has_text=words).first.wait_for()
    assert page.evaluate("() => window.isSamePage"), "the page was loaded anew"
    page.go_back()
    page.wait_for_function("() => !document.querySelector('mark.cd-mark')")


def test_it_works_below_a_path(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/more/two/")
    search(page, "苹果树")
    wait_for_hit(page, "苹果树")
    page.keyboard.press("Enter")
    page.locator("mark.cd-mark", has_text="苹果树").wait_for()
    assert page.url.startswith(f"{plain_site.origin}/one/")


def test_two_pages_of_one_name_are_told_apart(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/")
    search(page, "同名")
    page.wait_for_function(
        "() => { const texts = [...document.querySelectorAll('.md-search-result__item')].map(item => item.textContent);"
        " return ['苹果', '梨'].every(fruit => texts.some(text => text.includes('同名') && text.includes(fruit))) }"
    )


def test_it_goes_on_when_the_server_is_gone(context: BrowserContext, page: Page, site: Served) -> None:
    loaded: set[str] = set()
    page.on("requestfinished", lambda request: loaded.add(request.url.rpartition("/")[2]))
    page.goto(f"{site.origin}/")
    search(page, "收敛")
    wait_for_hit(page, "收敛")
    texts = {path.name for path in (site.folder / "assets/convergence/search").glob("t*.js")}
    assert texts
    for _ in range(100):
        if texts <= loaded:
            break
        page.wait_for_timeout(100)
    assert texts <= loaded, "a small book is loaded as a whole"
    context.set_offline(True)
    search(page, "报酬递增")
    wait_for_hit(page, "报酬递增")


@pytest.mark.parametrize("words", ["报酬递增", "反像传播"])
def test_it_works_from_a_disk(page: Page, site: Served, words: str) -> None:
    page_address = (site.folder / "index.html").as_uri()
    page.goto(page_address)
    search(page, words)
    page.locator(FIRST).first.wait_for()
    page.locator(".cd-chip").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.partition("?")[0] != page_address, wait_until="commit")
    page.locator("mark.cd-mark").first.wait_for()


def test_it_works_where_nothing_may_be_stored(page: Page, site: Served, errors: list[str]) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name,"
        " { configurable: true, get() { throw new DOMException('denied', 'SecurityError') } })"
    )
    page.goto(f"{site.origin}/")
    search(page, "报酬递增")
    wait_for_hit(page, "报酬递增")
    page.keyboard.press("Enter")
    page.locator("mark.cd-mark", has_text="报酬递增").first.wait_for()
    errors[:] = [error for error in errors if error != "denied"]  # of the theme's own words in the page, which go on


HOSTILE = {
    "one sign": "收",
    "long": "收敛" * 5000,
    "long words": "a b " * 2500,
    "regex": r"(a+)+$ [^ \d{9999} .* (?<=x",
    "html": "<img src=x onerror=document.title='gone'>\"'`&amp;<script>document.title='gone'</script>",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "half an emoji": "\ud83d",
    "no width": "收\u200b敛\u2060度",
    "only no width": "\u200b\u2060\u00ad",
    "signs": '::::: "" “” 类: 层:: ≥ 收敛度≥ 确定性 ★★★★★★★★★★★★',
    "percent": "%E6%94 %zz #?&=+",
    "null": "a\x00b\x1f",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_do_no_harm(page: Page, site: Served, words: str) -> None:
    page.goto(f"{site.origin}/")
    title = page.title()
    search(page, "收敛")
    wait_for_hit(page, "收敛")
    page.evaluate(
        "words => { const box = document.querySelector('.md-search__input'); window.answers = []; box.value = words;"
        " box.dispatchEvent(new Event('input', { bubbles: true })) }",
        words,
    )
    page.wait_for_function("() => window.answers.some(answer => answer.done)")
    assert page.locator(".md-search-result img, .md-search-result script").count() == 0
    assert not page.evaluate("() => window.answers.some(answer => answer.failed)")
    search(page, "报酬递增")  # it stands and answers
    wait_for_hit(page, "报酬递增")
    assert page.title() == title


def test_words_without_width_find_what_is_there(page: Page, site: Served) -> None:
    page.goto(f"{site.origin}/")
    search(page, "报\u200b酬\u2060递增")
    wait_for_hit(page, "报酬递增")


def test_markup_in_a_hit_stays_text(page: Page, plain_site: Served) -> None:
    page.goto(f"{plain_site.origin}/")
    search(page, "<img src=x")
    wait_for_hit(page, "<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    page.locator("mark.cd-mark", has_text="<img src=x").wait_for()
    assert page.locator(".md-content img").count() == 0


def test_without_scripts_the_page_says_what_search_needs(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/guide/cli/")
    note = page.locator(".cd-noscript")
    assert "搜索需要脚本" in note.inner_text()
    address = note.locator("a").get_attribute("href") or ""
    assert page.goto(f"{site.origin}/guide/cli/{address}").ok  # type: ignore[union-attr]
    assert len(page.locator(".md-content__inner").inner_text()) > 100
    context.close()


def test_a_phone_shows_filters_and_hits_without_scrolling_sideways(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/")
    page.evaluate(WIDEST)
    page.locator(".md-header label[for=__search]").first.click()
    page.locator("input.md-search__input").fill("收敛度 95%")
    page.locator(FIRST).first.wait_for()
    page.locator(".cd-facets__opener").click()
    page.wait_for_function("() => 'mdScrolllock' in document.body.dataset")
    assert page.evaluate("() => widest") == 320, "also while the dialog grows, before the page below it is held"
    sizes: list[Any] = page.evaluate(
        "() => [...document.querySelectorAll('.cd-facets button')].map(one => one.getBoundingClientRect())"
        ".map(({ left, right, width, height }) => [left >= 0 && right <= 320, Math.min(width, height)])"
    )
    assert len(sizes) > 10
    assert all(inside and size >= 24 for inside, size in sizes)
    assert page.locator(FIRST).first.is_visible()
    context.close()


def test_the_index_is_asked_for_by_who_searches_only(page: Page, site: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.origin}/", wait_until="networkidle")
    assert len(asked) > 3, "the probe saw no requests"
    assert [url for url in asked if "/assets/convergence/search/" in url] == []
