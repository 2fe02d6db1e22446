"""What a finding on claims carries for programs, on its way from a rule to a report."""

from __future__ import annotations

import json
from math import inf

import pytest
from jsonschema import Draft202012Validator

from convergence_docs.diagnostic import Diagnostic, Report, Severity, Wording
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.placing import place
from convergence_docs.reports.github import render_github
from convergence_docs.reports.json import render_json
from convergence_docs.reports.sarif import render_sarif
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Rule
from convergence_docs.schemas import read_schema
from convergence_docs.text import SourceText, Span
from tests.rules.test_contract import RULES, world_of
from tests.worlds import findings

EXACT = Claim(
    Span(0, 3),
    ClaimSource.TABLE,
    "架构层",
    "layer:architectural",
    "收敛度",
    "convergence-degree",
    Value(ValueKind.PERCENTAGE, "95%", Interval(95.0, 95.0)),
)
ABOVE = EXACT._replace(
    value=Value(ValueKind.PERCENTAGE, "96%以上", Interval(96.0, inf, False, True)), scope="开源模型", year=2025
)
PLAIN = EXACT._replace(value=Value(ValueKind.TEXT, "高"))


def test_ends_that_are_nowhere_are_none() -> None:
    figures = figures_of((EXACT, ABOVE, PLAIN))
    assert (figures.subject_id, figures.dimension_id) == ("layer:architectural", "convergence-degree")
    assert [(one.low, one.high) for one in figures.values] == [(95.0, 95.0), (96.0, None), (None, None)]
    assert [(one.scope, one.as_of) for one in figures.values[:2]] == [("", None), ("开源模型", 2025)]


def test_a_placed_finding_keeps_them() -> None:
    wording = {"default": Wording("x", "甲")}
    rule = Rule(code="CLM999", name="planted", severity=Severity.ERROR, since="0", messages=wording, page="")
    diagnostic = Diagnostic(span=Span(0, 3), data=figures_of((EXACT,)))
    finding = place(rule, Severity.ERROR, diagnostic, "a.md", lambda path: SourceText(path, "95%"))
    assert finding.data == figures_of((EXACT,))


LEDGER = [rule for rule in RULES if rule.code.startswith("CLM") and rule.code not in ("CLM012", "CLM013")]
"""Rules on figures; a declaration (CLM012) and a table that is not read (CLM013) hold none."""


@pytest.mark.parametrize("rule", LEDGER, ids=[rule.code for rule in LEDGER])
def test_every_ledger_finding_carries_its_figures(rule: Rule) -> None:
    world = world_of(rule, "Example")
    found = findings(world.files, select=[rule.code], **world.circumstances)
    assert found
    for finding in found:
        assert finding.data is not None
        assert all(value.text for value in finding.data.values)
        if finding.related:
            assert len(finding.data.values) == 1 + len(finding.related), "a value for each place"


def test_a_ledger_report_is_valid_in_every_format() -> None:
    (rule,) = [rule for rule in LEDGER if rule.code == "CLM001"]
    world = world_of(rule, "Example")
    found = tuple(findings(world.files, select=[rule.code], **world.circumstances))
    report = Report(findings=found, chapters=len(world.files))
    value = json.loads(render_json(report, "zh"))
    Draft202012Validator(json.loads(read_schema("report"))).validate(value)
    data = value["findings"][0]["data"]
    assert {data["subject"], data["dimension"], *(one["text"] for one in data["values"])} == {
        "架构层", "收敛度", "90%", "95%"
    }  # fmt: skip
    (run,) = json.loads(render_sarif(report, "zh", [rule.info], "1"))["runs"]
    assert run["results"][0]["properties"]["data"] == data
    first = render_github(report, "zh").split("\n")[0]
    assert all(word in first for word in ("架构层", "收敛度", "90%25", "95%25", found[0].related[0].path))
