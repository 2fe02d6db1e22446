"""Backlinks: which links say something, in what words, and what becomes of them in HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.config import Config
from convergence_docs.parse import parse_chapter
from convergence_docs.site.frame import Frame
from convergence_docs.site.relations.backlinks.backlinks_html import MOST_CHAPTERS, MOST_PLACES, render_backlinks
from convergence_docs.site.relations.backlinks.citing import Citing, backlinks
from convergence_docs.site.relations.backlinks.landings import with_landings
from convergence_docs.site.relations.backlinks.passages import Mention, Surroundings
from convergence_docs.site.relations.backlinks.sentence import MOST, Passage, sentence_around
from convergence_docs.text import decode
from tests.growth import assert_linear
from tests.site.shelf import book_of

CONFIG = Config(docs_root="/nowhere", boundary="/nowhere")
TARGET = "# 目标\n\n## 一、概述\n\n正文。\n"


def found(files: Mapping[str, str], target: str = "b.md") -> tuple[Citing, ...]:
    """Who links to a chapter."""
    sources = {path: decode(text.encode(), path) for path, text in files.items()}
    return backlinks(book_of(files, None), CONFIG, sources.get).get(target, ())


def said(text: str) -> list[str]:
    """What a chapter says where it links to ``b.md``, the link's words in brackets."""
    mentions = (mention for one in found({"a.md": text, "b.md": TARGET}) for mention in one.mentions)
    return [f"{one.passage.before}[{one.passage.words}]{one.passage.after}" for one in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一句。第二句说到[目标](b.md)的事。第三句。", "第二句说到[目标]的事。"),
        ("他说：“够了。”于是有了 [**目标**](b.md#一概述) 一章！后面。", "于是有了[目标]一章！"),
        ("One here. Then see the [target](b.md), e.g. twice. Three.", "Then see the [target], e.g. twice."),
        ("此事很重要。见[目标](b.md)。", "此事很重要。见[目标]。"),
        ("折行的\n句子说到[目标](b.md)，\n还没完。", "折行的句子说到[目标]，还没完。"),
        ("> 引文里的\n> [目标](b.md)也算。", "引文里的[目标]也算。"),
        ("- [x] **做法**：用[目标](b.md)里的办法。别的。", "做法：用[目标]里的办法。"),
        ("1. 先读[目标](b.md)再动手\n2. 别的", "先读[目标]再动手"),
        ("正文[^1]。\n\n[^1]: 出处在[目标](b.md)里。", "出处在[目标]里。"),
        ("系数 $x^2$ 与 `code` 出自[目标][t]。\n\n[t]: b.md", "系数 x^2 与 code 出自[目标]。"),
        ("| 层 | 何处 |\n| --- | --- |\n| 数学层 | 在[目标](b.md)里 |", "数学层 · 在[目标]里"),
        ("| 层 | 值 |\n| --- | --- |\n| [目标](b.md) | **95%** 以上 |", "[目标] · 95% 以上"),
        ("## 为什么[目标](b.md)重要\n\n正文。", "为什么[目标]重要"),
        ("!!! note\n    框里说到[目标](b.md)的事。", "框里说到[目标]的事。"),
        ("上一行说别的  \n这一行说到[目标](b.md)的事", "这一行说到[目标]的事"),
        ('说到<a href="b.md">目标</a>的事。完。', "说到[目标]的事。"),
        ("说 &lt;b&gt; 与 [&amp;目标](b.md) 的事", "说 <b> 与 [&目标]的事"),
    ],
)
def test_the_sentence_around_a_link(text: str, expected: str) -> None:
    assert said(f"# 甲\n\n{text}\n") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "上一章：[目标](b.md) | 下一章：[别的](c.md)",
        "[← 目标](b.md) · [返回目录](index.md)",
        "Previous: [Target](b.md) Next: [Other](c.md)",
        "- [目标](b.md)\n- [别的](c.md)",
        "- 📘 [03.2 目标](b.md) ⭐⭐⭐ - 目标",
        "参见：[目标](b.md)。",
        "### [目标](b.md)",
        "| 序号 | 章 |\n| --- | --- |\n| 1 | [目标](b.md) |",
        "![图](b.md)",
        "```\n说到[目标](b.md)的事\n```",
        "<!-- 说到[目标](b.md)的事 -->",
    ],
)
def test_what_only_shows_the_way_is_left_out(text: str) -> None:
    assert said(f"# 甲\n\n{text}\n") == []


def test_sections_chapters_and_their_order() -> None:
    text = "# 甲\n\n先说到[目标](b.md)的事。\n\n## 二、后来\n\n又说到[目标](b.md)的事，还有[目标](b.md)。\n"
    files = {"b.md": TARGET, "z/02.md": text, "z/10.md": text, "z/1.md": text, "a.md": text}
    text_above = {"z/02.md", "z/10.md", "z/1.md"}
    files |= {path: text.replace("b.md", "../b.md") for path in text_above}
    citing = found(files)
    assert [one.path for one in citing] == ["z/1.md", "z/02.md", "z/10.md", "a.md"]
    assert [(one.anchor, one.heading) for one in citing[0].mentions] == [("甲", "甲"), ("二后来", "二、后来")]


