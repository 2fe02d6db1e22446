"""The scanner on its own: places, kinds and the constructs that are easily got wrong."""

from __future__ import annotations

import pytest

from convergence_docs.model.nodes import AnchorOrigin, LinkKind
from convergence_docs.parse import MATERIAL, make_dialect, parse_chapter
from convergence_docs.text import Span, decode
from tests.worlds import chapter


def links(text: str) -> list[tuple[LinkKind, str]]:
    return [(link.kind, link.destination) for link in chapter(text).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [(LinkKind.INLINE, "b.md")]),
        ("[a](b c.md)", [(LinkKind.INLINE, "b c.md")]),
        ('[a]( <b c.md> "t")', [(LinkKind.INLINE, "b c.md")]),
        ("[a](b(c).md)", [(LinkKind.INLINE, "b(c).md")]),
        ("[a [b]](c.md)", [(LinkKind.INLINE, "c.md")]),
        ("![a](b.png)", [(LinkKind.IMAGE, "b.png")]),
        ("[![a](b.png)](c.md)", [(LinkKind.INLINE, "c.md"), (LinkKind.IMAGE, "b.png")]),
        ("[a]\n[b]\n\n[b]: c.md\n[b]: d.md", [(LinkKind.REFERENCE, "d.md")]),
        ("> [a][b]\n>\n> [b]: c.md", [(LinkKind.REFERENCE, "c.md")]),
        ("![a][b]\n\n[b]: c.png", [(LinkKind.REFERENCE_IMAGE, "c.png")]),
        ("<https://a.example/>", [(LinkKind.AUTOLINK, "https://a.example/")]),
        ("<me@a.example>", [(LinkKind.AUTOLINK, "mailto:me@a.example")]),
        ('x <a href="b.md">c</a>', [(LinkKind.HTML_LINK, "b.md")]),
        ('<p><img src="b.png" alt="c"></p>', [(LinkKind.HTML_IMAGE, "b.png")]),
        ("`[a](b)`", []),
        ("``[a](b) ` ``", []),
        ("$[i](i,j)$", []),
        ("\\[a](b)", []),
        ("```\n[a](b)\n```", []),
        ("    [a](b)", []),
        ("<div>\n[a](b)\n</div>", []),
        ('<div markdown="1">\n[a](b)\n</div>', [(LinkKind.INLINE, "b")]),
        ("!!! note\n    [a](b)", [(LinkKind.INLINE, "b")]),
        ("- a\n\n    [a](b)", [(LinkKind.INLINE, "b")]),
        ("[A][B]", []),
        ("：name@host", []),
        ("[a](b\\_c.md)", [(LinkKind.INLINE, "b_c.md")]),
        ("[a](b&amp;c)", [(LinkKind.INLINE, "b&c")]),
    ],
)
def test_links(text: str, expected: list[tuple[LinkKind, str]]) -> None:
    assert links(text) == expected


def test_every_place_of_a_link_is_exact() -> None:
    source = "前言\n\n> 见 [**架构层**](03.2.2-架构层.md#一 '题')。\n"
    (link,) = chapter(source).links
    text = chapter(source).source
    assert text.slice(link.span) == "[**架构层**](03.2.2-架构层.md#一 '题')"
    assert text.slice(link.text_span) == "**架构层**"
    assert text.slice(link.destination_span) == "03.2.2-架构层.md#一"
    assert (link.text, link.title) == ("架构层", "题")
    assert text.position(link.span.start) == (3, 5)


def test_tabs_move_no_place() -> None:
    one = chapter("- a\n\n\t- b [c](d.md)\n\n|a\t|[b](c.md)|\n|-|-|\n")
    assert [one.source.slice(link.span) for link in one.links] == ["[c](d.md)", "[b](c.md)"]
    assert [cell.text for cell in one.tables[0].header.cells] == ["a", "b"]


def test_headings_have_the_ids_of_the_page() -> None:
    one = chapter("# 标题\n\n## 一、概述\n\n## 一、概述\n\n#无空格\n\n设定\n---\n\n### 有名 {#own}\n")
    assert [(h.level, h.text, h.site_id) for h in one.headings] == [
        (1, "标题", "标题"),
        (2, "一、概述", "一概述"),
        (2, "一、概述", "一概述-1"),
        (1, "无空格", "无空格"),
        (2, "设定", "设定"),
        (3, "有名", "own"),
    ]
    assert one.headings[-1].has_explicit_id
    assert one.source.slice(one.headings[4].span) == "设定\n---"
    assert one.source.slice(one.headings[5].text_span) == "有名"


