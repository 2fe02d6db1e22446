"""What is wrong with a block that Mermaid refuses, and how it would be put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.regex import regex


class Fault(NamedTuple):
    """One fault in a text. ``cause`` names it; ``start`` and ``end`` say where it shows.

    ``patches`` put it right: the words of ``labels`` are then among those that a reader sees, and ``renamed`` holds
    ids that are then others, each with what it was. Where ``is_sure`` is false, something else may have been meant.
    """

    cause: str
    start: int
    end: int
    patches: tuple[Patch, ...]
    labels: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    is_sure: bool = True


Finder = Callable[[str], Iterable[Fault]]
"""Finds faults of one cause in a text; what it finds may be none, so nobody takes it at its word."""


def quoting(cause: str, text: str, start: int, end: int) -> Fault:
    """Quotes around a label, and codes for those within it. Smart quotes around all of it were meant to be those."""
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    first = 1 if text[start : start + 1] in _MARKS[cause == "smart-quote"] else 0
    last = 1 if end - start > first and text[end - 1 : end] in _MARKS[cause == "smart-quote"] else 0
    if first != last and text.count('"', start, end) != 1:
        first = last = 0
    patches = [Patch(at, at + 1, "#quot;") for at in range(start + first, end - last) if text[at] == '"']
    patches += [Patch(start, start + first, '"'), Patch(end - last, end, '"')]
    kept = tuple(patch for patch in patches if text[patch.start : patch.end] != patch.replacement)
    return Fault(cause, start, end, kept, (text[start + first : end - last],))


_MARKS = ('"', '"“”')
"""What stands for the quotes around a label."""


def said(words: str) -> str:
    """Words as they are compared: without blanks, quotes, tags and the codes of single characters."""
    words = _ENTITY.sub(_character, _TAG.sub("", _BREAK.sub("", words)))
    return "".join(char for char in words if not char.isspace() and char not in "\"'`“”*")


def ink(words: str) -> str:
    """The letters and digits of a text, wherever they stand."""
    return "".join(char for char in _ENTITY.sub(_character, words) if unicodedata.category(char)[0] in "LN")


_BREAK = regex(r"<br[ \t]*/?>|\\n", re.I)
_TAG = regex(r"</?[a-zA-Z][^<>]{0,200}>")
_ENTITY = regex(r"[#&]#?(\w{1,8});")
_NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "nbsp": " ", "apos": "'", "semi": ";"}


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name.isascii() and name.isdigit() and int(name) < 0x110000:
        return chr(int(name))
    return _NAMED.get(name, match[0])
