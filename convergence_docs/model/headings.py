"""Headings that are headings to one renderer alone."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading


def is_glued(chapter: Chapter, heading: Heading) -> bool:
    """Whether the heading's words follow its marks without a space.

    Python-Markdown makes a heading of ``#7652``, CommonMark wants a space after the marks (spec 0.31.2, 4.2).
    """
    text, at = chapter.source.text, heading.span.start
    after = at + heading.level
    return text.startswith("#" * heading.level, at) and text[after : after + 1].strip() not in ("", "#")
