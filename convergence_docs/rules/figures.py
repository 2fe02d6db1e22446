"""What a finding on claims carries for programs beside its words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from math import isfinite

from convergence_docs.diagnostic import Figure, Figures, Related, Wording
from convergence_docs.model.claim import Claim
from convergence_docs.model.ledger import Statement


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


MAX_RELATED = 20
"""Places that one finding shows: a figure that ten thousand places state would else be shown a hundred million times."""

_HOME = Wording("Its own chapter says {value}.", "它自己的章节写作 {value}。")
_OTHER = Wording("Here it is {value}.", "此处为 {value}。")


def related_to(statements: Iterable[Statement], home: str) -> tuple[tuple[Related, ...], tuple[Statement, ...]]:
    """The related places of a finding, and the statements that they show; those of ``home`` are called so."""
    shown = tuple(islice(statements, MAX_RELATED))
    related = []
    for path, claim in shown:
        note = _HOME if path == home else _OTHER
        related.append(Related(path, claim.span, note.filled({"value": claim.value.text})))
    return tuple(related), shown
