"""The words of the domain: layers, levels, dimensions, drivers, technologies, each with aliases and an English name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Term(NamedTuple):
    """A named thing. ``kind`` is layer, level, dimension, driver or technology; ``names`` start with the preferred one.

    ``interval`` (levels) is ``(low, high, low_open, high_open)`` as ratios; ``scale`` (dimensions) is the value type
    (percentage, rating, ordinal, text) and ``steps`` the ordinal's steps from low to high, or the rating's size as
    one string of digits.
    """

    kind: str
    id: str
    names: tuple[str, ...]
    english: str
    scale: str = ""
    steps: tuple[str, ...] = ()
    interval: tuple[float, float, bool, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All terms, and the way from a name or alias to its term."""

    terms: tuple[Term, ...]
    by_name: Mapping[str, Term] = field(default_factory=dict)
