"""The report for programs."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from convergence_docs.baseline import make_trace
from convergence_docs.diagnostic import Standing
from convergence_docs.reports.json import render_json
from convergence_docs.schemas import read_schema
from tests.reports.samples import DISPUTED, EVERYTHING, LINK, make_report

VALIDATOR = Draft202012Validator(json.loads(read_schema("report")))


def test_it_is_valid_and_holds_exactly_what_is_promised() -> None:
    value = json.loads(render_json(EVERYTHING, "zh"))
    VALIDATOR.validate(value)
    assert list(value) == ["version", "findings", "baseline", "base", "summary"]
    assert value["findings"][2] == {
        "path": "docs/甲.md",
        "line": 40,
        "column": 4,
        "end_line": 40,
        "end_column": 6,
        "code": "NUM001",
        "name": "duplicate-number",
        "severity": "warning",
        "message": "编号“七、”重复。",
        "hint": "",
        "related": [
            {
                "path": "docs/甲.md",
                "line": 30,
                "column": 4,
                "end_line": 30,
                "end_column": 6,
                "message": "首次出现在这里。",
            }
        ],
        "fixable": True,
        "data": None,
        "fingerprint": "",
    }
    assert value["summary"] == {
        "errors": 1,
        "warnings": 1,
        "notices": 1,
        "chapters": 2,
        "unverified": ["插件 x 可能添加锚点。"],
    }


def test_figures_are_data() -> None:
    value = json.loads(render_json(make_report(DISPUTED), "zh"))
    VALIDATOR.validate(value)
    (finding,) = value["findings"]
    assert finding["data"]["subject_id"] == "layer:architectural"
    assert finding["data"]["dimension"] == "收敛度"
    here, there = finding["data"]["values"]
    assert len(finding["related"]) == 1, "every value but the first has its related place"
    assert (here["text"], here["low"], here["high"]) == ("95%", 95.0, 95.0)
    assert (there["low"], there["high"], there["scope"], there["as_of"]) == (96.0, None, "开源模型", 2025)


def test_the_other_language() -> None:
    value = json.loads(render_json(EVERYTHING, "en"))
    assert value["findings"][0]["message"] == "There is no file 'b.md'."


def test_an_empty_report_is_valid() -> None:
    VALIDATOR.validate(json.loads(render_json(make_report(), "en")))


def test_the_schema_refuses_what_is_not_promised() -> None:
    value = json.loads(render_json(EVERYTHING, "en"))
    value["findings"][0]["colour"] = "red"
    assert not VALIDATOR.is_valid(value)


def test_what_a_baseline_holds_is_counted_and_what_is_mended_listed() -> None:
    gone = make_trace("LNK001", "docs/甲.md", ("概述",), "丙.md", 1)
    standing = Standing(name="convergence-baseline.json", known=(LINK,), mended=(gone,))
    value = json.loads(render_json(make_report(DISPUTED, baseline=standing), "en"))
    VALIDATOR.validate(value)
    assert value["baseline"]["known"] == 1
    assert value["baseline"]["mended"][0]["text"] == "丙.md"
    assert value["base"] is None