def test_a_changed_chapter_is_read_anew() -> None:
    assert said("# 甲\n\n从前说到[目标](b.md)。\n") == ["从前说到[目标]。"]
    assert said("# 甲\n\n如今说到[目标](b.md)。\n") == ["如今说到[目标]。"]


def test_an_unchanged_chapter_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"once.md": "# 甲\n\n一再说到[目标](b.md)。\n", "b.md": TARGET}
    first = found(files)
    monkeypatch.delattr("convergence_docs.site.relations.backlinks.citing.brief_chapter")
    assert found(files) == first != ()


@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=300))
def test_a_sentence_is_bounded_and_keeps_the_links_words(before: str, words: str, after: str) -> None:
    passage = sentence_around(before, words, after)
    assert len(passage.before) <= MOST + 1
    assert len(passage.after) <= MOST + 1
    assert len(passage.words) <= len(words)


HOSTILE = '"><script>alert(1)</script>&amp;<img src=x onerror=alert(1)>'


def rendered(*citing: Citing) -> str:
    """The list on a page one folder down."""
    return render_backlinks(citing, Frame("zh", lambda path: f"../{path}", {}))


def test_hostile_words_stay_words() -> None:
    mention = Mention(HOSTILE, HOSTILE, Passage(HOSTILE, HOSTILE, HOSTILE))
    html = rendered(Citing("x.md", HOSTILE, (mention,)), Citing("y.md", "y", (mention,)))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") == 1 + 3 + 4


def test_what_is_long_is_folded() -> None:
    places = tuple(Mention(f"s{at}", f"{at}", Passage("", "词", "")) for at in range(MOST_PLACES + 2))
    assert "另有 2 处" in rendered(Citing("x.md", "x", places))
    assert "<details" not in rendered(Citing("x.md", "x", places[:-1])), "one more is shown at once"
    many = [Citing(f"{at}.md", f"{at}", places[:1]) for at in range(MOST_CHAPTERS + 5)]
    assert "另有 5 章" in rendered(*many)


def test_what_the_site_leaves_out_is_not_named() -> None:
    citing = Citing("draft.md", "草稿", (Mention("", "", Passage("", "词", "")),))
    assert render_backlinks([citing], Frame("zh", lambda path: "", {})) == ""


def test_links_get_ids_to_come_back_to() -> None:
    page = '<p><a href="../b/#x"><strong>目</strong>标</a>、<a href="../b/">目标</a>、<a href="../c/">别的</a></p>'
    html, found = with_landings(page, {"../b/": ("b.md", {"目标": 2})})
    assert found == {("b.md", "目标", 0): "cd-link-1", ("b.md", "目标", 1): "cd-link-2"}
    assert html == page.replace("<a ", '<a id="cd-link-1" ', 1).replace(
        '、<a href="../b', '、<a id="cd-link-2" href="../b'
    )


def test_a_link_with_an_id_keeps_it() -> None:
    page = '<a id="own" href="../b/">目标</a>'
    assert with_landings(page, {"../b/": ("b.md", {"目标": 1})}) == (page, {("b.md", "目标", 0): "own"})


@pytest.mark.parametrize("count", [1, 3])
def test_links_that_cannot_be_told_apart_get_none(count: int) -> None:
    page = '<a href="../b/">目标</a><a href="../b/">目标</a>'
    assert with_landings(page, {"../b/": ("b.md", {"目标": count})}) == (page, {})


def test_places_are_counted_past_those_that_say_nothing() -> None:
    text = "# 甲\n\n- [目标](b.md)\n\n说到[目标](b.md)的事。\n\n又说到[目标](b.md)的事。\n"
    (citing,) = found({"a.md": text, "b.md": TARGET})
    assert [(one.words, one.nth) for one in citing.mentions] == [("目标", 1), ("目标", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "说到[目标](b.md)的事，",
        "说到[目标](b.md)的事。\n",
        "| 层 | 说到[目标](b.md)的事 |\n",
        "<a href='b.md'>说到 $ \\( [目标](b.md) ",
    ],
)
def test_many_links_cost_in_proportion(line: str) -> None:
    head = "| a | b |\n| - | - |\n" if line.startswith("|") else ""

    def prepare(size: int) -> Callable[[], object]:
        chapter = parse_chapter(decode((head + line * size).encode(), "a.md"), github=False, details=False)
        return lambda: [found.mention(link) for found in (Surroundings(chapter),) for link in chapter.links]

    assert_linear(prepare, 60, 600)


@pytest.mark.parametrize("part", ["<a ", '<a href="../b/">', "<a>x", '<a href="'])
def test_many_tags_cost_in_proportion(part: str) -> None:
    linked = {"../b/": ("b.md", {"目标": 1})}
    assert_linear(lambda size: lambda: with_landings(part * size, linked), 500, 5000)
