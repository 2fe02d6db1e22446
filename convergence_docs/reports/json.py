"""A report for programs. ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from json import dumps
from typing import Any

from convergence_docs.diagnostic import Finding, Language, Report, Standing
from convergence_docs.reports.counting import count
from convergence_docs.reports.figures import figures_as_json

VERSION = 1
"""Of the format; raised when a reader of the old one would misread the new one."""


def render_json(report: Report, language: Language) -> str:
    """The report as one JSON object, findings in order, messages in one language."""
    counts = count(report)
    value = {
        "version": VERSION,
        "findings": [_finding(finding, language) for finding in report.findings],
        "baseline": _standing(report.baseline),
        "base": _standing(report.base),
        "summary": {
            **counts._asdict(),
            "chapters": report.chapters,
            "unverified": [what.to(language) for what in report.unverified],
        },
    }
    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "name": standing.name,
        "known": len(standing.known),
        "mended": [
            {
                "path": trace.path,
                "code": trace.code,
                "section": list(trace.section),
                "text": trace.text,
                "fingerprint": trace.fingerprint,
            }
            for trace in standing.mended
        ],
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message.to(language),
        "hint": finding.hint.to(language),
        "related": [
            {
                "path": place.path,
                "line": place.line,
                "column": place.column,
                "end_line": place.end_line,
                "end_column": place.end_column,
                "message": place.note.to(language),
            }
            for place in finding.related
        ],
        "fixable": finding.fix is not None,
        "data": figures_as_json(finding.data) if finding.data else None,
        "fingerprint": finding.fingerprint,
    }
