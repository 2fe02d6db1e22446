"""What limits a figure: the scope in brackets behind it, ``100%（所有 LLM 都使用）``, and its year."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from convergence_docs.model.vocabulary import normalise
from convergence_docs.text import Span

LONGEST = 160
"""A bracket with more characters is a remark."""
_FIGURES = ("%", "％", "★", "☆")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(
        r"(?:截至|截止到?|[Aa]s of|[Ii]n|在)?\s?(?<!\d)(?P<year>(?:19|20)\d{2})(?!\d)"
        r"\s?(?:年(?!代|间|前|后))?(?:年?[底末初中]|Q[1-4])?"
        r"(?:\s?的?(?:状态|现状|数据|统计|通行说法|估计|水平))?[,，:：;；]?\s?"
    )


@cache
def _citation() -> re.Pattern[str]:
    return re.compile(r"\[\^[^\]\s]{1,40}\]|\[\d{1,3}\]")


_TRIM = " \t\n,，、;；:：。.*_`|()（）—–-$"


class Qualifiers(NamedTuple):
    """Within which limits, and as of which year; ``end`` is where in the text they end."""

    scope: str
    year: int | None
    end: int


def qualifiers_after(text: str, at: int) -> Qualifiers:
    """What the bracket that follows at ``at`` says; without a bracket nothing, ending there."""
    inside = bracket_at(text, at + 1 if text[at : at + 1] == " " else at)
    if inside is None:
        return Qualifiers("", None, at)
    return Qualifiers(*scope_and_year(text[inside.start : inside.end]), inside.end + 1)


def bracket_at(text: str, at: int) -> Span | None:
    """What the bracket that opens at ``at`` holds, with those within; ``None`` where none opens, or none closes."""
    if text[at : at + 1] not in ("(", "（"):
        return None
    depth = 0
    for here in range(at, min(len(text), at + LONGEST)):
        if text[here] in "(（":
            depth += 1
        elif text[here] in ")）":
            depth -= 1
            if not depth:
                return Span(at + 1, here)
    return None


@lru_cache(maxsize=4096)
def scope_and_year(text: str) -> tuple[str, int | None]:
    """The words of ``text`` without the one year that they name, and that year.

    Where other figures stand (``2024 年为 90%``), or several years, the year is not that of the figure outside.
    """
    plain = _citation().sub("", text) if "[" in text else text
    years = [] if any(sign in plain for sign in _FIGURES) else list(_year().finditer(plain))
    if len(years) != 1:
        return plain.strip(_TRIM), None
    year = years[0]
    return f"{plain[: year.start()].strip(_TRIM)} {plain[year.end() :].strip(_TRIM)}".strip(), int(year["year"])


_FRAMES_BEFORE = ("仅限于", "限于", "仅限", "对于", "在", "对", "就")
_FRAMES_AFTER = (
    *(f"{how}{verb}" for how in ("都", "均", "皆", "") for verb in ("在使用", "在采用", "使用", "采用", "适用")),
)
_LAST = ("的", "中", "里", "内")


@lru_cache(maxsize=4096)
def comparable_scope(scope: str) -> str:
    """A scope in the form that is compared: the same words, whatever stands around them.

    ``（限于大语言模型）`` and ``大语言模型中`` are one scope; 所有 and 主流 make another one.
    """
    plain = normalise(scope).strip(_TRIM)
    for ends in (_FRAMES_AFTER, _LAST):
        plain = next((plain.removesuffix(end) for end in ends if plain.endswith(end) and plain != end), plain)
    plain = next((plain.removeprefix(start) for start in _FRAMES_BEFORE if plain.startswith(start)), plain)
    return plain.strip(_TRIM)
