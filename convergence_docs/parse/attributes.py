"""Attribute lists: ``{#id}``, ``{: #id .class key=value }``."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"([^ =}]+)=(\"[^\"]*\"|'[^']*'|[^ =}]+)|([^ =}]+)|( )")
_OPEN = re.compile(r"\{:?[ ]*(?=[^}\n ])")


class AttributeList(NamedTuple):
    """An attribute list: its range, and the id it sets with that id's range (empty where it sets none)."""

    start: int
    end: int
    id: str
    id_start: int
    id_end: int


def _read(text: str, start: int, at: int, end: int | None = None) -> AttributeList | None:
    """Read the items from ``at``; ``end`` demands that the closing brace stand there."""
    found, id_start, id_end = "", start, start
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            break
        if match[3] is not None:
            if match[3].startswith("#"):
                found, id_start, id_end = match[3][1:], match.start() + 1, match.end()
        elif match[1] == "id":
            quotes = match[2][0] in "\"'"
            found, id_start, id_end = match[2].strip("\"'"), match.start(2) + quotes, match.end(2) - quotes
        at = match.end()
    if at >= len(text) or text[at] != "}" or (end is not None and at != end):
        return None
    return AttributeList(start, at + 1, found, id_start, id_end)


def attributes_after(text: str, at: int) -> AttributeList | None:
    """The list that begins right at ``at``, after an inline element."""
    match = _OPEN.match(text, at)
    return _read(text, at, match.end()) if match else None


def attributes_at_end(text: str, *, is_line: bool) -> AttributeList | None:
    """The list that ends a heading, a term or a cell (after a blank), or, with ``is_line``, is a block's last line."""
    if not text.rstrip(" ").endswith("}"):
        return None
    brace = text.rfind("{")
    before = text[max(brace - 1, 0) : brace].strip(" ") if not is_line else ""
    line = text.rfind("\n", 0, brace)
    if brace < 0 or before or (is_line and (line < 0 or text[line:brace].strip())):
        return None
    if not is_line and brace == 0:
        return None
    match = _OPEN.match(text, brace)
    return _read(text, brace, match.end(), len(text.rstrip(" ")) - 1) if match else None
