"""Code spans and formulas: what masks everything else."""

from __future__ import annotations

import re

from convergence_docs.regex import regex

Found = tuple[int, int, tuple[int, int]]
"""Start, end, and the range of what is inside."""

_TICKS = regex(r"`+")
_DOLLAR = regex(r"(?<!\\)(?:(?:\\\\)+(?=\$)|\$(?!\s)((?:\\.|[^\\$\x02])+?)(?<!\s)\$)", re.S)
_ROUND = regex(r"\\.|\x02", re.S)


def code_spans(text: str) -> list[Found]:
    """Code spans, by the site's rules.

    A run of backticks closes with the next run of its length. Where there is none, the longest run after it closes
    if it is shorter, and the opening run keeps the difference as content.
    """
    runs = [match.span() for match in _TICKS.finditer(text)]
    places: dict[int, list[int]] = {}
    longest: list[int] = [-1] * (len(runs) + 1)
    for index in range(len(runs) - 1, -1, -1):
        size = runs[index][1] - runs[index][0]
        places.setdefault(size, []).append(index)
        best = longest[index + 1]
        longest[index] = index if best < 0 or size >= runs[best][1] - runs[best][0] else best
    found: list[Found] = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        start += _is_escaped(text, start)
        size = end - start
        later = places.get(size, [])
        while later and later[-1] <= index:
            later.pop()
        if size and later:
            close = later[-1]
            found.append((start, runs[close][1], (end, runs[close][0])))
        else:
            close = longest[index + 1]
            if size and close >= 0 and (width := runs[close][1] - runs[close][0]) < size:
                found.append((start, runs[close][1], (start + width, runs[close][0])))
            else:
                close = index
        index = close + 1
    return found


def _is_escaped(text: str, at: int) -> bool:
    slashes = 0
    while at > slashes and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def formulas(text: str) -> list[Found]:
    """Inline formulas ``$...$`` (no blank after the first dollar or before the last) and ``\\(...\\)``."""
    found: list[Found] = []
    if "$" in text:
        found += [(*match.span(), match.span(1)) for match in _DOLLAR.finditer(text) if match[1] is not None]
    if "\\(" in text and "\\)" in text:
        pieces, at = [], 0
        for start, end, _ in found:
            pieces += [text[at:start], "\x02" * (end - start)]
            at = end
        found = sorted(found + _rounds("".join(pieces) + text[at:]))
    return found


def _rounds(text: str) -> list[Found]:
    found: list[Found] = []
    start = -1
    for match in _ROUND.finditer(text):
        mark = match[0]
        if mark == "\\(" and start < 0:
            start = match.start()
        elif mark == "\\)" and start >= 0:
            if match.start() > start + 2:
                found.append((start, match.end(), (start + 2, match.start())))
            start = -1
        elif mark == "\x02":
            start = -1
    return found
