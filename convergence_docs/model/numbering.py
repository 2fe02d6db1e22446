"""Section and chapter numbers as values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from convergence_docs.regex import regex
from convergence_docs.text import Span


class NumberStyle(StrEnum):
    """How a number is written."""

    CHINESE = "chinese"  # 一、
    CHAPTER = "chapter"  # 第三章
    DECIMAL = "decimal"  # 2.1
    PARENTHESIZED = "parenthesized"  # （一）


class SectionNumber(NamedTuple):
    """The number that opens a heading, such as 一、, 第三章 or 2.1.

    ``parts`` are its values, ``(2, 1)`` for 2.1 and ``(3,)`` for 三、. ``span`` covers the number as written, with
    its separator's own characters (、 or a trailing full stop) but without the space after it. ``title`` is the
    heading's text after the number.
    """

    style: NumberStyle
    parts: tuple[int, ...]
    span: Span
    title: str


DIGITS = "一二三四五六七八九"
_WRITTEN = regex(r"[一二三四五六七八九十]+|[0-9]+(?:\.[0-9]+)*")


def format_chinese(value: int) -> str:
    """The Chinese numeral for a value from 1 to 99.

    Raises:
        ValueError: ``value`` is outside that range.
    """
    if not 1 <= value <= 99:
        raise ValueError(f"not in 1 to 99: {value}")
    high, low = divmod(value, 10)
    tens = ("" if high == 1 else DIGITS[high - 1]) + "十" if high else ""
    return tens + (DIGITS[low - 1] if low else "")


def numeral_in(written: str) -> str:
    """The numeral alone of a number as written: 七 of 七、, 3 of 第 3 章：, 2.1 of 2.1."""
    match = _WRITTEN.search(written)
    return match[0] if match else written


def renumber(written: str, parts: tuple[int, ...]) -> str:
    """A number as written, with other values: 七、 and (8,) make 八、."""
    old = numeral_in(written)
    is_chinese = not old[:1].isdecimal() and 1 <= parts[-1] <= 99
    return written.replace(old, format_chinese(parts[-1]) if is_chinese else ".".join(map(str, parts)), 1)
