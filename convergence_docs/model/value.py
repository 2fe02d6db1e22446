"""What a chapter states of something: a percentage, a rating, a step of a scale, an amount, a year, or plain text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from convergence_docs.model.quantity import Interval
from convergence_docs.model.vocabulary import Term
from convergence_docs.text import Span


class ValueKind(StrEnum):
    """What a value is."""

    PERCENTAGE = "percentage"
    RATING = "rating"
    ORDINAL = "ordinal"
    MONEY = "money"
    YEAR = "year"
    NUMBER = "number"
    TEXT = "text"


class Value(NamedTuple):
    """A value.

    Attributes:
        kind: what it is; ``TEXT`` for everything that holds no figure, or one that cannot be read.
        text: as written, without the scope that follows.
        interval: the numbers it allows: percent (0 to 100), stars, the step's place on its scale (0 for the lowest),
            an amount of money or a number in its unit; ``None`` for text.
        unit: the currency (ISO 4217), the unit of a number as written; empty elsewhere.
        size: out of how many stars, of how many steps; 0 elsewhere and where it is not said.
        is_change: whether it is a difference (提升 30%), not a state.
        problem: why a figure could not be read (a keyword such as ``reversed-range``); empty where all is well.
    """

    kind: ValueKind
    text: str
    interval: Interval | None = None
    unit: str = ""
    size: int = 0
    is_change: bool = False
    problem: str = ""


class Reading(NamedTuple):
    """A value where it stands, with the scope (``所有 LLM 都使用``) and the as-of year that stand with it."""

    span: Span
    value: Value
    scope: str = ""
    year: int | None = None


def read_values(text: str, offset: int = 0, dimension: Term | None = None) -> tuple[Reading, ...]:
    """Every value in ``text``, in order; ``offset`` is added to the spans.

    A dimension of the vocabulary tells how words are to be read: the steps of its scale, the size of its ratings.
    """
    del offset, dimension
    return ()
