"""Ratings in running text: stars (``★★★☆☆``), numbers out of a size (``4/5``), numbers of stars (``三星``)."""

from __future__ import annotations

import re
from functools import cache
from math import ceil
from typing import NamedTuple

from convergence_docs.model.values.width import half_width
from convergence_docs.regex import regex
from convergence_docs.text import Span


class Rating(NamedTuple):
    """A rating as written at ``span``: ``value`` out of ``size``.

    ``size`` is what the writing itself shows, filled and empty stars or the number after the slash; 0 for filled
    stars alone, which show a value and no size.
    """

    span: Span
    value: float
    size: int

    @property
    def length(self) -> int:
        """How many stars stand there, filled and empty; the size, for a rating in digits."""
        return self.size or ceil(self.value)


USUAL_SIZE = 5
"""What stars without empty ones count up to, unless somebody says otherwise."""
_STARS = regex(r"(?P<filled>[★⭐🌟](?:\ufe0f?[★⭐🌟])*)\ufe0f?(?P<half>[½⯨])?(?P<empty>[☆✩]*)|(?P<none>[☆✩]{2,})")
_OUT_OF = regex(r"(?<![\d./])(?P<value>\d{1,3}(?:\.\d{1,3})?)\s?/\s?(?P<size>5|10|100)(?![\d/.])")
_ONES = "零一二三四五"


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(
        r"(?P<number>\d(?:\.5)?|[一二三四五])\s?(?:颗)?(?P<star>星)(?P<half>半)?(?:级)?(?![\u4e00-\u9fff])"
    )


def read_star_ratings(text: str, offset: int = 0) -> tuple[Rating, ...]:
    """Every run of stars in ``text``: ``★★★☆☆`` is 3 of 5, ``★★★`` is 3 of a size unsaid, ``★½`` is 1.5."""
    found = []
    for match in _STARS.finditer(text):
        if match["none"]:
            value, size = 0.0, len(match["none"])
        else:
            filled = sum(char != "\ufe0f" for char in match["filled"])
            value = filled + (0.5 if match["half"] else 0.0)
            size = filled + bool(match["half"]) + len(match["empty"]) if match["empty"] else 0
        found.append(Rating(Span(offset + match.start(), offset + match.end()), value, size))
    return tuple(found)


def read_ratings_out_of(text: str, offset: int = 0) -> tuple[Rating, ...]:
    """Every ``4/5``, ``7.5/10`` or ``88/100`` in ``text``; other fractions are no ratings."""
    if "/" not in text and "／" not in text:
        return ()
    return tuple(
        Rating(Span(offset + match.start(), offset + match.end()), float(match["value"]), int(match["size"]))
        for match in _OUT_OF.finditer(half_width(text))
    )


def read_ratings_in_words(text: str, offset: int = 0) -> tuple[Rating, ...]:
    """Every ``三星``, ``4.5 星`` or ``三星半`` in ``text``. Ask only where a rating is meant: 三星 is a company too."""
    if "星" not in text:
        return ()
    found = []
    for match in _in_words().finditer(half_width(text)):
        number = match["number"]
        value = float(_ONES.index(number)) if number in _ONES else float(number)
        span = Span(offset + match.start(), offset + match.end())
        found.append(Rating(span, value + (0.5 if match["half"] else 0.0), 0))
    return tuple(found)
