"""The order of an index: Latin names by letter, Chinese ones by the sound of their first character, in one alphabet.

No dictionary is kept: GB 2312 puts its 3,755 common characters in the order of their pronunciation (its other 3,008 by
radical), so that their code tells both the order and, by where each letter begins, the letter.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import Final

OTHERS: Final = "…"
"""The group of names whose letter nobody can tell: digits, other scripts, rare characters."""

_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTWXYZ"
_STARTS: Final = tuple(
    int.from_bytes(first.encode("gb2312"), "big") for first in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
)
"""The code of the first character of each of these letters; no Chinese syllable begins with I, U or V."""
_END: Final = 0xD7F9
"""The code of the last character that is in the order of sounds."""

SortKey = tuple[tuple[int, int], ...]


def letter_of(name: str) -> str:
    """The letter under which a name stands: ``T`` for ``Transformer``, ``J`` for 架构层; `OTHERS` where it has none."""
    for character in _plain(name):
        if character.isalnum():
            return character.upper() if "a" <= character <= "z" else _letter_of_hanzi(character)
    return OTHERS


def sort_key(name: str) -> SortKey:
    """Names of one letter: Latin before Chinese, digits by their value's digits, marks left out."""
    return tuple(_rank(character) for character in _plain(name) if character.isalnum())


def _plain(name: str) -> str:
    """A name without accents, in small letters."""
    return "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))


def _letter_of_hanzi(character: str) -> str:
    code = _code(character)
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _END else OTHERS


def _rank(character: str) -> tuple[int, int]:
    if character.isascii():
        return (0 if character.isdecimal() else 1), ord(character)
    code = _code(character)
    return (2, code) if code else (3, ord(character))


def _code(character: str) -> int:
    """The code in GB 2312; 0 where it has none."""
    try:
        return int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return 0
