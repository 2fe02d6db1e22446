"""What a change of a book alters in meaning. Pure: two books go in, records come out, in one fixed order.

Reflowed text, padding of tables, another order of sections, rows, columns or nodes, another way to write the same
value, numbers of sections, and links that follow a chapter to its new name are no change.
"""

from __future__ import annotations

from convergence_docs.diff.context import Context
from convergence_docs.diff.diagrams import tell_diagrams
from convergence_docs.diff.figures import tell_figures
from convergence_docs.diff.links import tell_links
from convergence_docs.diff.structure import tell_structure
from convergence_docs.diff.tables import tell_tables
from convergence_docs.diff.terms import tell_terms
from convergence_docs.diff.words import tell_words
from convergence_docs.model.change import Change, ChangeKind, Comparison, Side

__all__ = ["compare"]

_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


def compare(before: Side, after: Side) -> Comparison:
    """All that ``after`` means otherwise than ``before``."""
    context = Context(before, after)
    for tell in (tell_figures, tell_links, tell_structure, tell_terms, tell_tables, tell_diagrams, tell_words):
        tell(context)
    changes = tuple(sorted(set(context.changes), key=_place))
    touched = {change.spot.path for change in changes}
    return Comparison(changes, len(before.chapters), len(after.chapters), len(touched))


def _place(change: Change) -> tuple[object, ...]:
    spot = change.spot
    first = change.before or spot
    rest = change.old, change.new, change.subject, change.dimension, change.detail, change.extent, change.others
    return spot.path, _ORDER[change.kind], spot.line, spot.column, first.path, first.line, first.column, *rest
