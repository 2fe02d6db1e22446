"""A sentence that puts one thing above or below all others of its kind: 架构层是收敛度最高的一层."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.text import Span


class Superlative(NamedTuple):
    """A superlative.

    Attributes:
        span: the subject and what is said of it, as written.
        subject: what is put first or last, as the chapter names it.
        subject_id: the term that the vocabulary knows it as, ``kind:id``.
        dimension: in which respect, as the vocabulary names it.
        dimension_id: the id of that dimension.
        is_highest: whether it is put above the others, else below.
    """

    span: Span
    subject: str
    subject_id: str
    dimension: str
    dimension_id: str
    is_highest: bool
