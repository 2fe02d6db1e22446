"""Whether two values of the same thing can both be true, each taken as exactly as it is written."""

from __future__ import annotations

from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import GRADES, Value, ValueKind

_ROUNDED = frozenset((ValueKind.PERCENTAGE, ValueKind.RATING, ValueKind.MONEY, ValueKind.NUMBER))


def is_certain(value: Value) -> bool:
    """Whether a value can be compared at all: a figure that could be read, and no difference between two."""
    return value.interval is not None and not value.problem and not value.is_change


def is_same_scale(one: Value, other: Value) -> bool:
    """Whether two values are of one kind, in one unit and on one scale; a size that is not said may be any."""
    return (
        one.kind is other.kind and one.unit == other.unit and (one.size == other.size or not one.size or not other.size)
    )


def can_agree(one: Value, other: Value) -> bool:
    """Whether two values have a number in common; two that cannot be compared can agree.

    Of two figures the one that is written more coarsely stands for all that round to it: 95% and 94.6% agree, 95% and
    94.4% do not, nor do 95% and 94%. Neighbouring grades (高, 较高) are one opinion in two words.
    """
    if one.interval == other.interval:
        return True
    if not is_certain(one) or not is_certain(other) or not is_same_scale(one, other):
        return True
    return _meant(one, other).overlaps(_meant(other, one))


def _meant(value: Value, beside: Value) -> Interval:
    """The numbers that ``value`` stands for ``beside`` another one."""
    interval = value.interval
    assert interval is not None
    if value.kind is ValueKind.ORDINAL:
        # Half a step to either side lets neighbours touch.
        return interval.widened(0.5) if value.size == GRADES else interval
    if value.kind in _ROUNDED and value.step > beside.step:
        return interval.widened(value.step / 2)
    return interval
