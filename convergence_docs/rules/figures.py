"""What a finding on claims carries for programs beside its words."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from convergence_docs.diagnostic import Figure, Figures
from convergence_docs.model.claim import Claim


def figures_of(claims: Iterable[Claim]) -> Figures:
    """The data of a finding on ``claims``: first the one where the finding stands, then those of its related places.

    Subject and dimension are those of the first; there must be one.
    """
    kept = tuple(claims)
    first = kept[0]
    return Figures(
        subject=first.subject,
        subject_id=first.subject_id,
        dimension=first.dimension,
        dimension_id=first.dimension_id,
        values=tuple(map(figure_of, kept)),
    )


def figure_of(claim: Claim) -> Figure:
    """The value of a claim."""
    value = claim.value
    interval = value.interval
    return Figure(
        text=value.text,
        kind=value.kind.value,
        low=interval.low if interval and isfinite(interval.low) else None,
        high=interval.high if interval and isfinite(interval.high) else None,
        low_open=bool(interval and interval.low_open),
        high_open=bool(interval and interval.high_open),
        unit=value.unit,
        scope=claim.scope,
        as_of=claim.year,
    )
