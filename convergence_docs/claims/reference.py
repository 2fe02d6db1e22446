"""The citation that stands with a claim: a footnote or a link in the same cell, bullet or sentence."""

from __future__ import annotations

from bisect import bisect_left

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Link
from convergence_docs.text import Span


class References:
    """A chapter's footnotes and links by place."""

    def __init__(self, chapter: Chapter) -> None:
        self._notes = [note for note in chapter.footnote_references if note.is_defined]
        self._note_starts = [note.span.start for note in self._notes]
        self._links: list[Link] = [link for link in chapter.links if not link.is_image and link.destination[:1] != "#"]
        self._link_starts = [link.span.start for link in self._links]

    def within(self, span: Span) -> str:
        """The citation within ``span``: a footnote's label, else a link's destination (one that leads out of the book
        before one within it); empty where there is none. Links within the page cite nothing."""
        if not self._note_starts and not self._link_starts:
            return ""
        at = bisect_left(self._note_starts, span.start)
        if at < len(self._notes) and self._notes[at].span.start < span.end:
            return self._notes[at].label
        at = bisect_left(self._link_starts, span.start)
        inner = ""
        while at < len(self._links) and self._link_starts[at] < span.end:
            destination = self._links[at].destination
            if "://" in destination:
                return destination
            inner = inner or destination
            at += 1
        return inner
