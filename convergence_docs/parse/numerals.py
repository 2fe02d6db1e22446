"""Numbers that headings and file names begin with: 一、, 第三章, 2.1, 03.2.2."""

from __future__ import annotations

import re

from convergence_docs.model.chapter import ChapterNumber
from convergence_docs.model.numbering import NumberStyle, SectionNumber
from convergence_docs.text import Span

_DIGITS = "一二三四五六七八九"
_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE = re.compile(rf"({_NUMERAL})(?:、|．|\.(?!\d)|：|:)")
_PARENTHESIZED = re.compile(rf"[（(]({_NUMERAL})[）)][、．.]?")
_CHAPTER = re.compile(
    rf"第 ?({_NUMERAL}|\d{{1,3}}) ?(?:章|节|節|部分|篇|讲|課|课|回|卷|编)(?![\w])[、．.：:]?|"
    rf"第 ?({_NUMERAL}|\d{{1,3}}) ?(?:章|节|節)[、．.：:]?"
)
_DECIMAL = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})+)(?:[.．、](?!\d)|(?=\s)|(?=[\u3400-\u9fff（《“「]))|(\d{1,3})[.．、](?![\d.])"
)
# What follows a version or a quantity, never a section's number.
_NOT_A_TITLE = re.compile(
    r"(?:版本|版|发布|发行|及以上|以上|以下|以前|之前|之后|及|release|released|beta|alpha|rc\d?|final|LTS|年|月|日|倍|万|亿|"
    r"个|种|%|％|GB|MB|KB|GHz|MHz|ms|x\b|[(（\[]?\d{4}[-/.年]|[-–—] ?\d{4}[-/.])",
    re.I,
)
_CHAPTER_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?=[\s\-_、：:—–]|$)")


def parse_chinese(text: str) -> int:
    """The value of a Chinese numeral from 一 to 九十九.

    Raises:
        ValueError: ``text`` is no such numeral.
    """
    if not re.fullmatch(_NUMERAL, text):
        raise ValueError(f"not a numeral from 一 to 九十九: {text!r}")
    tens, ten, ones = text.rpartition("十")
    high = (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0
    return high * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def format_chinese(value: int) -> str:
    """The Chinese numeral for a value from 1 to 99.

    Raises:
        ValueError: ``value`` is outside that range.
    """
    if not 1 <= value <= 99:
        raise ValueError(f"not in 1 to 99: {value}")
    high, low = divmod(value, 10)
    tens = ("" if high == 1 else _DIGITS[high - 1]) + "十" if high else ""
    return tens + (_DIGITS[low - 1] if low else "")


def parse_section_number(text: str, offset: int) -> SectionNumber | None:
    """The number that opens a heading's text, or ``None``.

    Years, quantities and versions (2025 年, 3D, 3.11 发布) are no section numbers, and neither is a chapter number
    with a leading zero (03.2.2).

    Args:
        text: the heading's words.
        offset: where they begin in the source, so that the number's span can be given.
    """
    if not text:
        return None
    first = text[0]
    if first in _DIGITS or first == "十":
        return _made(NumberStyle.CHINESE, _CHINESE.match(text), text, offset)
    if first in "（(":
        return _made(NumberStyle.PARENTHESIZED, _PARENTHESIZED.match(text), text, offset)
    if first == "第":
        return _made(NumberStyle.CHAPTER, _CHAPTER.match(text), text, offset)
    if first in "0123456789":
        return _made(NumberStyle.DECIMAL, _DECIMAL.match(text), text, offset)
    return None


def _made(style: NumberStyle, match: re.Match[str] | None, text: str, offset: int) -> SectionNumber | None:
    if match is None:
        return None
    written = match[match.lastindex or 0]
    title = text[match.end() :].strip()
    if style is NumberStyle.DECIMAL:
        parts = tuple(int(part) for part in written.split("."))
        if not title or _NOT_A_TITLE.match(title) or (len(written) > 1 and written[0] == "0" and written[1] != "."):
            return None
    else:
        parts = (int(written) if written.isdecimal() else parse_chinese(written),)
    return SectionNumber(style, parts, Span(offset, offset + match.end()), title)


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
