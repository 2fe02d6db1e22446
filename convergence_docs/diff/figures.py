"""Figures that changed, came and went, and where the old value still stands."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from convergence_docs.diff.context import Context, Which
from convergence_docs.diff.pairing import best_pairs
from convergence_docs.diff.passages import Section
from convergence_docs.model.book import Book
from convergence_docs.model.change import ChangeKind, Spot
from convergence_docs.model.claims.claim import Claim, Key
from convergence_docs.model.values.value import Value
from convergence_docs.model.vocabulary import normalise

MOST_RIVALS = 100
"""Claims of one key in one chapter that are weighed against each other; beyond that they are taken in their order."""


class Stated(NamedTuple):
    """A claim and the chapter that makes it."""

    path: str
    claim: Claim


def tell_figures(context: Context) -> None:
    """Compare what both sides state."""
    groups: dict[tuple[str, Key], tuple[list[Stated], list[Stated]]] = defaultdict(lambda: ([], []))
    for path in context.before.sections:
        for claim in context.before.side.book.entries[path].claims:
            home = context.home(path, claim.span.start)
            groups[home if home is not None else f"\0{path}", claim.key][0].append(Stated(path, claim))
    for path in context.after.sections:
        for claim in context.after.side.book.entries[path].claims:
            groups[path, claim.key][1].append(Stated(path, claim))
    places = _Places(context)
    left: dict[str, tuple[list[Stated], list[Stated]]] = defaultdict(lambda: ([], []))
    for (home, key), (old, new) in groups.items():
        gone, come = _compare(context, places, key, old, new)
        left[home][0].extend(gone)
        left[home][1].extend(come)
    for gone, come in left.values():
        _tell_rest(context, gone, come)


def _tell_rest(context: Context, gone: list[Stated], come: list[Stated]) -> None:
    """Tell of claims that came and went, but for those that only go by another name now.

    Where the vocabulary knows no subject, a claim bears the name of its section or row; no dimension, that of its
    column. Who renames these changes no figure.
    """
    waiting: dict[object, list[Stated]] = defaultdict(list)
    for one in come:
        for mark in _marks(one, context.after.section_at(one.path, one.claim.span.start)):
            waiting[mark].append(one)
    renamed: set[int] = set()
    for one in gone:
        section = context.section_now(one.path, one.claim.span.start)
        now = next(
            (new for mark in _marks(one, section) for new in waiting.get(mark, ()) if id(new) not in renamed), None
        )
        if now is None:
            _tell_one(context, Which.BEFORE, one)
        else:
            renamed.add(id(now))
    for one in come:
        if id(one) not in renamed:
            _tell_one(context, Which.AFTER, one)


def _marks(one: Stated, section: Section | None) -> list[object]:
    """By what a claim under another name is known: value, place, and the name that stays."""
    claim, key = one.claim, one.claim.key
    found: list[object] = []
    if not claim.subject_id:
        found.append((section, claim.source, _meaning(claim), "dimension", key.dimension))
    if not claim.dimension_id:
        found.append((section, claim.source, _meaning(claim), "subject", key.subject))
    return found


def _compare(
    context: Context, places: _Places, key: Key, old: list[Stated], new: list[Stated]
) -> tuple[list[Stated], list[Stated]]:
    """Tell which claims of one key in one chapter changed; what comes back went, and came."""
    meant_before = {_meaning(one.claim) for one in old}
    meant_after = {_meaning(one.claim) for one in new}
    gone, come = _unequal(old, new)
    pairs = _paired(context, gone, come)
    paired = {id(one) for pair in pairs for one in pair}
    gone, come = ([one for one in left if id(one) not in paired] for left in (gone, come))
    for before, after in pairs:
        told_old, told_new = _shown(before.claim, after.claim)
        context.account(Which.BEFORE, before.path, before.claim.span)
        context.account(Which.AFTER, after.path, after.claim.span)
        context.tell(
            ChangeKind.FIGURE_CHANGED,
            context.before_spot(before.path, before.claim.span.start),
            context.after_spot(after.path, after.claim.span.start),
            subject=after.claim.subject,
            dimension=after.claim.dimension,
            old=told_old,
            new=told_new,
            others=places.of(key, before.claim, after),
            detail=after.claim.source.value,
        )
    # What the chapter still states elsewhere is not gone.
    return (
        [one for one in gone if _meaning(one.claim) not in meant_after],
        [one for one in come if _meaning(one.claim) not in meant_before],
    )


def _tell_one(context: Context, which: Which, one: Stated) -> None:
    claim = one.claim
    context.account(which, one.path, claim.span)
    spot = (context.before_spot if which is Which.BEFORE else context.after_spot)(one.path, claim.span.start)
    shown = _with_limits(claim)
    is_new = which is Which.AFTER
    context.tell(
        ChangeKind.FIGURE_ADDED if is_new else ChangeKind.FIGURE_REMOVED,
        None if is_new else spot,
        spot if is_new else None,
        subject=claim.subject,
        dimension=claim.dimension,
        old="" if is_new else shown,
        new=shown if is_new else "",
        detail=claim.source.value,
    )


def _unequal(old: list[Stated], new: list[Stated]) -> tuple[list[Stated], list[Stated]]:
    """What is left on each side once equal claims are taken away, one for one."""
    waiting: dict[object, list[Stated]] = defaultdict(list)
    for one in new:
        waiting[_meaning(one.claim)].append(one)
    gone = []
    for one in old:
        equal = waiting[_meaning(one.claim)]
        if equal:
            equal.pop(0)
        else:
            gone.append(one)
    left = {id(one) for equal in waiting.values() for one in equal}
    return gone, [one for one in new if id(one) in left]


def _paired(context: Context, gone: list[Stated], come: list[Stated]) -> list[tuple[Stated, Stated]]:
    """Which new claim took the place of which old one: first by where it stands, then by what it is read from."""
    if len(gone) * len(come) > MOST_RIVALS**2:
        return list(zip(gone, come, strict=False))
    weighed = []
    for at, one in enumerate(gone):
        section = context.section_now(one.path, one.claim.span.start)
        for place, other in enumerate(come):
            claim = other.claim
            is_same_section = context.after.section_at(other.path, claim.span.start) is section
            likeness = (
                4 * is_same_section
                + 2 * (claim.source is one.claim.source)
                + (normalise(claim.scope) == normalise(one.claim.scope))
                + (claim.year == one.claim.year)
            )
            weighed.append((-likeness, at, place))
    return best_pairs(gone, come, weighed)


class _Places:
    """Where the new side states what."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stated: dict[tuple[Key, object], list[Stated]] = defaultdict(list)
        book: Book = context.after.side.book
        for path in sorted(book.entries):
            for claim in book.entries[path].claims:
                self._stated[claim.key, _value(claim.value)].append(Stated(path, claim))

    def of(self, key: Key, old: Claim, new: Stated) -> tuple[Spot, ...]:
        """Other places that still state an old value.

        In other chapters only where the vocabulary knows what it is about: the same word may mean another thing there.
        """
        is_known = bool(old.subject_id and old.dimension_id)
        scope = normalise(old.scope)
        found = []
        for path, claim in self._stated.get((key, _value(old.value)), ()):
            is_alike = normalise(claim.scope) == scope and (claim.year == old.year)
            if is_alike and (is_known or path == new.path) and (path, claim) != new:
                found.append(self._context.after_spot(path, claim.span.start))
        return tuple(found)


def _value(value: Value) -> object:
    """What a value means: two ways to write the same are equal."""
    if value.interval is None:
        return normalise(value.text)
    return value.kind, value.interval, normalise(value.unit), value.size, value.is_change


def _meaning(claim: Claim) -> object:
    return _value(claim.value), normalise(claim.scope), claim.year


def _shown(old: Claim, new: Claim) -> tuple[str, str]:
    """Both values as written; with their limits where these differ or the values read the same."""
    if normalise(old.scope) == normalise(new.scope) and old.year == new.year and old.value.text != new.value.text:
        return old.value.text, new.value.text
    return _with_limits(old), _with_limits(new)


def _with_limits(claim: Claim) -> str:
    limits = [claim.scope] if claim.scope else []
    limits += [str(claim.year)] if claim.year is not None else []
    return f"{claim.value.text}（{'，'.join(limits)}）" if limits else claim.value.text
