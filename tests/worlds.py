"""In-memory worlds: a folder of chapters as a dict, checked without touching a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from convergence_docs.config import Settings
from convergence_docs.diagnostic import Finding
from convergence_docs.model.book import Book, Site
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.rules import discover
from convergence_docs.runner import Runner
from convergence_docs.suppress import settle
from convergence_docs.text import decode


def chapter(text: str, path: str = "chapter.md") -> Chapter:
    """The chapter that ``text`` is."""
    return parse_chapter(decode(text.encode(), path))


def findings(
    files: Mapping[str, str | bytes],
    *,
    select: Iterable[str] | None = None,
    settings: Settings | None = None,
    vocabulary: Vocabulary | None = None,
    **site: Any,
) -> list[Finding]:
    """What the rules (all, or the codes in ``select``) find in a folder; files that are not Markdown are just there."""
    settings = settings or Settings()
    wanted = None if select is None else set(select)
    # What is allowed in vain shows only where all the other rules have run.
    rules = [rule for rule in discover() if wanted is None or rule.code in wanted or "SUP002" in wanted]
    runner = Runner(rules, settings, vocabulary)
    texts = [
        decode(text if isinstance(text, bytes) else text.encode(), path)
        for path, text in sorted(files.items())
        if path.endswith(".md")
    ]
    chapters = {one.path: parse_chapter(one, details=runner.reads_details(one.text)) for one in texts}
    examined = {path: runner.examine(one) for path, one in chapters.items()}
    book = Book(
        entries={path: one.entry for path, one in examined.items()},
        site=Site(files=frozenset(files), **site),
        differences=vocabulary.differences if vocabulary else (),
    )
    found = [finding for one in examined.values() for finding in one.findings]
    sources = {path: decode(text if isinstance(text, bytes) else text.encode(), path) for path, text in files.items()}
    found += runner.check_book(book, sources.__getitem__)
    codes = {rule.code for rule in rules}
    settled = settle(
        found,
        {path: one.entry.allowances for path, one in examined.items() if one.entry.allowances},
        lambda code, path: code in codes,
        {rule.code: rule.name for rule in discover()},
    )
    found = [*settled.findings, *runner.check_allowances(settled.unused, sources.__getitem__)]
    return sorted(
        (one for one in found if wanted is None or one.code in wanted), key=lambda f: (f.path, f.line, f.column, f.code)
    )
