"""A report for people: each finding with its source line, the exact columns underlined, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Finding, Language, Report, Severity, Wording
from convergence_docs.reports.cells import excerpt, sanitised
from convergence_docs.reports.counting import fixable_line, standing_lines, summary_line

SEVERITIES = {
    Severity.ERROR: Wording("error", "错误"),
    Severity.WARNING: Wording("warning", "警告"),
    Severity.NOTICE: Wording("notice", "提示"),
}
HELP = Wording("help: ", "建议：")
SEE = Wording("see: ", "参见：")
COLON = Wording(": ", "：")
UNVERIFIED = Wording("not verified: ", "未能核实：")

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}


def render_terminal(report: Report, language: Language, *, colour: bool = False, width: int = 120) -> str:
    """The whole report, findings first and counts last, at most about ``width`` cells wide where that can be."""
    lines: list[str] = []
    for finding in report.findings:
        lines += render_finding(finding, language, colour=colour, width=width)
        lines.append("")
    for what in report.unverified:
        lines.append(_styled(UNVERIFIED.to(language), "1;35", colour) + sanitised(what.to(language)))
    lines.append(_styled(summary_line(report, language), "1", colour))
    lines += standing_lines(report, language)
    if fixable := fixable_line(report, language):
        lines.append(fixable)
    return "\n".join(lines) + "\n"


def render_finding(finding: Finding, language: Language, *, colour: bool = False, width: int = 120) -> Iterator[str]:
    """The lines of one finding."""
    style = _STYLES[finding.severity]
    # In the log of a CI machine, a line that begins with "::" is a command: a file's name must not make one.
    path = f"./{finding.path}" if finding.path.startswith(":") else finding.path
    place = f"{sanitised(path)}:{finding.line}:{finding.column}"
    label = _styled(f"{SEVERITIES[finding.severity].to(language)}[{finding.code}]", style, colour)
    message = sanitised(finding.message.to(language))
    yield f"{_styled(place, '1', colour)}: {label} {finding.name}{COLON.to(language)}{message}"
    gutter = max(len(str(finding.line)), 4)
    if finding.excerpt:
        start = finding.column - finding.excerpt_column
        is_one_line = finding.end_line == finding.line
        end = finding.end_column - finding.excerpt_column if is_one_line else len(finding.excerpt)
        line, underline = excerpt(finding.excerpt, start, end, width - gutter - 3)
        yield f"{_styled(f'{finding.line:>{gutter}} |', '34', colour)} {line}"
        yield f"{_styled(f'{chr(32):>{gutter}} |', '34', colour)} {_carets(underline, style, colour)}"
    indent = " " * (gutter + 1)
    hint = finding.hint.to(language)
    if hint:
        yield f"{indent}{_styled(HELP.to(language), '1;32', colour)}{sanitised(hint)}"
    for place_ in finding.related:
        note = sanitised(place_.note.to(language))
        where = f"{sanitised(place_.path)}:{place_.line}:{place_.column}"
        yield f"{indent}{_styled(SEE.to(language), '1;34', colour)}{where}{COLON.to(language) + note if note else ''}"


def _carets(underline: str, style: str, colour: bool) -> str:
    carets = underline.lstrip(" ")
    return " " * (len(underline) - len(carets)) + _styled(carets, style, colour)


def _styled(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text
