"""Check a site: list, examine what changed, look at the whole, let stand what is allowed, report.

Rules, parser and models are imported only when something has to be examined: a run in which nothing changed answers
from memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.cache import Cache
from convergence_docs.config import Config, Settings
from convergence_docs.diagnostic import Finding, Report
from convergence_docs.errors import Fault
from convergence_docs.incident import INCIDENTS, not_checked
from convergence_docs.load import Listing, list_files, read_vocabulary
from convergence_docs.recall import recall_anchors, recall_by_contents, recall_by_stamps
from convergence_docs.survey import Survey

if TYPE_CHECKING:
    from convergence_docs.mended import Mended
    from convergence_docs.model.book import Book, Entry
    from convergence_docs.model.chapter import Chapter
    from convergence_docs.model.claims.claim import Claim
    from convergence_docs.model.vocabulary import Vocabulary
    from convergence_docs.placing import SourceOf
    from convergence_docs.reading import Reading, Whole
    from convergence_docs.rules.rule import Rule
    from convergence_docs.runner import Examined
    from convergence_docs.text import SourceText

__all__ = [
    "INCIDENTS",
    "Checked",
    "Claims",
    "Outcome",
    "Readout",
    "check",
    "check_book",
    "check_site",
    "examine",
    "inspect",
    "mend",
    "read_book",
    "read_claims",
    "read_whole",
]


class Outcome(NamedTuple):
    """A report, the book that it speaks of, and the vocabulary that the book was read with."""

    report: Report
    book: Book
    vocabulary: Vocabulary | None = None


class Checked(NamedTuple):
    """A report, and the anchors that links were checked against, by chapter; without chapters that may have others.

    Where it was asked for, also the book and the vocabulary.
    """

    report: Report
    anchors: Mapping[str, tuple[str, ...]]
    book: Book | None = None
    vocabulary: Vocabulary | None = None


class Readout(NamedTuple):
    """A book and its chapters in full.

    ``pages`` gives each chapter with its full entry, in the order of paths, reading it only then, so that one at a time
    is held; the entries of ``book`` are without links and claims. Once ``pages`` has come to its end, ``not_read``
    tells what could not be read.
    """

    book: Book
    pages: Iterator[tuple[Chapter, Entry]]
    vocabulary: Vocabulary | None
    not_read: Callable[[], tuple[Finding, ...]]


class Claims(NamedTuple):
    """What the chapters of a site state: each text with its claims, in the order of paths, read when asked for.

    Once they have come to their end, ``not_read`` tells what could not be read.
    """

    chapters: Iterator[tuple[SourceText, tuple[Claim, ...]]]
    vocabulary: Vocabulary | None
    not_read: Callable[[], tuple[Finding, ...]]


def check(config: Config, *, use_cache: bool = True, jobs: int | None = None) -> Report:
    """Check one site.

    Args:
        config: the site.
        use_cache: whether an earlier run's results may be used where nothing changed.
        jobs: processes to use; ``None`` lets the amount of text decide.

    Raises:
        Fault: there is nothing to check, or the settings mean nothing.
    """
    with _without_collecting():
        listing = list_files(config)
        _must_hold_chapters(config, listing)
        vocabulary = read_vocabulary(config)
        memory = Cache(config, listing, vocabulary) if use_cache else None
        if memory and (known := recall_by_stamps(config, memory)):
            return _selected(known, config, listing)
        survey = Survey(config, listing, memory.chapters() if memory else None, is_digesting=memory is not None)
        if memory and (known := recall_by_contents(config, memory, survey)):
            return _selected(known, config, listing)
        from convergence_docs.session import Session

        return _selected(Session(config, listing, vocabulary, memory).report(survey, jobs), config, listing)


def check_site(config: Config, *, with_book: bool = False) -> Checked:
    """Check one site for a build, which verifies the anchors on the pages it renders; faults as for `check`.

    ``with_book``: give the book too, for pages that are made from it.
    """
    has_anchors = not config.doubts.get("anchors")
    if not with_book:
        report = check(config)
        if not has_anchors:
            return Checked(report, {})
        listing = list_files(config)
        remembered = recall_anchors(Cache(config, listing, read_vocabulary(config)))
        if remembered.keys() >= listing.chapters.keys():
            return Checked(report, {path: anchors for path, anchors in remembered.items() if anchors is not None})
    outcome = inspect(config)  # the book is wanted, or nothing could be kept and there is nothing to recall
    entries = outcome.book.entries.values() if has_anchors else ()
    anchors = {one.path: one.anchors for one in entries if not one.has_generated_anchors}
    return Checked(outcome.report, anchors, outcome.book, outcome.vocabulary)


def inspect(config: Config, *, use_cache: bool = True, jobs: int | None = None) -> Outcome:
    """Check one site and give its book too; arguments and faults as for `check`."""
    from convergence_docs.session import Session

    with _without_collecting():
        listing = list_files(config)
        _must_hold_chapters(config, listing)
        vocabulary = read_vocabulary(config)
        memory = Cache(config, listing, vocabulary) if use_cache else None
        session = Session(config, listing, vocabulary, memory)
        report = session.report(Survey(config, listing, memory.chapters() if memory else None), jobs, has_book=True)
        return Outcome(_selected(report, config, listing), session.book, session.vocabulary)


def mend(
    config: Config,
    is_wanted: Callable[[Finding], bool] = lambda _: True,
    *,
    is_unsafe_allowed: bool = False,
    use_cache: bool = True,
    jobs: int | None = None,
) -> Mended:
    """Mend one site in memory; nothing is written.

    Args:
        config: the site. Where paths were selected, only findings there are mended.
        is_wanted: which findings to mend.
        is_unsafe_allowed: whether to apply fixes that somebody should look at.
        use_cache: whether an earlier run's results may be used where nothing changed.
        jobs: processes to use; ``None`` lets the amount of text decide.

    Raises:
        Fault: as for `check`.
    """
    from convergence_docs.mend import Wish, mend_site
    from convergence_docs.rehearsal import rehearse
    from convergence_docs.writing import why_not_to_write

    with _without_collecting():
        listing = list_files(config)
        _must_hold_chapters(config, listing)
        is_selected = _selector(config.selected) if config.selected else lambda _: True
        wish = Wish(
            lambda finding: is_selected(finding.path) and is_wanted(finding),
            is_unsafe_allowed,
            lambda path: why_not_to_write(config, path),
            jobs,
        )
        return mend_site(rehearse(config, listing, read_vocabulary(config), use_cache=use_cache, jobs=jobs), wish)


def read_book(config: Config) -> Readout:
    """Read all chapters, without rules and without memory; faults as for `check`."""
    from convergence_docs.reading import Reading
    from convergence_docs.session import Session

    listing = list_files(config)
    _must_hold_chapters(config, listing)
    session = Session(config, listing, read_vocabulary(config), None)
    reading = Reading(session)
    with _without_collecting():
        book = reading.book()
    return Readout(book, reading.pages(), session.vocabulary, lambda: _not_read(reading))


def read_whole(config: Config, like: Whole | None = None) -> Whole:
    """Read all chapters at once, for a comparison of two books; faults as for `check`.

    ``like`` is the other book, read before: what is the same there is not read again, and its vocabulary is used.
    """
    from convergence_docs.reading import Reading
    from convergence_docs.session import Session

    with _without_collecting():
        if like is not None:
            config = replace(config, settings=replace(config.settings, vocabulary=None))
        return Reading(Session(config, list_files(config), read_vocabulary(config), None)).whole(like)


def read_claims(config: Config, is_meant: Callable[[str], bool] = lambda _: True) -> Claims:
    """Read what the chapters state, without rules and without memory; only those that were asked for.

    ``is_meant`` narrows them further, by path relative to the docs root. Faults as for `check`.
    """
    from convergence_docs.reading import Reading
    from convergence_docs.session import Session

    listing = list_files(config)
    _must_hold_chapters(config, listing)
    session = Session(config, listing, read_vocabulary(config), None)
    is_selected = _selector(config.selected) if config.selected else lambda _: True
    reading = Reading(session)
    chapters = reading.claims(lambda path: is_selected(path) and is_meant(path))
    return Claims(chapters, session.vocabulary, lambda: _not_read(reading))


def _not_read(reading: Reading) -> tuple[Finding, ...]:
    return tuple(not_checked(*one) for one in reading.not_read)


def examine(chapter: Chapter, rules: Iterable[Rule], settings: Settings, vocabulary: Vocabulary | None) -> Examined:
    """Run the chapter rules over one chapter."""
    from convergence_docs.runner import Runner

    return Runner(rules, settings, vocabulary).examine(chapter)


def check_book(
    book: Book, rules: Iterable[Rule], settings: Settings, vocabulary: Vocabulary | None, source_of: SourceOf
) -> Iterator[Finding]:
    """Run the book rules. ``source_of`` gives a chapter's text by path; it is asked only where a finding stands."""
    from convergence_docs.runner import Runner

    return Runner(rules, settings, vocabulary).check_book(book, source_of)


