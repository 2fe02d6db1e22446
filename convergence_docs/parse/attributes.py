"""Attribute lists: ``{#id}``, ``{: #id .class key=value }``."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.regex import regex

_TOKEN = regex(r"([^ =}]+)=(\"[^\"]*\"|'[^']*'|[^ =}]+)|([^ =}]+)|( )")
_OPEN = regex(r"\{:?[ ]*(?=[^}\n ])")
_AFTER_BLANK = regex(r"(?<= )(\{):?[ ]*(?=[^}\n ])")
_LAST_LINE = regex(r"\n[ ]*(\{):?[ ]*(?=[^}\n ])")


class AttributeList(NamedTuple):
    """An attribute list: its range, and the id it sets with that id's range (empty where it sets none)."""

    start: int
    end: int
    id: str
    id_start: int
    id_end: int


def _read(text: str, start: int, at: int, end: int) -> AttributeList | None:
    """Read items from ``at`` to ``end``, where the closing brace stands; what cannot be read is passed over."""
    found, id_start, id_end = "", start, start
    while (match := _TOKEN.match(text, at, end)) is not None:
        if match[3] is not None:
            if match[3].startswith("#"):
                found, id_start, id_end = match[3][1:], match.start() + 1, match.end()
        elif match[1] == "id":
            quotes = match[2][0] in "\"'"
            found, id_start, id_end = match[2].strip("\"'"), match.start(2) + quotes, match.end(2) - quotes
        at = match.end()
    close = text.find("}", at, end + 1)
    return AttributeList(start, close + 1, found, id_start, id_end)


def attributes_after(text: str, at: int) -> AttributeList | None:
    """The list that begins right at ``at``, after an inline element."""
    match = _OPEN.match(text, at)
    line = text.find("\n", at)
    end = text.rfind("}", at, len(text) if line < 0 else line)
    return _read(text, at, match.end(), end) if match and end > 0 else None


def attributes_at_end(text: str, start: int = 0, *, is_line: bool) -> AttributeList | None:
    """The list that ends a heading, a term or a cell (after a blank), or, with ``is_line``, is a block's last line.

    Nothing before ``start`` is looked at. Two lists are none, as on the site.
    """
    end = len(text.rstrip(" ")) - 1
    if end < 0 or text[end] != "}":
        return None
    match = (_LAST_LINE if is_line else _AFTER_BLANK).search(text, max(start, text.rfind("\n", start, end)))
    if match is None or match.end() > end:
        return None
    found = _read(text, match.start(1), match.end(), end)
    return found if found is not None and found.end == end + 1 else None
