"""What a finding on claims carries for programs, on its way from a rule to a report."""

from __future__ import annotations

from math import inf

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.claim import Claim, ClaimSource
from convergence_docs.model.quantity import Interval
from convergence_docs.model.value import Value, ValueKind
from convergence_docs.placing import place
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Rule
from convergence_docs.text import SourceText, Span

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
