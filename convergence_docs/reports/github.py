"""A report as GitHub Actions workflow commands, which become annotations on a pull request.

Source: docs.github.com, "Workflow commands for GitHub Actions"; escaping as in actions/toolkit ``command.ts``.
GitHub shows ten annotations of each level a step; the rest is in the log, where every line is kept.
"""

from __future__ import annotations

from convergence_docs.diagnostic import Finding, Language, Report
from convergence_docs.reports.counting import standing_lines, summary_line


def render_github(report: Report, language: Language) -> str:
    """One workflow command a finding, one notice a thing not verified, and a line of counts."""
    lines = [_command(finding, language) for finding in report.findings]
    title = "未能核实" if language == "zh" else "not verified"
    lines += [f"::notice title={title}::{_data(what.to(language))}" for what in report.unverified]
    lines += [summary_line(report, language), *standing_lines(report, language)]
    return "\n".join(lines) + "\n"


def _command(finding: Finding, language: Language) -> str:
    properties = {"file": finding.path, "line": str(finding.line), "endLine": str(finding.end_line)}
    if finding.line == finding.end_line:  # GitHub refuses columns on an annotation that spans lines
        properties |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    said = [finding.message.to(language), finding.hint.to(language)]
    if finding.data:
        data = finding.data
        said.append(f"{data.subject} · {data.dimension}: {' | '.join(value.text for value in data.values)}")
    said += [f"{place.path}:{place.line}:{place.column}: {place.note.to(language)}" for place in finding.related]
    body = "\n".join(filter(None, said))
    return f"::{finding.severity.value} {listed}::{_data(body)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
