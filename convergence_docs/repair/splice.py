"""A file's bytes with edits applied: every byte that no edit covers stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from convergence_docs.diagnostic import Edit
from convergence_docs.regex import regex

_BOM = b"\xef\xbb\xbf"
_LINE_END = regex(rb"\r\n?|\n")


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    r"""``data`` with ``edits`` applied, whose spans are offsets into the text as `decode` gives it.

    A line end in a replacement is written as the line ends of its surroundings are: as the next one, or where none
    follows, the last one before.

    Args:
        data: valid UTF-8, with or without a byte order mark, with any line ends (``\n``, ``\r\n``, ``\r``), also mixed.
        edits: of this one file; the same edit twice is one edit.

    Raises:
        ValueError: two edits overlap, one lies outside the text, or what they leave would read otherwise.
        UnicodeDecodeError: the data is no UTF-8.
    """
    ordered = sorted({(edit.span.start, edit.span.end, edit.replacement) for edit in edits})
    if any(start > end for start, end, _ in ordered) or any(one[1] > two[0] for one, two in pairwise(ordered)):
        raise ValueError("edits overlap")
    if ordered and ordered[0][0] < 0:
        raise ValueError("an edit lies outside the text")
    offsets = _byte_offsets(data, sorted({place for start, end, _ in ordered for place in (start, end)}))
    pieces, done = [], 0
    for start, end, replacement in ordered:
        pieces.append(data[done : offsets[start]])
        done = offsets[end]
        pieces.append(_with_line_ends(replacement, data, offsets[start]))
    pieces.append(data[done:])
    spliced = b"".join(pieces)
    if b"\r" in spliced and spliced.count(b"\r\n") > sum(piece.count(b"\r\n") for piece in pieces):
        raise ValueError("two line ends would become one")
    if spliced.startswith(_BOM) and not data.startswith(_BOM):
        raise ValueError("a character would become a byte order mark")
    return spliced


def _byte_offsets(data: bytes, wanted: list[int]) -> dict[int, int]:
    """Where in ``data`` the characters of the (sorted) offsets begin."""
    found: dict[int, int] = {}
    at, characters = len(_BOM) if data.startswith(_BOM) else 0, 0
    waiting = iter(wanted)
    next_one = next(waiting, None)
    for end, after in _lines(data, at):
        line = data[at:end].decode("utf-8")
        while next_one is not None and next_one - characters <= len(line):
            found[next_one] = at + len(line[: next_one - characters].encode("utf-8"))
            next_one = next(waiting, None)
        if next_one is None:
            break
        characters += len(line) + 1
        at = after
    if next_one is not None:
        raise ValueError("an edit lies outside the text")
    return found


def _lines(data: bytes, at: int) -> Iterable[tuple[int, int]]:
    """Where each line ends, and where the next begins."""
    for match in _LINE_END.finditer(data, at):
        yield match.span()
    yield len(data), len(data)


def _with_line_ends(replacement: str, data: bytes, at: int) -> bytes:
    encoded = replacement.encode("utf-8")
    if b"\n" not in encoded:
        return encoded
    following = _LINE_END.search(data, at)
    if following:
        return encoded.replace(b"\n", following[0])
    last = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at))
    end = data[max(0, last - 1) : last + 1] if last >= 0 else b"\n"
    return encoded.replace(b"\n", end if end in (b"\r\n", b"\r") else end[-1:])
