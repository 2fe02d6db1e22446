"""A report as JUnit XML, which most CI systems show: a suite for each file, a case for each finding.

Errors and warnings are failures; notices are cases that passed and say something. A report without findings has one
case that passed, for an empty file would look like a check that never ran.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from convergence_docs.diagnostic import Finding, Language, Report, Severity
from convergence_docs.reports.counting import standing_lines, summary_line

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, not even as a reference (§2.2)."""


def render_junit(report: Report, language: Language) -> str:
    """The report as one XML document in UTF-8."""
    failures = sum(map(_is_failure, report.findings))
    cases = max(len(report.findings), 1)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="convergence-docs" tests="{cases}" failures="{failures}" errors="0">',
    ]
    for path, group in groupby(report.findings, lambda finding: finding.path):
        lines += _suite(path, list(group), language)
    told = [summary_line(report, language), *standing_lines(report, language)]
    told += [what.to(language) for what in report.unverified]
    if not report.findings:
        lines += [
            '  <testsuite name="convergence-docs" tests="1" failures="0" errors="0" skipped="0">',
            '    <testcase classname="convergence-docs" name="check">',
            f"      <system-out>{_text(chr(10).join(told))}</system-out>",
            "    </testcase>",
            "  </testsuite>",
        ]
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(path: str, findings: Sequence[Finding], language: Language) -> Iterator[str]:
    failures = sum(map(_is_failure, findings))
    counts = f'tests="{len(findings)}" failures="{failures}" errors="0" skipped="0"'
    yield f"  <testsuite name={_attribute(path)} {counts}>"
    for finding in findings:
        name = _attribute(f"{finding.code} {finding.name} {finding.line}:{finding.column}")
        place = f'classname={_attribute(path)} name={name} file={_attribute(path)} line="{finding.line}"'
        message = finding.message.to(language)
        body = "\n".join(
            filter(
                None,
                [
                    f"{path}:{finding.line}:{finding.column}: {message}",
                    finding.hint.to(language),
                    *(f"{one.path}:{one.line}:{one.column}: {one.note.to(language)}" for one in finding.related),
                ],
            )
        )
        yield f"    <testcase {place}>"
        if _is_failure(finding):
            kind = f'type="{finding.severity.value}" message={_attribute(message)}'
            yield f"      <failure {kind}>{_text(body)}</failure>"
        else:
            yield f"      <system-out>{_text(body)}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _is_failure(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTICE


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))
