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
CONTEXT = 10
"""Characters that are told before the first that differs."""
MOST_RIVALS = 50
LONGEST_COMPARED = 2_000


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
            told_old, told_new, at = _example(context, old, gone, new, come)
            after = context.after_spot(new.path, at.start)
            context.tell(
                ChangeKind.TEXT_CHANGED,
                before,
                after,
                subject=new.title,
                old=told_old,
                new=told_new,
                extent=max(len(gone), len(come)),
            )


def _example(context: Context, old: Section, gone: list[Span], new: Section, come: list[Span]) -> tuple[str, str, Span]:
    """The first telling sentence that differs, as it was and as it is, and where it is now."""
    was = context.before.side.chapters[old.path].source.slice(_telling(gone)) if gone else ""
    if not come:
        return _short(was), "", Span(new.start, new.start)
    source = context.after.side.chapters[new.path].source
    if not gone:
        first = _telling(come)
        return "", _short(source.slice(first)), first
    heres = [(source.slice(span)[:LONGEST_COMPARED], span) for span in come[:MOST_RIVALS]]
    best, span = max(heres, key=lambda one: (_shared(was, one[0]), -one[1].start))
    if 2 * _shared(was, best) < min(len(was), len(best)):
        return _short(was), _short(heres[0][0]), heres[0][1]
    # Of two long sentences that begin alike, what differs is what a reader wants to see.
    begin = _alike_from_start(was, best)
    cut = begin - CONTEXT if begin > 2 * CONTEXT else 0
    mark = "…" if cut else ""
    return _short(mark + was[cut:]), _short(mark + best[cut:]), span


def _telling(spans: list[Span]) -> Span:
    """The first that is more than a number or a word."""
    return next((span for span in spans if span.end - span.start >= CONTEXT), spans[0])


def _shared(one: str, other: str) -> int:
    """Characters that two sentences have in common at their beginnings and ends."""
    begin = _alike_from_start(one, other)
    return begin + _alike_from_start(one[begin:][::-1], other[begin:][::-1])


def _alike_from_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(len(one), len(other)))


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
