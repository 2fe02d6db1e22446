"""Paper: chapters as they are printed, the whole book on one page, and the PDF of it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.site.printing import pdf
from convergence_docs.site.printing.binding import Leaf, bind, contents
from convergence_docs.site.printing.letters import mended
from tests.site.conftest import Served, build_and_serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROWS = "\n".join(f"| 第 {number} 行 | 值 |" for number in range(120))
CHAPTER = f"""# 印出来的一章

见[别处](https://other.example/a?b=c)、[又一次](https://other.example/a?b=c)、[第二章](second.md#小节)与[本页](#长表)。
地址写在文中的：<https://plain.example/>。

??? note "折叠"
    折叠起来的话。

```text
{"一行很长的代码 " * 40}
```

```mermaid
graph TD
    A["上"] --> B["下"]
```

## 长表

| 表头甲 | 表头乙 |
| --- | --- |
{ROWS}
"""
SECOND = "# 第二章\n\n## 小节\n\n文字。\n"
CONFIG = """site_name: 印刷
site_url: https://book.example/zh/
theme:
  name: material
  language: zh
  font: false
  palette: {scheme: slate}
plugins: [convergence, search]
markdown_extensions: [pymdownx.details, pymdownx.superfences, admonition, tables]
extra:
  convergence:
    site: {check: false, csp: true, print_page: print}
"""


# Binding


def leaf(html: str, url: str = "b/one/") -> Leaf:
    return Leaf(url, "一 & 二", (("s", "<节>"),), html)


def bound(html: str) -> str:
    other = Leaf("b/two/", "二", (), '<h1 id="top">二</h1>')
    home = Leaf("", "首页", (), "")
    text = bind([leaf(html), other, home], "print/")
    return text.removeprefix('<section class="cd-book__chapter" id="c1">').partition("</section>")[0]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h2 id="小节">', '<h2 id="c1-小节">'),
        ('<a href="#%E5%B0%8F">', '<a href="#c1-%E5%B0%8F">'),
        ('<a href="../two/#top">', '<a href="#c2-top">'),
        ('<a href="../two/">', '<a href="#c2">'),
        ('<a href="../../">', '<a href="#c3">'),
        ('<a href="../three/#x">', '<a href="../b/three/#x">'),
        ("<img src='../../assets/a.png'>", '<img src="../assets/a.png">'),
        ('<a href="https://x.example/?a=1&amp;b=2#c">', '<a href="https://x.example/?a=1&amp;b=2#c">'),
        ('<path marker-end="url(#m1)" fill="#fff">', '<path marker-end="url(#c1-m1)" fill="#fff">'),
        ('<svg aria-labelledby="a b">', '<svg aria-labelledby="c1-a c1-b">'),
        ('<code>id="x" href="#x"</code>', '<code>id="x" href="#x"</code>'),
        ("a < b <script>id()</script><!-- <p id=x> -->c", "a < b c"),
    ],
)
def test_ids_and_links_are_those_of_the_whole(html: str, expected: str) -> None:
    assert bound(html) == expected


def test_contents_lead_to_chapters_and_sections() -> None:
    assert contents([leaf("")], "目录") == (
        '<nav class="cd-book__contents" aria-label="目录"><ol><li><a href="#c1">一 &amp; 二</a>'
        '<ol><li><a href="#c1-s">&lt;节&gt;</a></li></ol></li></ol></nav>'
    )


@given(st.text(alphabet="<>/=\"' aidhref#c-!", max_size=80))
def test_any_chapter_can_be_bound(html: str) -> None:
    assert bind([leaf(html), leaf(html, "b/two/")], "print/").count("cd-book__chapter") == 2


# Chapters on paper


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("paper")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(CHAPTER, "utf-8")
    (folder / "docs" / "second.md").write_text(SECOND, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    yield from build_and_serve(folder / "mkdocs.yml", folder / "site")


@pytest.fixture
def printed(chromium: Browser, book: Served) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 680, "height": 980}, locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{book.origin}/", wait_until="load")
    yield page
    context.close()


def texts_of(page: Page) -> list[str]:
    """The words on each sheet."""
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [plain(sheet.extract_text()) for sheet in reader.pages]


def plain(text: str) -> str:
    """Text without space, which PDFs put anywhere, and without the compatibility forms that fonts lead to."""
    return "".join(unicodedata.normalize("NFKC", text).replace("⻅", "见").replace("⻓", "长").split())


@pytest.mark.browser
def test_a_chapter_is_printed_and_nothing_else(printed: Page) -> None:
    sheets = texts_of(printed)
    whole = "\n".join(sheets)
    assert len(sheets) > 2
    assert "折叠起来的话" in whole
    assert "第119行" in whole
    assert "搜索" not in whole
    assert "回到页面顶部" not in whole
    assert all("表头甲" in sheet for sheet in sheets if re.search(r"第\d+行", sheet)), "each sheet names the columns"
    assert all(f"{number}/{len(sheets)}" in sheet for number, sheet in enumerate(sheets, 1))


@pytest.mark.browser
def test_links_are_told_once_at_the_end_and_go_afterwards(printed: Page) -> None:
    before = printed.content()
    whole = "".join(texts_of(printed))
    assert "[1]https://other.example/a?b=c" in whole
    assert whole.count("https://other.example/a?b=c") == 1
    assert "又一次[1]" in whole
    assert "[2]第二章,https://book.example/zh/second/#小节" in whole, (
        "where the site is published, not where it was printed"
    )
    assert "[3]" not in whole, "neither this page's own sections nor an address that is written out"
    assert printed.locator(".cd-paper").count() == 0
    assert printed.content().count("<a ") == before.count("<a ")


@pytest.mark.browser
def test_paper_is_white_and_nothing_scrolls_on_it(printed: Page) -> None:
    printed.emulate_media(media="print", color_scheme="dark")
    printed.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    ink, ground = printed.evaluate(
        "() => [getComputedStyle(document.querySelector('article p')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 40
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    wide = printed.evaluate(
        "() => [...document.querySelectorAll('article *')].filter(one => one.clientWidth > 1"
        " && one.scrollWidth > one.clientWidth + 1 && /auto|scroll|hidden/.test(getComputedStyle(one).overflowX))"
        ".map(one => one.outerHTML)"
    )
    assert wide == []
    assert printed.evaluate("() => document.documentElement.scrollWidth") <= 680
    printed.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert printed.evaluate("() => document.body.dataset.mdColorScheme") == "slate"


@pytest.mark.browser
def test_without_scripts_addresses_stand_behind_links(chromium: Browser, book: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{book.origin}/", wait_until="load")
    whole = "".join(texts_of(page))
    assert "别处(https://other.example/a?b=c)" in whole
    assert "折叠起来的话" in whole
    context.close()


@pytest.mark.browser
def test_a_table_head_never_stands_alone_at_the_foot_of_a_sheet(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.origin}/matrix/", wait_until="load")
    page.locator("article h1").evaluate("one => one.after(document.createElement('div'))")
    heads = [plain(head) for head in page.locator("article thead").all_text_contents()]
    assert len(heads) > 3
    for height in range(0, 500, 50):
        page.locator("article h1 + div").evaluate("(one, height) => { one.style.height = `${height}px` }", height)
        for sheet in texts_of(page):
            last = re.sub(r"\d+/\d+$", "", sheet)
            assert not any(last.endswith(head) for head in heads), (height, last[-40:])
    context.close()


@pytest.mark.browser
def test_rows_of_the_graph_carry_no_notes_for_the_list_below_does(chromium: Browser, site: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}/graph/", wait_until="load")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".cd-graph__node").count() > 5
    assert page.locator(".cd-graph__rows sup").count() == 0
    assert page.locator("article sup").count() > 10
    context.close()


# The whole book


def test_the_book_holds_all_chapters_in_order_with_links_that_lead_somewhere(site: Served) -> None:
    text = (site.folder / "print" / "index.html").read_text("utf-8")
    chapters = re.findall(r'<section class="cd-book__chapter" id="c\d+">\s*<h1 id="[^"]*">(.*?)(?:<a|</h1>)', text)
    numbered = [chapter for chapter in chapters if re.match(r"\d", chapter)]
    assert len(numbered) >= 8
    assert numbered == sorted(numbered)
    ids = [unescape(one) for one in re.findall(r'<[a-z][^<>]*?\sid="([^"]*)"', text)]
    assert len(ids) > 300
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    body = text[text.index('class="cd-book"') : text.index("</article>")]
    links = [unquote(unescape(one)) for one in re.findall(r'<a[^<>]*?\shref="#([^"]+)"', body)]
    assert len(links) > 300
    assert sorted(set(links) - set(ids)) == []
    for address in set(re.findall(r'(?:href|src)="(\.\.?/[^"#?]*)', body)):
        target = site.folder / "print" / unquote(unescape(address))
        assert target.exists(), address


def test_machines_pass_by_the_book(site: Served) -> None:
    text = (site.folder / "print" / "index.html").read_text("utf-8")
    assert re.search(r'<meta name="robots" content="noindex', text)
    assert "/print/" not in (site.folder / "sitemap.xml").read_text("utf-8")
    found = [path for path in (site.folder / "search").rglob("*") if "print/" in path.read_text("utf-8", "replace")]
    assert found == []


@pytest.mark.browser
def test_the_book_opens_without_faults(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{site.origin}/print/", wait_until="load")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.locator(".cd-book__contents a").last.click()
    page.wait_for_function(
        "() => { const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));"
        " return one && Math.abs(one.getBoundingClientRect().top) < innerHeight }"
    )
    assert faults == []
    context.close()


# The PDF


@pytest.mark.browser
def test_the_pdf_has_an_outline_and_links(site: Served, tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    pdf.print_page(site.folder, "print/", target)
    reader = pypdf.PdfReader(target)
    text = (site.folder / "print" / "index.html").read_text("utf-8")
    chapters = re.findall(r'<section class="cd-book__chapter" id="c\d+">\s*<h1 id="[^"]*">(.*?)(?:<a|</h1>)', text)
    tops = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [str(entry.title).strip() for entry in tops][1:] == [unescape(chapter) for chapter in chapters]
    places = [reader.get_destination_page_number(entry) or 0 for entry in tops]
    assert places == sorted(set(places)), "each chapter begins on a sheet of its own"
    assert sum(isinstance(entry, list) for entry in reader.outline) >= 8, "sections stand below their chapters"
    for entry, place in zip(tops, places, strict=True):
        words = "".join(reader.pages[place].extract_text().split())
        assert "".join(str(entry.title).split()) in words, "words are found as they were written"
    inside = outside = 0
    for sheet in reader.pages:
        for link in sheet.get("/Annots") or ():
            link = link.get_object()
            action = link.get("/A", {})
            inside += "/Dest" in link or action.get("/S") == "/GoTo"
            outside += action.get("/S") == "/URI"
            address = str(action.get("/URI", ""))
            assert "127.0.0.1" not in address or address.startswith(site.origin), "where the site is published"
    assert inside > 300
    assert outside > 100


@pytest.mark.browser
def test_a_missing_browser_or_page_is_told(
    site: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("LC_ALL", "C")
    assert pdf.main([str(site.folder), "nowhere/", str(tmp_path / "a.pdf")]) == 2
    assert "print_page" in caplog.text
    monkeypatch.setenv(pdf.VARIABLE, str(tmp_path / "no-browser"))
    assert pdf.main([str(site.folder), "print/", str(tmp_path / "a.pdf")]) == 2
    assert "apt-get install chromium" in caplog.text
    assert "没有找到" in caplog.text
    assert not (tmp_path / "a.pdf").exists()


def test_letters_are_told_as_they_were_written() -> None:
    cmap = (
        b"/CIDInit /ProcSet findresource begin\n2 beginbfchar\n<0001> <2F08>\n<0002> <2EC5>\nendbfchar\n"
        b"1 beginbfrange\n<2F00> <2F02> <2EFF>\nendbfrange\nendcmap\nend"
    )
    expected = {b"<0001> <4EBA>", b"<0002> <89C1>", b"<2F00> <2EFF>", b"<2F01> <4E00>", b"<2F02> <4E28>"}
    result = mended(cmap)
    assert expected <= set(result.splitlines())
    assert b"5 beginbfchar" in result
    assert b"bfrange" not in result
    assert result.startswith(b"/CIDInit")
    assert result.endswith(b"endcmap\nend")
    assert mended(result) == result
