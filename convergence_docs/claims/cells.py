"""The value of a table cell, where it is sure that the cell is that value and not a sentence with a figure in it."""

from __future__ import annotations

import re

from convergence_docs.claims.words import HOLE, Words
from convergence_docs.model.qualifier import qualifiers_after
from convergence_docs.model.value import Reading, ValueKind, read_cell, read_values
from convergence_docs.model.vocabulary import Term

_SIGN = "✅❌⚠🔥🟢🟡🔴⚪🚀☑✔✓✗★⭐↑↓→\ufe0f"
_BEFORE = re.compile(
    rf"[\s{_SIGN}]*(?:(?:约|大约|近|接近|平均|最高|最低|最大|高达|可达|达到?|仅|至少|至多|不到|超过|高于|低于|大于|小于|节省|节约|提升|提高|增加|增长|降低|下降|减少|改善|优化|加速|上升|[<>≤≥~≈±+＋＜＞=-])\s*)*"
    r"(?:(?:极|很|非常|较|中|次)?(?:高|低|大|小|快|慢|强|弱|中|好|优|差|轻|重|长|短)等?\s*[（(]\s*[<>≤≥~≈±+-]?\s*)?"
)
_AFTER = re.compile(
    rf"\s*[)）]?\s*(?:以上|以下|左右|提升|提高|增加|增长|降低|下降|减少|改善|加速|节省)?[\s{_SIGN}]*(?:[（(][^（()）]{{0,80}}[)）])?[\s。；;{_SIGN}]*"
)
_CHANGE = re.compile(
    r".*(?:提升|提高|降低|下降|减少|改善|增长|增加|变化|节省|节约|加速|优化|缩短|缩减|幅度)(?:率|幅度|比例|程度)?"
)
_BLANK = re.compile(r"[\s\-–—−/／.…·×]*|(?i:n/?a|tbd|待定|无数据|未知|暂无)")
_PAUSES = ("", "，", ",", "；", ";", "。", "\n")
_LISTED = re.compile(r"[、/／→~～和与及]|->|vs")


def is_blank(text: str) -> bool:
    """Whether a cell states nothing."""
    return _BLANK.fullmatch(text) is not None


def is_whole(words: Words, reading: Reading, dimension: str) -> bool:
    """Whether ``reading`` is what the cell says, but for words of degree and a remark in brackets."""
    text = words.text
    if HOLE in text:
        return False
    before, after = text[: reading.span.start].strip(), text[reading.span.end :].strip()
    if not _AFTER.fullmatch(after):
        return False
    if _BEFORE.fullmatch(before):
        return True
    noun = re.sub(r"[\s：:<>≤≥~≈+-]+$", "", before)
    stem = re.sub(r"(?:提升|提高|降低|下降|减少|改善|增加|增长|优化)$", "", noun)
    return bool(stem) and len(stem) > 1 and (stem in dimension or dimension in stem) and not _LISTED.search(stem)


def is_near_start(words: Words, reading: Reading) -> bool:
    """Whether nothing but words of degree stands before a figure."""
    return _BEFORE.fullmatch(words.text, 0, reading.span.start) is not None


def is_change(dimension: str) -> bool:
    """Whether what a dimension measures is a difference: 性能提升, 成本降低."""
    return _CHANGE.fullmatch(dimension) is not None


FIGURES = frozenset((ValueKind.PERCENTAGE, ValueKind.RATING, ValueKind.MONEY))
"""Kinds of values that are figures wherever they stand; a bare number is one only where its dimension is known."""


def leading_value(words: Words, dimension: Term | None) -> Reading | None:
    """What a cell or an item says that may go on with a remark: ``95%，仍有例外``; ``None`` where it is empty.

    A figure at its beginning counts if a bracket, a pause or nothing follows; else the whole must be one value.
    """
    text = words.text
    found = read_values(text, 0, dimension)
    if found and found[0].value.kind in FIGURES and _BEFORE.fullmatch(text, 0, found[0].span.start):
        rest = text[qualifiers_after(text, found[0].span.end).end :].lstrip()
        if rest[:1] in _PAUSES:
            return found[0]
    return read_cell(text, 0, dimension)
