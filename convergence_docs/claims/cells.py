"""The value of a table cell, where it is sure that the cell is that value and not a sentence with a figure in it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from convergence_docs.claims.words import HOLE, Words
from convergence_docs.model.values.qualifier import qualifiers_after, scope_and_year
from convergence_docs.model.values.value import Reading, Value, ValueKind, read_cell, read_values
from convergence_docs.model.vocabulary import Term
from convergence_docs.regex import regex

_SIGN = "✅❌⚠🔥🟢🟡🔴⚪🚀☑✔✓✗★⭐↑↓→\ufe0f"
_BEFORE = regex(
    rf"[\s{_SIGN}]*(?:(?:约|大约|近|接近|平均|高达|达到?|仅|至少|至多|不到|超过|高于|低于|大于|小于|节省|节约|提升|提高|增加|增长|降低|下降|减少|改善|优化|加速|上升|[<>≤≥~≈±+＋＜＞=-])\s*)*"
    r"(?:(?:极|很|非常|较|中|次)?(?:高|低|大|小|快|慢|强|弱|中|好|优|差|轻|重|长|短)等?\s*[（(]\s*[<>≤≥~≈±+-]?\s*)?"
)
_AFTER = regex(
    rf"\s*[)）]?\s*(?:以上|以下|左右|提升|提高|增加|增长|降低|下降|减少|改善|加速|节省)?[\s{_SIGN}]*(?:[（(][^（()）]{{0,80}}[)）])?[\s。；;{_SIGN}]*"
)
_CHANGE = regex(
    r".*(?:提升|提高|降低|下降|减少|改善|增长|增加|变化|节省|节约|加速|优化|缩短|缩减|幅度)(?:率|幅度|比例|程度)?"
)
_BLANK = regex(r"[\s\-–—−/／.…·×]*|(?i:n/?a|tbd|待定|无数据|未知|暂无)")
_SIGNS_AT_END = regex(r"[\s：:<>≤≥~≈+-]+$")
_VERB = regex(r"(?:提升|提高|降低|下降|减少|改善|增加|增长|优化)$")
_BRACKET = regex(r"[（(]([^（()）]{1,80})[)）]")
_NO_WORDS = regex(r"[\W\d_★☆⭐🌟]*")
_PAUSES = ("", "，", ",", "；", ";", "。", "\n")
_LISTED = regex(r"[、/／→~～和与及]|->|vs")


def is_blank(text: str) -> bool:
    """Whether a cell states nothing."""
    return _BLANK.fullmatch(text) is not None


def plain_value(words: Words, dimension: str) -> Reading | None:
    """The figure that a cell is, but for words of degree and a remark in brackets, whatever its dimension measures.

    Words before it may repeat the dimension: 利用率>80% under 资源利用率, but not 成本降低 30% under 性能.
    """
    found = _plain(words.text)
    if found is None or (found.stem and not _names_part(found.stem, dimension)):
        return None
    return found.reading


def known_value(words: Words, name: str, dimension: Term) -> Reading | None:
    """The value that a cell states in a dimension that the vocabulary knows; of figures, those at its beginning."""
    if HOLE in words.text:
        return None
    reading = leading_value(words, dimension)
    if reading is not None and reading.value.kind in FIGURES and not is_near_start(words, reading):
        stem = _stem(words.text, reading)
        if not stem or not _names_part(stem, name):
            return None
        return _with_bracket(words.text, reading)
    return reading


_FITTING = {
    "ordinal": (ValueKind.ORDINAL,),
    "rating": (ValueKind.ORDINAL,),
    "year": (ValueKind.YEAR,),
    "number": (ValueKind.NUMBER,),
}


def fits(value: Value, dimension: Term) -> bool:
    """Whether a value is what its dimension is measured in, or a figure of another kind: a version in a column 状态 is
    neither."""
    return value.kind in FIGURES or value.kind in _FITTING.get(dimension.scale, ())


class _Plain(NamedTuple):
    reading: Reading
    stem: str


@lru_cache(maxsize=16384)  # cells repeat: 8,700 figures of a corpus are written in 2,500 ways
def _plain(text: str) -> _Plain | None:
    if HOLE in text or is_blank(text):
        return None
    reading = read_cell(text)
    if reading is None or reading.value.problem or reading.value.kind not in FIGURES:
        return None
    stem = _stem(text, reading)
    return None if stem is None else _Plain(_with_bracket(text, reading), stem)


def _with_bracket(text: str, reading: Reading) -> Reading:
    """The reading with what stands in the bracket behind it as its scope, if that is no figure itself: other words
    around are of degree."""
    bracket = _BRACKET.search(text, reading.span.end)
    scope, year = scope_and_year(bracket[1]) if bracket else ("", None)
    return reading._replace(scope="" if _NO_WORDS.fullmatch(scope) else scope, year=reading.year or year)


def _stem(text: str, reading: Reading) -> str | None:
    """The noun before a figure, empty without one; ``None`` where the cell says more than that."""
    if not _AFTER.fullmatch(text[reading.span.end :].strip()):
        return None
    before = text[: reading.span.start].strip()
    if _BEFORE.fullmatch(before):
        return ""
    stem = _VERB.sub("", _SIGNS_AT_END.sub("", before))
    return stem if len(stem) > 1 and not _LISTED.search(stem) else None


def _names_part(stem: str, dimension: str) -> bool:
    return stem in dimension or dimension in stem


def is_near_start(words: Words, reading: Reading) -> bool:
    """Whether nothing but words of degree stands before a figure."""
    return _BEFORE.fullmatch(words.text, 0, reading.span.start) is not None


@lru_cache(maxsize=4096)
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
