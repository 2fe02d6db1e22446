"""Words and signs that make a bound or an approximation of a figure: ``>95%``, ``95%以上``.

以上, 以下 and 以内 include the number that they name, 不满, 超过 and 以外 leave it out (Civil Code of the People's
Republic of China, article 1259).
"""

from __future__ import annotations

from enum import Enum
from math import inf

from convergence_docs.model.values.quantity import Interval, tolerance


class Bound(Enum):
    """How words limit the figure beside them."""

    OVER = "over"  # above it, not at it
    FROM = "from"  # at it or above
    UNDER = "under"  # below it, not at it
    UP_TO = "up-to"  # at it or below
    ABOUT = "about"  # near it, on either side
    NEARLY = "nearly"  # close below it


_BEFORE = {
    Bound.OVER: "超过 高于 大于 多于 逾 超 突破 > ≫ more␣than over above greater␣than",
    Bound.FROM: "至少 不低于 不少于 不小于 不下于 最少 起码 ≥ >= ⩾ ≧ at␣least no␣less␣than",
    Bound.UNDER: "不到 不足 低于 小于 少于 不满 未达 未达到 没有达到 未超过 < ≪ less␣than under below fewer␣than",
    Bound.UP_TO: "不超过 不高于 不大于 不多于 至多 最多 最高 最高达 <= ≤ ⩽ ≦ at␣most up␣to no␣more␣than",
    Bound.ABOUT: "约 大约 约为 约占 约有 大概 大致 差不多 ~ ≈ 〜 ∼ about around approximately roughly circa",
    Bound.NEARLY: "近 将近 接近 接近于 几近 逼近 nearly almost close␣to",
}
_AFTER = {
    Bound.FROM: "以上 及以上 或以上 + 及更高 起 or␣more",
    Bound.UP_TO: "以下 及以下 或以下 以内 之内 及更低 or␣less",
    Bound.ABOUT: "左右 上下 附近 前后 or␣so",
}


def _words(table: dict[Bound, str]) -> dict[str, Bound]:
    return {word.replace("␣", " "): bound for bound, words in table.items() for word in words.split()}


_BOUND_BEFORE, _BOUND_AFTER = _words(_BEFORE), _words(_AFTER)


_LONGEST_BEFORE, _LONGEST_AFTER = max(map(len, _BOUND_BEFORE)), max(map(len, _BOUND_AFTER))
_OTHER_BEFORE = {"约": "节条合契公制签缔", "近": "最附邻贴靠", "超": "赶高"}
"""Characters with which a word is another one: 节约, 最近."""
_OTHER_AFTER = {"上下": "文游级层", "前后": "端", "起": "步来作初源点到伏", "+": "0123456789"}
_FILLING = "为达至有"
_NEGATIONS = ("不是", "并非", "而非", "不等于", "不为", "≠", "!=")
_SIGNS = {"+": "+", "±": "±", "∓": "±", "-": "-", "−": "-", "–": "-"}
_ENDING = "的，。,;；、)） \n"


# Words are looked up, not matched: the patterns would cost every start of the program tens of milliseconds.
def bound_before(text: str, at: int) -> tuple[Bound | None, int]:
    """What limits the figure at ``at`` from before, and where those words begin (``at`` itself without any)."""
    end = at - 1 if text[at - 1 : at] == " " else at
    ends = (end - 1, end) if end and text[end - 1] in _FILLING else (end,)
    for end in ends:
        for size in range(min(_LONGEST_BEFORE, end), 0, -1):
            bound = _BOUND_BEFORE.get(text[end - size : end].lower())
            if bound is not None and _is_whole_word(text, end - size, end):
                return bound, end - size
    return None, at


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether the word between is one of its own: not 节约, no end of a Latin word, of a tag or of an arrow."""
    word, before = text[start:end], text[start - 1 : start]
    if word == ">":
        opened = text.rfind("<", max(0, start - 40), start)
        inside = text[opened + 1 : start] if opened >= 0 else ""
        is_tag = (inside[:1] == "/" or inside[:1].isalpha()) and ">" not in inside
        return not is_tag and before not in ("-", "=")
    if word[0].isascii() and word[0].isalpha():
        return not (before.isascii() and before.isalpha())
    return not before or before not in _OTHER_BEFORE.get(word, "")


def bound_after(text: str, at: int) -> tuple[Bound | None, int]:
    """What limits the figure that ends at ``at`` from behind, and where those words end."""
    start = at + 1 if text[at : at + 1] == " " else at
    for size in range(min(_LONGEST_AFTER, len(text) - start), 0, -1):
        word = text[start : start + size].lower()
        bound = _BOUND_AFTER.get(word)
        if bound is not None:
            following = text[start + size : start + size + 1]
            if not following or following not in _OTHER_AFTER.get(word, ""):
                return bound, start + size
    if text[at : at + 1] == "多" and text[at + 1 : at + 2] in _ENDING:
        return Bound.OVER, at + 1
    return None, at


def is_negated(text: str, at: int) -> bool:
    """Whether the figure at ``at`` is said not to be so: 不是 95%."""
    return text[max(0, at - 5) : at].rstrip().endswith(_NEGATIONS)


def sign_before(text: str, at: int) -> tuple[str, int]:
    """The sign of the figure at ``at`` (``+``, ``-``, ``±``), and where it stands; a dash within a word is none."""
    is_apart = text[at - 1 : at] == " "
    here = at - 2 if is_apart else at - 1
    sign = _SIGNS.get(text[here], "") if here >= 0 else ""
    if sign == "-" and is_apart:  # the mark of a list, a dash
        return "", at
    if sign == "-" and here and (text[here - 1].isalnum() or text[here - 1] in "_)%]"):
        return "", at
    return sign, here if sign else at


def bounded(low: float, high: float, step: float, *bounds: Bound | None) -> Interval | None:
    """The range that ``low`` to ``high`` is with those bounds; ``None`` where they speak against each other.

    ``step`` is the worth of the last written digit; it decides how far an approximation reaches.
    """
    low, high = float(low), float(high)
    said = {bound for bound in bounds if bound is not None}
    if not said:
        return Interval(low, high)
    limits = said - {Bound.ABOUT}
    if Bound.ABOUT in said:
        low = max(0.0, round(low - tolerance(low, step), 10))
        high = round(high + tolerance(high, step), 10)
    if not limits:
        return Interval(low, high)
    if limits <= {Bound.OVER, Bound.FROM}:
        return Interval(low, inf, Bound.OVER in limits, True)
    if limits <= {Bound.UNDER, Bound.UP_TO}:
        is_open = Bound.UNDER in limits
        return Interval(0.0, high, False, is_open) if high > 0 or not is_open else None  # nothing is below nothing
    if limits == {Bound.NEARLY}:
        return Interval(max(0.0, round(low - 2 * tolerance(low, step), 10)), high)
    return None
