"""What is there is found, what is not there is not, and the best comes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convergence_docs.site.search.normal import normalise
from tests.site.search.engine import Engine, engine_of
from tests.site.search.pages import index_of, page_of, sections_with

HOSTILE = """<h1 id="h">正则 (a+)+$ 与 &lt;script&gt;</h1>
<p>表情 😀👩‍💻 与 𠮷野家，C++ &amp; C#，a&lt;b，"引号"，反斜杠 \\d{3,}，[x](y)，100%。</p>
<p>&lt;img src=x onerror=alert(1)&gt; 只是文字，层:架构层 也是，收\u200b敛\u200b度\u00ad也是。</p>"""
LEADS = """<h1 id="t">架构层收敛</h1><p>第一段说
训练与微调，跨<strong>越</strong>标<em>签</em>的<code>词</code>语。到此为止。下一句接着说。</p>
<h2 id="a">4.1 注意力机制</h2><p>键与值。</p><ul><li><strong>缩放定律</strong>：损失随算力下降。</li></ul>
<h3 id="b">表格</h3><table><tr><th>优化器</th><th>份额</th></tr><tr><td>AdamW</td><td>95%以上</td></tr></table>
<h2 id="c">公式</h2><p>记作 <span class="arithmatex">\\(QK^{\\top}\\)</span> 的矩阵。</p><pre><code>import torch
x = 1</code></pre><p data-cd-diagram="0">驱动力\u2029网络效应</p>"""
BODY = """<h1 id="t">旁的一章</h1><p>正文里提到注意力机制、缩放定律、优化器和网络效应。</p>
<h2 id="d">分散</h2><p>优化器在前面。</p><p>中间隔着许多别的话，说的是别的事情。</p><p>份额在后面。</p>
<p>类型用 Hindley-Milner 推断。</p>"""
PAGES = (
    page_of("h/", "正则", HOSTILE),
    page_of("a/", "架构层收敛", LEADS),
    page_of("b/", "旁的一章", BODY),
    page_of("c/", "注意力机制", "<p>没有标题的一页。</p>"),
    page_of("d/", "旁的一章", "<h1>旁的一章</h1><p>同名的另一页。</p>"),
    page_of("e/", "空页", ""),
)
WORDS = {"variants": "優优層层", "names": [["缩放定律", "scaling law"]]}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The worker with all pages."""
    engine = engine_of(index_of(PAGES, WORDS))
    yield engine
    engine.close()


