"""Numbers at the head of headings and file names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.numbering import NumberStyle, format_chinese, numeral_in, renumber
from convergence_docs.parse.numerals import (
    parse_chapter_number,
    parse_chinese,
    parse_section_number,
)

VALUES = st.integers(1, 99)


@given(VALUES)
def test_chinese_numerals_survive_the_round_trip(value: int) -> None:
    assert parse_chinese(format_chinese(value)) == value


@given(VALUES, st.integers(0, 10_000), st.sampled_from(["{}、概述", "（{}）概述", "第{}章 概述", "第{}节：概述"]))
def test_every_chinese_form_is_read(value: int, offset: int, form: str) -> None:
    number = parse_section_number(form.format(format_chinese(value)), offset)
    assert number is not None
    assert (number.parts, number.title, number.span.start) == ((value,), "概述", offset)


@given(st.lists(st.integers(1, 99), min_size=2, max_size=5), st.integers(0, 10_000))
def test_every_decimal_is_read(parts: list[int], offset: int) -> None:
    written = ".".join(map(str, parts))
    number = parse_section_number(f"{written} 收敛状态", offset)
    assert number is not None
    assert number.parts == tuple(parts)
    assert number.span == (offset, offset + len(written))


@given(st.text(alphabet="一二三十百零.、（）第章节 0123456789a收", max_size=12))
def test_no_text_is_too_odd(text: str) -> None:
    number = parse_section_number(text, 7)
    assert number is None or (number.parts and 7 <= number.span.start < number.span.end <= 7 + len(text))


@pytest.mark.parametrize(
    ("text", "style", "parts", "written", "title"),
    [
        ("十一、其它", NumberStyle.CHINESE, (11,), "十一、", "其它"),
        ("二十三. 其它", NumberStyle.CHINESE, (23,), "二十三.", "其它"),
        ("（二）其它", NumberStyle.PARENTHESIZED, (2,), "（二）", "其它"),
        ("第三章 收敛", NumberStyle.CHAPTER, (3,), "第三章", "收敛"),
        ("第 3 章：收敛", NumberStyle.CHAPTER, (3,), "第 3 章：", "收敛"),
        ("第十二节、收敛", NumberStyle.CHAPTER, (12,), "第十二节、", "收敛"),
        ("2.1 收敛状态", NumberStyle.DECIMAL, (2, 1), "2.1", "收敛状态"),
        ("2.1. Convergence", NumberStyle.DECIMAL, (2, 1), "2.1.", "Convergence"),
        ("2.1收敛状态", NumberStyle.DECIMAL, (2, 1), "2.1", "收敛状态"),
        ("1. Introduction", NumberStyle.DECIMAL, (1,), "1.", "Introduction"),
        ("3.1 日志", NumberStyle.DECIMAL, (3, 1), "3.1", "日志"),
        ("3.2 发布流程", NumberStyle.DECIMAL, (3, 2), "3.2", "发布流程"),
        ("3.3 Final thoughts", NumberStyle.DECIMAL, (3, 3), "3.3", "Final thoughts"),
        ("3.4 2025 年进展", NumberStyle.DECIMAL, (3, 4), "3.4", "2025 年进展"),
        ("3 收敛", NumberStyle.DECIMAL, (3,), "3", "收敛"),
        ("4 Results", NumberStyle.DECIMAL, (4,), "4", "Results"),
        ("12、附录", NumberStyle.DECIMAL, (12,), "12、", "附录"),
    ],
)
def test_numbers(text: str, style: NumberStyle, parts: tuple[int, ...], written: str, title: str) -> None:
    number = parse_section_number(text, 3)
    assert number is not None
    assert (number.style, number.parts, number.title) == (style, parts, title)
    assert number.span == (3, 3 + len(written))


@pytest.mark.parametrize(
    "text",
    [
        "2025 年回顾",
        "2025年回顾",
        "3D 打印",
        "10 ways to learn",
        "10 分钟入门",
        "3 个原则",
        "9.8.1 November 30, 2025",
        "3.11 版本",
        "3.0 beta2",
        "3.11 发布",
        "0.95.0 (2023-05-01)",
        "0.95.0",
        "1.2.3 - 2020-01-01",
        "2.5 倍提升",
        "1.5%",
        "一些想法",
        "一个例子",
        "十大原则",
        "三体",
        "二次方复杂度",
        "第二次世界大战",
        "第一百章",
        "一百、一百",
        "03.2.2-架构层收敛",
        "03.2.2 架构层收敛",
        "4.7x faster",
        "概述",
        "",
    ],
)
def test_not_numbers(text: str) -> None:
    assert parse_section_number(text, 0) is None


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("03.2.2-架构层收敛.md", ("03", "2", "2")),
        ("book/03.1.1-L4: 完全收敛（工业标准）.md", ("03", "1", "1")),
        ("01_intro.md", ("01",)),
        ("3-outlook.md", ("3",)),
        ("3.11.md", ("3", "11")),
        ("index.md", None),
        ("2025-11-21-post.md", None),
        ("3d.md", None),
    ],
)
def test_file_numbers(name: str, parts: tuple[str, ...] | None) -> None:
    number = parse_chapter_number(name)
    assert (number and number.parts) == parts
    assert number is None or number.span is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("03.2.2-架构层收敛", ("03", "2", "2")),
        ("03.2.2 架构层收敛", ("03", "2", "2")),
        ("01 - Introduction", ("01",)),
        ("10-minute guide", None),
        ("3-way merge", None),
        ("3 ways", None),
        ("2025 年回顾", None),
    ],
)
def test_headline_numbers(text: str, parts: tuple[str, ...] | None) -> None:
    number = parse_chapter_number(text, 2)
    assert (number and number.parts) == parts
    assert number is None or number.span == (2, 2 + len(number.text))


@pytest.mark.parametrize(
    ("written", "parts", "numeral", "again"),
    [
        ("七、", (8,), "七", "八、"),
        ("第 3 章：", (12,), "3", "第 12 章："),
        ("第三节", (12,), "三", "第十二节"),
        ("2.1", (2, 10), "2.1", "2.10"),
        ("1.", (2,), "1", "2."),
        ("（九）", (10,), "九", "（十）"),
    ],
)
def test_numbers_are_written_anew(written: str, parts: tuple[int, ...], numeral: str, again: str) -> None:
    assert (numeral_in(written), renumber(written, parts)) == (numeral, again)


def test_the_span_of_a_number_lies_past_marks() -> None:
    source = "### **8.3 扩展**"
    number = parse_section_number("8.3 扩展", 4, source)
    assert number is not None
    assert source[number.span.start : number.span.end] == "8.3"
