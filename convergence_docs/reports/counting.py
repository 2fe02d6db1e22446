"""How many of what: the counts that every format ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from convergence_docs.diagnostic import Language, Report, Severity
from convergence_docs.reports.cells import sanitised


class Counts(NamedTuple):
    """Findings by severity."""

    errors: int
    warnings: int
    notices: int


def count(report: Report) -> Counts:
    """The findings of a report by severity."""
    by_severity = Counter(finding.severity for finding in report.findings)
    return Counts(by_severity[Severity.ERROR], by_severity[Severity.WARNING], by_severity[Severity.NOTICE])


def summary_line(report: Report, language: Language) -> str:
    """One line that says what was found, in how many chapters, and how much could not be verified."""
    errors, warnings, notices = count(report)
    unverified = len(report.unverified)
    if language == "zh":
        found = f"{errors} 个错误、{warnings} 个警告、{notices} 个提示" if report.findings else "没有发现问题"
        return f"检查了 {report.chapters} 个章节：{found}" + (f"；{unverified} 项未能核实" if unverified else "") + "。"
    found = (
        f"{plural(errors, 'error')}, {plural(warnings, 'warning')}, {plural(notices, 'notice')}"
        if report.findings
        else "no findings"
    )
    not_verified = f"; {plural(unverified, 'thing')} not verified" if unverified else ""
    return f"Checked {plural(report.chapters, 'chapter')}: {found}{not_verified}."


def fixable_line(report: Report, language: Language) -> str:
    """One line that says how many findings bring a safe fix, and how to apply it; empty where none does."""
    number = sum(finding.fix is not None and finding.fix.safe for finding in report.findings)
    if not number:
        return ""
    if language == "zh":
        return f"其中 {number} 个可用 convergence-docs fix 改正。"
    return (
        f"'convergence-docs fix' can mend {number} of them." if number > 1 else "'convergence-docs fix' can mend one."
    )


def standing_lines(report: Report, language: Language, quoted: Callable[[str], str] = sanitised) -> Iterator[str]:
    """Lines that say what was held against what: findings known before, and how many of those are mended.

    ``quoted`` makes names of files and revisions fit for where the lines are shown.
    """
    is_chinese = language == "zh"
    if report.base is not None:
        known, mended, name = len(report.base.known), len(report.base.mended), quoted(report.base.name)
        if is_chinese:
            yield f"只列出自 {name} 以来的变化：另有 {known} 个问题此前已有；改正了 {mended} 个。"
        else:
            there = f"{plural(known, 'other finding')} {'was' if known == 1 else 'were'} there before"
            yield f"Only what changed since {name} is shown: {there}; {mended} mended."
    if report.baseline is None:
        return
    known, mended, name = len(report.baseline.known), len(report.baseline.mended), quoted(report.baseline.name)
    if known:
        shown = f"{plural(known, 'finding')} not shown, known in {name}."
        yield f"已有 {known} 个问题在 {name} 中，不再列出。" if is_chinese else shown
    if mended:
        prune = "convergence-docs baseline --prune"
        yield (
            f"{name} 中有 {mended} 个已改正，请运行 {prune}。"
            if is_chinese
            else f"{mended} of {name} mended: run '{prune}'."
        )


def plural(number: int, noun: str) -> str:
    """A number and its English noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
