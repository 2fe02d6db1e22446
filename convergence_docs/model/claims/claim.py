"""A claim: one figure that a chapter states, of what, in which respect, within which limits, and by whose word.

The parts are those of Wikidata's data model (https://www.wikidata.org/wiki/Help:Statements): subject, property (here
the dimension), value, qualifiers (scope and year) and reference.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from convergence_docs.model.values.value import Value
from convergence_docs.model.vocabulary import normalise
from convergence_docs.text import Span


class ClaimSource(StrEnum):
    """What a claim was read from."""

    TABLE = "table"
    LIST = "list"
    PROSE = "prose"
    DIAGRAM = "diagram"


class Key(NamedTuple):
    """What a claim is about, in the form that is compared: vocabulary ids (``layer:architectural``), else names."""

    subject: str
    dimension: str


class Claim(NamedTuple):
    """A claim.

    Attributes:
        span: the value as written.
        source: what it was read from.
        subject: what it is about, as the chapter names it.
        subject_id: the term that the vocabulary knows it as, ``kind:id``; empty where it knows none.
        dimension: in which respect, as the chapter names it.
        dimension_id: the id of that dimension in the vocabulary, or empty.
        value: what is stated.
        scope: within which limits, ``所有 LLM 都使用``; empty where none are written.
        year: as of which year; ``None`` where none is written.
        reference: the citation that stands with it, a link's destination or a footnote's label; empty without one.
        anchor: the id of the heading under which it stands; empty before the first.
        heading: the words of that heading.
    """

    span: Span
    source: ClaimSource
    subject: str
    subject_id: str
    dimension: str
    dimension_id: str
    value: Value
    scope: str = ""
    year: int | None = None
    reference: str = ""
    anchor: str = ""
    heading: str = ""

    @property
    def key(self) -> Key:
        """What it is compared by."""
        return Key(self.subject_id or normalise(self.subject), self.dimension_id or normalise(self.dimension))
