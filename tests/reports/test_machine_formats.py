"""GitLab's code quality and JUnit XML: what their readers need, with the worst texts that a chapter can hold."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from convergence_docs.cli import main
from convergence_docs.cli.rendering import FORMATS
from convergence_docs.diagnostic import Wording
from convergence_docs.reports.gitlab import render_gitlab
from convergence_docs.reports.junit import render_junit
from tests.folders import write
from tests.reports.samples import EVERYTHING, LINK, SPANNING, make_report

HOSTILE = "\x00\x1b[31m]]>&<!--\u202e\ufffe\ud800\"'</failure>"


def test_gitlab_gets_what_it_needs() -> None:
    report = make_report(*(replace(one, fingerprint=f"{at:032x}") for at, one in enumerate(EVERYTHING.findings)))
    issues = json.loads(render_gitlab(report, "zh"))
    assert [issue["severity"] for issue in issues] == ["major", "info", "minor"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[0] == {
        "description": "LNK001 missing-file 文件 b.md 不存在。 是否应为 c.md？",
        "check_name": "LNK001",
        "fingerprint": "0" * 32,
        "severity": "major",
        "location": {"path": "docs/甲.md", "lines": {"begin": 12, "end": 12}},
    }
    assert json.loads(render_gitlab(make_report(), "en")) == []


def test_junit_counts_failures_and_keeps_notices() -> None:
    root = ElementTree.fromstring(render_junit(EVERYTHING, "en"))
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    (suite,) = root
    assert suite.get("name") == "docs/甲.md"
    kinds = [[child.tag for child in case] for case in suite]
    assert kinds == [["failure"], ["system-out"], ["failure"]]
    failure = suite[0][0]
    assert failure.get("type") == "error"
    assert failure.text == "docs/甲.md:12:10: There is no file 'b.md'.\nDid you mean 'c.md'?"
    assert suite[0].get("line") == "12"


def test_a_clean_junit_report_holds_a_case_that_passed() -> None:
    root = ElementTree.fromstring(render_junit(make_report(), "zh"))
    assert root.get("tests") == "1"
    assert "没有发现问题" in (root[0][0][0].text or "")


@pytest.mark.parametrize("render", [render_junit, render_gitlab])
def test_hostile_text_breaks_nothing(render: object) -> None:
    worst = replace(LINK, path=f"docs/{HOSTILE}.md", message=Wording(HOSTILE, HOSTILE), hint=Wording(HOSTILE, HOSTILE))
    text = render(make_report(worst, SPANNING), "en")  # type: ignore[operator]
    data = text.encode("utf-8", "backslashreplace")
    if render is render_junit:
        assert len(list(ElementTree.fromstring(data).iter("failure"))) == 1
    else:
        assert len(json.loads(data)) == 2


NAMES = ["-v.md", "a\nb::error::c.md", "甲 %25,:乙.md", "<img src=x>`|`.md", "'\"&.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_files_of_any_name_pass_through_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"docs/{name}": "# 甲\n\n[x](none.md)\n" for name in NAMES})
    monkeypatch.chdir(tmp_path)
    also = [f"--also={name}={name}.out" for name in FORMATS]
    assert main(["check", "docs", "--select", "LNK001", "--format", "github", "--output", "github", *also]) == 1
    out = {name: (tmp_path / f"{name}.out").read_text(encoding="utf-8") for name in FORMATS}
    paths = {f"docs/{name}" for name in NAMES}
    assert {one["path"] for one in json.loads(out["json"])["findings"]} == paths
    assert {one["location"]["path"] for one in json.loads(out["gitlab"])} == paths
    assert {suite.get("name") for suite in ElementTree.fromstring(out["junit"])} == paths
    places = [result["locations"][0]["physicalLocation"] for result in json.loads(out["sarif"])["runs"][0]["results"]]
    assert {unquote(place["artifactLocation"]["uri"]) for place in places} == paths
    commands = [line for line in out["github"].splitlines() if line.startswith("::")]
    assert sum(line.startswith("::error file=docs/") for line in commands) == len(NAMES)
    assert not any(line.startswith("::error::") for line in out["github"].splitlines())
    assert json.loads(out["suggestions"])["comments"] == []
    assert out["markdown"].count("| ❌ `LNK001` |") == len(NAMES)
    assert main(["baseline", "docs"]) == 0
    assert main(["check", "docs", "--select", "LNK001"]) == 0
    assert main(["check", "--select", "LNK001", "--no-baseline", "--", "docs/-v.md"]) == 1
