"""What of each finding stays the same while the text around it changes. Only chapters with findings are read.

Their outlines are remembered by the digest of the bytes, so that a run in which nothing changed parses nothing.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from convergence_docs.baseline import make_trace
from convergence_docs.cache import cache_folder, digest_of, read_sealed, tool_digest, write_sealed
from convergence_docs.codec import Damaged, dump, load
from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding, Trace
from convergence_docs.load import MARKDOWN, Bytes, read
from convergence_docs.text import SourceText, decode

_MOST = 5_000
"""Chapters whose outlines are remembered."""

Outline = Sequence[tuple[int, Sequence[str]]]
"""Where each section begins, and the names of the headings that enclose what stands in it, the outermost first."""


def make_traces(config: Config, findings: Sequence[Finding], *, is_remembering: bool = True) -> tuple[Trace, ...]:
    """A trace for every finding of one site, in their order, which must be that of the report.

    ``is_remembering``: outlines are kept for the next run, which a site in a temporary folder has no use for.
    """
    outlines = _Outlines(config, is_remembering=is_remembering)
    by_path: dict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        by_path[finding.path].append(index)
    traces: dict[int, Trace] = {}
    for path, indexes in by_path.items():
        found = read(config, path) if path.endswith(MARKDOWN) else None
        source = decode(found.data, path) if isinstance(found, Bytes) else None
        outline = outlines.of(source, found.data) if source is not None and isinstance(found, Bytes) else ()
        starts = [start for start, _ in outline]
        seen: Counter[tuple[str, tuple[str, ...], str]] = Counter()
        for index in indexes:
            finding = findings[index]
            offset, text = _offending(finding, source)
            at = bisect_right(starts, offset) - 1
            section = tuple(outline[at][1]) if at >= 0 else ()
            key = (finding.code, section, " ".join(text.split()))
            seen[key] += 1
            traces[index] = make_trace(finding.code, path, section, text, seen[key])
    outlines.save()
    return tuple(traces[index] for index in range(len(findings)))


def with_fingerprints(findings: Iterable[Finding], traces: Iterable[Trace]) -> tuple[Finding, ...]:
    """The findings, each with the fingerprint of its trace."""
    return tuple(replace(finding, fingerprint=one.fingerprint) for finding, one in zip(findings, traces, strict=True))


def _offending(finding: Finding, source: SourceText | None) -> tuple[int, str]:
    """Where a finding begins, and the characters that it is about; of one without extent, its line."""
    if source is None:
        return 0, finding.excerpt
    start = _offset(source, finding.line, finding.column)
    end = _offset(source, finding.end_line, finding.end_column)
    return start, source.text[start:end] if end > start else source.line(finding.line)


def _offset(source: SourceText, line: int, column: int) -> int:
    starts = source.line_starts
    return starts[min(line, len(starts)) - 1] + column - 1


class _Outlines:
    """Outlines of chapters, parsed or remembered."""

    def __init__(self, config: Config, *, is_remembering: bool) -> None:
        self._config = config
        self._is_remembering = is_remembering
        site = digest_of(repr((config.docs_root, config.config_file)).encode("utf-8", "replace"))
        self._file = os.path.join(cache_folder(), f"{site[:16]}.outlines")
        self._key = digest_of(tool_digest() + repr(sorted(config.extensions)).encode("utf-8", "replace"))
        self._known: dict[str, tuple[str, Outline]] = self._read() if is_remembering else {}
        self._is_new = False

    def of(self, source: SourceText, data: bytes) -> Outline:
        """The outline of one chapter."""
        digest = digest_of(data)
        known = self._known.get(source.path)
        if known is not None and known[0] == digest:
            return known[1]
        outline = _parse(self._config, source)
        self._known[source.path] = (digest, outline)
        self._is_new = True
        return outline

    def save(self) -> None:
        """Keep what came to be known, the latest chapters first where there are too many."""
        if self._is_new and self._is_remembering:
            kept = [(path, *one) for path, one in list(self._known.items())[-_MOST:]]
            write_sealed(self._file, self._key, {}, dump(kept))

    def _read(self) -> dict[str, tuple[str, Outline]]:
        _, data = read_sealed(self._file, self._key)
        try:
            return {path: (digest, outline) for path, digest, outline in (load(data) if data else ())}
        except (Damaged, TypeError, ValueError):
            return {}


def _parse(config: Config, source: SourceText) -> Outline:
    """The sections of a chapter; its title is no section, for the path names the chapter."""
    from convergence_docs.model.sections import outline_of
    from convergence_docs.parse import dialect_of, parse_chapter

    dialect = dialect_of(config)
    names: dict[int | None, tuple[str, ...]] = {None: ()}
    outline: list[tuple[int, Sequence[str]]] = []
    for one in outline_of(parse_chapter(source, dialect, github=False, details=False)).sections:
        heading = one.heading
        own = (
            () if one.place == 0 and heading.level == 1 else (heading.number.title if heading.number else heading.text,)
        )
        names[one.place] = (*names[one.parent], *own)
        outline.append((heading.span.start, names[one.place]))
    return outline
