"""Mend what findings know how to mend: apply edits in memory, check again, and keep only what made things better.

Nothing here writes. An edit is kept only where its finding is then gone and no finding has come, of whatever rule, in
whatever chapter. As every step leaves fewer findings, there is a last one; as the last round finds nothing to do,
mending twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.comparing import Compared, Edited, compare, offset_of
from convergence_docs.diagnostic import Edit, Finding, Fix, Wording
from convergence_docs.mended import Left, LeftAlone, Mend, Mended, Reason, Rewritten
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.repair import Shift, choose, splice
from convergence_docs.text import SourceText, decode

_Key = tuple[str, str, int, str, str]
_NOTHING = Wording("", "")


class Wish(NamedTuple):
    """What to mend: findings for which ``is_wanted``, with unsafe fixes only where allowed.

    ``why_not`` says of a chapter why it must not be written; ``None`` where it may.
    """

    is_wanted: Callable[[Finding], bool]
    is_unsafe_allowed: bool
    why_not: Callable[[str], Wording | None]
    jobs: int | None = None


class _Offer(NamedTuple):
    finding: Finding
    fix: Fix


class _Done(NamedTuple):
    """A finding that is gone, with its first edit; ``offset`` is where that now stands."""

    finding: Finding
    path: str
    offset: int
    before: str
    after: str


class _Step(NamedTuple):
    after: Rehearsal
    edited: Mapping[str, Edited]
    compared: Compared


def mend_site(start: Rehearsal, wish: Wish) -> Mended:
    """Mend a site in memory."""
    return _Mender(start, wish).run()


class _Mender:
    def __init__(self, start: Rehearsal, wish: Wish) -> None:
        self.wish = wish
        self.now = start
        self.done: list[_Done] = []
        self.originals: dict[str, bytes] = {}
        self.refused: dict[_Key, tuple[Reason, Wording]] = {}
        self.barred: dict[str, Wording | None] = {}
        self.names: dict[int, list[str]] = {}
        for path, stamp in start.listing.chapters.items():
            self.names.setdefault(stamp.inode, []).append(path)

    def run(self) -> Mended:
        while self._round():
            self.refused.clear()
        return self._result()

    def _round(self) -> bool:
        """Go on until no fix is left that is not refused. Whether anything was mended."""
        has_mended = False
        while offers := self._offers():
            chosen = [offers[index] for index in choose([offer.fix for offer in offers])]
            if not chosen:
                break
            has_mended = self._accept(chosen) or has_mended  # what was not mended is refused now: this comes to an end
        return has_mended

    def _offers(self) -> list[_Offer]:
        return [
            _Offer(finding, Fix(tuple(edit._replace(path=edit.path or finding.path) for edit in fix.edits), fix.safe))
            for finding in self.now.report.findings
            if self.wish.is_wanted(finding)
            and (fix := finding.fix)
            and (fix.safe or self.wish.is_unsafe_allowed)
            and _key(finding) not in self.refused
            and not any(self._why_not(edit.path or finding.path) for edit in fix.edits)
        ]

    def _why_not(self, path: str) -> Wording | None:
        if path not in self.barred:
            self.barred[path] = self._reason_not_to_write(path)
        return self.barred[path]

    def _reason_not_to_write(self, path: str) -> Wording | None:
        if path not in self.now.listing.chapters:
            return Wording("It is no chapter.", "该文件不是章节。")
        if why := self.wish.why_not(path):
            return why
        data = self.now.text(path)
        if data is None:
            return Wording("It changed while it was being checked.", "检查期间该文件已被修改。")
        if decode(data, path).problem:
            return Wording("It is not UTF-8: convert it first.", "该文件不是 UTF-8：请先转换编码。")
        return None

    def _accept(self, chosen: Sequence[_Offer]) -> bool:
        """Apply the fixes, all or those of them that make things better. Whether there were any."""
        while chosen:
            step = self._try(chosen)
            if step is None:
                return self._accept_parts(chosen)
            suspects = _suspects(chosen, step, self.now.report.findings)
            if not suspects:
                self._take(chosen, step)
                return True
            sure = [one for one in suspects if len(one.offers) == 1]
            for one in sure:
                self.refused[_key(one.offers[0].finding)] = one.why
            if not sure:
                return self._accept_parts(chosen, suspects[0].offers)
            chosen = [offer for offer in chosen if _key(offer.finding) not in self.refused]
        return False

    def _accept_parts(self, chosen: Sequence[_Offer], suspects: Sequence[_Offer] = ()) -> bool:
        """Try what is above suspicion first, then halves of the rest: some one fix does harm, or they do together."""
        if len(chosen) == 1:
            self.refused[_key(chosen[0].finding)] = Reason.NOT_MENDED, _NOTHING
            return False
        others = [offer for offer in chosen if offer not in suspects]
        if suspects and others:
            return self._accept(others)
        half = len(chosen) // 2
        return self._accept(chosen[:half]) or self._accept(chosen[half:])

    def _try(self, chosen: Iterable[_Offer]) -> _Step | None:
        """Apply all of the fixes in memory and check; ``None`` where bytes and edits do not go together."""
        by_path: dict[str, set[Edit]] = {}
        for offer in chosen:
            for edit in offer.fix.edits:
                by_path.setdefault(edit.path, set()).add(edit)
        changed: dict[str, bytes] = {}
        edited: dict[str, Edited] = {}
        for path, edits in by_path.items():
            data = self.now.text(path)
            if data is None:
                return None
            try:
                changed[path] = splice(data, edits)
            except ValueError:
                return None
            for name in self._names_of(path, data):
                changed[name] = changed[path]
                edited[name] = Edited(decode(data, name), decode(changed[path], name), Shift(edits))
        after = self.now.with_texts(changed, self.wish.jobs)
        return _Step(after, edited, compare(self.now.report.findings, after.report.findings, edited))

    def _names_of(self, path: str, data: bytes) -> Iterator[str]:
        """The chapters that are this file, under whatever name: links may lead to it."""
        yield path
        inode = self.now.listing.chapters[path].inode
        for name in self.names[inode] if inode else ():  # Windows does not always tell
            if name != path and self.now.text(name) == data:
                yield name

    def _take(self, chosen: Sequence[_Offer], step: _Step) -> None:
        for path in {edit.path for offer in chosen for edit in offer.fix.edits}:
            data = self.now.text(path)
            if data is not None:
                self.originals.setdefault(path, data)
        moved = (
            one._replace(offset=step.edited[one.path].shift.new(one.offset)) if one.path in step.edited else one
            for one in self.done
        )
        self.done = list(moved)
        fixes = {id(offer.finding): offer.fix for offer in chosen}
        before = self.now.report.findings
        for index in sorted(step.compared.gone):
            fix = fixes.get(id(before[index]))
            self.done.append(_done(before[index], fix.edits[0] if fix else None, step.edited))
        self.now = step.after

    def _result(self) -> Mended:
        sources: dict[str, SourceText] = {}
        mends = []
        for one in self.done:
            if one.path not in sources:
                sources[one.path] = decode(self.now.text(one.path) or b"", one.path)
            mends.append(Mend(one.finding, *sources[one.path].position(one.offset), one.before, one.after))
        mends.sort(key=lambda mend: (mend.finding.path, mend.line, mend.column, mend.finding.code))
        left = [self._left(finding) for finding in self.now.report.findings if self.wish.is_wanted(finding)]
        alone = sorted({(one.finding.path, one.detail) for one in left if one.reason is Reason.LEFT_ALONE})
        files = [Rewritten(path, data, self.now.texts[path]) for path, data in sorted(self.originals.items())]
        return Mended(
            tuple(mends),
            tuple(left),
            tuple(one for one in files if one.before != one.after),
            tuple(LeftAlone(path, why) for path, why in alone),
            self.now.report.unverified,
        )

    def _left(self, finding: Finding) -> Left:
        fix = finding.fix
        if fix is None or not fix.edits:
            return Left(finding, Reason.BY_HAND, _NOTHING)
        if not fix.safe and not self.wish.is_unsafe_allowed:
            return Left(finding, Reason.UNSAFE, _NOTHING)
        for edit in fix.edits:
            if why := self._why_not(edit.path or finding.path):
                return Left(finding, Reason.LEFT_ALONE, why)
        return Left(finding, *self.refused.get(_key(finding), (Reason.NOT_MENDED, _NOTHING)))


class _Suspicion(NamedTuple):
    offers: list[_Offer]
    why: tuple[Reason, Wording]


def _suspects(chosen: Sequence[_Offer], step: _Step, before: Sequence[Finding]) -> list[_Suspicion]:
    """For everything that went wrong, the fixes that may be to blame."""
    gone = {id(before[index]) for index in step.compared.gone}
    found = [_Suspicion([offer], (Reason.NOT_MENDED, _NOTHING)) for offer in chosen if id(offer.finding) not in gone]
    by_line: dict[tuple[str, int], list[_Offer]] = {}
    by_path: dict[str, list[_Offer]] = {}
    for offer in chosen:
        for path, line in sorted(_lines_of(offer, step.edited)):
            by_line.setdefault((path, line), []).append(offer)
        for path in sorted({edit.path for edit in offer.fix.edits}):
            by_path.setdefault(path, []).append(offer)
    for finding in step.compared.new:
        places = [(finding.path, finding.line), *((place.path, place.line) for place in finding.related)]
        near = next((by_line[place] for place in places if place in by_line), None)
        said = Wording(f"{finding.code} {finding.message.en}", f"{finding.code} {finding.message.zh}")
        offers = near or by_path.get(finding.path) or list(chosen)
        found.append(_Suspicion(offers, (Reason.NEW_FINDING, said)))
    return found


def _lines_of(offer: _Offer, edited: Mapping[str, Edited]) -> set[tuple[str, int]]:
    """The lines of the mended text that the fix wrote."""
    lines: set[tuple[str, int]] = set()
    for edit in offer.fix.edits:
        one = edited[edit.path]
        first = one.after.position(one.shift.start_of(edit)).line
        lines.update((edit.path, number) for number in range(first, first + edit.replacement.count("\n") + 1))
    return lines


def _done(finding: Finding, edit: Edit | None, edited: Mapping[str, Edited]) -> _Done:
    if edit is None:
        one = edited.get(finding.path)
        if one is None:
            return _Done(finding, finding.path, 0, "", "")
        return _Done(finding, finding.path, one.shift.new(offset_of(finding, one.before)), "", "")
    one = edited[edit.path]
    return _Done(finding, edit.path, one.shift.start_of(edit), one.before.slice(edit.span), edit.replacement)


def _key(finding: Finding) -> _Key:
    return finding.code, finding.path, finding.column, finding.excerpt, finding.message.en
