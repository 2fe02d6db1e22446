"""The edits that make a chapter's headings count again, until the rules about numbers have nothing more to say."""

from __future__ import annotations

from collections.abc import Callable, Set

from convergence_docs.diagnostic import Edit
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.renumbering import renumbering
from convergence_docs.repair import splice
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Context

CODES = frozenset({"NUM001", "NUM002", "NUM003"})
"""The rules whose findings tell that a heading's number is at fault."""
_MOST_ROUNDS = 20


def number_edits(chapter: Chapter, at_fault: Set[int], parse: Callable[[bytes], Chapter]) -> list[Edit]:
    """How to number a chapter again, taking up what only shows once its first faults are gone.

    Args:
        chapter: the chapter.
        at_fault: where the words of those headings begin whose number is found at fault.
        parse: reads the chapter's text once it has changed.
    """
    known, now, wrong = _places_at_fault(chapter), chapter, at_fault
    for _ in range(_MOST_ROUNDS):
        edits = [Edit(chapter.path, one.span, one.replacement) for one in renumbering(now, wrong)]
        now = parse(splice(now.source.text.encode(), edits))
        fresh = _places_at_fault(now) - known
        wrong = {now.headings[place].text_span.start for place in fresh}
        if not edits or not fresh:
            break
    return [
        Edit(chapter.path, old.number.span, now.source.slice(new.number.span))
        for old, new in zip(chapter.headings, now.headings, strict=True)
        if old.number and new.number and old.number.parts != new.number.parts
    ]


def _places_at_fault(chapter: Chapter) -> set[int]:
    """The places of the headings of which a rule says that their number is wrong."""
    starts = {heading.text_span.start: place for place, heading in enumerate(chapter.headings)}
    checks = [rule.chapter_check for rule in discover() if rule.code in CODES]
    return {starts[one.span.start] for check in checks if check for one in check(chapter, Context())}
