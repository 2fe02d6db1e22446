"""What a site tells search engines, feed readers and programs: each piece by itself."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.history import LastChange
from convergence_docs.site.publishing.catalogue import Facts, clean, moment
from convergence_docs.site.publishing.describing import LONGEST, describe, from_headings, joined, shortened
from convergence_docs.site.publishing.feed import Entry, Feed, latest, render_atom, render_json_feed
from convergence_docs.site.publishing.head import Alternate, Card, locale_of, with_head, with_noindex
from convergence_docs.site.publishing.html_markdown import html_as_markdown
from convergence_docs.site.publishing.llms import Section, render_llms
from convergence_docs.site.publishing.sitemap import render_sitemap, zipped
from convergence_docs.site.publishing.twin import relative, render_twin, without_marks
from convergence_docs.text import SourceText

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>&\"'</title>]]>\x0b\ud800"
PAGE = Facts(
    path="章/a.md",
    title="题 <&>",
    description="说明。",
    url="%E7%AB%A0/a/",
    address="https://example.org/b/%E7%AB%A0/a/",
    twin="章/a/index.md",
    change=LastChange("c", 1_700_000_000, "", "b"),
    is_generated=False,
    is_hidden=False,
    is_home=False,
    robots="",
)
FEED = Feed(
    "书 & 它",
    "副题",
    "作者",
    "zh-CN",
    "https://example.org/b/",
    "https://example.org/b/f.xml",
    "https://example.org/b/f.json",
)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h1>题</h1>\n<p>第一段话，说明这一页讲什么。</p><p>第二段话，也说了些什么。</p>",
         "第一段话，说明这一页讲什么。"),
        ("<table><tr><td><p>表格里的一段话，不是段落。</p></td></tr></table><p>表格之后的段落才算数，是吗。</p>",
         "表格之后的段落才算数，是吗。"),
        ('<div class="toc"><ul><li><p>目录里的一段话，不算。</p></li></ul></div><p>目录之后的段落才算数，是吗。</p>',
         "目录之后的段落才算数，是吗。"),
        ('<p><a href="a">上一章的名称</a> | <a href="b">下一章的名称</a></p><p>只有链接的一行不是段落，这才是。</p>',
         "只有链接的一行不是段落，这才是。"),
        ("<blockquote><p>引用的一句话，排在正文之后。</p></blockquote><p>正文的段落，排在引用的前面。</p>",
         "正文的段落，排在引用的前面。"),
        ("<blockquote><p>引用的一句话，没有别的段落。</p></blockquote>", "引用的一句话，没有别的段落。"),
        ("<p>下面分四个方面来说明这件事：</p><ul><li>一</li></ul>", "下面分四个方面来说明这件事"),
        ("<p>有 <code>a &lt; b</code> 与\n<em>强调</em>，<br>以及\n公式 <span class='arithmatex'>\\(x\\)</span>。</p>",
         "有 a < b 与强调， 以及公式 x。"),
        ("<p>脚注<sup class='footnote-ref'>1</sup>与<a class='headerlink' href='#'>¶</a>不算在内，其余都算。</p>",
         "脚注与不算在内，其余都算。"),
        ("<p>短。</p>", ""),
        ("", ""),
        ("<p>没有结束的段落，浏览器也会显示", ""),
        ("</p></div><p>多余的结束标签，不妨碍后面的段落。</p>", "多余的结束标签，不妨碍后面的段落。"),
    ],
)  # fmt: skip
def test_the_first_real_paragraph_describes_a_page(html: str, said: str) -> None:
    assert next(iter(describe(html)), "") == said


@given(st.text(alphabet="ab字，。；：. !\n"))
def test_a_description_is_short_and_a_beginning(text: str) -> None:
    cut = shortened(text)
    assert len(cut) <= LONGEST
    assert joined(text).startswith(cut.removesuffix("…"))
    assert "\n" not in cut


def test_where_a_description_is_cut() -> None:
    sentence = "这是一句四十个字的话" * 4 + "。"
    assert shortened(sentence * 5) == sentence * 3, "after a sentence"
    assert shortened("这是不到头的分句" * 10 + "，" + "还有许多字" * 30) == "这是不到头的分句" * 10 + "…", (
        "before a comma"
    )
    assert shortened("words " * 60).endswith("words…"), "after a word"
    assert len(shortened("字" * 500)) == LONGEST
    assert from_headings("题", ["题", "一", "二"]) == "题：一；二"
    assert from_headings("题", ["题"]) == ""


def test_a_head_gets_what_it_lacks() -> None:
    page = "<html><head><title>t</title>{}</head><body></head></body></html>"
    card = Card("站", "zh_CN", "https://example.org/b/i.png")
    output = with_head(page.format(""), PAGE, card, (Alternate("index.md", "text/markdown", "Markdown"),))
    head, _, rest = output.partition("</head>")
    assert rest == "<body></head></body></html>"
    for tag in (
        '<meta name="description" content="说明。">',
        '<link rel="canonical" href="https://example.org/b/%E7%AB%A0/a/">',
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="题 &lt;&amp;&gt;">',
        '<meta property="og:url" content="https://example.org/b/%E7%AB%A0/a/">',
        '<meta property="og:locale" content="zh_CN">',
        '<meta property="og:image" content="https://example.org/b/i.png">',
        '<meta property="article:modified_time" content="2023-11-14T22:13:20Z">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<link rel="alternate " type="text/markdown" title="Markdown" href="index.md">',
    ):
        assert head.count(tag) == 1, tag
    theirs = '<meta name="description" content="of the site"><link rel="canonical" href="x">'
    theirs += '<meta property="og:title" content="y">'
    output = with_head(page.format(theirs), PAGE, card, ())
    assert output.count("canonical") == output.count("og:") == output.count('name="description"') == 1
    assert "of the site" not in output


def test_what_nobody_is_to_list() -> None:
    hidden = replace(PAGE, is_hidden=True, robots="noindex")
    output = with_head("<head></head>", hidden, Card("站", "zh_CN"), ())
    assert '<meta name="robots" content="noindex">' in output
    assert "og:" not in output
    assert "noindex" in with_noindex("<head></head>")
    assert with_noindex('<head><meta name="robots" content="x"></head>').count("robots") == 1
    assert "<url>" not in render_sitemap([hidden])
    assert latest([hidden]) == []


def test_no_text_breaks_a_head() -> None:
    page = replace(PAGE, title=clean(HOSTILE), description=clean(HOSTILE), address="")
    output = with_head("<head></head>", page, Card(HOSTILE, "zh_CN"), (Alternate('"><script>', "text/x", '"><b>'),))
    assert "<script>" not in output
    assert "</title>" not in output
    assert "<b>" not in output
    assert "canonical" not in output


@pytest.mark.parametrize(
    ("spoken", "locale"),
    [("zh", "zh_CN"), ("zh-TW", "zh_TW"), ("zh-Hant", "zh_TW"), ("en", "en_US"), ("pt_BR", "pt_BR"), (None, "zh_CN")],
)  # fmt: skip
def test_locales(spoken: object, locale: str) -> None:
    assert locale_of(spoken, "zh") == locale


def test_a_sitemap_has_true_dates_or_none() -> None:
    text = render_sitemap(
        [PAGE, replace(PAGE, address="https://example.org/?a&b", change=None), replace(PAGE, address="")]
    )
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ElementTree.fromstring(text)
    assert [[(part.tag, part.text) for part in url] for url in urls] == [
        [(f"{space}loc", PAGE.address), (f"{space}lastmod", "2023-11-14T22:13:20Z")],
        [(f"{space}loc", "https://example.org/?a&b")],
    ]
    packed = zipped(text.encode())
    assert zlib.decompress(packed, 31).decode() == text
    assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", "no time, no name, no system"


def entries() -> list[Entry]:
    newer = replace(PAGE, path="b.md", address="https://example.org/b/b/", title=clean(HOSTILE),
                    change=LastChange("c", 1_800_000_000, "", "b"))  # fmt: skip
    return [Entry(page, ("数值改变：<a>",) if page is newer else ()) for page in latest([PAGE, newer])]


def test_atom_is_as_rfc_4287_has_it() -> None:
    root = ElementTree.fromstring(render_atom(FEED, entries()).encode())
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1, (element.tag, name)
            assert (found[0].text or "").strip()
        assert (element.findtext(f"{ATOM}id") or "").startswith("https://example.org/")
        assert len(element.findall(f"{ATOM}summary")) <= 1
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links)), "no two alternates of one type"
        assert ("alternate", "text/html") in links
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "作者", "which holds for entries without one"
    times = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert times == ["2027-01-15T08:00:00Z", "2023-11-14T22:13:20Z"]
    assert root.findtext(f"{ATOM}updated") == times[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    content = root.findall(f"{ATOM}entry/{ATOM}content")
    assert [(one.get("type"), one.text) for one in content] == [("html", "<ul><li>数值改变：&lt;a&gt;</li></ul>")]
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == FEED.self  # type: ignore[union-attr]


def test_the_json_feed_says_the_same() -> None:
    value = json.loads(render_json_feed(FEED, entries()))
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert value["feed_url"] == FEED.json
    assert [item["date_modified"] for item in value["items"]] == ["2027-01-15T08:00:00Z", "2023-11-14T22:13:20Z"]
    assert all(item["id"] == item["url"] for item in value["items"])
    assert all(("content_html" in item) != ("content_text" in item) for item in value["items"])


def test_only_pages_with_a_true_date_are_news() -> None:
    assert latest([replace(PAGE, change=None), replace(PAGE, is_generated=True), replace(PAGE, address="")]) == []


def test_a_moment_is_in_utc() -> None:
    assert moment(0) == "1970-01-01T00:00:00Z"


PLACES = {"b.md": "b/index.md", "深/c d.md": "深/c d/index.md", "图.svg": "图.svg", "index.md": "index.md"}


def test_the_links_of_a_twin_work_from_where_it_stands() -> None:
    text = (
        "# 题\n\n[b](../b.md#锚 '题') [c](<c d.md>) ![图](../图.svg) [首页](../index.md?x)\n"
        "[外](https://example.com/) [锚](#x) [没有](没有.md) [根](/b.md) [页][1] `[码](../b.md)`\n\n"
        '<a href="../../b/">原样</a>\n\n```\n[码](../b.md)\n```\n\n[1]: ../b.md\n'
    )
    twin = render_twin(SourceText("深/a.md", text), PLACES.get, "深/a")
    expected = (
        text.replace("(../b.md#锚 '题')", "(../../b/index.md#锚 '题')").replace("<c d.md>", "<../c%20d/index.md>")
        .replace("(../图.svg)", "(../../%E5%9B%BE.svg)").replace("(../index.md?x)", "(../../index.md?x)")
        .replace("[1]: ../b.md", "[1]: ../../b/index.md")
    )  # fmt: skip
    assert twin == expected
    assert render_twin(SourceText("深/a.md", text), PLACES.get, "").count("](b/index.md#锚") == 1, "or from the root"


def test_places_as_seen_from_folders() -> None:
    assert relative("a/b.md", "a") == "b.md"
    assert relative("", "a/b") == "../../"
    assert relative("x y/", "a") == "../x%20y/"
    assert relative("index.md", "") == "index.md"


def test_a_mark_is_told_of_where_nothing_can_stand_in_its_place() -> None:
    text = '前\n\n<div data-convergence="chart" data-kind="x"></div>\n\n后 `<div data-convergence="chart"></div>`\n'
    said = without_marks(text, "a/", lambda wording: wording.en)
    assert "see [the page](a/)" in said
    assert said.count("data-convergence") == 1, "in a sentence it is spoken of"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>题<a class='headerlink' href='#x'>¶</a></h2><p>a <b>b</b> *c*</p>", "## 题\n\na **b** \\*c\\*\n"),
        ("<ul><li>一<ul><li>二</li></ul></li><li>三</li></ul><ol><li>四</li><li>五</li></ol>",
         "- 一\n  - 二\n- 三\n1. 四\n2. 五\n"),
        ("<table><tr><th>a|b</th><th>c</th></tr><tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table>",
         "| a\\|b | c |\n| --- | --- |\n| x | 1 |\n| x | 2 |\n"),
        ("<table><tr><td>a<td colspan=2>b<tr><td>c</table>", "| a | b | b |\n| --- | --- | --- |\n| c |  |  |\n"),
        ("<table><tr><td>v<details><summary>2 处</summary><a href=x>一</a></details></td></tr></table>",
         "| v 2 处 |\n| --- |\n"),
        ("<ol><li>一<p>二</p><ul><li>三</li></ul></li></ol><p>四</p>", "1. 一\n\n   二\n\n   - 三\n\n四\n"),
        ("<pre><code>a\n```\nb</code></pre>", "````\na\n```\nb\n````\n"),
        ("<p hidden>no</p><script>no</script><svg><text>no</text></svg><p>yes<span aria-hidden=true>no</span></p>",
         "yes\n"),
        ("<div data-twin-skip><p>no</p></div><a href='a b(c)'>x]</a>", "[x\\]](a%20b%28c%29)\n"),
        ("<blockquote><p>q</p></blockquote></div></p>z", "> q\n\nz\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert html_as_markdown(html) == markdown


@given(st.text(alphabet="<>/ tdrablehuoli=\"'x"))
def test_no_html_is_too_broken(html: str) -> None:
    assert isinstance(html_as_markdown(html), str)
    assert isinstance(describe(html), tuple)


def test_llms_txt_is_in_its_form() -> None:
    sections = [
        Section("章节", (("题 [1]", "a/index.md", "说明"), ("二", "b.md", ""))),
        Section("Optional", (("三", "c.md", ""),)),
    ]
    assert render_llms("书", "一句话", sections) == (
        "# 书\n\n> 一句话\n\n## 章节\n\n- [题 \\[1\\]](a/index.md): 说明\n- [二](b.md)\n\n## Optional\n\n- [三](c.md)\n"
    )
