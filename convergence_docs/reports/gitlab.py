"""A report as GitLab reads it: a list of issues in the format of Code Climate.

Source: docs.gitlab.com, "Code Quality", section "Implement a custom tool".
"""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from convergence_docs.diagnostic import Finding, Language, Report, Severity

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def render_gitlab(report: Report, language: Language) -> str:
    """The findings as one JSON list. Each must bear a fingerprint, by which GitLab tells new ones from old."""
    return dumps([_issue(finding, language) for finding in report.findings], ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, language: Language) -> dict[str, Any]:
    said = (f"{finding.code} {finding.name}", finding.message.to(language), finding.hint.to(language))
    return {
        "description": " ".join(filter(None, said)),
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": finding.line, "end": finding.end_line}},
    }
