"""The words of the domain: layers, levels, dimensions, drivers, technologies, each with aliases and an English name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.claims.difference import Difference
from convergence_docs.text import Span

KINDS = ("layer", "level", "dimension", "driver", "factor", "technology", "model")
"""What a term can be; a factor belongs to a driver."""

SCALES = ("percentage", "rating", "ordinal", "money", "year", "number", "text")
"""What the values of a dimension can be."""


class Term(NamedTuple):
    """A named thing. ``kind`` is one of `KINDS`; ``names`` start with the preferred one.

    ``interval`` (levels) is ``(low, high, low_open, high_open)`` in percent; ``scale`` (dimensions) is the value type,
    one of `SCALES`, and ``steps`` the ordinal's steps from low to high, or the rating's size as one string of digits.
    ``driver`` (factors) is the id of the driver that it belongs to. ``span`` is where in the vocabulary's file it is
    written, of a level its interval.
    """

    kind: str
    id: str
    names: tuple[str, ...]
    english: str
    scale: str = ""
    steps: tuple[str, ...] = ()
    interval: tuple[float, float, bool, bool] | None = None
    definition: str = ""
    driver: str = ""
    span: Span = Span(0, 0)

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.names[0]

    @property
    def size(self) -> int:
        """How many stars a rating has; 0 where the term is no rating or its size is not said."""
        return int(self.steps[0]) if self.scale == "rating" and self.steps else 0


_DROPPED = str.maketrans("", "", "*`_ \t\n\r\u3000\u00a0\u200b\ufeff")


@lru_cache(maxsize=8192)  # the same few words name the rows and columns of all tables
def normalise(text: str) -> str:
    """``text`` as names are compared: without bold and code marks and white space, half-width, lower case.

    Half-width is Unicode's compatibility form (NFKC, UAX #15), so ``Ｌ４：`` and ``L4:`` are one name.
    """
    if text.isascii():
        return text.translate(_DROPPED).casefold()
    return unicodedata.normalize("NFKC", text).translate(_DROPPED).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All terms, and the way from a name or alias to its term.

    ``by_name`` is keyed by normalised names, aliases and English names; `make_vocabulary` fills it. ``path`` is the
    file that it was read from, as the settings name it; ``differences`` are those that it lets stand.
    """

    terms: tuple[Term, ...]
    by_name: Mapping[str, Term] = field(default_factory=dict)
    path: str = ""
    differences: tuple[Difference, ...] = ()

    def find(self, text: str, *kinds: str) -> Term | None:
        """The term that ``text`` names, by preferred name, alias or English name; of one of ``kinds`` if given."""
        term = self.by_name.get(normalise(text))
        return term if term is not None and (not kinds or term.kind in kinds) else None

    def of(self, kind: str) -> tuple[Term, ...]:
        """The terms of one kind, in the vocabulary's order."""
        return tuple(term for term in self.terms if term.kind == kind)

    def nearest(self, text: str, *kinds: str) -> Term | None:
        """The term whose name is most like ``text``, or ``None`` where none is near enough to be meant."""
        names = {name: term for name, term in self.by_name.items() if not kinds or term.kind in kinds}
        from difflib import get_close_matches  # 2 ms that a start seldom needs

        near = get_close_matches(normalise(text), names, n=1, cutoff=0.6)
        return names[near[0]] if near else None


class NameClash(ValueError):
    """Two terms go by one name, so that `Vocabulary.find` would have to guess."""

    def __init__(self, name: str, first: Term, second: Term) -> None:
        super().__init__(f"{name!r} names {first.id} and {second.id}")
        self.name = name
        self.first = first
        self.second = second


def make_vocabulary(terms: Iterable[Term], path: str = "") -> Vocabulary:
    """The vocabulary of ``terms``.

    Raises:
        NameClash: a name, alias or English name stands for two terms.
    """
    kept = tuple(terms)
    by_name: dict[str, Term] = {}
    for term in kept:
        for name in (*term.names, *((term.english,) if term.english else ())):
            known = by_name.setdefault(normalise(name), term)
            if known is not term:
                raise NameClash(name, known, term)
    return Vocabulary(terms=kept, by_name=by_name, path=path)
