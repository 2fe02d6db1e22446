"""Claims on their way out: aligned for people, exact for programs, harmless for spreadsheets."""

from __future__ import annotations

import csv
import json
from io import StringIO
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.claim_row import ClaimRow, claim_row
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.reports.cells import width
from convergence_docs.reports.claims import guarded, render_csv, render_json, render_jsonl, render_table
from convergence_docs.schemas import read_schema
from convergence_docs.text import SourceText, Span

SOURCE = SourceText("章/甲.md", "# 甲\n\n| 架构层 | 95%以上 |\n增长 +30%\n")
CLAIM = Claim(
    Span(13, 18),
    ClaimSource.TABLE,
    "架构层",
    "layer:architectural",
    "收敛度",
    "convergence-degree",
    Value(ValueKind.PERCENTAGE, "95%以上", Interval(95.0, inf, False, True)),
    scope='开源模型, "2025"',
    year=2025,
    reference="https://example.org/",
    anchor="甲",
    heading="甲",
)
ROWS = (
    claim_row("章/甲.md", CLAIM, SOURCE),
    claim_row(
        "章/甲.md",
        Claim(
            Span(24, 28),
            ClaimSource.PROSE,
            "=HYPERLINK(1)",
            "",
            "-1",
            "",
            Value(ValueKind.PERCENTAGE, "+30%", Interval(-12.5, 30.0), is_change=True, problem="reversed-range"),
        ),
        SOURCE,
    ),
)
# fmt: off
PROMISED = [
    "path", "line", "column", "subject", "dimension", "text", "kind", "low", "high", "low_open", "high_open", "scope",
    "as_of", "source",
]
# fmt: on


def test_the_promised_columns_come_first() -> None:
    assert list(ClaimRow._fields[: len(PROMISED)]) == PROMISED
    assert ROWS[0][: len(PROMISED)] == (
        "章/甲.md", 3, 9, "架构层", "收敛度", "95%以上", "percentage", 95, None, False, True,
        "开源模型, \"2025\"", 2025, "table",
    )  # fmt: skip
    assert isinstance(ROWS[0].low, int)


def test_csv_is_rfc_4180() -> None:
    text = render_csv(ROWS)
    header, first, second, end = text.split("\r\n")
    assert end == ""
    assert "\n" not in text.replace("\r\n", "")
    assert header.startswith(",".join(PROMISED))
    assert first.startswith(
        '章/甲.md,3,9,架构层,收敛度,95%以上,percentage,95,,false,true,"开源模型, ""2025""",2025,table,'
    )
    assert second.startswith("章/甲.md,4,4,'=HYPERLINK(1),'-1,'+30%,percentage,-12.5,30,false,false,,,prose,")
    assert render_csv(()) == header + "\r\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'x"]
)
def test_a_formula_is_disarmed(text: str) -> None:
    assert guarded(text) == "'" + text


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=3, max_size=3))
def test_csv_gives_every_text_back(texts: list[str]) -> None:
    row = ROWS[0]._replace(subject=texts[0], scope=texts[1], heading=texts[2])
    (again,) = csv.DictReader(StringIO(render_csv((row,)), newline=""))
    read = [again[name].removeprefix("'") for name in ("subject", "scope", "heading")]
    assert read == texts
    assert not again["subject"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_json_is_valid_and_jsonl_is_the_same() -> None:
    value = json.loads(render_json(ROWS))
    Draft202012Validator(json.loads(read_schema("claims"))).validate(value)
    assert [list(one) for one in value] == [list(ClaimRow._fields)] * 2
    assert value[0]["high"] is None
    assert value[1]["subject"] == "=HYPERLINK(1)", "JSON needs no guard"
    assert [json.loads(line) for line in render_jsonl(ROWS).splitlines()] == value
    assert json.loads(render_json(())) == []
    assert render_jsonl(()) == ""


IN_CHINESE = """\
位置          对象           维度    值                     范围              年份  来源
章/甲.md:3:9  架构层         收敛度  95%以上                开源模型, "2025"  2025  表格
章/甲.md:4:4  =HYPERLINK(1)  -1      +30% [reversed-range]                          正文
1 个章节中有 2 条论断：表格 1、正文 1。
"""


def test_columns_stand_under_each_other() -> None:
    assert render_table(ROWS, "zh") == IN_CHINESE
    english = render_table(ROWS, "en").splitlines()
    assert english[0].split() == ["place", "subject", "dimension", "value", "scope", "as", "of", "source"]
    assert english[-1] == "2 claims in 1 chapter: table 1, prose 1."
    assert render_table((), "en") == "0 claims in 0 chapters.\n"


def test_lines_fit_the_terminal_and_places_stay_whole() -> None:
    long = ROWS[0]._replace(scope="所有" * 60, text="九成\x1b[2J")
    lines = render_table((long, ROWS[1]), "zh", 90).splitlines()
    assert max(map(width, lines)) <= 90
    assert all("章/甲.md:" in line for line in lines[1:3])
    assert "…" in lines[1]
    assert "\x1b" not in "".join(lines)
    narrow = render_table((long,), "zh", 40).splitlines()
    assert "章/甲.md:3:9" in narrow[1], "a place that is cut leads nowhere"


def test_a_name_makes_no_workflow_command() -> None:
    evil = ROWS[0]._replace(path="::stop-commands::x.md", subject="\n::error::x")
    assert not [line for line in render_table((evil,), "en").split("\n") if line.lstrip().startswith("::")]
