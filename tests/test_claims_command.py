"""``convergence-docs claims``: which claims are listed, in which order, in which format, and what is a fault."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convergence_docs.cli import main
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.schemas import read_schema
from convergence_docs.text import Span

VOCABULARY = """
layers:
  - {id: architectural, name: 架构层, aliases: [架构], english: architecture layer}
  - {id: mathematical, name: 数学层, english: mathematical layer}
dimensions:
  - {id: adoption, name: 采用率, aliases: [使用率], english: adoption}
"""
ROOT = Path(__file__).parent.parent
SOURCES = {"表": ClaimSource.TABLE, "文": ClaimSource.PROSE, "图": ClaimSource.DIAGRAM}


def planted(chapter: Chapter, vocabulary: Vocabulary | None) -> tuple[Claim, ...]:
    """A claim at every ``{subject|dimension|percent|source}``, last first: what is found is another test's business."""
    found = []
    for match in re.finditer(r"\{(\w+)\|(\w+)\|(\d+)\|(\w)\}", chapter.source.text):
        subject, dimension, percent, source = match.groups()
        terms = [vocabulary.find(name) if vocabulary else None for name in (subject, dimension)]
        ids = [f"{terms[0].kind}:{terms[0].id}" if terms[0] else "", terms[1].id if terms[1] else ""]
        interval = Interval(float(percent), float(percent))
        value = Value(ValueKind.PERCENTAGE, f"{percent}%", interval)
        found.append(Claim(Span(*match.span(3)), SOURCES[source], subject, ids[0], dimension, ids[1], value))
    return tuple(reversed(found))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of two chapters, beside the current folder's ``docs``."""
    (tmp_path / "docs" / "节").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: 书\nextra: {convergence: {vocabulary: vocabulary.yml}}\n", "utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_text(VOCABULARY, "utf-8")
    (tmp_path / "docs" / "b.md").write_text(
        "# 乙\n\n{架构|使用率|95|文} {数学层|采用率|100|表}\n\n{某物|采用率|7|图}\n", "utf-8"
    )
    (tmp_path / "docs" / "节" / "a.md").write_text("# 甲\n\n{架构层|收敛度|90|表}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("convergence_docs.reading.extract_claims", planted)
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """The claims that a call lists, from its JSON, which is valid."""
    assert main(["claims", "--format", "json", *words]) == 0
    claims: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(read_schema("claims"))).validate(claims)
    return claims


@pytest.mark.usefixtures("site")
def test_all_claims_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    places = [(one["path"], one["line"], one["column"], one["text"]) for one in listed(capsys)]
    assert places == [
        ("docs/b.md", 3, 9, "95%"),
        ("docs/b.md", 3, 24, "100%"),
        ("docs/b.md", 5, 9, "7%"),
        ("docs/节/a.md", 3, 10, "90%"),
    ]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--subject", "架构层"], ["95%", "90%"]),
        (["--subject", "架构"], ["95%", "90%"]),
        (["--subject", "Architecture Layer"], ["95%", "90%"]),
        (["--subject", "architectural"], ["95%", "90%"]),
        (["--subject", "layer:architectural"], ["95%", "90%"]),
        (["--subject", "某物"], ["7%"]),
        (["--dimension", "使用率"], ["95%", "100%", "7%"]),
        (["--dimension", "adoption"], ["95%", "100%", "7%"]),
        (["--dimension", "收敛度"], ["90%"]),
        (["--subject", "数学层", "--dimension", "采用率"], ["100%"]),
        (["--subject", "数学层", "--dimension", "收敛度"], []),
        (["--source", "diagram"], ["7%"]),
        (["--chapter", "节/"], ["90%"]),
        (["--chapter", "b.*"], ["95%", "100%", "7%"]),
        (["docs/节/a.md"], ["90%"]),
        (["docs/节"], ["90%"]),
    ],
    ids=" ".join,
)
def test_what_is_asked_for(words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["text"] for one in listed(capsys, *words)] == expected


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--subject", "架构曾"], "架构层"),
        (["--subject", "某"], "某物"),
        (["--dimension", "采用绿"], "采用率"),
        (["--dimension", "架构层"], "Without this option"),
    ],
)
def test_an_unknown_name_is_a_fault_with_proposals(
    words: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words[1] in err
    assert named in err.partition("help: ")[2]
    assert main(["claims", *words, "--lang", "zh"]) == 2
    assert "没有" in capsys.readouterr().err


def test_every_format_holds_the_same_claims(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = listed(capsys)
    assert main(["claims", "--format", "jsonl"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == claims
    assert main(["claims", "--format", "csv", "--output", "claims.csv"]) == 0
    assert capsys.readouterr().out == ""
    written = (site / "claims.csv").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == 5
    records = list(csv.DictReader(StringIO(written.decode(), newline="")))
    assert [(one["path"], one["line"], one["text"]) for one in records] == [
        (one["path"], str(one["line"]), one["text"]) for one in claims
    ]
    assert main(["claims"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [f"{c['path']}:{c['line']}:{c['column']}" for c in claims]
    assert lines[-1] == "4 claims in 2 chapters: table 2, prose 1, diagram 1."


def test_what_could_not_be_read_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "docs" / "c.md").symlink_to("/etc/hostname")
    assert main(["claims", "--lang", "zh"]) == 0
    assert capsys.readouterr().err.startswith("docs/c.md: 未检查：")
    assert main(["model"]) == 0
    assert capsys.readouterr().err.startswith("docs/c.md: Not checked: ")


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_the_readme_shows_what_is_printed(
    page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = re.search(r"^\$ convergence-docs (claims .*)\n((?:[^$`].*\n)+)", text, re.M)
    assert shown, "the page shows no such call"
    assert main(shown[1].split()) == 0
    assert capsys.readouterr().out == shown[2]


def test_the_list_the_model_and_the_database_hold_the_same_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list reads chapters in brief, the other two in full."""
    monkeypatch.chdir(ROOT / "docs")
    listed_claims = listed(capsys, ".")
    assert main(["model", "."]) == 0
    chapters = json.loads(capsys.readouterr().out)["chapters"]
    in_model = [{"path": one["path"], **claim} for one in chapters for claim in one["claims"]]
    assert in_model == listed_claims
    assert {one["source"] for one in in_model} == {"table", "list", "prose", "diagram"}
    for one in in_model:
        if one["line"] == one["end_line"]:
            line = Path(one["path"]).read_text(encoding="utf-8").split("\n")[one["line"] - 1]
            assert line[one["column"] - 1 : one["end_column"] - 1] == one["text"]
    file = str(tmp_path / "book.sqlite")
    assert main(["model", ".", "--format", "sqlite", "--output", file]) == 0
    names = ("path", "line", "column", "text", "low")
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(f"SELECT {', '.join(names)} FROM figures ORDER BY id").fetchall()
    assert rows == [tuple(one[name] for name in names) for one in in_model]
