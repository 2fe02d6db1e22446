"""What of each finding stays the same while the text around it changes. Only chapters with findings are read."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from convergence_docs.baseline import make_trace
from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding, Trace
from convergence_docs.load import MARKDOWN, Bytes, read
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.sections import Section, outline_of
from convergence_docs.parse import FOLDER, make_dialect, parse_chapter
from convergence_docs.text import SourceText, decode


def make_traces(config: Config, findings: Sequence[Finding]) -> tuple[Trace, ...]:
    """A trace for every finding of one site, in their order, which must be that of the report."""
    dialect = make_dialect(config.extensions) if config.is_mkdocs else FOLDER
    by_path: dict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        by_path[finding.path].append(index)
    traces: dict[int, Trace] = {}
    for path, indexes in by_path.items():
        found = read(config, path) if path.endswith(MARKDOWN) else None
        chapter = None
        if isinstance(found, Bytes):
            chapter = parse_chapter(decode(found.data, path), dialect, github=False, details=False)
        place = _Places(chapter)
        seen: Counter[tuple[str, tuple[str, ...], str]] = Counter()
        for index in indexes:
            finding = findings[index]
            section, text = place.of(finding)
            key = (finding.code, section, " ".join(text.split()))
            seen[key] += 1
            traces[index] = make_trace(finding.code, path, section, text, seen[key])
    return tuple(traces[index] for index in range(len(findings)))


def with_fingerprints(findings: Iterable[Finding], traces: Iterable[Trace]) -> tuple[Finding, ...]:
    """The findings, each with the fingerprint of its trace."""
    return tuple(replace(finding, fingerprint=one.fingerprint) for finding, one in zip(findings, traces, strict=True))


class _Places:
    """The headings and the text of one chapter; of ``None`` the findings' own lines are all there is."""

    def __init__(self, chapter: Chapter | None) -> None:
        self._source = chapter.source if chapter else None
        self._sections = outline_of(chapter).sections if chapter else ()
        self._starts = [section.heading.span.start for section in self._sections]

    def of(self, finding: Finding) -> tuple[tuple[str, ...], str]:
        """The headings below the title that enclose a finding, the outermost first, and the offending characters."""
        if self._source is None:
            return (), finding.excerpt
        start = _offset(self._source, finding.line, finding.column)
        end = _offset(self._source, finding.end_line, finding.end_column)
        # Where a finding has no extent, it is the line that it is about.
        text = self._source.text[start:end] if end > start else self._source.line(finding.line)
        at = bisect_right(self._starts, start) - 1
        names: list[str] = []
        above: Section | None = self._sections[at] if at >= 0 else None
        while above is not None and not (above.place == 0 and above.heading.level == 1):
            number = above.heading.number
            names.append(number.title if number else above.heading.text)
            above = self._sections[above.parent] if above.parent is not None else None
        return tuple(reversed(names)), text


def _offset(source: SourceText, line: int, column: int) -> int:
    starts = source.line_starts
    return starts[min(line, len(starts)) - 1] + column - 1
