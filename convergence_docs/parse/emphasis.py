"""Which asterisks and underscores are emphasis, and so are not seen by a reader."""

from __future__ import annotations

from convergence_docs.regex import regex

_RUN = regex(r"\*+|_+")
MAX_LOOK_BACK = 40
"""Openers that a closer looks at; keeps hostile runs linear."""


def emphasis_marks(text: str) -> list[tuple[int, int]]:
    """The ranges of delimiters that pair up, in no particular order.

    Delimiters pair as in CommonMark; an underscore inside a word never does.
    """
    marks: list[tuple[int, int]] = []
    openers: list[list[int]] = []  # character code, start, length left, whole length, can close too
    for match in _RUN.finditer(text):
        start, end = match.span()
        code = ord(text[start])
        before, after = text[start - 1 : start], text[end : end + 1]
        can_open = bool(after) and not after.isspace()
        can_close = bool(before) and not before.isspace()
        if code == 95:
            can_open = can_open and not (before.isalnum() or before == "_")
            can_close = can_close and not (after.isalnum() or after == "_")
        size = end - start
        if can_close:
            start, size = _close(openers, marks, code, start, size, end - start, can_open)
        if can_open and size:
            openers.append([code, start, size, end - match.start(), int(can_close)])
    return marks


def _close(
    openers: list[list[int]],
    marks: list[tuple[int, int]],
    code: int,
    start: int,
    size: int,
    whole: int,
    can_open: bool,
) -> tuple[int, int]:
    """Pair a closing run with the openers before it; returns where its rest starts and how long that is."""
    index = len(openers) - 1
    lowest = max(index - MAX_LOOK_BACK, -1)
    while size and index > lowest:
        opener = openers[index]
        is_barred = (can_open or opener[4]) and (opener[3] + whole) % 3 == 0 and (opener[3] % 3 or whole % 3)
        if opener[0] != code or is_barred:
            index -= 1
            continue
        del openers[index + 1 :]
        width = 2 if size >= 2 and opener[2] >= 2 else 1
        opener[2] -= width
        marks.append((opener[1] + opener[2], opener[1] + opener[2] + width))
        marks.append((start, start + width))
        start += width
        size -= width
        if not opener[2]:
            openers.pop()
            index -= 1
    return start, size
