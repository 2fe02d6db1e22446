"""Amounts of money and plain numbers in a unit: ``$1.5M``, ``3 亿美元``, ``7B 参数``, ``1.5 倍``, ``128K``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from convergence_docs.model.values.percentage import ALONE, DASH, NUMBER, figure, number_of, step_of
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.width import half_width
from convergence_docs.text import Span


class Amount(NamedTuple):
    """An amount as written at ``span``, bounds included, multiplied out: 3 亿 is 300,000,000, 1K is 1,000.

    ``unit`` is the currency (ISO 4217), or the unit as written; ``step`` and ``problem`` are as of a percentage.
    """

    span: Span
    interval: Interval
    unit: str
    is_change: bool
    step: float
    problem: str


_SIGNS = {"US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "C$": "CAD", "$": "USD", "€": "EUR", "£": "GBP"}
_SIGNS |= {"RMB": "CNY", "CN¥": "CNY", "¥": "CNY", "JP¥": "JPY", "₩": "KRW", "₹": "INR"}
_NAMES = {"美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD"}
_NAMES |= {"韩元": "KRW", "新台币": "TWD", "卢比": "INR", "人民币": "CNY", "元": "CNY", "块钱": "CNY"}
CODES = ("USD", "CNY", "RMB", "EUR", "GBP", "JPY", "HKD", "KRW", "TWD", "INR", "AUD", "CAD")
_TIMES = {
    "K": 1e3,
    "k": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
}
_TIMES |= {"亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "兆": 1e12, "bn": 1e9, "mn": 1e6}
_TIMES |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


_MULTIPLIER = "(?:万亿|[十百千]?[万亿]|千|兆|(?:[KkMBT]|bn|mn|thousand|million|billion|trillion)(?![A-Za-z]))"
_SIGN = r"(?:(?:US|HK|NT|A|C)?\$|(?:CN|JP)?¥|RMB|[€£₩₹])"
_HIGH = rf"{DASH}\s?{_SIGN}?(?P<high>{NUMBER})(?:\s?(?P<times>{_MULTIPLIER}))?"
_RANGE = rf"(?P<low>{NUMBER})(?:\s?(?P<low_times>{_MULTIPLIER}))?(?:\s?{_HIGH})?"


@cache
def _signed() -> re.Pattern[str]:
    # A dollar sign after the digits closes a formula.
    return re.compile(rf"(?<![A-Za-z0-9_\\$])(?P<sign>{_SIGN})\s?{_RANGE}(?![\d\\=^_{{}}]|\s?[\\$])")


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted((*_NAMES, *CODES), key=len, reverse=True))
    return re.compile(rf"{ALONE}{_RANGE}\s?(?P<name>{names})(?![A-Za-z素组件数])")


@cache
def _measured() -> re.Pattern[str]:
    latin, chinese = "[A-Za-zµμΩ°℃×]{1,10}(?:/[A-Za-z]{1,6})?", "[\u4e00-\u9fff]{1,6}(?:/[\u4e00-\u9fff]{1,2})?"
    return re.compile(rf"{_RANGE}\s?(?P<unit>(?:{latin}|{chinese})?)")


_FUSED = ("以上", "以下", "以内", "左右", "上下", "及以上", "及以下")


def read_money(text: str, offset: int = 0) -> tuple[Amount, ...]:
    """Every amount of money in ``text``, in order; ``offset`` is added to the spans.

    ``¥`` is read as yuan and ``$`` as US dollars, as a Chinese text means them.
    """
    half = half_width(text)
    signed = [match for match in _signed().finditer(half) if not _is_formula(half, match)]
    found = [_money(half, match, _SIGNS[match["sign"]]) for match in signed]
    taken = {match.start("low") for match in signed}
    for match in _named().finditer(half):
        if match.start("low") not in taken:
            name = match["name"]
            found.append(_money(half, match, _NAMES.get(name) or ("CNY" if name == "RMB" else name)))
    found.sort()
    return tuple(one._replace(span=Span(one.span.start + offset, one.span.end + offset)) for one in found)


def _is_formula(text: str, match: re.Match[str]) -> bool:
    """Whether a dollar sign opens a formula: the next one closes it, and no digit follows that."""
    if match["sign"] != "$":
        return False
    shut = text.find("$", match.end(), match.end() + 80)
    return shut >= 0 and not text[shut + 1 : shut + 2].isdecimal()


def read_number(text: str) -> Amount | None:
    """The number that ``text`` as a whole is, with or without a unit and bounds; ``None`` where it is none."""
    half = half_width(text)
    start = next((at for at, char in enumerate(half) if char.isdecimal()), len(half))
    match = _measured().match(half, start)
    if match is None:
        return None
    unit = match["unit"]
    fused = next((word for word in _FUSED if unit.endswith(word)), "")
    end = match.end() - len(fused)
    amount = _amount(half, match, end, unit.removesuffix(fused))
    return amount if amount.span == (0, len(half)) else None


def _money(text: str, match: re.Match[str], unit: str) -> Amount:
    return _amount(text, match, match.end(), unit)


def _amount(text: str, match: re.Match[str], end: int, unit: str) -> Amount:
    times = match["times"] or match["low_times"]
    by = _TIMES.get(times or "", 1.0)
    low_by = _TIMES.get(match["low_times"] or times or "", 1.0)
    high = number_of(match["high"] or match["low"]) * by
    if number_of(match["low"]) * low_by > high and not match["low_times"]:
        low_by = 1.0  # 500-2K is 500 to 2,000, while 1-2M is 1,000,000 to 2,000,000
    low = number_of(match["low"]) * low_by
    step = min(step_of(match["low"]) * low_by, step_of(match["high"] or match["low"]) * by)
    read = figure(text, Span(match.start(), end), low, high, step)
    return Amount(read.span, read.interval, unit, read.is_change, step, read.problem)
