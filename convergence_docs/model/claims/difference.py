"""A difference on purpose: figures that may stand side by side, declared with the reason."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.text import Span

KEYS = ("subject", "dimension", "values", "scope", "year", "chapters", "reason")
"""What can be said of one."""


class Difference(NamedTuple):
    """A difference on purpose.

    Attributes:
        span: where it is declared, in the vocabulary's file or in the chapter.
        subject: what it is about, as claims are compared: ``layer:architectural``, else the name; empty names nothing.
        dimension: in which respect, as claims are compared.
        values: the figures that may stand, as written and `normalise`d; any where it is empty.
        scope: within which limits; any where it is empty.
        year: as of which year; any where it is ``None``.
        paths: the chapters whose figures it covers; all where it is empty.
        reason: why; empty where none is given.
    """

    span: Span
    subject: str
    dimension: str
    values: tuple[str, ...] = ()
    scope: str = ""
    year: int | None = None
    paths: tuple[str, ...] = ()
    reason: str = ""
