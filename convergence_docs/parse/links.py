"""Brackets and destinations, by the site's rules: nested brackets, parentheses and raw spaces are all allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.regex import regex

_BRACKET = regex(r"[\[\]]")
_SIMPLE = regex(r"\(([^()'\"]*+)\)")
_ANGLED = regex(r"\(\s*+<([^<>]*+)>\s*+(?:('[^']*+'|\"[^\"]*+\")\s*+)?+\)")
_TOKEN = regex(r"[()'\"]")


class Brackets:
    """The pairs of square brackets in a text, outer ones first; unmatched brackets pair with nothing."""

    def __init__(self, text: str, *, is_image: bool) -> None:
        self._text = text
        self._is_image = is_image

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Start of the construct, start of what is inside, and the closing bracket, in order of the start."""
        text, is_image = self._text, self._is_image
        open_at: list[int] = []
        found: list[tuple[int, int]] = []
        for match in _BRACKET.finditer(text):
            at = match.start()
            if text[at] == "[":
                open_at.append(at)
            elif open_at:
                found.append((open_at.pop(), at))
        if len(found) > 1:
            found.sort()
        for start, end in found:
            if (start > 0 and text[start - 1] == "!") == is_image:
                yield (start - 1 if is_image else start), start + 1, end


class Destination(NamedTuple):
    """A destination: its range, the title's range, where the construct stops."""

    start: int
    end: int
    title: tuple[int, int] | None
    stop: int
    is_bracketed: bool = False


def read_destination(text: str, at: int, budget: list[int]) -> Destination | None:
    """Read ``(destination "title")`` at ``at``; ``None`` where there is none.

    ``budget`` holds one number: how many marks of the leaf may still be looked at. It is spent only by destinations
    with quotes or parentheses in them, and keeps hostile text linear.
    """
    match = _ANGLED.match(text, at)
    if match:
        start, end = _trimmed(text, *match.span(1))
        title = (match.start(2) + 1, match.end(2) - 1) if match[2] else None
        return Destination(start, end, title, match.end(), True)
    match = _SIMPLE.match(text, at)
    if match:
        return Destination(*_trimmed(text, *match.span(1)), None, match.end())
    return _Scan(text, at + 1).run(budget)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    if inner and (inner[0].isspace() or inner[-1].isspace()):
        start += len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
    return start, end


class _Scan:
    """The site's scan over parentheses and quotes.

    A first quote is taken for the start of a title, inside which parentheses do not count, until it turns out that
    no title closes before the link does; then the parentheses counted beside it decide.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start + _blanks(text, start)
        self.depth = 1
        self.spare = 1
        self.fallback = -1
        self.quotes: list[str] = ["", ""]
        self.opened = [-1, -1]
        self.closed = [-1, -1]
        self.in_title = False

    def run(self, budget: list[int]) -> Destination | None:
        for match in _TOKEN.finditer(self.text, self.start):
            budget[0] -= 1
            if budget[0] < 0:
                return None
            at = match.start()
            mark = match[0]
            if mark == "(":
                self._open()
            elif mark == ")":
                self._close(at)
            else:
                self._quote(mark, at)
            if self.depth == 0:
                return self._result(at)
        if self.spare == 0:
            # Where no parenthesis could close it, the site's scan takes the whole rest but for one character.
            end, stop = (self.fallback, self.fallback + 1) if self.fallback >= 0 else (-2, -1)
            end, stop = (end, stop) if end >= 0 else (len(self.text) + end, len(self.text) + stop)
            return Destination(*_trimmed(self.text, self.start, max(end, self.start)), None, max(stop, self.start))
        return None

    def _open(self) -> None:
        if not self.in_title:
            self.depth += 1
        elif self.spare > 0:
            self.spare -= 1

    def _last(self, at: int) -> str:
        while at > self.start and self.text[at - 1] == " ":
            at -= 1
        return self.text[at - 1] if at > self.start else ""

    def _close(self, at: int) -> None:
        last = self._last(at)
        if any(self.closed[i] >= 0 and self.quotes[i] == last for i in (0, 1)):
            self.depth = 0
        elif not self.in_title:
            self.depth -= 1
        elif self.spare > 0:
            self.spare -= 1
            if self.spare == 0:
                self.fallback = at

    def _quote(self, mark: str, at: int) -> None:
        if not self.quotes[0]:
            self.in_title = True
            self.spare = self.depth
            self.depth = 1
            self.opened[0] = at
            self.quotes[0] = mark
        elif mark != self.quotes[0] and not self.quotes[1]:
            self.opened[1] = at
            self.quotes[1] = mark
        elif mark == self.quotes[0]:
            self.closed[0] = at
        elif mark == self.quotes[1]:
            self.closed[1] = at

    def _result(self, at: int) -> Destination:
        last = self._last(at)
        for i in (0, 1):
            if self.closed[i] >= 0 and self.quotes[i] == last:
                span = _trimmed(self.text, self.start, self.opened[i])
                return Destination(*span, (self.opened[i] + 1, self.closed[i]), at + 1)
        return Destination(*_trimmed(self.text, self.start, at), None, at + 1)


def _blanks(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    return end - at