def _must_hold_chapters(config: Config, listing: Listing) -> None:
    if not listing.chapters and not listing.not_read:
        raise Fault(
            en="There is no Markdown file here.",
            zh="这里没有 Markdown 文件。",
            hint_en="Name a folder that holds .md files, or a mkdocs.yml.",
            hint_zh="请指定含有 .md 文件的文件夹，或 mkdocs.yml。",
            where=config.docs_root,
        )
    for path in config.selected:
        is_wanted = _selector((path,))
        if not any(map(is_wanted, listing.chapters)) and not any(is_wanted(one.path) for one in listing.not_read):
            raise Fault(
                en=f"'{path}' is no chapter and holds none: it is hidden, or left out by the configuration.",
                zh=f"“{path}”不是章节，也不含章节：它是隐藏文件，或被配置排除。",
                where=config.docs_root,
            )


def _selected(report: Report, config: Config, listing: Listing) -> Report:
    """The report on those files only that were asked for."""
    if not config.selected:
        return report
    is_wanted = _selector(config.selected)
    kept = tuple(one for one in report.findings if is_wanted(one.path))
    return replace(report, findings=kept, chapters=sum(map(is_wanted, listing.chapters)))


def _selector(paths: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path is one of ``paths`` or below one."""
    folders = tuple(path.rstrip("/") + "/" for path in paths)
    return lambda path: path in paths or path.startswith(folders)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A run makes many records and hardly any cycles; looking for them costs a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
