"""Sentences that differ in a section that is on both sides, as far as no other change tells of them.

A number that differs in a sentence that is otherwise the same is a figure, though nobody knows of what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import zip_longest
from unicodedata import normalize

from convergence_docs.diff.context import Context, Which
from convergence_docs.diff.passages import Section
from convergence_docs.model.change import ChangeKind
from convergence_docs.text import Span

_NUMBER = re.compile(r"(?:[<>≤≥＜＞～~约]\s{0,2})?\d+(?:[.,]\d+)*(?:\s{0,2}[%％]\+?|\+)?(?:以上|以下|左右)?|[★☆]+")
_BLANK = re.compile(r"\s+")
LONGEST = 60
"""Characters of a sentence that are told."""


def tell_words(context: Context) -> None:
    """Compare the sentences of sections. To be called last: it says only what nothing else has said."""
    for old, new in context.matching.sections.items():
        if old.sentences == new.sentences:
            continue
        gone = _untold(context, Which.BEFORE, old, new)
        come = _untold(context, Which.AFTER, new, old)
        _tell_numbers(context, old, gone, new, come)
        if gone or come:
            before = context.before_spot(old.path, (gone[0] if gone else Span(old.start, old.start)).start)
            after = context.after_spot(new.path, (come[0] if come else Span(new.start, new.start)).start)
            context.tell(
                ChangeKind.TEXT_CHANGED,
                before,
                after,
                subject=new.title,
                old=_short(context.before.side.chapters[old.path].source.slice(gone[0])) if gone else "",
                new=_short(context.after.side.chapters[new.path].source.slice(come[0])) if come else "",
                count=max(len(gone), len(come)),
            )


def _untold(context: Context, which: Which, one: Section, other: Section) -> list[Span]:
    """Where sentences stand that the other section lacks and of which no change tells."""
    spans = (one.spans[sentence] for sentence in one.sentences - other.sentences)
    return sorted(span for span in spans if not context.is_told(which, one.path, span))


def _tell_numbers(context: Context, old: Section, gone: list[Span], new: Section, come: list[Span]) -> None:
    """Tell of numbers that differ, and take their sentences off both lists."""
    before, after = context.before.side.chapters[old.path].source, context.after.side.chapters[new.path].source
    waiting: dict[str, list[Span]] = defaultdict(list)
    for span in come:
        waiting[_masked(after.slice(span))].append(span)
    for span in list(gone):
        same = waiting.get(_masked(before.slice(span)))
        if not same:
            continue
        now = same.pop(0)
        gone.remove(span)
        come.remove(now)
        numbers = _NUMBER.finditer(before.slice(span)), _NUMBER.finditer(after.slice(now))
        for one, other in zip_longest(*numbers):
            if one and other and _plain(one[0]) != _plain(other[0]):
                context.tell(
                    ChangeKind.FIGURE_CHANGED,
                    context.before_spot(old.path, span.start + one.start()),
                    context.after_spot(new.path, now.start + other.start()),
                    subject=_short(after.slice(now)),
                    old=one[0],
                    new=other[0],
                    detail="text",
                )


def _masked(sentence: str) -> str:
    return _plain(_NUMBER.sub("\0", sentence))


def _plain(words: str) -> str:
    """Full-width signs are the same as others, and blanks count for nothing."""
    return _BLANK.sub("", normalize("NFKC", words))


def _short(sentence: str) -> str:
    said = " ".join(sentence.split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