def test_ids_of_every_kind_are_anchors() -> None:
    one = chapter('# a\n\n<a name="b"></a>\n\n<p id="c">x</p>\n\n*d*{#e} f[^g]\n\n[^g]: h\n')
    assert {(anchor.id, anchor.origin) for anchor in one.anchors} == {
        ("a", AnchorOrigin.HEADING),
        ("b", AnchorOrigin.HTML),
        ("c", AnchorOrigin.HTML),
        ("e", AnchorOrigin.ATTRIBUTE_LIST),
        ("fn:g", AnchorOrigin.FOOTNOTE),
        ("fnref:g", AnchorOrigin.FOOTNOTE),
    }


def test_table_cells_stand_where_they_are() -> None:
    one = chapter("|维度|`a|b`|\n|:-|-:|\n|采用率|**95%**|\n|x|\n")
    (table,) = one.tables
    assert [cell.text for cell in table.header.cells] == ["维度", "a|b"]
    assert table.alignments == ("left", "right")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["采用率", "95%"], ["x"]]
    assert one.source.slice(table.rows[0].cells[1].span) == "**95%**"


@pytest.mark.parametrize("line", ["- **采用率**：95%以上", "- **采用率：**95%以上", "1. **采用率**: 95%以上"])
def test_leads(line: str) -> None:
    (item,) = chapter(line).list_items
    assert item.lead is not None
    assert item.lead.text == "采用率"
    assert chapter(line).source.slice(item.lead.rest_span) == "95%以上"


def test_the_site_nests_lists_by_four_columns() -> None:
    one = chapter("- a\n  - b\n    - c\n        - d\n")
    assert [(item.text, item.indent, item.depth) for item in one.list_items] == [
        ("a", 0, 0),
        ("b", 2, 0),
        ("c", 4, 1),
        ("d", 8, 2),
    ]


def test_near_links_loose_references_and_comments() -> None:
    one = chapter("[a]（b.md） `[c]（d.md）` [e][f] <!-- allow: x -->\n\n```\n<!-- no -->\n```\n")
    assert [(near.text, near.destination) for near in one.near_links] == [("a", "b.md")]
    assert [(loose.text, loose.label) for loose in one.loose_references] == [("e", "f")]
    assert [comment.body for comment in one.comments] == [" allow: x "]


def test_formulas() -> None:
    one = chapter("a $x^2$ b $ 5 和 \\(y\\)\n\n$$\nE = mc^2\n$$\n\n`$no$`\n")
    assert [(one.source.slice(f.body_span).strip(), f.is_display) for f in one.formulas] == [
        ("x^2", False),
        ("y", False),
        ("E = mc^2", True),
    ]


def test_fences() -> None:
    one = chapter("```Python title='a'\nx\n```\n\n> ~~~ mermaid\n> y\n> ~~~\n\n``` no fence here=\nz\n```\n")
    assert [(f.language, f.info) for f in one.fences] == [("python", "Python title='a'"), ("mermaid", "mermaid")]
    assert one.source.slice(one.fences[0].body_span) == "x\n"


@pytest.mark.parametrize("name", ["目录", "📋 目录", "一、目 录", "Table of Contents", "1. TOC"])
def test_toc_under_its_heading(name: str) -> None:
    one = chapter(f"# a\n\n## {name}\n\n- [a](#a)\n  - [b](#b)\n- [c](#c)\n\n## b\n\n- [d](#d)\n")
    assert one.toc is not None
    assert one.toc.heading == 1
    assert [(entry.depth, entry.link.text) for entry in one.toc.entries] == [(0, "a"), (1, "b"), (0, "c")]


def test_toc_without_a_heading_needs_three_links() -> None:
    assert chapter("# a\n\n- [a](#a)\n- [b](#b)\n\n## b\n").toc is None
    one = chapter("# a\n\n- [a](#a)\n- [b](#b)\n- [c](#c)\n\n## b\n")
    assert one.toc is not None
    assert one.toc.heading is None


def test_front_matter() -> None:
    one = chapter("---\ntitle: 标题\n---\n\n# a\n")
    assert one.title == "标题"
    assert one.headings[0].span == Span(21, 24) or one.source.slice(one.headings[0].span) == "# a"
    broken = chapter("---\ntitle: [\n---\n\n# a\n")
    assert broken.front_matter.error is not None
    assert not broken.front_matter.values


def test_dialects() -> None:
    plain = make_dialect({})
    text = "## 一、概述\n\n$[a](b)$\n\n## x {#y}\n"
    one = parse_chapter(decode(text.encode(), "a.md"), plain)
    assert [heading.site_id for heading in one.headings] == ["_1", "x-y"]
    assert [link.destination for link in one.links] == ["b"]
    named = make_dialect({"toc": {"slugify": "my.own.slugs"}})
    assert "my.own.slugs" in named.unverified
    assert not MATERIAL.unverified
    cased = make_dialect({"toc": {"slugify": {"name": "pymdownx.slugs.slugify", "kwds": {"case": "lower"}}}})
    assert (cased.slugify, cased.slug_case) == ("pymdownx", "lower")
