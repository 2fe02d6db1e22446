"""The vocabulary's names in running text: which thing is named, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.model.vocabulary import Term, Vocabulary, normalise
from convergence_docs.regex import regex

if TYPE_CHECKING:
    from convergence_docs.claims.header import Header

SUBJECTS = ("layer", "level", "technology", "model", "driver", "factor")
"""Kinds of terms that something can be said of."""

_SHORTEST = 2
_SHORTEST_IN_TEXT = 3
"""So many characters a driver's Chinese alias needs to be found in text: 技术 and 标准 are words of every sentence."""
_SMALL_WORDS = "的与和在是把对而即使由说为于及但从则若当让到比以将被给因此之中故又且或指看了"
"""What may stand before a name in Chinese without being a part of it: 稀疏注意力 is not 注意力."""
_LONGER = "次级面数"
"""What makes another word of a name that ends in 层."""


class Naming(NamedTuple):
    """A term named in a text, from ``start`` to ``end``."""

    start: int
    end: int
    term: Term


class Names:
    """The names of a vocabulary, made ready for searching."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.subjects = _Finder(vocabulary, tuple(kind for kind in SUBJECTS if kind != "level"))
        self.levels = _Finder(vocabulary, ("level",))
        self.owners = _Finder(vocabulary, SUBJECTS)
        self.dimensions = _Finder(vocabulary, ("dimension",))
        self.leads = frozenset(_leads(vocabulary.of("dimension")))
        """The names of dimensions as they may stand between the marks of bold words."""
        first = "".join(sorted({re.escape(name[0]) for name in self.leads}))
        self.bold = re.compile(rf"\*\*(?=[{first}])([^*\n:：（]{{2,24}})") if first else None
        """Bold words that may be one of them."""
        self.counted = tuple(
            name
            for term in vocabulary.of("dimension")
            if term.scale in ("percentage", "rating")
            for name in term.names
            if len(name) >= _SHORTEST
        )
        """The names of dimensions whose figures are found in sentences."""
        self.headers: dict[str, Header] = {}
        """What headers were found to say (`claims.header`)."""


class _Finder:
    def __init__(self, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> None:
        self._terms = {
            name.casefold(): term
            for term in vocabulary.terms
            if term.kind in kinds
            for name in (*term.names, *((term.english,) if term.english else ()))
            if len(name) >= _least(term, name)
        }
        self._pattern = _alternation(self._terms)

    def find(self, text: str) -> Iterator[Naming]:
        """Every naming in ``text``; of two that overlap the one that begins first, and then the longer one.

        Words of which a name is only the end are none.
        """
        return (naming for naming in self.find_within(text) if opens_word(text, naming))

    def is_in(self, text: str) -> bool:
        """Whether a name may be in ``text``."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def find_within(self, text: str) -> Iterator[Naming]:
        """As `find`, but at the end of longer words too."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            if match[0].endswith("层") and text[match.end() : match.end() + 1] in tuple(_LONGER):
                continue
            yield Naming(match.start(), match.end(), self._terms[match[0].casefold()])


def opens_word(text: str, naming: Naming) -> bool:
    """Whether a word begins where a Chinese name does."""
    before = text[naming.start - 1 : naming.start]
    return not before.isalnum() or before.isascii() or text[naming.start] <= "\u2e80" or before in _SMALL_WORDS


def _least(term: Term, name: str) -> int:
    is_word = term.kind in ("driver", "factor") and name != term.name and not name.isascii()
    return _SHORTEST_IN_TEXT if is_word else _SHORTEST


def _alternation(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted(names, key=lambda name: (-len(name), name))
    if not words:
        return None
    return re.compile("|".join(map(_bounded, words)), re.IGNORECASE)


def _bounded(name: str) -> str:
    left = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return left + re.escape(name) + right


def _leads(terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        for name in (*term.names, term.english):
            if len(name) >= _SHORTEST:
                yield from (name, name.lower(), name.title(), name.capitalize())


_latest: Names | None = None


def names_of(vocabulary: Vocabulary) -> Names:
    """The names of a vocabulary; made once for all chapters that are read with it."""
    global _latest
    if _latest is None or _latest.vocabulary is not vocabulary:
        _latest = Names(vocabulary)
    return _latest


_BRACKETED = regex(r"\s*[（(](?P<inside>[^（()）]{1,60})[)）]\s*$")


class Title(NamedTuple):
    """A name as a header gives it: without brackets and year, what stands in the brackets, and the year."""

    name: str
    aside: str
    year: int | None

    @property
    def is_year(self) -> bool:
        """Whether it names a year and nothing else."""
        return self.year is not None and self.name[:4].isdecimal()


_YEAR = regex(r"^(?P<year>(?:19|20)\d\d)\s*年?(?:\s*\d{1,2}\s*月)?(?:\s*的)?\s*")


@lru_cache(maxsize=8192)  # the same words name rows and columns of many tables
def parse_title(text: str) -> Title:
    """What a header says: ``2025年采用率（新产品）`` is 采用率, of 新产品, in 2025."""
    year: int | None = None
    aside = ""
    if (match := _BRACKETED.search(text)) and match.start() > 0:
        text, aside = text[: match.start()], match["inside"].strip()
    if (match := _YEAR.match(text)) and ("年" in match[0] or match[0] != match[0].rstrip() or match.end() == len(text)):
        year = int(match["year"])
        text = text[match.end() :] or text
    return Title(text, aside, year)


def find_term(vocabulary: Vocabulary | None, text: str, *kinds: str) -> Term | None:
    """The term of one of ``kinds`` that ``text`` names; a single Latin letter names nothing."""
    if vocabulary is None or (len(text) < _SHORTEST and text.isascii()):
        return None
    term = vocabulary.by_name.get(normalise(text))
    return term if term is not None and term.kind in kinds else None
