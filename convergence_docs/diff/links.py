"""Links gained and lost, broken and repaired.

A chapter that changed its path and a section that changed its name take the links to them along: only what a reader
would notice is told. Entries of a hand-written table of contents follow its sections and are left out, and so are
working links of chapters that came or went as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from convergence_docs.diff.context import Context, Which
from convergence_docs.diff.passages import Passages
from convergence_docs.model.change import ChangeKind
from convergence_docs.model.links.target import Target, TargetKind, is_toc_entry, resolve

_ELSEWHERE = frozenset({TargetKind.EXTERNAL, TargetKind.MAIL, TargetKind.HOST, TargetKind.PLACEHOLDER})

_AROUND = " \t>-*+.0123456789"


class Placed(NamedTuple):
    """A link's target and the chapter in which the link stands."""

    path: str
    target: Target


Identity = tuple[str, str]
Group = dict[Identity, Placed]


def tell_links(context: Context) -> None:
    """Compare where both sides' links lead."""
    groups: dict[str, tuple[Group, Group]] = defaultdict(lambda: ({}, {}))
    moved = _moved_fragments(context)
    for one in _links(context.before):
        home = context.home(one.path, one.target.link.span.start)
        if home is not None:
            groups[home][0].setdefault(_identity(one.target, context.matching.chapters, moved), one)
    for one in _links(context.after):
        if one.target.fault is not None or not context.is_new(one.path):
            groups[one.path][1].setdefault(_identity(one.target, {}, {}), one)
    for old, new in groups.values():
        _compare(context, old, new)


def _links(side: Passages) -> Iterator[Placed]:
    book = side.side.book
    for path, targets in resolve(book).items():
        for target in targets:
            if target.kind is not TargetKind.TEXT and not is_toc_entry(book, path, target):
                yield Placed(path, target)


def _moved_fragments(context: Context) -> dict[Identity, Identity]:
    """Where the anchor of an old section is now."""
    found = {}
    for old, new in context.matching.sections.items():
        if old.heading and new.heading and old.heading.site_id:
            found[old.path, old.heading.site_id] = new.path, new.heading.site_id
    return found


def _identity(target: Target, renamed: dict[str, str], moved: dict[Identity, Identity]) -> Identity:
    """What a link leads to, in terms of the new side."""
    if target.kind in _ELSEWHERE:
        return "", target.link.destination
    fragment = unquote(target.fragment)
    path = renamed.get(target.path, target.path)
    return moved.get((target.path, fragment), (path, fragment))


def _compare(context: Context, old: Group, new: Group) -> None:
    for identity in old.keys() & new.keys():
        before, after = old.pop(identity), new.pop(identity)
        _tell_health(context, before, after)
    for by in (_by_destination, _by_words):
        waiting = {by(one): identity for identity, one in reversed(new.items())}
        for identity, before in list(old.items()):
            mark = by(before)
            if mark and (found := waiting.pop(mark, None)) is not None:
                del old[identity]
                _tell_pair(context, before, new.pop(found))
    for before in old.values():
        _tell(context, ChangeKind.LINK_REMOVED, before, None)
    for after in new.values():
        _tell(context, ChangeKind.LINK_BROKEN if after.target.fault else ChangeKind.LINK_ADDED, None, after)


def _by_destination(one: Placed) -> str:
    return one.target.link.destination


def _by_words(one: Placed) -> str:
    return one.target.link.text


def _tell_health(context: Context, before: Placed, after: Placed) -> bool:
    """Whether a link that leads to the same has been broken or repaired; says so."""
    if bool(before.target.fault) == bool(after.target.fault):
        return False
    _tell(context, ChangeKind.LINK_BROKEN if after.target.fault else ChangeKind.LINK_REPAIRED, before, after)
    return True


def _tell_pair(context: Context, before: Placed, after: Placed) -> None:
    if not _tell_health(context, before, after):
        _tell(context, ChangeKind.LINK_CHANGED, before, after)


def _tell(context: Context, kind: ChangeKind, before: Placed | None, after: Placed | None) -> None:
    one = after or before
    assert one is not None
    for which, placed in ((Which.BEFORE, before), (Which.AFTER, after)):
        if placed:
            _account(context, which, placed)
    fault = after.target.fault if after else None
    context.tell(
        kind,
        context.before_spot(before.path, before.target.link.span.start) if before else None,
        context.after_spot(after.path, after.target.link.span.start) if after else None,
        subject=one.target.link.text,
        old=before.target.link.destination if before else "",
        new=after.target.link.destination if after else "",
        detail=fault.value if fault else "",
    )


def _account(context: Context, which: Which, placed: Placed) -> None:
    """Of a list item or a line that is nothing but a link, the link is all there is to tell."""
    side = context.before if which is Which.BEFORE else context.after
    source, span = side.side.chapters[placed.path].source, placed.target.link.span
    line = source.line(source.position(span.start).line)
    if line.strip(_AROUND) == source.slice(span).strip(_AROUND):
        context.account(which, placed.path, span)
