"""What changed in meaning, for people at a terminal: by chapter, in the order in which it matters."""

from __future__ import annotations

from itertools import groupby

from convergence_docs.diagnostic import Language
from convergence_docs.model.change import Change, ChangeKind
from convergence_docs.reports.cells import sanitised
from convergence_docs.reports.change_wording import LABELS, NOT_COMPARED, STILL, Review, place, summary, told

_GOOD = {ChangeKind.LINK_REPAIRED}
_BAD = {ChangeKind.LINK_BROKEN}
MOST_PLACES = 5
"""Places of an old value that are named; the others are counted."""


def render_changes(review: Review, language: Language, *, colour: bool = False) -> str:
    """The whole comparison, its counts last."""
    lines: list[str] = []
    for path, changes in groupby(review.comparison.changes, key=lambda change: change.spot.path):
        # In the log of a CI machine, a line that begins with "::" is a command: a file's name must not make one.
        lines.append(_styled(sanitised(f"./{path}" if path.startswith(":") else path), "1", colour))
        for change in changes:
            lines += _lines(change, language, colour)
        lines.append("")
    for path, reason in review.omitted:
        lines.append(_styled(NOT_COMPARED.to(language), "1;35", colour) + sanitised(f"{path}: {reason.to(language)}"))
    lines.append(_styled(f"{sanitised(review.base)} → {sanitised(review.head)}", "2", colour))
    lines.append(_styled(summary(review.comparison, language), "1", colour))
    return "\n".join(lines) + "\n"


def _lines(change: Change, language: Language, colour: bool) -> list[str]:
    style = "1;31" if change.kind in _BAD else "1;32" if change.kind in _GOOD else "1;36"
    spot = change.spot
    # Where it stood is told of what is gone: the new side has no such line.
    mark = "-" if change.after is None else "+" if change.before is None else "~"
    where = f"{mark}{spot.line}:{spot.column}"
    label = _styled(LABELS[change.kind].to(language), style, colour)
    lines = [f"  {where:<9}{label}  {sanitised(told(change, language, str))}"]
    if change.others:
        places = [sanitised(place(one)) for one in change.others[:MOST_PLACES]]
        more = len(change.others) - len(places)
        lines.append(" " * 11 + STILL.to(language) + ", ".join(places) + (f" (+{more})" if more else ""))
    return lines


def _styled(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text
