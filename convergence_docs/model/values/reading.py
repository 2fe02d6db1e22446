"""Read values: figures in running text, and what a cell says as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from convergence_docs.model.values.limits import Limits, read_brackets, read_limits
from convergence_docs.model.values.money import CODES, Amount, read_money, read_number
from convergence_docs.model.values.percentage import Percentage, read_percentages
from convergence_docs.model.values.qualifier import bracket_at, qualifiers_after, scope_and_year
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.rating import (
    USUAL_SIZE,
    Rating,
    read_ratings_in_words,
    read_ratings_out_of,
    read_star_ratings,
)
from convergence_docs.model.values.scale import is_like_step, is_step, read_step
from convergence_docs.model.values.value import Reading, Value, ValueKind
from convergence_docs.model.values.width import half_width
from convergence_docs.model.vocabulary import Term, normalise
from convergence_docs.text import Span

_NOTHING = frozenset(("", "-", "—", "–", "——", "--", "/", "\\", "n/a", "na", "无数据", "…", "...", "?", "？"))
_MARKS = " \t\n*_`"
_SIGNS = frozenset("<>≤≥⩽⩾=")
_FIGURES = frozenset("0123456789０１２３４５６７８９★☆⭐🌟✩成分星")
"""Without one of these there is no figure."""
_MONEY = frozenset("¥$€£₩₹元币镑金钱")
_STARS = frozenset("★☆⭐🌟✩")


@lru_cache(maxsize=4096)  # ★★★★★, 100% and 高 stand in every other cell
def read_text(text: str, dimension: Term | None) -> tuple[Reading, ...]:
    """Every figure in ``text``, or the one value that it is as a whole."""
    found = tuple(_figures(text, dimension))
    if found:
        return found
    whole = _whole(text, dimension)
    return (whole,) if whole else ()


@lru_cache(maxsize=4096)
def read_whole(text: str, dimension: Term | None) -> Reading | None:
    """The one value of ``text``; ``None`` where nothing is stated."""
    found = tuple(_figures(text, dimension))
    if not found:
        return _whole(text, dimension)
    span = _stripped(text)
    if len(found) > 1:
        return Reading(span, Value(ValueKind.TEXT, text[span.start : span.end], problem="several-figures"))
    (reading,) = found
    if reading.span == span:
        return reading
    end = qualifiers_after(text, reading.span.end).end
    scope, year = scope_and_year(f"{text[: reading.span.start]} {text[end:]}")
    if is_step(scope) or _is_name(scope, dimension):
        scope = ""  # 高（85%）, 采用率：95%
    return reading._replace(scope=f"{reading.scope} {scope}".strip(), year=reading.year or year)


def _is_name(text: str, dimension: Term | None) -> bool:
    return dimension is not None and normalise(text) in map(normalise, (*dimension.names, dimension.english))


def _stripped(text: str) -> Span:
    """``text`` without marks and white space around it."""
    start = len(text) - len(text.lstrip(_MARKS))
    return Span(start, max(start, len(text.rstrip(_MARKS))))


def _figures(text: str, dimension: Term | None) -> Iterator[Reading]:
    """Figures in running text; those in the bracket behind another figure belong to that."""
    if _FIGURES.isdisjoint(text):
        return
    found = _candidates(text, dimension)
    if len(found) > 1:
        found.sort(key=lambda one: (one[0].start, -one[0].end))
    end = 0
    for span, value in found:
        if span.start < end:
            continue
        scope, year, end = qualifiers_after(text, span.end)
        yield Reading(span, value, scope, year)


def _candidates(text: str, dimension: Term | None) -> list[tuple[Span, Value]]:
    scale = dimension.scale if dimension else ""
    half = half_width(text)
    found = []
    chars = frozenset(half)
    if not chars.isdisjoint(_SIGNS):
        for limits in read_limits(half):
            if scale in ("percentage", "") and (limits.is_percent or limits.letter in "Cc" or scale):
                found.append((limits.span, _limits_value(limits, text, bool(scale))))
    for percentage in read_percentages(half):
        found.append((percentage.span, _percentage_value(percentage, text, scale == "percentage")))
    ratings = read_star_ratings(text) if not chars.isdisjoint(_STARS) else ()
    if scale == "rating":
        ratings += read_ratings_out_of(text) + read_ratings_in_words(text)
    for rating in ratings:
        if (
            rating.value == 1
            and not rating.size
            and scale != "rating"
            and text.strip(_MARKS) != text[slice(*rating.span)]
        ):
            continue  # ★ 推荐: a mark, no rating
        found.append((rating.span, _rating_value(rating, text, dimension.size if dimension else 0)))
    if not chars.isdisjoint(_MONEY) or _has_code(half):
        for amount in read_money(half):
            found.append((amount.span, _amount_value(amount, text, ValueKind.MONEY)))
    return found


def _has_code(text: str) -> bool:
    return any(code in text for code in CODES)


def _whole(text: str, dimension: Term | None) -> Reading | None:
    """The value that a text without figures is."""
    span = _stripped(text)
    plain = text[span.start : span.end]
    if normalise(plain) in _NOTHING:
        return None
    # A bracket at the end is the scope, if what stands before it is a value.
    for cut in (len(plain), _last_bracket(plain)):
        value = _whole_value(plain[:cut].rstrip(_MARKS), dimension) if cut else None
        if value is not None:
            end = span.start + len(value.text)
            scope, year, _ = qualifiers_after(text, end)
            return Reading(Span(span.start, end), value, scope, year)
    return Reading(span, Value(ValueKind.TEXT, plain))


def _last_bracket(text: str) -> int:
    """Where the bracket opens that ends ``text``; 0 without one."""
    for at, char in enumerate(text):
        if char in "(（":
            inside = bracket_at(text, at)
            return at if inside is not None and inside.end == len(text) - 1 else 0
    return 0


def _whole_value(text: str, dimension: Term | None) -> Value | None:
    scale = dimension.scale if dimension else ""
    has_digit = any(char.isdecimal() for char in text)
    year = _year_value(text, is_meant=scale == "year") if has_digit else None
    if year is not None:
        return year
    step = read_step(text, dimension)
    if step is not None:
        return Value(ValueKind.ORDINAL, text[: step.end], step.interval, size=step.size, step=1.0)
    if scale == "ordinal" and (is_step(text) or (dimension is not None and is_like_step(text, dimension))):
        return Value(ValueKind.TEXT, text, problem="unknown-step")
    return _number_value(text, scale == "percentage") if has_digit else None


def _number_value(text: str, is_share: bool) -> Value | None:
    ratings = read_ratings_out_of(text)
    if len(ratings) == 1 and ratings[0].span == (0, len(text)):
        return _rating_value(ratings[0], text, 0)
    brackets = read_brackets(text) if is_share else None
    if brackets is not None:
        return _limits_value(brackets, text, is_share)
    amount = read_number(text)
    if amount is None:
        return None
    if is_share and not amount.unit and "." in text and 0 <= amount.interval.high <= 1:
        ratio = Limits(amount.span, amount.interval, "", False, amount.step, amount.problem)
        return _limits_value(ratio, text, is_share)
    return _amount_value(amount, text, ValueKind.NUMBER)


@cache
def _year() -> re.Pattern[str]:
    year = "(?:19|20)[0-9]{2}"
    return re.compile(
        rf"(?P<low>{year})\s?(?P<said>年)?\s?(?:(?P<month>[-/.](?:0[1-9]|1[0-2])(?:[-/.][0-9]{{2}})?)|[0-9]{{1,2}}\s?月(?:\s?[0-9]{{1,2}}\s?日)?"
        rf"|Q[1-4]|H[12]|上半年|下半年|[初中底末])?(?:\s?(?:[-–—~〜]|至|到)\s?(?P<high>{year})\s?(?P<also>年)?)?"
    )


def _year_value(text: str, is_meant: bool) -> Value | None:
    match = _year().fullmatch(half_width(text))
    if match is None or not (is_meant or match["said"] or match["also"] or match["month"] or match["high"]):
        return None
    low, high = int(match["low"]), int(match["high"] or match["low"])
    if low > high:
        return Value(ValueKind.TEXT, text, problem="reversed-range")
    return Value(ValueKind.YEAR, text, Interval(float(low), float(high)), step=1.0)


def _limits_value(limits: Limits, text: str, is_share: bool) -> Value:
    named = [end for end in limits.interval[:2] if end != float("inf")]
    is_percent = limits.is_percent or max(named) > 1
    percentage = Percentage(
        limits.span,
        limits.interval if is_percent else limits.in_percent,
        False,
        limits.step * (1 if is_percent else 100),
        limits.problem or ("over-100" if is_percent and not limits.is_percent else ""),
        max(named),
    )
    return _percentage_value(percentage, text, is_share)


def _percentage_value(read: Percentage, text: str, is_share: bool) -> Value:
    written = text[read.span.start : read.span.end]
    is_above_all = read.interval.low >= 100 and read.interval.low_open
    is_too_much = is_share and not read.is_change and (read.largest > 100 or is_above_all)
    problem = read.problem or ("over-100" if is_too_much else "")
    if problem:
        return Value(ValueKind.TEXT, written, is_change=read.is_change, problem=problem)
    interval = read.interval
    if is_share and not read.is_change:
        interval = Interval(max(0.0, interval.low), interval.high, interval.low_open, interval.high_open).capped(100.0)
    return Value(ValueKind.PERCENTAGE, written, interval, is_change=read.is_change, step=read.step)


def _rating_value(read: Rating, text: str, size: int) -> Value:
    written = text[read.span.start : read.span.end]
    is_drawn = written[:1] not in "0123456789０１２３４５６７８９"
    out_of = read.size or size
    problem = ""
    if read.value > (out_of or (USUAL_SIZE if is_drawn else read.value)) or (is_drawn and size and read.size > size):
        problem = "too-many-stars"
    elif is_drawn and size and read.size and read.size < size:
        problem = "too-few-stars"
    if problem:
        return Value(ValueKind.TEXT, written, problem=problem)
    step = 1.0 if read.value == int(read.value) else 0.5
    return Value(ValueKind.RATING, written, Interval(read.value, read.value), size=out_of, step=step)


def _amount_value(read: Amount, text: str, kind: ValueKind) -> Value:
    written = text[read.span.start : read.span.end]
    if read.problem:
        return Value(ValueKind.TEXT, written, is_change=read.is_change, problem=read.problem)
    return Value(kind, written, read.interval, read.unit, is_change=read.is_change, step=read.step)
