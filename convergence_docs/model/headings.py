"""The headings that make up a chapter's outline, for whoever reads it."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading


def headings_read(chapter: Chapter, is_site_known: bool) -> list[Heading]:
    """The chapter's headings.

    Where no site is known to build the chapter, ``#7652`` is no heading: Python-Markdown makes one of it, CommonMark
    wants a space after the marks (spec 0.31.2, 4.2).
    """
    if is_site_known:
        return list(chapter.headings)
    return [heading for heading in chapter.headings if not is_glued(chapter, heading)]


def is_glued(chapter: Chapter, heading: Heading) -> bool:
    """Whether the heading's words follow its marks without a space."""
    text, at = chapter.source.text, heading.span.start
    after = at + heading.level
    return text.startswith("#" * heading.level, at) and text[after : after + 1].strip() not in ("", "#")
