"""Characters on a terminal: how many cells each takes, and which must never reach it as they are."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, east_asian_width

TAB_STOP = 4
ELLIPSIS = "…"


def visible(character: str) -> str:
    """``character``, or a harmless sign for one that a terminal would obey or hide.

    Control characters become their pictures in the Unicode block U+2400 (␛ for ESC); format characters that reorder
    or hide text (bidirectional overrides, zero-width spaces), line separators and lone surrogates become ``<U+202E>``.
    The joiners of emoji and variation selectors stay: they change no meaning.
    """
    if " " <= character < "\x7f" or "\u4e00" <= character <= "\u9fff":
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if character == "\u200d" or category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return f"<U+{code:04X}>"


def sanitised(text: str) -> str:
    """``text`` as one line that holds nothing for a terminal to obey."""
    return text if text.isprintable() else "".join(map(visible, text))


def width(text: str) -> int:
    """Terminal cells of printable ``text``: two for wide and full-width characters, none for combining ones.

    Ambiguous characters count one, as terminals do unless told otherwise (Unicode Standard Annex 11).
    """
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


class _Cells(dict[str, int]):
    """Cells by character, worked out once for each: reports repeat the same few thousand."""

    def __missing__(self, character: str) -> int:
        cells = 2 if east_asian_width(character) in "WF" else 0 if category(character) in ("Mn", "Me", "Cf") else 1
        self[character] = cells
        return cells


_CELLS = _Cells()


class Excerpt(NamedTuple):
    """A source line fit to print, and the underline that belongs under it (blanks, then carets)."""

    line: str
    underline: str


def excerpt(text: str, start: int, end: int, limit: int) -> Excerpt:
    """``text`` with the characters ``[start, end)`` underlined, in at most about ``limit`` cells.

    An empty range gets one caret. A line that is too long is cut on both sides, so that the range stays in sight.
    """
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    left, right = _window(text, start, end, limit)
    if right - left == len(text) and text.isprintable():  # as nearly all lines are
        return Excerpt(text.rstrip(), " " * width(text[:start]) + "^" * max(width(text[start:end]), 1))
    shown = [ELLIPSIS] if left else []
    column = len(shown)
    begin = finish = None
    for index in range(left, right):
        if index == start:
            begin = column
        if index == end:
            finish = column
        character = text[index]
        sign = " " * (TAB_STOP - column % TAB_STOP) if character == "\t" else visible(character)
        shown.append(sign)
        column += width(sign)
    begin = column if begin is None else begin
    finish = column if finish is None else finish
    shown += [ELLIPSIS] if right < len(text) else []
    return Excerpt("".join(shown).rstrip(), " " * begin + "^" * max(finish - begin, 1))


def _window(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """The part of ``text`` to show. Measured at two cells a character, which is what Chinese takes."""
    if len(text) * 2 <= limit or (len(text) <= limit and width(text) <= limit):
        return 0, len(text)
    room = max(limit // 2, 20)
    before = max((room - min(end - start, room)) // 2, room // 6)
    left = max(start - before, 0)
    return left, min(left + room, len(text))
