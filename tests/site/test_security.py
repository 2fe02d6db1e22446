"""The content security policy: what it says, what it lets happen, and what it stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.errors import ConfigFault
from convergence_docs.site.security.markup import Load, foreign_loads, inline_parts, without_attributes, without_scripts
from convergence_docs.site.security.policy import Policy, hash_of, parse_allowance
from convergence_docs.site.security.sheet import Sheet
from tests.site.conftest import Served, build, build_and_serve, path_of
from tests.site.diagram_pages import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LISTEN = """document.addEventListener("securitypolicyviolation", event => {
  window.violations = [...(window.violations || []), `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`]
})"""
DRAWN = """() => {
  const left = document.querySelector("figure.cd-diagram:is([data-cd-state=source], [data-cd-state=waiting])")
  left?.scrollIntoView({ behavior: "instant" })
  return !left
}"""
PLANTED = """---
title: "计划 <script>window.harm = ['title']</script>"
description: "\\"><script>window.harm = ['description']</script>"
---

# 有人动过的一章

<script>window.harm = ["script"]</script>

<img src="nowhere.png" onerror="window.harm = ['handler']" alt="">

<p style="color: rgb(1, 2, 3); --x: '}'">有颜色的一段。</p>

<a id="run" href="javascript:window.harm = ['address']">点这里</a>
"""


# What a page holds


def test_inline_scripts_and_styles_are_told_from_data_and_files() -> None:
    html = (
        '<script>a()</script><script src="b.js"></script><script type="application/json">{"c": 1}</script>'
        "<SCRIPT type=module>d()</SCRIPT><style>p{}</style>"
    )
    assert [(part.kind, part.text) for part in inline_parts(html)] == [
        ("script", "a()"),
        ("script", "d()"),
        ("style", "p{}"),
    ]


def test_the_hash_is_that_of_a_browser() -> None:
    # The example of the specification, https://www.w3.org/TR/CSP3/#framework-directive-source-list
    assert hash_of("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert hash_of("a\r\nb") == hash_of("a\nb")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="color:red">x</p>', '<p class="A">x</p>'),
        ('<p class="b c" id=d style="color:red">x</p>', '<p class="b c A" id=d>x</p>'),
        ("<p style='color:red' class=b>x</p>", '<p class="b A">x</p>'),
        ('<p title="a > b" STYLE="color:red">x</p>', '<p title="a > b" class="A">x</p>'),
        ('<br style="color:red"/>', '<br class="A"/>'),
        ('<p style="">x</p>', "<p>x</p>"),
        ('<!-- <p style="color:red"> -->', '<!-- <p style="color:red"> -->'),
        ('<code>style="color:red"</code>', '<code>style="color:red"</code>'),
        ('<textarea><p style="color:red"></textarea>', '<textarea><p style="color:red"></textarea>'),
        ('<p class="c" title="a <b" style="color:red">', '<p class="c A" title="a <b">'),
        ('<p title="a tag without an end style="color:red', '<p title="a tag without an end style="color:red'),
    ],
)
def test_style_attributes_become_classes(html: str, expected: str) -> None:
    assert without_attributes(html, lambda style: "A" if style else "")[0] == expected


def test_handlers_are_told() -> None:
    assert without_attributes('<a onclick="x()" title="onload = y"><b onerror=z>', lambda _: "")[1] == (
        "onclick",
        "onerror",
    )


@given(st.text(alphabet="<>/=\"' abstyle-!", max_size=80))
def test_any_markup_is_read_and_nothing_but_styles_goes(html: str) -> None:
    result, _ = without_attributes(html, lambda _: "")
    assert len(result) <= len(html)
    if "style" not in html:
        assert result == html


def test_a_rule_cannot_be_left() -> None:
    sheet = Sheet()
    assert sheet.class_of("color:red} body{display:none") == ""
    assert sheet.class_of("content:'}'") != ""
    assert sheet.class_of("a:url(//x") == sheet.class_of("a:b;@import 'x'") == sheet.class_of("a: </style>") == ""
    assert sheet.class_of("color: red;") == sheet.class_of(" color:  red ")
    assert "body" not in str(sheet)


def test_loads_from_others_are_told() -> None:
    html = (
        '<link rel="canonical" href="https://a.example/x"><link rel=stylesheet href="//fonts.example/css?x">'
        '<img alt="" src="https://b.example/i.png"><a href="https://c.example/">c</a><script src=/own.js></script>'
        '<iframe width="1" src="http://d.example:81/v"></iframe>'
    )
    assert set(foreign_loads(html)) == {
        Load("style-src", "https://fonts.example"),
        Load("img-src", "https://b.example"),
        Load("frame-src", "http://d.example:81"),
    }


def test_front_matter_begins_no_script() -> None:
    assert without_scripts({"a": ["<script>", 1], "b": "< /SCRIPT> <b>"}) == {
        "a": ["&lt;script>", 1],
        "b": "&lt; /SCRIPT> <b>",
    }


# What the policy says


def test_allowances_extend_the_policy() -> None:
    policy = Policy([parse_allowance("img-src https://b.example"), parse_allowance("frame-src https://*.d.example")])
    text = str(policy)
    assert text.startswith("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https://b.")
    assert "frame-src 'self' https://*.d.example" in text
    assert policy.allows("img-src", "https://b.example")
    assert policy.allows("frame-src", "https://v.d.example")
    assert not policy.allows("img-src", "https://c.example")
    assert not policy.allows("connect-src", "https://b.example")


@pytest.mark.parametrize("line", ["", "img-src", "image-src https://a.example", "img-src a;b", "img-src a,b"])
def test_what_is_no_directive_is_a_fault(line: str) -> None:
    with pytest.raises(ConfigFault):
        parse_allowance(line)


# What builds give


def test_others_get_no_policy_unless_they_ask(tmp_path: Path) -> None:
    config = plain_site(tmp_path, "")
    assert build(config, tmp_path / "site", "--strict").returncode == 0
    assert "Content-Security-Policy" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_build_tells_what_the_policy_blocks(tmp_path: Path) -> None:
    page = "# Home\n\n![x](https://img.example/a.png)\n\n<script>x()</script>\n\n<b onclick='x()'>x</b>\n"
    config = plain_site(tmp_path, "csp: true", page)
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 1
    assert 'add to csp_allow: "img-src https://img.example"' in result.stderr
    assert "inline script" in result.stderr
    assert "onclick" in result.stderr


def test_what_is_allowed_is_no_warning(tmp_path: Path) -> None:
    allow = 'csp: true\n      csp_allow: ["img-src https://img.example"]'
    config = plain_site(tmp_path, allow, "# Home\n\n![x](https://img.example/a.png)\n")
    result = build(config, tmp_path / "site", "--strict")
    assert result.returncode == 0, result.stderr
    assert "img-src 'self' data: https://img.example;" in (tmp_path / "site" / "index.html").read_text("utf-8")


def plain_site(folder: Path, settings: str, page: str = "# Home\n") -> Path:
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(page, "utf-8")
    site = f"extra:\n  convergence:\n    site:\n      check: false\n      {settings}\n" if settings else ""
    config = folder / "mkdocs.yml"
    config.write_text(f"site_name: A\ntheme:\n  name: material\n  font: false\nplugins: [convergence]\n{site}", "utf-8")
    return config


def test_all_pages_have_one_policy_before_anything_that_it_governs(site: Served) -> None:
    policies = set()
    pages = sorted(path for path in site.folder.rglob("*.html") if path.parent.name != "convergence")
    assert site.folder / "404.html" in pages
    assert len(pages) > 100
    for path in pages:
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text.partition("</head>")[0]:
            continue
        found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        assert len(found) == 1, path
        assert text.index("Content-Security-Policy") < min(text.index("<script"), text.index("<link")), path
        policies.add(found[0])
        hashes = {hash_of(part.text) for part in inline_parts(text)}
        assert hashes, path
        assert all(one in found[0] for one in hashes), path
    assert len(policies) == 1, "the page that a reader opens first sets the policy for the others"
    (policy,) = policies
    assert policy.startswith("default-src 'self'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


# What happens in a browser


@pytest.fixture
def watched(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    context.add_init_script(LISTEN)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def violations(page: Page) -> list[str]:
    found = page.evaluate("() => window.violations || []")
    assert isinstance(found, list)
    return found


@pytest.mark.browser
def test_no_page_breaks_the_policy(watched: BrowserContext, site: Served) -> None:
    asked: set[str] = set()
    watched.on("request", lambda request: asked.add(request.url))
    broken = []
    page = watched.new_page()
    page.on("console", lambda said: broken.append((page.url, said.text)) if "Content Sec" in said.text else None)
    rules = [address for address in site.pages if "/rules/" in address]
    for address in [*(one for one in site.pages if one not in rules), *rules[:3], f"{site.origin}/404.html"]:
        page.goto(address, wait_until="load")
        page.wait_for_function(DRAWN)
        broken += [(path_of(address, site.origin), one) for one in violations(page)]
    assert broken == []
    assert len(asked) > 20
    assert [one for one in asked if not one.startswith((site.origin, "data:"))] == []


@pytest.mark.browser
def test_nothing_that_a_reader_does_breaks_it(watched: BrowserContext, site: Served) -> None:
    page = watched.new_page()
    page.goto(f"{site.origin}/", wait_until="load")
    page.evaluate("() => { window.same = true }")
    for _ in range(3):
        page.locator("form.md-header__option label:not([hidden])").first.click()
    page.wait_for_load_state("networkidle")
    box = page.locator("input.md-search__input")
    box.fill("注意力机制")
    box.press("End")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: url != f"{site.origin}/")
    found = page.url
    page.locator(".md-footer__link").last.click()
    page.wait_for_url(lambda url: url != found)
    page.locator(".md-logo").first.click()
    page.wait_for_url(f"{site.origin}/")
    assert page.evaluate("() => window.same"), "the first page's policy governs to the end"
    page.wait_for_function(DRAWN)
    figure = page.locator("figure.cd-diagram").first
    for name in ("放大（+）", "复制源码", "全屏"):
        figure.get_by_role("button", name=name).click()
    page.keyboard.press("Escape")
    with page.expect_download():
        figure.get_by_role("button", name="下载 SVG").click()
    assert violations(page) == []
    page.goto(f"{site.origin}/guide/cli/", wait_until="load")
    page.locator("[data-clipboard-target], .md-clipboard, .md-code__button").first.click()
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("way", ["build", "client"])
def test_browsers_draw_diagrams_under_the_policy(watched: BrowserContext, tmp_path: Path, way: str) -> None:
    for served in build_and_serve(write_site(tmp_path, way), tmp_path / "site"):
        page = watched.new_page()
        for name in ("mixed", "hostile", "far"):
            page.goto(f"{served.origin}/{name}/", wait_until="load")
            page.wait_for_function(DRAWN)
            assert page.locator("figure[data-cd-state=drawn] > .cd-diagram__view > svg").count() >= 1
            assert violations(page) == []
        assert any("drawing-room" in frame.url for frame in page.frames), "nothing was left to the browser"
        for frame in page.frames:
            assert frame.evaluate("() => window.harm") is None


@pytest.mark.browser
@pytest.mark.parametrize("csp", ["true", "false"])
def test_what_slips_into_a_chapter_does_not_run(watched: BrowserContext, tmp_path: Path, csp: str) -> None:
    config = plain_site(tmp_path, f"csp: {csp}", PLANTED)
    for served in build_and_serve(config, tmp_path / "site"):
        page = watched.new_page()
        page.goto(f"{served.origin}/", wait_until="load")
        page.locator("#run").click()
        harm = page.evaluate("() => window.harm || null")
        if csp == "false":
            assert harm, "nothing was planted"
            continue
        assert harm is None
        found = violations(page)
        assert any(one.startswith("script-src-elem inline") for one in found), found
        assert any(one.startswith("script-src-attr inline") for one in found), found
        assert (
            page.locator("p", has_text="有颜色的一段").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"
        )
        page.goto(f"{served.origin}/404.html", wait_until="load")
        assert page.evaluate("() => window.harm || null") is None
