"""What a finding on claims carries for programs beside its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from math import isfinite

from convergence_docs.diagnostic import Diagnostic, Edit, Figure, Figures, Fix, Related, Wording
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.dispute import Dispute
from convergence_docs.model.claims.ledger import Statement
from convergence_docs.model.values.quantity import Interval, render_interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.model.vocabulary import Term


def as_read(claim: Claim) -> str:
    """A claim's value without the marks of bold words and code."""
    return claim.value.text.replace("*", "").replace("`", "")


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
    return figure_of_value(claim.value, claim.scope, claim.year)


def figure_of_value(value: Value, scope: str = "", year: int | None = None) -> Figure:
    """A value, with the scope and the year that stand with it."""
    interval = value.interval
    return Figure(
        text=value.text,
        kind=value.kind.value,
        low=interval.low if interval and isfinite(interval.low) else None,
        high=interval.high if interval and isfinite(interval.high) else None,
        low_open=bool(interval and interval.low_open),
        high_open=bool(interval and interval.high_open),
        unit=value.unit,
        scope=scope,
        as_of=year,
    )


def figures_of_level(level: Term, intervals: Iterable[Interval]) -> Figures:
    """The data of a finding on the ``intervals`` that a level is given."""
    values = (Value(ValueKind.PERCENTAGE, render_interval(one), one) for one in intervals)
    return Figures(level.name, f"level:{level.id}", "", "", tuple(map(figure_of_value, values)))


MAX_RELATED = 20
"""Places that one finding shows: where ten thousand places differ, each would else show all the others."""
FEWEST_RELATED = 3
"""Places that one finding shows where so many differ that each place has been shown often enough."""

_HOME = Wording("Its own chapter says {value}.", "它自己的章节写作 {value}。")
_OTHER = Wording("Here it is {value}.", "此处为 {value}。")


def disputed(dispute: Dispute) -> Iterator[Diagnostic]:
    """A finding at each statement that differs from what counts, which comes first among the related places.

    The fix brings it in line with what counts; where the home chapter stands alone, the others in line with home.
    """
    counted = dispute.counted
    count = len(dispute.differing)
    most = MAX_RELATED if count <= MAX_RELATED else max(FEWEST_RELATED, MAX_RELATED**2 // count)
    for statement in dispute.differing:
        path, claim = statement
        others = dispute.agreeing[1:] or (one for one in dispute.differing if one is not statement)
        shown = tuple(islice(chain((counted,), others), most))
        if dispute.agreeing:
            edits = tuple(Edit(one.path, one.claim.span, as_read(claim)) for one in dispute.agreeing)
        else:
            edits = (Edit(path, claim.span, as_read(counted.claim)),)
        yield Diagnostic(
            path=path,
            span=claim.span,
            arguments={
                "subject": claim.subject,
                "dimension": claim.dimension,
                "value": as_read(claim),
                "counted": as_read(counted.claim),
                "path": counted.path,
                "count": str(len(dispute.agreeing)),
            },
            related=related_to(shown, dispute.home),
            fix=Fix(edits, safe=False),
            data=figures_of([claim, *(one.claim for one in shown)]),
        )


def related_to(statements: Iterable[Statement], home: str) -> tuple[Related, ...]:
    """Statements as related places; those of the chapter ``home`` are called so."""
    return tuple(
        Related(path, claim.span, (_HOME if path == home else _OTHER).filled({"value": as_read(claim)}))
        for path, claim in statements
    )
