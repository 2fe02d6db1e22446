"""A report as Markdown for one comment on a pull request, or for the summary of a job.

Everything that a chapter says is set in code spans. The text stays below GitHub's limit; what is left out is counted,
never dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Finding, Language, Report, Severity, Trace, Wording
from convergence_docs.reports.code_span import code_span
from convergence_docs.reports.counting import fixable_line, standing_lines, summary_line

LIMIT: Final = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
MARK: Final = "<!-- convergence-docs check -->"
"""Opens the comment, so that the next run can find and replace it."""
LONGEST: Final = 300
"""Characters of one message."""
MOST_RULES: Final = 100
"""Rows of the table of counts; there are fewer rules than that."""

_PASSED = Wording("✅ Nothing new to mend", "✅ 没有需要改正的新问题")
_FAILED = Wording("❌ {count} to mend", "❌ 有 {count} 个问题需要改正")
_NEW = Wording("Findings", "问题")
_MENDED = Wording("Mended", "已改正")
_UNVERIFIED = Wording("Not verified", "未能核实")
_COUNTS = Wording("| Rule | Found | Mended | Known |", "| 规则 | 问题 | 已改正 | 已知 |")
_NEW_HEADER = Wording("| Where | Rule | What | What to do |", "| 位置 | 规则 | 问题 | 改法 |")
_MENDED_HEADER = Wording("| Where | Rule | Text |", "| 位置 | 规则 | 文字 |")
_MORE = Wording("…and {count} more, not shown here.", "……另有 {count} 个未在此列出。")
_SIGNS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTICE: "ℹ️"}


class Table(NamedTuple):
    """Rows below a header, folded under a title."""

    title: str
    header: str
    rows: Sequence[str]
    is_open: bool


def render_summary(
    report: Report, language: Language, changes: Callable[[int], str] | None = None, *, limit: int = LIMIT
) -> str:
    """The comment, at most ``limit`` characters long where that is more than its frame.

    Args:
        report: what was found.
        language: of the text.
        changes: gives what a change alters in meaning, as Markdown in at most so many characters.
        limit: characters.
    """
    head = [MARK, f"### convergence-docs: {_verdict(report, language)}", "", summary_line(report, language), ""]
    head += [f"- {line}" for line in (*standing_lines(report, language, code_span), *_fixable(report, language))]
    head += ["", *_counts(report, language)]
    tail = _unverified(report, language)
    room = limit - _length((*head, *tail)) - 600
    # What changed in meaning may count on a third of the room, and on what findings leave of it.
    tables = _tables(report, language)
    body: list[str] = []
    reserved = room // 3 if changes else 0
    for at, table in enumerate(tables):
        share = (room - reserved) if at == len(tables) - 1 else (room - reserved) * 3 // 4
        framed = _framed(table, share, language)
        room -= _length(framed)
        body += framed
    if changes:
        body += [changes(max(room, 0)), ""]
    return "\n".join([*head, *body, *tail]).rstrip("\n") + "\n"


def _verdict(report: Report, language: Language) -> str:
    count = sum(finding.severity is not Severity.NOTICE for finding in report.findings)
    return _FAILED.to(language).format(count=count) if count else _PASSED.to(language)


def _fixable(report: Report, language: Language) -> list[str]:
    line = fixable_line(report, language)
    return [line] if line else []


def _counts(report: Report, language: Language) -> list[str]:
    """How many of each rule: found, mended, known."""
    names = {finding.code: finding.name for finding in report.findings}
    found = Counter(finding.code for finding in report.findings)
    mended = Counter(trace.code for trace in _gone(report))
    known: Counter[str] = Counter()
    for standing in (report.baseline, report.base):
        if standing is not None:
            known.update(finding.code for finding in standing.known)
            names.update({finding.code: finding.name for finding in standing.known})
    counters = (found, mended, known)
    codes = sorted({*found, *mended, *known}, key=lambda code: (-found[code], -mended[code], code))
    if not codes:
        return []
    rows = [
        f"| {code_span(code)} {names.get(code, '')} | {' | '.join(str(counter[code] or '') for counter in counters)} |"
        for code in codes[:MOST_RULES]
    ]
    return [_COUNTS.to(language), "| --- | --: | --: | --: |", *rows, ""]


def _tables(report: Report, language: Language) -> list[Table]:
    # The worst come first: they are what is left where there is no room for all.
    worst = sorted(report.findings, key=lambda finding: list(Severity).index(finding.severity))
    tables = [
        Table(_NEW.to(language), _NEW_HEADER.to(language), [_finding(one, language) for one in worst], True),
        Table(_MENDED.to(language), _MENDED_HEADER.to(language), [_trace(one) for one in _gone(report)], False),
    ]
    return [table for table in tables if table.rows]


def _gone(report: Report) -> list[Trace]:
    """What is mended; what the baseline and the revision both held is one."""
    standings = [standing for standing in (report.baseline, report.base) if standing is not None]
    return list({trace.fingerprint: trace for standing in standings for trace in standing.mended}.values())


def _finding(finding: Finding, language: Language) -> str:
    place = code_span(f"{finding.path}:{finding.line}:{finding.column}")
    hint = finding.hint.to(language)
    said = code_span(finding.message.to(language), LONGEST)
    return (
        f"| {place} | {_SIGNS[finding.severity]} {code_span(finding.code)} | {said} | "
        f"{code_span(hint, LONGEST) if hint else ''} |"
    )


def _trace(trace: Trace) -> str:
    where = " › ".join((trace.path, *trace.section))
    return f"| {code_span(where)} | {code_span(trace.code)} | {code_span(trace.text)} |"


def _framed(table: Table, room: int, language: Language) -> list[str]:
    """A table with as many rows as there is room for."""
    count = len(table.rows)
    title = f"{table.title}（{count}）" if language == "zh" else f"{table.title} ({count})"
    opening = f"<details{' open' if table.is_open else ''}><summary><b>{title}</b></summary>"
    frame = [opening, "", table.header, "| " + " | ".join(["---"] * (table.header.count("|") - 1)) + " |"]
    end = ["", "</details>", ""]
    left = room - _length((*frame, *end)) - 100
    kept: list[str] = []
    for row in table.rows:
        left -= len(row) + 1
        if left < 0:
            break
        kept.append(row)
    more = ["", _MORE.to(language).format(count=count - len(kept))] if len(kept) < count else []
    return [*frame, *kept, *more, *end]


def _unverified(report: Report, language: Language) -> list[str]:
    if not report.unverified:
        return []
    lines = [f"- {code_span(what.to(language), LONGEST)}" for what in report.unverified[:20]]
    more = len(report.unverified) - len(lines)
    if more:
        lines.append(f"- {_MORE.to(language).format(count=more)}")
    title = f"{_UNVERIFIED.to(language)} ({len(report.unverified)})"
    return [f"<details><summary><b>{title}</b></summary>", "", *lines, "", "</details>", ""]


def _length(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)
