"""How an entry of a hand-written table of contents is led to its heading again."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.contents import Found, Listed
from convergence_docs.model.likeness import letters_of
from convergence_docs.text import Span


class Correction(NamedTuple):
    """What to write where. ``is_safe`` tells that the entry's words are the heading's, so only the anchor moves."""

    changes: tuple[tuple[Span, str], ...]
    is_safe: bool


def correct(chapter: Chapter, one: Listed) -> Correction | None:
    """The right anchor; and the heading's words, where the entry's are others. ``None`` where no heading is meant."""
    heading = None if one.heading is None else chapter.headings[one.heading]
    if heading is None or not heading.site_id or any(mark in heading.text for mark in "[]<>*`_\\"):
        return None
    link = one.entry.link
    changes = [(link.destination_span, f"#{heading.site_id}")]
    is_same = letters_of(link.text) == letters_of(heading.text)
    if not is_same:
        changes.insert(0, (link.text_span, heading.text))
    return Correction(tuple(changes), is_same and one.found is Found.WORDS)
