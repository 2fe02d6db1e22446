"""Numbers that headings and file names begin with: 一、, 第三章, 2.1, 03.2.2."""

from __future__ import annotations

import re
from typing import NamedTuple

from convergence_docs.model.chapter import ChapterNumber
from convergence_docs.model.numbering import DIGITS, NumberStyle, SectionNumber
from convergence_docs.regex import regex
from convergence_docs.text import Span

_new = tuple.__new__  # see items.py

_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE = regex(rf"({_NUMERAL})(?:、|．|\.(?!\d)|：|:)")
_PARENTHESIZED = regex(rf"[（(]({_NUMERAL})[）)][、．.]?")
_CHAPTER = regex(
    rf"第 ?({_NUMERAL}|\d{{1,3}}) ?(?:章|节|節|部分|篇|讲|課|课|回|卷|编)(?![\w])[、．.：:]?|"
    rf"第 ?({_NUMERAL}|\d{{1,3}}) ?(?:章|节|節)[、．.：:]?"
)
_DECIMAL = regex(
    r"([0-9]{1,3}(?:\.[0-9]{1,3})+)(?:[.．、](?!\d)|(?=\s)|(?=[\u3400-\u9fff（《“「]))"
    r"|([0-9]{1,3})[.．、](?![\d.])"
    r"|([0-9]{1,2})(?=[ \u3000]+[^\sa-z])"
)
# What follows a version or a quantity, never a section's number.
_NOT_A_TITLE = regex(
    r"(?:正式|测试|预览|稳定)?版本?(?:$|[（(：:]|发布|更新|说明|新特性)|发布(?:$|说明|日志)|(?:alpha|beta|rc|lts)\d*(?:$|\W)"
    r"|releases?(?:$| notes| candidate)|released |(?:及)?以[上下][^\w]|年(?:$|[前后内])|[倍万亿%％](?:$|\W|[以的提增])"
    r"|(?:[KMGT]i?B|[GM]?Hz|ms|fps)\b|[(（\[]?\d{4}(?:[-/.]\d|年\d)|[-–—] ?\d{4}[-/.]\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d",
    re.I,
)
# After a number without any mark, a measure word makes it a quantity: 3 个原则, 10 分钟入门.
_MEASURE = regex(
    "[个種种类類大步点條条项項次天周分小秒章节節层級级款招位人本篇张張件家台套维維阶元岁块行列字号届期代轮段组組对双只部门页道题年月日时時倍万亿%％]"
)
_MARK_SIGNS = "*_`~=^["
_MARKS = regex(rf"[{re.escape(_MARK_SIGNS)}]*")
_CHAPTER_NUMBER = regex(r"(\d{1,3}(?:\.\d{1,3})*)(?=[\s\-_、：:—–]|$)")


def parse_chinese(text: str) -> int:
    """The value of a Chinese numeral from 一 to 九十九.

    Raises:
        ValueError: ``text`` is no such numeral.
    """
    if not re.fullmatch(_NUMERAL, text):
        raise ValueError(f"not a numeral from 一 to 九十九: {text!r}")
    tens, ten, ones = text.rpartition("十")
    high = (DIGITS.index(tens) + 1 if tens else 1) if ten else 0
    return high * 10 + (DIGITS.index(ones) + 1 if ones else 0)


def parse_section_number(text: str, offset: int, source: str = "") -> SectionNumber | None:
    """The number that opens a heading's text, or ``None``.

    Years, quantities and versions (2025 年, 3D, 3.11 发布) are no section numbers, and neither is a chapter number
    with a leading zero (03.2.2).

    Args:
        text: the heading's words.
        offset: where they begin in the source, so that the number's span can be given.
        source: the source itself, where words may be marked up (``**8.3** x``): the number then lies past the marks.
    """
    numbered = read_number(text)
    return place_number(numbered, offset, source) if numbered else None


class Numbered(NamedTuple):
    """A number that opens words: how it is written, its parts, how many characters it takes, and the title after it."""

    style: NumberStyle
    parts: tuple[int, ...]
    length: int
    title: str


def place_number(numbered: Numbered, offset: int, source: str = "") -> SectionNumber:
    """The number that opens the words at ``offset`` of ``source``, past any marks before them."""
    style, parts, length, title = numbered
    if source and source[offset : offset + 1] in _MARK_SIGNS and (marks := _MARKS.match(source, offset)):
        offset = marks.end()
    return _new(SectionNumber, (style, parts, _new(Span, (offset, offset + length)), title))


def read_number(text: str) -> Numbered | None:
    """The number that opens ``text``, wherever that stands."""
    first = text[:1]
    if not first:
        return None
    if first in "0123456789":
        return _read(NumberStyle.DECIMAL, _DECIMAL.match(text), text)
    if first in DIGITS or first == "十":
        return _read(NumberStyle.CHINESE, _CHINESE.match(text), text)
    if first in "（(":
        return _read(NumberStyle.PARENTHESIZED, _PARENTHESIZED.match(text), text)
    if first == "第":
        return _read(NumberStyle.CHAPTER, _CHAPTER.match(text), text)
    return None


def _read(style: NumberStyle, match: re.Match[str] | None, text: str) -> Numbered | None:
    if match is None:
        return None
    written = match[match.lastindex or 0]
    title = text[match.end() :].strip()
    if style is NumberStyle.DECIMAL:
        parts = tuple([int(part) for part in written.split(".")])
        is_bare = match.lastindex == 3
        if not title or _NOT_A_TITLE.match(title) or (is_bare and _MEASURE.match(title)):
            return None
        if len(written) > 1 and written[0] == "0" and written[1] != ".":
            return None
    else:
        parts = (int(written) if written.isdecimal() else parse_chinese(written),)
    return _new(Numbered, (style, parts, match.end(), title))


def parse_chapter_number(name: str, offset: int | None = None) -> ChapterNumber | None:
    """The chapter number that opens a file name or an H1, such as ``03.2.2``, or ``None``.

    A file name may open with a single number (``03-outlook.md``, ``3-outlook.md``); an H1 must have at least two
    parts or a leading zero, for "10 ways" and "3-way merge" are no chapters.

    Args:
        name: a file name (any folders before it are ignored), or an H1's text if ``offset`` is given.
        offset: where the H1's text begins in the source.
    """
    if offset is None:
        name = name.rpartition("/")[2]
        name = name.removesuffix(".md").removesuffix(".markdown")
    match = _CHAPTER_NUMBER.match(name)
    if match is None:
        return None
    parts = tuple(match[1].split("."))
    if offset is not None and len(parts) == 1 and not parts[0].startswith("0"):
        return None
    return ChapterNumber(parts, match[1], None if offset is None else Span(offset, offset + match.end(1)))
