"""A claim as one flat row, for tables, files and databases: every format takes its columns from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from convergence_docs.model.claims.claim import Claim
from convergence_docs.text import SourceText


class ClaimRow(NamedTuple):
    """A claim, placed. Lines and columns count from 1, columns in characters; the end is exclusive.

    Attributes:
        text: the value as written, without its scope.
        kind: the name of its `ValueKind`.
        low: lower end of what it allows: percent from 0 to 100, stars, the step's place on its scale counted from 0,
            an amount; ``None`` where there is no such end, or no figure.
        high: upper end, likewise.
        as_of: a year, ``None`` where none is written.
        source: the name of its `ClaimSource`.
        size: out of how many stars or steps; 0 where that is not said.
        is_change: whether it is a difference (提升 30%), not a state.
        problem: why a figure could not be read; empty where all is well.

    The others are those of `Claim` and `Value`.
    """

    path: str
    line: int
    column: int
    subject: str
    dimension: str
    text: str
    kind: str
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    scope: str
    as_of: int | None
    source: str
    end_line: int
    end_column: int
    subject_id: str
    dimension_id: str
    unit: str
    size: int
    is_change: bool
    problem: str
    reference: str
    heading: str
    anchor: str


def claim_row(path: str, claim: Claim, source: SourceText) -> ClaimRow:
    """The row of a claim that ``source``, the text of ``path``, makes."""
    value, interval = claim.value, claim.value.interval
    start, end = source.position(claim.span.start), source.position(claim.span.end)
    return ClaimRow(
        path=path,
        line=start.line,
        column=start.column,
        subject=claim.subject,
        dimension=claim.dimension,
        text=value.text,
        kind=value.kind.value,
        low=_end(interval.low) if interval else None,
        high=_end(interval.high) if interval else None,
        low_open=bool(interval and interval.low_open),
        high_open=bool(interval and interval.high_open),
        scope=claim.scope,
        as_of=claim.year,
        source=claim.source.value,
        end_line=end.line,
        end_column=end.column,
        subject_id=claim.subject_id,
        dimension_id=claim.dimension_id,
        unit=value.unit,
        size=value.size,
        is_change=value.is_change,
        problem=value.problem,
        reference=claim.reference,
        heading=claim.heading,
        anchor=claim.anchor,
    )


def claim_rows(claims: Iterable[tuple[str, Claim]], source_of: Callable[[str], SourceText]) -> Iterator[ClaimRow]:
    """The rows of claims and the paths that make them; a `Statement` is such a pair."""
    return (claim_row(path, claim, source_of(path)) for path, claim in claims)


def _end(number: float) -> float | None:
    """An end of an interval: a whole number where it is one, ``None`` at infinity."""
    if not isfinite(number):
        return None
    return int(number) if float(number).is_integer() else number
