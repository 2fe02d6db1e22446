"""Section and chapter numbers as values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

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
