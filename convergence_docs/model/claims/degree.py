"""Which dimensions of a vocabulary are the degree of convergence and the level that follows from it."""

from __future__ import annotations

from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary, normalise

_NAMES = ("收敛度", "convergence degree", "convergence-degree")


def degree_dimension(vocabulary: Vocabulary) -> Term | None:
    """The dimension whose percentages the levels' intervals divide, by its usual names; ``None`` without one."""
    found = (vocabulary.find(name, "dimension") for name in _NAMES)
    return next((term for term in found if term is not None and term.scale in ("", "percentage")), None)


def level_dimension(vocabulary: Vocabulary) -> Term | None:
    """The ordinal dimension whose steps are the levels; ``None`` without one."""
    return next(
        (
            term
            for term in vocabulary.of("dimension")
            if term.steps and all(vocabulary.find(step, "level") is not None for step in term.steps)
        ),
        None,
    )


def level_of(value: Value, dimension: Term, vocabulary: Vocabulary) -> Term | None:
    """The level that a value of the level dimension names; ``None`` where it names none, or several."""
    named = vocabulary.find(value.text, "level")
    if named is not None or value.interval is None or not value.interval.is_point:
        return named
    at = int(value.interval.low)
    return vocabulary.find(dimension.steps[at], "level") if 0 <= at < len(dimension.steps) else None


def interval_of(level: Term) -> Interval | None:
    """The degrees that a level takes in, in percent; ``None`` where the vocabulary does not say."""
    return Interval(*level.interval) if level.interval is not None else None


_RANGE_WORDS = ("区间", "范围", "range", "interval")


def level_stated(claim: Claim, vocabulary: Vocabulary) -> Term | None:
    """The level whose interval, or a degree within it, a claim of a table or diagram states; else ``None``."""
    kind, _, identity = claim.subject_id.partition(":")
    if (
        kind != "level"
        or claim.value.kind is not ValueKind.PERCENTAGE
        or claim.value.is_change
        or claim.source not in (ClaimSource.TABLE, ClaimSource.DIAGRAM)
    ):
        return None
    degree = degree_dimension(vocabulary)
    if degree is None or claim.dimension_id != degree.id:
        name = normalise(claim.dimension)
        if claim.dimension_id or not any(word in name for word in _RANGE_WORDS):
            return None
    return next((term for term in vocabulary.of("level") if term.id == identity), None)
