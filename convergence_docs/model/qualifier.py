"""What limits a figure: the scope in brackets behind it, ``100%（所有 LLM 都使用）``, and its year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.vocabulary import normalise
from convergence_docs.text import Span

LONGEST = 160
"""A bracket with more characters is a remark."""
_YEAR = re.compile(
    r"(?:截至|截止到?|[Aa]s of|[Ii]n|在)?\s?(?<!\d)(?P<year>(?:19|20)\d{2})(?!\d)"
    r"\s?(?:年(?!代|间|前|后))?(?:年?[底末初中]|Q[1-4])?"
    r"(?:\s?的?(?:状态|现状|数据|统计|通行说法|估计|水平))?[,，:：;；]?\s?"
)
_FIGURE = re.compile(r"[%％★☆]")
_CITATION = re.compile(r"\[\^[^\]\s]{1,40}\]|\[\d{1,3}\]")
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
    plain = _CITATION.sub("", text)
    years = list(_YEAR.finditer(plain)) if not _FIGURE.search(plain) else []
    if len(years) != 1:
        return plain.strip(_TRIM), None
    year = years[0]
    return f"{plain[: year.start()].strip(_TRIM)} {plain[year.end() :].strip(_TRIM)}".strip(), int(year["year"])


_FILLING = re.compile(
    r"(?:都|均|也|已|仍|皆|全部|几乎|基本|大多)?(?:在)?(?:使用|采用|适用|用)(?:了|的|者)?$|的$|^(?:在|对|对于|限于|仅限于?|就)|中$|里$|内$"
)


@lru_cache(maxsize=4096)
def comparable_scope(scope: str) -> str:
    """A scope in the form that is compared: the same words, whatever stands around them.

    ``（限于大语言模型）`` and ``大语言模型中`` are one scope; 所有 and 主流 make another one.
    """
    plain = normalise(scope).strip(_TRIM)
    while (shorter := _FILLING.sub("", plain).strip(_TRIM)) and shorter != plain:
        plain = shorter
    return plain
