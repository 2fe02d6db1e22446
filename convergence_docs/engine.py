"""Run the rules: chapters in, findings out.

A chapter is *examined* once: that yields its entry and the findings of the chapter rules, all of which hold until
the file or the configuration changes. The book rules then look at all entries together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from convergence_docs.config import Config, Settings
from convergence_docs.diagnostic import Diagnostic, Finding, Place, Report
from convergence_docs.load import list_files, read
from convergence_docs.model.book import Book, Entry, Site, make_entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Context, Rule
from convergence_docs.text import SourceText, decode


class Examined(NamedTuple):
    """All that one chapter contributes to a check."""

    entry: Entry
    findings: tuple[Finding, ...]


def examine(chapter: Chapter, rules: Iterable[Rule], settings: Settings, vocabulary: Vocabulary | None) -> Examined:
    """Run the chapter rules over one chapter."""
    findings: list[Finding] = []
    for rule in rules:
        if rule.chapter_check is None or settings.severity_of(rule.info, chapter.path) is None:
            continue
        for diagnostic in rule.chapter_check(chapter, _context(rule, settings, vocabulary)):
            findings.append(_finding(rule, settings, diagnostic, lambda _: chapter.source, chapter.path))
    return Examined(make_entry(chapter), tuple(findings))


def check_book(
    book: Book,
    rules: Iterable[Rule],
    settings: Settings,
    vocabulary: Vocabulary | None,
    source_of: Callable[[str], SourceText],
) -> Iterator[Finding]:
    """Run the book rules. ``source_of`` gives a chapter's text by path; it is asked only where a finding stands."""
    for rule in rules:
        if rule.book_check is None:
            continue
        for diagnostic in rule.book_check(book, _context(rule, settings, vocabulary)):
            if settings.severity_of(rule.info, diagnostic.path) is not None:
                yield _finding(rule, settings, diagnostic, source_of, diagnostic.path)


def _context(rule: Rule, settings: Settings, vocabulary: Vocabulary | None) -> Context:
    defaults = {name: option.default for name, option in rule.options.items()}
    return Context(options={**defaults, **settings.options_of(rule.info)}, vocabulary=vocabulary)


def _finding(
    rule: Rule, settings: Settings, diagnostic: Diagnostic, source_of: Callable[[str], SourceText], path: str
) -> Finding:
    source = source_of(path)
    start, end = source.position(diagnostic.span.start), source.position(diagnostic.span.end)
    related = []
    for place in diagnostic.related:
        there = source_of(place.path or path)
        first, last = there.position(place.span.start), there.position(place.span.end)
        related.append(Place(place.path or path, *first, *last, place.note))
    return Finding(
        path=path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        code=rule.code,
        name=rule.name,
        severity=settings.severity_of(rule.info, path) or rule.severity,
        message=rule.message(diagnostic),
        hint=rule.hint(diagnostic),
        excerpt=source.line(start.line),
        related=tuple(related),
        fix=diagnostic.fix,
    )


def check(config: Config, *, use_cache: bool = True, jobs: int | None = None) -> Report:
    """Check one site.

    Args:
        config: the site.
        use_cache: whether an earlier run's results may be used where nothing changed.
        jobs: processes to use; ``None`` lets the amount of text decide.
    """
    rules = discover()
    listing = list_files(config)
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for path in listing.chapters:
        chapter = parse_chapter(decode(read(config, path), path))
        examined = examine(chapter, rules, config.settings, None)
        entries[path] = examined.entry
        findings += examined.findings
    site = Site(
        files=listing.files,
        nav=config.nav,
        use_directory_urls=config.use_directory_urls,
        is_mkdocs=config.is_mkdocs,
        anchors_unverified=config.open_anchors,
    )
    book = Book(entries=entries, site=site)
    findings += check_book(book, rules, config.settings, None, lambda path: decode(read(config, path), path))
    findings.sort(key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
    return Report(findings=tuple(findings), chapters=len(entries), unverified=config.unverified)
