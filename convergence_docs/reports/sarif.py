"""A report as SARIF 2.1.0, for code scanning.

Source: OASIS, Static Analysis Results Interchange Format Version 2.1.0. Section numbers below are of that document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Any
from urllib.parse import quote

from convergence_docs.diagnostic import Change, Finding, Language, Place, Report, RuleInfo, Severity
from convergence_docs.reports.figures import figures_as_json

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "findingHash/v2"
"""Names how `Trace` makes fingerprints (§3.27.17)."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def render_sarif(report: Report, language: Language, rules: Iterable[RuleInfo], version: str) -> str:
    """The report as one SARIF log with one run. ``version`` is the checker's."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    index = {rule.code: number for number, rule in enumerate(ordered)}
    driver = {
        "name": "convergence-docs",
        "semanticVersion": version,
        "rules": [_rule(rule, language) for rule in ordered],
    }
    label = "未能核实：" if language == "zh" else "Not verified: "
    notifications = [{"level": "note", "message": {"text": label + what.to(language)}} for what in report.unverified]
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that the check ran in."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "results": [*_results(report, index, language)],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: RuleInfo, language: Language) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary.to(language) or rule.name},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": not rule.is_opt_in},
    }


def _results(report: Report, index: Mapping[str, int], language: Language) -> Iterator[dict[str, Any]]:
    """What is new, then what the baseline holds, which is suppressed and not left out (§3.27.23, §3.27.24)."""
    for finding in report.findings:
        state = {"baselineState": "new"} if report.baseline else {}
        yield _result(finding, index, language) | state
    for finding in report.baseline.known if report.baseline else ():
        suppression = {"kind": "external", "status": "accepted", "justification": "baseline"}
        yield _result(finding, index, language) | {"baselineState": "unchanged", "suppressions": [suppression]}


def _result(finding: Finding, index: Mapping[str, int], language: Language) -> dict[str, Any]:
    hint = finding.hint.to(language)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.to(language) + (f"\n{hint}" if hint else "")},
        "locations": [{"physicalLocation": _physical(finding.path, _region(finding))}],
    }
    if finding.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(related.path, _region(related)),
                "message": {"text": related.note.to(language)},
            }
            for number, related in enumerate(finding.related)
        ]
    if finding.changes:
        result["fixes"] = [_fix(finding.changes, hint)]
    if finding.data:
        result["properties"] = {"data": figures_as_json(finding.data)}  # a property bag (§3.8)
    return result


def _physical(path: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": region}


def _artifact(path: str) -> dict[str, Any]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _region(place: Finding | Place | Change) -> dict[str, Any]:
    """Ends are exclusive here and in SARIF alike: ``endColumn`` is one past the last character (§3.30.8)."""
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(changes: Iterable[Change], description: str) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        replacement = {"deletedRegion": _region(change), "insertedContent": {"text": change.replacement}}
        by_path.setdefault(change.path, []).append(replacement)
    fix: dict[str, Any] = {
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in by_path.items()
        ]
    }
    return {"description": {"text": description}, **fix} if description else fix
