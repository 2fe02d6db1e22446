"""The form in which text and query are compared. `assets/search/normal.js` is its twin, and a test holds them equal.

Letter case, full width, signs without width and white space do not count. White space does between two words of a
script that parts words with it: ``scaling law`` is no ``scalinglaw``, but ``ReAct 循环`` is ``ReAct循环``, and a line
break between two Chinese characters, which a browser shows as a space, is nothing at all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
"""Signs without width: soft hyphens, joiners, marks of direction, variation selectors (UAX #44, Default_Ignorable)."""
_SPACE = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_CHINESE = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)
"""Scripts that put no white space between words: Han, kana, bopomofo."""


def normalise(text: str) -> str:
    """``text`` as it is compared: without signs of no width, in compatibility form (NFKC, UAX #15), in lower case,
    white space as said above.
    """
    folded = unicodedata.normalize("NFKC", _IGNORED.sub("", text)).lower().replace("ς", "σ")
    words = _SPACE.sub(" ", _IGNORED.sub("", folded)).strip(" ").split(" ")
    parts = [words[0]]
    last = words[0][-1:]
    for word in words[1:]:
        if is_word(last) and is_word(word[0]):
            parts.append(" ")
        parts.append(word)
        last = word[-1]
    return "".join(parts)


@cache
def is_word(sign: str) -> bool:
    """Whether a character belongs to words that white space parts: a letter, digit or accent that is not Chinese."""
    return bool(sign) and sign <= "\uffff" and unicodedata.category(sign)[0] in "LNM" and not _CHINESE.match(sign)


@cache
def is_chinese(sign: str) -> bool:
    """Whether a character belongs to a script that puts no white space between words."""
    return bool(_CHINESE.match(sign))
