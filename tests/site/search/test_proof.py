"""What should be findable and is not, is said."""

from __future__ import annotations

from convergence_docs.model.vocabulary import Term, make_vocabulary
from convergence_docs.parse import MATERIAL
from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import pack
from convergence_docs.site.search.page_text import PageReader
from convergence_docs.site.search.proof import not_findable, packed_texts, unfound, wishes
from convergence_docs.text import SourceText
from tests.site.search.pages import NOTHING, index_of, page_of
from tests.site.search.test_finding import PAGES

CHAPTER = """# 架构层收敛

**注意力机制**：键与值。讲到缩放定律的一句话。

## 公式 $x^2$ 与脚注[^1]

| 优化器 | 份额 |
|--------|------|
| AdamW  | 95%  |

## 丢了的一节

[^1]: 注。
"""
TERMS = make_vocabulary([Term("technology", "scaling", ("缩放定律",), "scaling law")])
SOURCE = SourceText("a.md", CHAPTER)
FULL = "架构层收敛\n注意力机制：键与值。讲到缩放定律的一句话。\n公式与脚注\n优化器\n份额\nAdamW\n95%\n丢了的一节"


def lost(page: str, left_out: str = "") -> list[tuple[str, str, int]]:
    found = unfound(wishes(SOURCE, MATERIAL, TERMS), [normalise(page)], normalise(left_out))
    return [(wish.kind, wish.text, SOURCE.position(wish.span.start).line) for wish in found]


def test_all_that_is_written_is_wished_for() -> None:
    assert {(wish.kind, wish.text) for wish in wishes(SOURCE, MATERIAL, TERMS)} >= {
        ("heading", "架构层收敛"),
        ("heading", "丢了的一节"),
        ("lead", "注意力机制"),
        ("header", "优化器"),
        ("header", "份额"),
    }


def test_a_page_that_says_it_all_is_in_order() -> None:
    assert lost(FULL) == []


def test_what_is_lost_is_told_with_its_line() -> None:
    assert lost(FULL.replace("丢了的一节", "")) == [("heading", "丢了的一节", 11)]
    assert lost(FULL.replace("份额", "")) == [("header", "份额", 7)]
    assert lost(FULL.replace("注意力机制", "")) == [("lead", "注意力机制", 3)]


def test_what_the_author_leaves_out_is_not_told() -> None:
    assert lost(FULL.replace("丢了的一节", ""), "丢了的一节") == []


def test_a_term_of_the_vocabulary_is_told() -> None:
    source = SourceText("b.md", "---\na: 缩放定律\n---\n# 甲\n\n```\n缩放定律\n```\n\n讲到缩放定律的一句话。\n")
    (wish,) = unfound(wishes(source, MATERIAL, TERMS), [normalise("甲 讲到的一句话")], "")
    assert (wish.kind, wish.text) == ("term", "缩放定律")
    finding = not_findable(wish, source)
    assert (finding.code, finding.line, finding.column) == ("SIT004", 10, 3)
    assert "缩放定律" in finding.message.zh


def test_the_packed_files_say_what_the_pages_say() -> None:
    expected = [[normalise(page.text_of(number)) for number in range(len(page.sections))] for page in PAGES]
    assert packed_texts(index_of(PAGES)) == expected
    assert packed_texts(index_of(PAGES, small=0, shard=100)) == expected
    assert packed_texts(pack([], {"claims": NOTHING})) == []


def test_a_reader_tells_what_it_leaves_out() -> None:
    reader = PageReader()
    content = "<h1>甲</h1><div data-search-exclude><p>乙<b>丙</b></p></div>"
    more = "<h2 data-search-exclude>丁</h2><p>戊</p><h2>己</h2>"
    assert [section.heading for section in reader.read(content + more)] == ["甲", "己"]
    assert normalise(reader.left_out) == "乙丙丁戊"


def test_a_page_is_known_by_the_name_that_it_goes_by() -> None:
    page = page_of("x/", "首页", "<h1>收敛分析</h1>")
    assert page.text_of(0) == "首页\n收敛分析"
    assert page_of("y/", "收敛分析", "<h1>收敛分析</h1>").text_of(0) == "收敛分析"
