"""Workflow commands: one line each, whatever the message holds."""

from __future__ import annotations

from dataclasses import replace

from convergence_docs.diagnostic import Wording
from convergence_docs.reports.github import render_github
from tests.reports.samples import DISPUTED, DUPLICATE, EVERYTHING, LINK, make_report


def test_all_of_it() -> None:
    assert render_github(EVERYTHING, "en").split("\n") == [
        "::error file=docs/甲.md,line=12,endLine=12,col=10,endColumn=14,title=LNK001 missing-file"
        "::There is no file 'b.md'.%0ADid you mean 'c.md'?",
        "::notice file=docs/甲.md,line=12,endLine=14,title=LNK001 missing-file"
        "::There is no file 'b.md'.%0ADid you mean 'c.md'?",
        "::warning file=docs/甲.md,line=40,endLine=40,col=4,endColumn=6,title=NUM001 duplicate-number"
        "::七、 is used twice.%0Adocs/甲.md:30:4: First used here.",
        "::notice title=not verified::The plugin 'x' may add anchors.",
        "Checked 2 chapters: 1 error, 1 warning, 1 notice; 1 thing not verified.",
        "",
    ]


def test_figures_and_their_places_are_named() -> None:
    first = render_github(make_report(DISPUTED), "zh").split("\n")[0]
    assert first.endswith(
        "::此处为 95%25，另一处为 96%25以上。%0A架构层 · 收敛度: 95%25 | 96%25以上%0Adocs/乙.md:7:1: 另一处。"
    )


def test_nothing_breaks_out_of_its_line_or_property() -> None:
    evil = replace(
        LINK, path="a,b:c%\n::error::x.md", message=Wording("100%\r\n::stop-commands::x", "无"), hint=Wording("", "")
    )
    first = render_github(make_report(evil), "en").split("\n")[0]
    assert first.startswith("::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.md,line=12,")
    assert first.endswith("::100%25%0D%0A::stop-commands::x")


def test_no_columns_where_a_finding_spans_lines() -> None:
    spanning = replace(DUPLICATE, end_line=41)
    assert "col=" not in render_github(make_report(spanning), "zh").split("\n")[0]