def found(engine: Engine, text: str, *tiers: str) -> set[tuple[str, str]]:
    return {(hit.page, hit.anchor) for hit in engine.ask(text).hits(*tiers)}


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A piece of what some section says."""
    page = draw(st.sampled_from(PAGES))
    number = draw(st.integers(0, len(page.sections) - 1))
    text = page.text_of(number)
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return text[start : start + draw(st.integers(1, 60))]


@given(pieces())
@settings(max_examples=400)
def test_a_piece_of_a_section_finds_all_that_hold_it_and_nothing_else(engine: Engine, piece: str) -> None:
    if not normalise(piece):
        return
    assert found(engine, piece, "exact") == sections_with(PAGES, piece)


@given(pieces())
@settings(max_examples=200)
def test_a_piece_that_runs_across_blocks_is_found_below_what_is_exact(engine: Engine, piece: str) -> None:
    typed = normalise(piece)
    if not typed:
        return
    holders = {
        (page.url, section.anchor if number else "")
        for page in PAGES
        for number, section in enumerate(page.sections)
        if typed in normalise(page.text_of(number))
    }
    assert found(engine, piece, "exact", "words") >= holders


@given(st.text(max_size=30))
@example("0~")
@example("+甲")
@settings(max_examples=200)
def test_any_query_is_answered_and_never_called_exact_where_it_is_not(engine: Engine, text: str) -> None:
    hits = engine.ask(text).hits("exact")
    if '"' not in text and ":" not in normalise(text) and len(normalise(text).split()) == 1:
        assert {(hit.page, hit.anchor) for hit in hits} <= sections_with(PAGES, text)


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "收" * 10_000, "(" * 500, "(a+)+$", "[\\", "<script>alert(1)</script>", "&amp;", "\u200b", "\ud800"],
)
def test_hostile_queries_are_answered(engine: Engine, text: str) -> None:
    for hit in engine.ask(text).hits():
        assert "<script" not in hit.title + hit.text
        assert "<img" not in hit.title + hit.text


def test_a_query_of_ten_thousand_characters_finds_its_section() -> None:
    long = "".join(chr(0x4E00 + (at * 7919) % 20000) for at in range(12_000))
    engine = engine_of(index_of([page_of("a/", "长", f"<p>{long}</p>"), page_of("b/", "短", f"<p>{long[:100]}</p>")]))
    assert found(engine, long[500:10_400], "exact") == {("a/", "")}
    engine.close()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("第一段说训练", {("a/", "")}),
        ("跨越标签的词语", {("a/", "")}),
        ("到此为止。下一句", {("a/", "")}),
        ("ＡｄａｍＷ", {("a/", "b")}),
        ("QK^{\\top}", {("a/", "c")}),
        ("记作QK^{\\top}的矩阵", {("a/", "c")}),
        ("收敛度也是", {("h/", "")}),
        ("𠮷", {("h/", "")}),
        ("空页", {("e/", "")}),
        ("旁的一章", {("b/", ""), ("d/", "")}),
        ("层:架构层", {("h/", "")}),
        ('"引号"', {("h/", "")}),
    ],
)
def test_what_a_reader_sees_is_found(engine: Engine, text: str, places: set[tuple[str, str]]) -> None:
    assert found(engine, text, "exact") == places


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("注意力机制", ["c/", "a/", "b/"]),
        ("缩放定律", ["a/", "b/"]),
        ("优化器", ["a/", "b/"]),
        ("网络效应", ["b/", "a/"]),
    ],
)
def test_title_heading_lead_cell_body_diagram(engine: Engine, text: str, order: list[str]) -> None:
    assert [group[0].page for group in engine.ask(text).groups] == order


def test_several_words_mean_all_of_them_and_stand_below_the_phrase(engine: Engine) -> None:
    answer = engine.ask("优化器 份额")
    assert [(hit.page, hit.anchor, hit.tier) for hit in answer.hits()] == [("a/", "b", "words"), ("b/", "d", "words")]
    assert found(engine, "优化器 没有的词", "exact", "words") == set()
    assert [hit.tier for hit in engine.ask("跨越 标签的").hits()][:1] == ["exact"]


def test_a_phrase_in_quotation_marks_is_one(engine: Engine) -> None:
    assert found(engine, '"优化器在前面"', "exact") == {("b/", "d")}
    assert found(engine, "“优化器在” 后面", "exact", "words") == {("b/", "d")}


@pytest.mark.parametrize(
    ("text", "page", "note"),
    [
        ("注意力机智", "c/", "近似：注意力机制"),
        ("优化噐", "a/", "近似：优化器"),
        ("架構層收敛", "a/", "近似：架构层收敛"),
        ("優化器", "a/", "简繁：优化器"),
        ("scaling law", "a/", "同义：缩放定律"),
        ("troch", "a/", "近似：torch"),
        ("Hindly-Milner", "b/", "近似：hindley-milner"),
    ],
)
def test_near_words_find_their_page_and_say_so(engine: Engine, text: str, page: str, note: str) -> None:
    answer = engine.ask(text)
    assert answer.hits("exact", "words") == ()
    assert answer.groups[0][0].page == page
    assert note in answer.groups[0][0].text


def test_no_part_of_a_word_is_taken_for_what_was_meant() -> None:
    engine = engine_of(index_of([page_of("a/", "甲", "<h1>甲</h1><p>这里有 prex_refs 和 y_ref 。</p>")]))
    assert engine.ask("x_ret").hits() == ()
    assert "近似：y_ref" in engine.ask("y_ret").groups[0][0].text
    engine.close()


def test_a_heading_vouches_for_a_word_however_it_is_spaced() -> None:
    engine = engine_of(index_of([page_of("a/", "甲", "<h1>甲</h1><h2>ReAct 循环</h2><h3 id='b'>丙</h3><p>乙词</p>")]))
    assert found(engine, "ReAct循环 乙词", "words") == {("a/", "b")}
    engine.close()


def test_a_hit_shows_its_path_and_marks_and_opens_at_its_section(engine: Engine) -> None:
    hit = engine.ask("adamw").hits()[0]
    assert hit.path == ("架构层收敛", "4.1 注意力机制", "表格")
    assert hit.location == "a/?mark=AdamW#b"
    assert "<mark>AdamW</mark>" in hit.text
    assert 'class="cd-hit__path">架构层收敛 › 4.1 注意力机制 › <' in hit.title
    assert "<mark>注意力机制</mark>" in engine.ask("注意力机制").groups[1][0].title


def test_marks_are_what_the_section_writes(engine: Engine) -> None:
    assert (
        engine.ask("第一段说训练")
        .hits()[0]
        .location.startswith("a/?mark=%E7%AC%AC%E4%B8%80%E6%AE%B5%E8%AF%B4%20%E8%AE%AD")
    )
    assert "<mark>a&lt;b</mark>" in engine.ask("a<b").hits()[0].text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("类:表 优化器", {("a/", "b")}),
        ("kind:formula 矩阵", set()),
        ("kind:formula qk", {("a/", "c")}),
        ("类型:图 网络效应", {("a/", "c")}),
        ("kind:code,table torch", {("a/", "c")}),
    ],
)
def test_kinds_narrow(engine: Engine, text: str, places: set[tuple[str, str]]) -> None:
    assert found(engine, text, "exact") == places


def test_what_reads_as_a_filter_is_found_where_it_stands() -> None:
    pages = (*PAGES, page_of("f/", "筛选", "<h1>筛选</h1><p>写上类:图，就只找图。</p>"))
    engine = engine_of(index_of(pages, WORDS))
    assert found(engine, "类:图", "exact") == {("f/", ""), ("a/", "c")}
    engine.close()


def test_a_later_question_makes_an_earlier_one_void(engine: Engine) -> None:
    assert engine.ask("注意力机制").times == 1
    assert engine.ask("").groups == ()
