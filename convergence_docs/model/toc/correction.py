"""How an entry of a hand-written table of contents is led to its heading again."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.links.likeness import letters_of
from convergence_docs.model.toc.contents import Contents, Found, Listed, number_of
from convergence_docs.model.toc.rewriting import without_entry
from convergence_docs.text import Span


class Correction(NamedTuple):
    """What to write where. ``is_safe`` tells that the entry's words are the heading's, whatever its number."""

    changes: tuple[tuple[Span, str], ...]
    is_safe: bool


def correct(chapter: Chapter, contents: Contents, one: Listed) -> Correction | None:
    """The right anchor; and the heading's words, where the entry's are others.

    Where no heading comes near, the entry's line goes, unless the table is outdated as a whole or not surely a table of
    contents. ``None`` where nothing can be proposed.
    """
    if one.found is Found.NOTHING:
        is_sure = contents.is_headed and not contents.is_outdated
        changed = without_entry(chapter, one.entry) if is_sure else ()
        return Correction(changed, True) if changed else None
    heading = None if one.heading is None else chapter.headings[one.heading]
    if heading is None or not heading.site_id or any(mark in heading.text for mark in "[]<>*`_\\"):
        return None
    link = one.entry.link
    changes = [(link.destination_span, f"#{heading.site_id}")]
    is_same = letters_of(link.text) == letters_of(heading.text) and number_of(link.text) == number_of(heading.text)
    if not is_same:
        changes.insert(0, (link.text_span, heading.text))
    return Correction(tuple(changes), one.found is Found.WORDS)
