"""Names that are like a name, found without comparing it with every other."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from math import log2

_BUSIEST = 48
"""Pairs shared by more names than this tell little; of their names only so many are looked at."""
_RAREST = 6
"""So many of a name's rarest pairs are looked up: the cost of a question stays constant as a book grows."""


def letters_of(name: str) -> str:
    """What of a name a person reads: its letters and digits, compatibility forms and case folded."""
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


class Likeness:
    """Names by the pairs of neighbouring characters that they hold.

    Two names are as like as the pairs they share outweigh those they do not (Dice's coefficient), and a pair weighs
    the less the more names hold it: that two files are both called ``...-Formal-Analysis`` says little.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._pairs = [_pairs(letters_of(name)) for name in self._names]
        self._holders: dict[str, list[int]] = {}
        for index, pairs in enumerate(self._pairs):
            for pair in pairs:
                self._holders.setdefault(pair, []).append(index)
        self._weight_of = {pair: 1 / (1 + log2(len(holders))) for pair, holders in self._holders.items()}
        self._weights = [self._weight(pairs) for pairs in self._pairs]

    def _weight(self, pairs: Iterable[str]) -> float:
        weight_of = self._weight_of
        return sum([weight_of.get(pair, 1.0) for pair in pairs])

    def nearest(self, name: str, *, at_least: float, limit: int = 3) -> tuple[str, ...]:
        """Up to ``limit`` names, the likest first, whose likeness to ``name`` (0 to 1) is ``at_least`` so much."""
        pairs = _pairs(letters_of(name))
        known = sorted((pair for pair in pairs if pair in self._holders), key=lambda pair: len(self._holders[pair]))
        shared: Counter[int] = Counter()
        for pair in known[:_RAREST]:
            shared.update(self._holders[pair][:_BUSIEST])
        scored, weight = [], self._weight(pairs)
        for index, _ in shared.most_common(_BUSIEST):
            score = 2 * self._weight(pairs & self._pairs[index]) / (weight + self._weights[index])
            if score >= at_least:
                scored.append((-score, index))
        return tuple(self._names[index] for _, index in sorted(scored)[:limit])


def have_a_pair_in_common(one: str, other: str) -> bool:
    """Whether two names (their `letters_of`) share two neighbouring characters; yes where either has not so many."""
    if len(one) < 2 or len(other) < 2:
        return True
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def _pairs(letters: str) -> frozenset[str]:
    marked = f"^{letters}$"
    return frozenset(marked[at : at + 2] for at in range(len(marked) - 1))
