"""A page's HTML as the text that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.site.search.page_text import Kind, PageReader


def kinds(content: str) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for section in PageReader().read(content) for piece in section.pieces]


def text(content: str) -> str:
    return "\n".join(section.text for section in PageReader().read(content)).strip()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>一<em>二</em><code>三</code>四</p>", "一二三四"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<p>一\n二</p>", "一 二"),
        ("<ul><li>一<ul><li>二</li></ul></li><li>三</ul>", "一\n二\n三"),
        ("<p>一<p>二", "一\n二"),
        ("<p>a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("<p>一<br>二</p>", "一 二"),
        ("<h2 id=a>标题<a class=headerlink href=#a>¶</a></h2><p>文</p>", "标题\n文"),
        ("<p>据<sup><a class='footnote-ref' href='#fn:1'>1</a></sup>说</p>", "据说"),
        ("<script>var a = '<p>x</p>'</script><style>p{}</style><p>文</p><svg><text>图</text></svg>", "文"),
        ("<!-- <p>x</p> --><p>文<!--y--></p><!-- 没完", "文"),
        ("<p hidden>x</p><div class='cd-hidden'>x</div><div data-search-exclude><p>x</p></div><p>文</p>", "文"),
        ("<p data-cd-diagram=0>甲 乙\u2029丙</p>", "甲 乙\n丙"),
        ("1 < 2 > 0 <", "1 < 2 > 0 <"),
        ("</p></div>文</h2>", "文"),
    ],
)
def test_what_is_seen(content: str, expected: str) -> None:
    assert text(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p><strong>引导</strong>：文</p>", [(Kind.LEAD, "引导"), (Kind.BODY, "：文")]),
        ("<p>先<strong>不是</strong></p>", [(Kind.BODY, "先不是")]),
        ("<li><p><b>引导</b></p></li>", [(Kind.LEAD, "引导")]),
        ("<table><tr><th>甲</th></tr><tr><td><b>乙</b></td></tr></table>", [(Kind.HEAD, "甲"), (Kind.CELL, "乙")]),
        (
            "<p>见 <span class='arithmatex'>\\(x^2\\)</span> 处</p>",
            [(Kind.BODY, "见 "), (Kind.FORMULA, "x^2"), (Kind.BODY, " 处")],
        ),
        ("<div class='arithmatex'>\\[y\\]</div>", [(Kind.FORMULA, "y")]),
        ("<pre><code>a\nb</code></pre>", [(Kind.CODE, "a b")]),
        ("<pre class='mermaid'><code>graph</code></pre>", [(Kind.DIAGRAM, "graph")]),
    ],
)
def test_kinds_of_text(content: str, expected: list[tuple[Kind, str]]) -> None:
    assert kinds(content) == expected


def test_sections_begin_at_headings_and_keep_the_last_anchor() -> None:
    content = "<p>前</p><h1 id=a>一</h1><p>文</p><h3>二</h3><p>三</p><h2 id=b data-search-exclude>四</h2><p>五</p>"
    sections = PageReader().read(content)
    assert [(one.level, one.anchor, one.heading) for one in sections] == [(0, "", ""), (1, "a", "一"), (3, "a", "二")]


@given(st.text(alphabet="<>/=\"'ab hp1 !-&;\n中", max_size=200))
def test_whatever_comes_is_read(content: str) -> None:
    for section in PageReader().read(content):
        assert not any("\x00" <= sign < " " for sign in section.text.replace("\n", ""))
