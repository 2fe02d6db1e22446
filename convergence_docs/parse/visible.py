"""What a reader sees of a text: markup gone, entities and escapes resolved."""

from __future__ import annotations

from convergence_docs.escapes import unescape
from convergence_docs.parse.inline import Inline, MarkKind
from convergence_docs.regex import regex

PLAIN = regex(r"[^\[\]<`$\\*_{&\x02\x03]*\Z")
"""Text that is seen as it is written."""

ONLY_STARS = regex(r"[^\[\]<`$\\_{&\x02\x03]*\Z")
_HIDDEN = (MarkKind.IMAGE, MarkKind.REFERENCE_IMAGE, MarkKind.HTML, MarkKind.FOOTNOTE, MarkKind.EMPHASIS)


_CODE_AND_WORDS = regex(r"[^\[\]<$\\_{&\x02\x03]*\Z")


def quick_text(text: str) -> str | None:
    """The visible text where it can be told without reading the inline Markdown; else ``None``."""
    if PLAIN.match(text):
        return text
    if not _CODE_AND_WORDS.match(text):
        return None
    if "`" in text:
        parts = text.split("`")
        if len(parts) % 2 == 0 or "" in parts[1:-1] or any("*" in code for code in parts[1::2]):
            return None
        text = "".join(parts)
    return without_bold(text) if "*" in text else text


def without_bold(text: str) -> str | None:
    """The text without the marks of its bold words; ``None`` where an asterisk is anything else."""
    parts = text.split("**")
    if len(parts) % 2 == 0:
        return None
    for words in parts[1::2]:
        if not words or words[0].isspace() or words[-1].isspace():
            return None
    shown = "".join(parts)
    return None if "*" in shown else shown


def visible_text(text: str, inline: Inline, start: int = 0, end: int | None = None) -> str:
    """What a reader sees of ``text[start:end]``, white space collapsed."""
    end = len(text) if end is None else end
    edits: list[tuple[int, int, str]] = []
    for mark in inline.marks:
        if mark.end <= start or mark.start >= end or (mark.start < start and mark.end > end):
            continue  # beside the text, or around it: an image does not hide its own words
        left, right = max(mark.start, start), min(mark.end, end)
        if mark.kind is MarkKind.CODE:
            edits.append((left, right, _escaped(text[mark.inner[0] : mark.inner[1]].strip())))
        elif mark.kind is MarkKind.ESCAPE:
            edits.append((left, right, _escaped(text[mark.start + 1])))
        elif mark.kind is MarkKind.ATTRIBUTES or mark.kind in _HIDDEN:
            edits.append((left, right, ""))
        elif mark.kind is MarkKind.MATH:
            edits.append((left, right, _escaped(text[left:right])))
        elif left == mark.start and right == mark.end:
            edits += [(left, mark.inner[0], ""), (mark.inner[1], right, "")]
    return " ".join(unescape(_edited(text, start, end, edits)).split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;") if "&" in text else text


def _edited(text: str, start: int, end: int, edits: list[tuple[int, int, str]]) -> str:
    """The text with its edits made; an edit inside another one's range is dropped."""
    edits.sort(key=lambda edit: (edit[0], -edit[1]))
    pieces = []
    at = start
    for left, right, shown in edits:
        if left < at:
            continue
        pieces += [text[at:left], shown]
        at = right
    pieces.append(text[at:end])
    return "".join(pieces)
