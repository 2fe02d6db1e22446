"""Carry out a change of a book's structure in memory: number, follow, put tables of contents right, check.

Nothing here writes. What comes back is the bytes of every file that changes, or a fault that says why nothing may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from convergence_docs.diagnostic import Edit, Finding, Report
from convergence_docs.errors import Fault
from convergence_docs.mend import Wish, mend_site
from convergence_docs.mended import Rewritten
from convergence_docs.model.book import make_entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.mentions import Mention, mentions_of
from convergence_docs.parse import parse_chapter
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.repair import splice
from convergence_docs.restructure.counting import number_edits
from convergence_docs.restructure.following import Unsure, follow, renew
from convergence_docs.restructure.redirects import redirected
from convergence_docs.restructured import Place, Restructured, Retitled
from convergence_docs.text import decode
from convergence_docs.writing import why_not_to_write


class Draft(NamedTuple):
    """A chapter rearranged by hand of a command, before anything follows from that.

    ``places`` tells for every heading of the chapter as it was its index now; ``None`` where it is gone. ``at_fault``
    is where the words of those headings begin, in the new text, at which a count must be taken up again.
    """

    text: bytes
    places: Sequence[int | None]
    at_fault: Set[int]


class Worse(Fault):
    """A change that would bring findings. ``findings`` holds one of them for every chapter that has any."""

    def __init__(self, findings: Mapping[str, Finding]) -> None:
        path, first = min(findings.items())
        super().__init__(
            en=f"The change would bring findings, such as {first.code}: {first.message.en} Nothing was changed.",
            zh=f"这样改会带来新的问题，例如 {first.code}：{first.message.zh}没有改动任何文件。",
            hint_en="Mend that first, or make the change by hand.",
            hint_zh="请先处理该处，或手工修改。",
            where=f"{path}:{first.line}:{first.column}",
        )
        self.findings = findings


def restructure(start: Rehearsal, whole: Whole, drafts: Mapping[str, Draft], jobs: int | None = None) -> Restructured:
    """Carry out drafts in memory.

    Raises:
        Fault: a file must not be written, or the book would be worse for it.
    """
    chapters = {**whole.chapters, **{path: _parsed(path, whole, draft.text) for path, draft in drafts.items()}}
    entries = {
        path: make_entry(chapter) if path in drafts else whole.book.entries[path] for path, chapter in chapters.items()
    }
    edits: dict[str, list[Edit]] = {
        path: number_edits(chapters[path], draft.at_fault, partial(_parsed, path, whole))
        for path, draft in drafts.items()
    }
    renewals = {
        path: renew(whole.chapters[path], _parsed(path, whole, splice(draft.text, edits[path])), draft.places)
        for path, draft in drafts.items()
    }
    following = follow(replace(whole.book, entries=entries), chapters, renewals)
    for edit in following.edits:
        edits.setdefault(edit.path, []).append(edit)
    texts = {path: drafts[path].text if path in drafts else current_text(start, path) for path in edits}
    changed = {path: splice(texts[path], made) for path, made in edits.items()}
    final = _with_contents(start, start.with_texts(changed, jobs), drafts.keys(), jobs)
    _must_not_be_worse(start.report, final.report)
    after = {path: _parsed(path, whole, text) for path, text in final.texts.items()}
    anchors = {path: renewal.anchors for path, renewal in renewals.items() if renewal.anchors}
    redirects = redirected(start.config, _moves(anchors), _live(anchors, after))
    return Restructured(
        files=(*_rewritten(start, final), *((redirects,) if redirects else ())),
        headings=tuple(_retitled(whole, after, drafts)),
        followed=len(following.edits),
        unsure=tuple(_places(following.unsure, after)),
        anchors=anchors,
        unverified=final.report.unverified,
        left={},
    )


def _parsed(path: str, whole: Whole, text: bytes) -> Chapter:
    return parse_chapter(decode(text, path), whole.dialect, github=False)


def current_text(start: Rehearsal, path: str) -> bytes:
    """The bytes of a chapter as they were checked.

    Raises:
        Fault: the disk holds others by now.
    """
    text = start.text(path)
    if text is None:
        raise Fault(
            en="The file changed while it was being read. Nothing was changed.",
            zh="读取期间该文件已被修改。没有改动任何文件。",
            hint_en="Run this again.",
            hint_zh="请重新运行。",
            where=path,
        )
    return text


def _with_contents(start: Rehearsal, after: Rehearsal, paths: Set[str], jobs: int | None) -> Rehearsal:
    """With what the change alone has made wrong in tables of contents put right."""
    known = Counter(map(_kind, start.report.findings))
    kinds = {kind for kind, count in Counter(map(_kind, after.report.findings)).items() if count > known[kind]}
    if not any(kind[0].startswith("TOC") and kind[1] in paths for kind in kinds):
        return after

    def is_wanted(finding: Finding) -> bool:
        return finding.code.startswith("TOC") and finding.path in paths and _kind(finding) in kinds

    mended = mend_site(after, Wish(is_wanted, False, lambda path: why_not_to_write(start.config, path), jobs))
    return after.with_texts({one.path: one.after or b"" for one in mended.files}, jobs) if mended.files else after


_Kind = tuple[str, str]


def _kind(finding: Finding) -> _Kind:
    return finding.code, finding.path


def _must_not_be_worse(before: Report, after: Report) -> None:
    worse = Counter(map(_kind, after.findings)) - Counter(map(_kind, before.findings))
    if worse:
        raise Worse({finding.path: finding for finding in reversed(after.findings) if _kind(finding) in worse})


def _rewritten(start: Rehearsal, final: Rehearsal) -> Iterator[Rewritten]:
    for path, after in sorted(final.texts.items()):
        before = current_text(start, path)
        if before == after:
            continue
        if why := why_not_to_write(start.config, path):
            raise Fault(en=f"{why.en} Nothing was changed.", zh=f"{why.zh}没有改动任何文件。", where=path)
        yield Rewritten(path, before, after)


def _moves(anchors: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {f"{path}#{old}": f"{path}#{new}" for path, changes in anchors.items() for old, new in changes.items()}


def _live(anchors: Mapping[str, Mapping[str, str]], after: Mapping[str, Chapter]) -> frozenset[str]:
    """The addresses of all that can be reached in the chapters whose anchors change."""
    return frozenset(f"{path}#{anchor.id}" for path in anchors for anchor in after[path].anchors)


def _retitled(whole: Whole, after: Mapping[str, Chapter], drafts: Mapping[str, Draft]) -> Iterator[Retitled]:
    for path, draft in drafts.items():
        for place, heading in zip(draft.places, whole.chapters[path].headings, strict=True):
            now = after[path].headings[place] if place is not None else None
            if now and now.text != heading.text:
                yield Retitled(path, after[path].source.position(now.span.start).line, heading.text, now.text)


def _places(unsure: Iterable[Unsure], after: Mapping[str, Chapter]) -> Iterator[Place]:
    mentions: dict[str, list[Mention]] = {}
    for one in unsure:
        chapter = after[one.path]
        if one.path not in mentions:
            mentions[one.path] = list(mentions_of(chapter))
        mention = mentions[one.path][one.place]
        yield Place(one.path, chapter.source.position(mention.span.start), mention.numeral)
