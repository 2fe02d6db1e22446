"""Sources: which addresses are one, what counts as a citation, and that each stands once on the page."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.config import Config
from convergence_docs.parse import MATERIAL, parse_chapter
from convergence_docs.site.relations.references.address import read_address, written_address
from convergence_docs.site.relations.references.bibliography import Source, collect
from convergence_docs.site.relations.references.citations import is_for_sources, may_cite, read_citations
from convergence_docs.site.relations.references.references_html import by_letter, references_page, render_sources
from convergence_docs.text import decode
from tests.site import shelf

FOOTNOTES = """# 甲章

## 一、正文

注意力[^v]与训练[^v]，另见附注[^n]。

### 1.1 再说

又一次[^v]。[链接](https://example.org/tool)与 [规范][spec]。

## 参考文献

[^v]: Vaswani, A. 等. **Attention** Is All You Need. 2017. <https://arxiv.org/abs/1706.03762v2>
[^n]: 这只是一条说明。

[spec]: https://example.org/spec "The Spec"
"""
LISTED = """# 乙章

见[工具主页](https://example.org/tool)，[论文](http://arxiv.org/pdf/1706.03762.pdf)。

## 十一、延伸阅读与参考文献

1. **Vaswani, A.** Attention is all you need (2017). arXiv:1706.03762
2. Knuth, D. E. The Art of Computer Programming. 1968.
3. 工具说明 https://example.org/tool
   续行
4. [本书](a.md)
5. 没有年份的一句话

## 结论

- 普通列表 https://example.org/other
"""
FILES = {"a.md": FOOTNOTES, "b.md": LISTED}


def sources_of(files: Mapping[str, str]) -> tuple[Source, ...]:
    texts = {path: decode(text.encode(), path) for path, text in files.items()}
    config = Config(docs_root="/nowhere", boundary="/nowhere", is_mkdocs=True, extensions={"footnotes": {}, "toc": {}})
    return collect(shelf.book_of(files, None), config, texts.get)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://arxiv.org/abs/1706.03762", "http://arxiv.org/pdf/1706.03762v5.pdf"),
        ("https://arxiv.org/abs/1706.03762", "https://doi.org/10.48550/arXiv.1706.03762"),
        ("https://arxiv.org/abs/math.GT/0309136", "https://www.arxiv.org/pdf/math.GT/0309136v1"),
        ("https://doi.org/10.1007/BF02551274", "http://dx.doi.org/10.1007/bf02551274"),
        ("https://doi.org/10.1145%2F359146.359148", "https://dl.acm.org/doi/pdf/10.1145/359146.359148"),
        ("http://Example.org:80", "https://example.org/"),
        ("https://example.org/%7Ea/%e4%b8%ad", "https://example.org/~a/%E4%B8%AD"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    first, second = read_address(one), read_address(other)
    assert first
    assert second
    assert first.key == second.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a", "https://www.example.org/a"),
        ("https://example.org/a?x=1", "https://example.org/a?x=2"),
        ("https://example.org/#/a", "https://example.org/#/b"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03763"),
        ("https://arxiv.org/list/1706.03762", "https://arxiv.org/abs/1706.03762"),
    ],
)
def test_what_may_differ_stays_apart(one: str, other: str) -> None:
    first, second = read_address(one), read_address(other)
    assert first
    assert second
    assert first.key != second.key


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:a@b.c", "a.md", "", "http://[", "http://a:b/", "//x.y/"]
)
def test_what_is_no_address_of_the_web_is_none(url: str) -> None:
    assert read_address(url) is None


@given(st.text(max_size=60))
def test_any_text_may_be_asked_for_an_address(text: str) -> None:
    for found in (read_address(text), read_address(f"https://example.org/{text}"), written_address(text)):
        assert found is None or found.url.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "heading",
    ["参考文献", "十一、参考文献", "11 延伸阅读与参考文献", "参考资料与注释", "10.2 学术参考文献", "References",
     "参考文献 / References / Literatur", "📚 延伸阅读",
     "24. 📚 参考文献与延伸阅读（2025年11月）", "**参考文献**", "Further Reading"],
)  # fmt: skip
def test_sections_for_sources_are_known(heading: str) -> None:
    assert is_for_sources(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "参考实现",
        "调度系统快速参考指南",
        "9. 数学符号参考",
        "参考代码",
        "交叉引用",
        "API reference guide",
        "资源约束",
        "",
    ],
)
def test_others_are_not(heading: str) -> None:
    assert not is_for_sources(heading)


def test_each_source_stands_once_with_all_places() -> None:
    sources = {source.addresses[0].label if source.addresses else source.text: source for source in sources_of(FILES)}
    assert set(sources) == {
        "arXiv:1706.03762",
        "Knuth, D. E. The Art of Computer Programming. 1968.",
        "example.org/tool",
        "example.org/spec",
    }
    paper = sources["arXiv:1706.03762"]
    assert paper.addresses[0].url == "https://arxiv.org/abs/1706.03762"
    assert paper.text == "Vaswani, A. 等. Attention Is All You Need. 2017."
    assert paper.other_texts == ("Vaswani, A. Attention is all you need (2017).",)
    assert [place.heading for place in paper.places["a.md"]] == ["一、正文", "1.1 再说"]
    assert [place.anchor for place in paper.places["a.md"]] == ["fnref:v", "fnref3:v"]
    assert [place.heading for place in paper.places["b.md"]] == ["十一、延伸阅读与参考文献", ""]


def test_a_plain_link_is_a_place_of_what_is_cited_elsewhere_and_else_nothing() -> None:
    tool = next(one for one in sources_of(FILES) if one.addresses and one.addresses[0].label == "example.org/tool")
    assert tool.text == "工具说明 续行"
    assert [place.heading for place in tool.places["a.md"]] == ["1.1 再说"]
    assert not any("other" in address.url for one in sources_of(FILES) for address in one.addresses)


def test_a_remark_is_no_source_and_a_page_without_sources_says_so() -> None:
    assert not any("说明。" in one.text for one in sources_of(FILES))
    assert sources_of({"a.md": "# 空\n"}) == ()
    assert "没有引用文献" in references_page((), "zh")


def test_sources_are_in_the_order_of_their_names() -> None:
    listed = "".join(
        f"- {name}. 2020. <https://example.org/{at}>\n"
        for at, name in enumerate(["张三", "Zhou", "李四", "Adams", "9x"])
    )
    names = [one.text[:2] for one in sources_of({"a.md": f"# 章\n\n## 参考文献\n\n{listed}"})]
    assert names == ["Ad", "李四", "Zh", "张三", "9x"]


def test_many_sources_stand_under_letters_and_ids_are_unique() -> None:
    listed = "".join(f"- {chr(65 + at % 26)}{at}. 2020. <https://example.org/a%20{'?' * at}x>\n" for at in range(60))
    sources = sources_of({"a.md": f"# 章\n\n## 参考文献\n\n{listed}"})
    groups = by_letter(sources)
    assert [letter for letter, _ in groups] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert len({one.id for one in sources}) == len(sources) == 60
    page = references_page(sources, "zh")
    assert page.count("\n## ") == 26
    assert page.count("data-group=") == 26


def test_hostile_text_stays_text() -> None:
    hostile = (
        "# 章\n\n## References\n\n"
        '- <script>alert(1)</script> "&lt;b&gt; 2020 [x"><img src=x>](https://example.org/"onclick=") \n'
        "- [js](javascript:alert(1)) 2021\n"
    )
    html = render_sources(sources_of({"a.md": hostile}), shelf.frame({"a.md": ""}))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert '"onclick' not in html
    assert "&lt;b&gt;" in html


def test_reading_grows_with_the_length_of_the_text() -> None:
    for piece in ("[^", "<", "**", "{:", "- x 2020 (", "https://a.b/(", "![", "](", "*_", "\n- "):
        text = f"# 章\n\n## 参考文献\n\n- {piece * 20_000}\n"
        began = time.process_time()
        assert may_cite(text)
        read_citations(parse_chapter(decode(text.encode(), "a.md"), MATERIAL, github=False, details=False))
        assert time.process_time() - began < 6, piece
