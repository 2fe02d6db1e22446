"""What a chapter states of something: a percentage, a rating, a step of a scale, an amount, a year, or plain text.

The records alone: what reads them is `convergence_docs.model.values.reading`, fetched where there is something to read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.vocabulary import Term
from convergence_docs.text import Span

GRADES = 9
"""How many steps the grades have that everybody knows, from 极低 to 极高; neighbours (高, 较高) do not contradict."""


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
        problem: why a figure could not be read, or not for certain: one of `PROBLEMS`; empty where all is well.
        step: how finely it is written: 1 for ``95%``, 0.1 for ``94.6%``, 10 for 八成; 0 for text.
    """

    kind: ValueKind
    text: str
    interval: Interval | None = None
    unit: str = ""
    size: int = 0
    is_change: bool = False
    problem: str = ""
    step: float = 0.0


PROBLEMS = (
    "contradictory-bounds",  # >95%以下
    "double-sign",  # 95%%
    "negated",  # 不是 95%
    "over-100",  # a share of 150%
    "reversed-range",  # 70-50%
    "several-figures",  # two figures in a cell that has room for one
    "too-few-stars",  # ★★★☆ where the vocabulary says five
    "too-many-stars",  # ★★★★★★
    "unclear-sign",  # 延迟-30%: less by 30 %, or a dash
    "unknown-step",  # 很高 where the vocabulary lists 低, 中, 高
)
"""What can be wrong with a figure."""


class Reading(NamedTuple):
    """A value where it stands, with the scope (``所有 LLM 都使用``) and the as-of year that stand with it."""

    span: Span
    value: Value
    scope: str = ""
    year: int | None = None


def read_values(text: str, offset: int = 0, dimension: Term | None = None) -> tuple[Reading, ...]:
    """Every value in ``text``, in order; ``offset`` is added to the spans.

    Figures are found within running text, each with the bracket that follows it. Where there is none, the whole text
    is one value: a step, a year, a number, or plain text. A dimension of the vocabulary tells how words are to be
    read: the steps of its scale, the size of its ratings, and that a share ends at 100.
    """
    from convergence_docs.model.values.reading import read_text

    found = read_text(text, dimension)
    return tuple([_moved(one, offset) for one in found]) if offset else found


def read_cell(text: str, offset: int = 0, dimension: Term | None = None) -> Reading | None:
    """The one value that ``text`` as a whole states, as a table cell does; ``None`` for a cell that is left empty.

    Words around a figure are its scope: ``95%以上新产品采用``. Of several figures none is taken.
    """
    from convergence_docs.model.values.reading import read_whole

    found = read_whole(text, dimension)
    return _moved(found, offset) if found and offset else found


def _moved(reading: Reading, by: int) -> Reading:
    return reading._replace(span=Span(reading.span.start + by, reading.span.end + by))
