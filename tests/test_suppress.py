"""Settling takes out what is allowed, keeps the rest, and names what was allowed in vain."""

from __future__ import annotations

from pathlib import Path

from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Finding, Severity, Wording
from convergence_docs.engine import check
from convergence_docs.model.allowance import Allowance, Word
from convergence_docs.suppress import settle
from convergence_docs.text import Span

NAMES = {"LNK001": "missing-file", "LNK002": "missing-anchor", "SUP001": "suppression-without-reason"}


def finding(code: str, line: int, path: str = "a.md") -> Finding:
    return Finding(
        path=path,
        line=line,
        column=1,
        end_line=line,
        end_column=2,
        code=code,
        name=NAMES[code],
        severity=Severity.ERROR,
        message=Wording("x", "x"),
        hint=Wording("", ""),
        excerpt="",
    )


def allowance(*rules: str, first: int = 3, last: int = 3, verb: str = "allow") -> Allowance:
    words = tuple(Word(Span(n, n + 1), rule) for n, rule in enumerate(rules))
    return Allowance(Span(0, 9), verb, Span(0, 1), words, "why", first, last)


def settled(
    findings: list[Finding], *allowances: Allowance, ran: frozenset[str] = frozenset(NAMES)
) -> tuple[list[tuple[str, int]], list[str]]:
    result = settle(findings, {"a.md": allowances}, lambda code, path: code in ran, NAMES)
    return [(one.code, one.line) for one in result.findings], [one.rule.text for one in result.unused]


def test_by_code_and_by_name_in_any_case() -> None:
    found = [finding("LNK001", 3), finding("LNK002", 3)]
    assert settled(found, allowance("lnk001", "Missing-Anchor")) == ([], [])


def test_other_lines_rules_and_files_stand() -> None:
    found = [finding("LNK001", 4), finding("LNK002", 3), finding("LNK001", 3, "b.md")]
    kept, unused = settled(found, allowance("LNK001"))
    assert len(kept) == 3
    assert unused == ["LNK001"]


def test_one_allowance_serves_many_findings() -> None:
    found = [finding("LNK001", line) for line in (3, 4, 5, 6)]
    assert settled(found, allowance("LNK001", first=3, last=5)) == ([("LNK001", 6)], [])


def test_what_did_not_run_is_not_unused() -> None:
    assert settled([], allowance("LNK001", "LNK002"), ran=frozenset(["LNK002"])) == ([], ["LNK002"])


def test_unknown_words_and_verbs_allow_nothing_and_are_not_unused() -> None:
    assert settled([finding("LNK001", 3)], allowance("LNK001", verb="ignore"), allowance("no-such")) == (
        [("LNK001", 3)],
        [],
    )


def test_findings_about_allowances_cannot_be_allowed() -> None:
    assert settled([finding("SUP001", 3)], allowance("SUP001")) == ([("SUP001", 3)], [])


def test_a_rule_that_cannot_tell_here_is_not_asked_about(tmp_path: Path) -> None:
    text = "# A\n\n- a\n    - b <!-- convergence-docs: allow flattened-list -- why -->\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(text, encoding="utf-8")

    def codes() -> list[str]:
        return [finding.code for finding in check(find_configs([str(tmp_path)])[0], use_cache=False).findings]

    assert codes() == []
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
    assert codes() == ["SUP002"]


def test_allowances_work_from_end_to_end_and_from_memory(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# A\n\n[x](no.md) <!-- convergence-docs: allow missing-file -- why -->\n\n[y](no.md)\n", encoding="utf-8"
    )
    config = find_configs([str(tmp_path)])[0]
    for _ in range(2):
        assert [(finding.code, finding.line) for finding in check(config).findings] == [("LNK001", 5)]
