"""SARIF 2.1.0: valid by the published schema, and what a reader of ours relies on beyond that."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from convergence_docs.cli import main
from convergence_docs.diagnostic import Severity, Standing
from convergence_docs.reports.sarif import render_sarif
from tests.folders import write
from tests.reports.samples import DISPUTED, EVERYTHING, LINK, MISSING, SPANNING, make_report

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text(encoding="utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
OTHER = MISSING._replace(code="NUM001", name="duplicate-number", severity=Severity.WARNING)


def log(language: str = "en") -> dict[str, Any]:
    """The log of the sample report, its rules given out of order."""
    return dict(json.loads(render_sarif(EVERYTHING, language, [OTHER, MISSING], "1.2.3")))  # type: ignore[arg-type]


def test_it_is_valid() -> None:
    broken = log()
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert not SCHEMA.is_valid(broken), "the schema lets everything pass"
    for language in ("en", "zh"):
        SCHEMA.validate(log(language))
    standing = Standing(name="b.json", known=(replace(DISPUTED, fingerprint="a" * 32),), mended=())
    SCHEMA.validate(json.loads(render_sarif(make_report(LINK, baseline=standing), "zh", [MISSING], "1.0.0")))


def test_a_real_report_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = "[x](不 有.md) [y](1.1-甲.MD) [z](../1.1-甲.md)"
    chapter = f"# 1.1-甲\n\n## 一、甲\n\n{links}\n\n## 一、乙\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 |\n"
    write(tmp_path, {"docs/1.1-甲.md": chapter, "docs/a b,c:d.md": "# 甲\n\n[x](none.md)\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "docs", "--also", "sarif=out.sarif", "--format", "junit", "--output", "out.xml"]) == 1
    value = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    SCHEMA.validate(value)
    results = value["runs"][0]["results"]
    assert any("fixes" in result for result in results)
    prints = [result["partialFingerprints"]["findingHash/v2"] for result in results]
    assert len(set(prints)) == len(prints) > 4


def test_the_frame() -> None:
    value = log()
    assert value["version"] == "2.1.0"
    assert value["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = value["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["semanticVersion"] == "1.2.3"
    assert [rule["id"] for rule in driver["rules"]] == ["LNK001", "NUM001"]
    assert [rule["defaultConfiguration"]["level"] for rule in driver["rules"]] == ["error", "warning"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "Not verified: The plugin 'x' may add anchors."
    ]


def test_results_point_at_their_rules_and_places() -> None:
    (run,) = log()["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            region = location["physicalLocation"]["region"]
            assert min(region.values()) >= 1
            start = (region["startLine"], region["startColumn"])
            assert start <= (region["endLine"], region["endColumn"])
            artifact = location["physicalLocation"]["artifactLocation"]
            assert artifact["uri"].isascii()
            assert unquote(artifact["uri"]) == "docs/甲.md"
            assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 12,
        "startColumn": 10,
        "endLine": 12,
        "endColumn": 14,
    }


def test_a_fix_says_what_to_replace() -> None:
    (run,) = log()["runs"]
    (fix,) = run["results"][2]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 40, "startColumn": 4, "endLine": 40, "endColumn": 6},
            "insertedContent": {"text": "八、"},
        }
    ]
    assert "fixes" not in run["results"][0]


def test_figures_stand_in_the_property_bag() -> None:
    (run,) = json.loads(render_sarif(make_report(DISPUTED, LINK), "zh", [MISSING], "1"))["runs"]
    disputed, plain = run["results"]
    data = disputed["properties"]["data"]
    assert (data["subject"], data["dimension"], len(data["values"])) == ("架构层", "收敛度", 2)
    assert len(disputed["relatedLocations"]) == 1
    assert "properties" not in plain


def test_fingerprints_and_what_a_baseline_holds() -> None:
    marked = [replace(one, fingerprint=digit * 32) for one, digit in ((LINK, "a"), (SPANNING, "b"))]
    standing = Standing(name="b.json", known=(marked[1],), mended=())
    (run,) = json.loads(render_sarif(make_report(marked[0], baseline=standing), "zh", [MISSING], "1"))["runs"]
    new, known = run["results"]
    assert new["partialFingerprints"] == {"findingHash/v2": "a" * 32}
    assert (new["baselineState"], known["baselineState"]) == ("new", "unchanged")
    assert "suppressions" not in new
    assert known["suppressions"][0]["kind"] == "external"
    assert run["language"] == "zh-CN"
    assert new["message"]["text"] == "文件 b.md 不存在。\n是否应为 c.md？"


def test_without_a_baseline_nothing_is_said_of_one() -> None:
    (run,) = log()["runs"]
    assert all("baselineState" not in result for result in run["results"])
