"""What changed in meaning, as JSON; ``schemas/diff.schema.json`` describes it."""

from __future__ import annotations

from collections import Counter
from json import dumps
from typing import Any, Final

from convergence_docs.diagnostic import Language
from convergence_docs.model.change import Change, Spot
from convergence_docs.reports.change_wording import Review, told

VERSION: Final = 1


def render_changes_json(review: Review, language: Language) -> str:
    """The whole comparison; ``message`` alone depends on the language."""
    comparison = review.comparison
    counts = Counter(change.kind.value for change in comparison.changes)
    whole = {
        "version": VERSION,
        "base": {"name": review.base, "chapters": comparison.before},
        "head": {"name": review.head, "chapters": comparison.after},
        "changes": [_change(change, language) for change in comparison.changes],
        "not_compared": [{"path": path, "reason": reason.to(language)} for path, reason in review.omitted],
        "summary": {
            "changes": len(comparison.changes),
            "chapters": comparison.touched,
            "kinds": dict(sorted(counts.items())),
        },
    }
    return dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change, language: Language) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "message": told(change, language, str),
        "before": _spot(change.before),
        "after": _spot(change.after),
        "subject": change.subject,
        "dimension": change.dimension,
        "old": change.old,
        "new": change.new,
        "others": [_spot(one) for one in change.others],
        "detail": change.detail,
        "count": change.extent,
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    return None if spot is None else dict(spot._asdict())
