"""Words that are steps of a scale: those of a dimension in the vocabulary, and grades that everybody knows."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from convergence_docs.model.values.bound import Bound, bound_after, bound_before
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import GRADES
from convergence_docs.model.values.width import half_width
from convergence_docs.model.vocabulary import Term, normalise

_SHORT = 8
"""Characters of a word that can be meant as a step."""


class Step(NamedTuple):
    """One step of a scale, or several in a row: their places from 0 for the lowest, out of ``size`` steps.

    ``end`` is how much of the text was read; a gloss may follow, as in ``L4：完全收敛``.
    """

    interval: Interval
    size: int
    end: int


_GRADES = (
    "极低 极弱 极小 极少 极差 极慢 verylow",
    "很低 很弱 很小 很少 很差 很慢 非常低 非常弱 非常小",
    "低 弱 小 少 差 慢 low weak small poor",
    "较低 较弱 较小 较少 较差 较慢 偏低 中低 中等偏低",
    "中 中等 一般 适中 中度 中等水平 medium moderate fair",
    "较高 较强 较大 较多 较好 较快 偏高 中高 中等偏高 良 良好",
    "高 强 大 多 好 快 优 high strong large good",
    "很高 很强 很大 很多 很好 很快 非常高 非常强 非常大 优秀 veryhigh",
    "极高 极强 极大 极多 极好 极快 excellent",
)
"""Grades from low to high; the words of a line are equals."""
_DISPUTES = (
    "无争议 没有争议 几乎无争议",
    "少量争议 轻微争议 争议较小 争议较少 低争议 争议小",
    "有争议 存在争议 争议存在 中等争议 仍有争议",
    "激烈争议 争议激烈 高争议 争议较大 争议很大 高度争议 争议大 极大争议",
)
assert len(_GRADES) == GRADES


def _places(lines: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    return {normalise(word): (place, len(lines)) for place, line in enumerate(lines) for word in line.split()}


@cache
def _built_in() -> dict[str, tuple[int, int]]:
    return _places(_GRADES) | _places(_DISPUTES)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s?(?:[-–—~〜/]|至|到)\s?")


@cache
def _gloss() -> re.Pattern[str]:
    return re.compile(r"\s?[:：(（]|\s")


@lru_cache(maxsize=256)
def _steps(dimension: Term | None) -> dict[str, tuple[int, int]]:
    if dimension is not None and dimension.scale == "ordinal" and dimension.steps:
        return {normalise(step): (place, len(dimension.steps)) for place, step in enumerate(dimension.steps)}
    return _built_in()


def read_step(text: str, dimension: Term | None = None) -> Step | None:
    """The step that ``text`` names or begins with; ``None`` where it names none.

    A dimension whose steps the vocabulary lists knows those alone.
    """
    steps = _steps(dimension)
    half = half_width(text)
    whole = steps.get(normalise(half))
    if whole is not None:
        return Step(_at(whole[0]), whole[1], len(text))
    return _range(half, steps) or _limited(half, steps) or _with_gloss(half, steps)


def _at(place: int) -> Interval:
    return Interval(float(place), float(place))


def is_step(text: str) -> bool:
    """Whether ``text`` is one of the built-in grades, whatever the vocabulary says."""
    return normalise(text) in _built_in()


def is_like_step(text: str, dimension: Term) -> bool:
    """Whether a short ``text`` ends as all steps of a dimension do, and so seems to be meant as one (很有争议)."""
    ending = _common_ending(dimension.steps)
    return len(ending) > 1 and len(text) <= _SHORT and normalise(text).endswith(ending)


@cache
def _common_ending(steps: tuple[str, ...]) -> str:
    names = [normalise(step) for step in steps]
    shortest = min(names, key=len, default="")
    endings = (shortest[at:] for at in range(len(shortest)))
    return next((ending for ending in endings if all(name.endswith(ending) for name in names)), "")


def _range(text: str, steps: dict[str, tuple[int, int]]) -> Step | None:
    """``L2-L3``, ``中到高``; of ``低/中/高``, which names all there is, nothing."""
    parts = _between().split(text, maxsplit=2) if len(text) < 24 else []
    if len(parts) != 2:
        return None
    low, high = steps.get(normalise(parts[0])), steps.get(normalise(parts[1]))
    if low is None or high is None or low[1] != high[1] or low[0] >= high[0]:
        return None
    return Step(Interval(float(low[0]), float(high[0])), low[1], len(text))


_LIMITING_END = ("上", "下", "内", "+", "右", "后", "近", "低", "高", "起")
_LIMITING_START = tuple("超高大多逾突><≥≤⩾⩽至不最起低小少未约近接~")


def _limited(text: str, steps: dict[str, tuple[int, int]]) -> Step | None:
    """``L3 以上``, ``至少 L3``."""
    if len(text) > 20 or not (text.endswith(_LIMITING_END) or text.startswith(_LIMITING_START)):
        return None
    for at in range(1, len(text)):
        bound, end = bound_after(text, at)
        place = steps.get(normalise(text[:at])) if bound and end == len(text) else None
        if place and bound:
            return _bounded(place, bound, len(text))
        bound, start = bound_before(text, at)
        place = steps.get(normalise(text[at:])) if bound and start == 0 else None
        if place and bound:
            return _bounded(place, bound, len(text))
    return None


def _bounded(place: tuple[int, int], bound: Bound, end: int) -> Step | None:
    at, size = place
    if bound in (Bound.FROM, Bound.OVER):
        return Step(Interval(float(at), float(size - 1), bound is Bound.OVER), size, end) if at < size - 1 else None
    if bound in (Bound.UP_TO, Bound.UNDER):
        return Step(Interval(0.0, float(at), False, bound is Bound.UNDER), size, end) if at else None
    return Step(_at(at), size, end)


def _with_gloss(text: str, steps: dict[str, tuple[int, int]]) -> Step | None:
    """``L4：完全收敛``, ``高（几乎所有）``, ``L3 高度收敛``; words of Chinese end at a colon or bracket alone."""
    match = _gloss().search(text, 0, 16)
    place = steps.get(normalise(text[: match.start()])) if match else None
    if match is None or place is None or (match[0].isspace() and not text[0].isascii()):
        return None
    return Step(_at(place[0]), place[1], match.start())
