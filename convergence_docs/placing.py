"""From what a rule says, in offsets, to what people are told, in lines and columns and words."""

from __future__ import annotations

from collections.abc import Callable

from convergence_docs.diagnostic import Change, Diagnostic, Finding, Place, Severity
from convergence_docs.rules.rule import Rule
from convergence_docs.text import Position, SourceText

MAX_EXCERPT = 1000
"""Characters of a source line that a finding keeps: a line of 50 MB must not be copied into every finding."""
_LEAD = 200
"""Characters kept before the finding on a line that is cut."""

SourceOf = Callable[[str], SourceText]


def place(rule: Rule, severity: Severity, diagnostic: Diagnostic, path: str, source_of: SourceOf) -> Finding:
    """Place and word a diagnostic.

    Args:
        rule: the rule that speaks.
        severity: how bad it is here.
        diagnostic: what the rule says.
        path: the chapter that it speaks of.
        source_of: gives a chapter's text by path.
    """
    source = source_of(path)
    start, end = source.position(diagnostic.span.start), source.position(diagnostic.span.end)
    excerpt, excerpt_column = excerpt_at(source, start)
    related = []
    for other in diagnostic.related:
        there = source_of(other.path or path)
        first, last = there.position(other.span.start), there.position(other.span.end)
        related.append(Place(other.path or path, *first, *last, other.note))
    changes = []
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        there = source_of(edit.path or path)
        first, last = there.position(edit.span.start), there.position(edit.span.end)
        changes.append(Change(edit.path or path, *first, *last, edit.replacement))
    return Finding(
        path=path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=rule.message(diagnostic),
        hint=rule.hint(diagnostic),
        excerpt=excerpt,
        related=tuple(related),
        fix=diagnostic.fix,
        excerpt_column=excerpt_column,
        changes=tuple(changes),
        data=diagnostic.data,
    )


def excerpt_at(source: SourceText, at: Position) -> tuple[str, int]:
    """The line of a position and the column at which it begins; of a long line, a piece around the position."""
    text, first = source.text, source.line_starts[at.line - 1]
    end = text.find("\n", first, first + MAX_EXCERPT + 1)
    if end >= 0 or len(text) - first <= MAX_EXCERPT:
        return text[first : end if end >= 0 else len(text)], 1
    column = max(at.column - _LEAD, 1)
    piece = text[first + column - 1 : first + column - 1 + MAX_EXCERPT]
    return piece.partition("\n")[0], column
