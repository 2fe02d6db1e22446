"""A chapter as its claims are read from it: what stands where, worked out when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from convergence_docs.claims.names import Names, names_of
from convergence_docs.claims.reference import References
from convergence_docs.claims.subject import Sections, Subject
from convergence_docs.claims.words import Glass
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.nodes import Heading
from convergence_docs.model.values.value import Value
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import Span

_new = tuple.__new__
"""Makes a named tuple without its own ``__new__``, in half the time: a corpus holds ten thousands of claims."""


class Named:
    """A dimension as the chapter names it, with its id in the vocabulary (empty where that knows none)."""

    __slots__ = ("id", "name")

    def __init__(self, name: str, id: str) -> None:
        self.name = name
        self.id = id


class Page:
    """A chapter, the vocabulary it is read with, and what claims need to know of a place."""

    def __init__(self, chapter: Chapter, vocabulary: Vocabulary | None) -> None:
        self.chapter = chapter
        self.vocabulary = vocabulary
        self.text = chapter.source.text

    @cached_property
    def glass(self) -> Glass:
        """Shows text without its markup."""
        return Glass(self.chapter)

    @cached_property
    def sections(self) -> Sections:
        """Tells what a section is about."""
        return Sections(self.chapter, self.vocabulary)

    @cached_property
    def names(self) -> Names | None:
        """The vocabulary's names, or ``None`` without a vocabulary."""
        return names_of(self.vocabulary) if self.vocabulary else None

    @cached_property
    def references(self) -> References:
        """Tells what is cited where."""
        return References(self.chapter)

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.span.start for heading in self.chapter.headings]

    def heading_at(self, offset: int) -> Heading | None:
        """The heading under which ``offset`` lies."""
        at = bisect_right(self._heading_starts, offset)
        return self.chapter.headings[at - 1] if at else None

    def claim(
        self,
        span: Span,
        source: ClaimSource,
        subject: Subject,
        dimension: Named,
        value: Value,
        scope: str,
        year: int | None,
        around: Span,
    ) -> Claim:
        """The claim that ``value`` at ``span`` makes; what is cited within ``around`` is its reference."""
        heading = self.heading_at(span.start)
        written = self.text[span.start : span.end]
        if value.text != written:
            value = value._replace(text=written)
        anchor, words = (heading.site_id, heading.text) if heading else ("", "")
        # Most places cite nothing, and chapters that cite nothing anywhere need no references looked up.
        is_citing = self.text.find("[", *around) >= 0 or self.text.find("<", *around) >= 0
        reference = self.references.within(around) if is_citing else ""
        return _new(
            Claim,
            (
                span,
                source,
                subject.name,
                subject.id,
                dimension.name,
                dimension.id,
                value,
                scope,
                year,
                reference,
                anchor,
                words,
            ),
        )
