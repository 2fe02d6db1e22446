"""Where a chapter should have a title and has none."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.inclusion import is_piece, is_taking_in_text
from convergence_docs.regex import regex
from convergence_docs.text import Span

_UNTITLED_NAMES = ("license", "licence", "copying", "notice", "404", "readme", "summary.md", "toc.md", "toc-")
_ONLY_FRONT_MATTER = regex(r"---\n(?:(?!---)[^\n]*\n)*+---\s*")
_NOTE = 15
"""Lines with something on them below which a file without any heading is a note and no chapter."""


class MissingTitle(NamedTuple):
    """A chapter without a title: its first heading with its level, or its first line with level 0."""

    span: Span
    level: int


def missing_title(chapter: Chapter) -> MissingTitle | None:
    """The place that shows that a chapter has no title; ``None`` where it has one, or needs none.

    A title is a heading of level 1 or ``title`` in the front matter. Pieces, licences, short notes, pages drawn by a
    template of their own or with inserted text need none; a README often opens with a logo in its stead.
    """
    headings = chapter.headings
    if any(heading.level == 1 for heading in headings):
        return None
    values = chapter.front_matter.values
    name = chapter.path.rpartition("/")[2].lower()
    if values.get("title") or values.get("template") or is_piece(chapter.path) or name.startswith(_UNTITLED_NAMES):
        return None
    text = chapter.source.text
    start = chapter.front_matter.span.end
    if text.startswith("% ") or _ONLY_FRONT_MATTER.fullmatch(text):  # a title of Pandoc's; nothing but front matter
        return None
    if not text[start:].strip() or "<h1" in text or "<H1" in text or is_taking_in_text(chapter):
        return None
    if headings:
        return MissingTitle(headings[0].span, headings[0].level)
    if sum(not line.isspace() for line in text[start:].splitlines() if line) < _NOTE:
        return None
    start += len(text[start:]) - len(text[start:].lstrip())
    end = text.find("\n", start)
    return MissingTitle(Span(start, len(text) if end < 0 else end), 0)
