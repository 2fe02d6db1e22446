"""Bad and hostile chapters: each ends in a clear finding, in bounded time, and the others are still checked."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from convergence_docs import engine, examination, runner
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Report
from convergence_docs.errors import Fault
from tests.folders import check, codes, write

OTHER = {"other.md": "# 别的\n\n[x](none.md)\n"}
SECONDS = 30
"""Far beyond what any of these takes, far below what anything that grows with the square would."""


def checked(root: Path, bad: bytes | str) -> Report:
    """The report on a folder with one bad chapter and a sane one, whose fault must have been found."""
    started = time.monotonic()
    report = check(write(root, {"bad.md": bad, **OTHER}))
    assert time.monotonic() - started < SECONDS
    assert ("other.md", "LNK001") in codes(report)
    assert not [one for one in report.findings if one.code == "RUN002"], "a rule broke down"
    return report


def found(report: Report) -> set[str]:
    """Codes found in the bad chapter."""
    return {one.code for one in report.findings if one.path == "bad.md"}


@pytest.mark.parametrize(
    "data",
    [
        "# 题\n".encode("utf-16"),
        b"\xff\xfe#\x00",
        b"\xfe\xff\x00#",
        "# 题\n".encode("utf-32"),
        b"# A\n\n\xff\xfe\xfa broken\n",
        "# 题\n".encode("gb18030"),
        b"# A\x00\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00" * 100_000,
    ],
)
def test_what_is_not_utf8_is_a_finding(tmp_path: Path, data: bytes) -> None:
    assert "DOC009" in found(checked(tmp_path, data))


@pytest.mark.parametrize(
    "yaml",
    [
        "a: [",
        "a: 1\na: 2",
        "a: &a [*a]",
        "\n".join(
            ["a0: &a0 [x,x,x,x,x,x,x,x,x]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
        ),
        "a: " + "[" * 50_000,
        "a: !!python/object/apply:os.system ['true']",
        "a: 2026-02-30",
    ],
    ids=["syntax", "duplicate", "cycle", "bomb", "deep", "python", "date"],
)
def test_bad_front_matter_is_a_finding(tmp_path: Path, yaml: str) -> None:
    assert "DOC005" in found(checked(tmp_path, f"---\n{yaml}\n---\n\n# A\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\ufeff",
        "\r\r\n\n\r",
        "# A\n" + "".join(f"{'  ' * n}- x\n" for n in range(1500)),
        "- " * 10_000 + "x\n",
        "> " * 10_000 + "x\n",
        "# A\n\n" + "[" * 100_000,
        "# A\n\n" + "[](" * 50_000,
        "# A\n\n" + "[a](" * 50_000,
        "# A\n\n" + "![" * 50_000,
        "# A\n\n" + "<!--" * 50_000,
        "# A\n\n" + "<a href=" * 30_000,
        "# A\n\n" + "`" * 100_000 + "\n" + "` `` " * 20_000,
        "# A\n\n" + "$" * 100_001,
        "# A\n\n" + "*_" * 50_000,
        "# A\n\n" + "|" * 100_000 + "\n|-|\n",
        "# A\n\n" + "| a " * 500 + "|\n" + "|---" * 500 + "|\n" + ("| b " * 500 + "|\n") * 100,
        "# A\n\n" + "[a]: b\n" * 3_000,
        "# A\n\n" + "[^a]: b\n" * 3_000,
        "# A\n\n" + "```\n" * 20_001,
        "# A\n\n" + "# 一、甲\n" * 5_000,
        "# A\n\n" + "## 一、甲\n\n" * 10_000,
        "# A\n\n## 一、甲\n" + "\n" * 50_000 + "## 三、乙\n",
        "|a|b|\n|-|-|\n" + "|★★★☆☆|★|\n" * 10_000,
        "|a|\n|-|\n|" + "5%-" * 50_000 + "|\n",
        "# A\n\n" + "<!-- convergence: allow LNK001: x -->\n[a](b.md)\n\n" * 5_000,
        "# A\n\n" + "(" * 50_000 + ")" * 50_000,
        "# A\n\n" + "&#x41;" * 30_000 + "[x](&#0;&#xD800;%00%ff.md)",
        "# A\n\n" + "<div markdown>\n" * 5_000,
        "# A\n\n" + "!!! note\n    " * 5_000,
        "# A {" + "#x " * 50_000 + "}\n",
        "---\n" * 10_000,
        "# A\n\n[p](../../../../../../../../etc/passwd) ![p](/etc/passwd) [q](file:///etc/passwd)\n",
        "# A\n\n" + "[x](" + "../" * 30_000 + "y.md)\n",
        "# A\n\n" + "[x](" + "a/" * 30_000 + "y.md)\n",
        "# A\n\n" + "[x](" + "%" * 50_000 + ")\n",
        "# A\n\n" + "[x](" + "é" * 5_000 + ".md)\n" * 20,
        "# A\n\n[" + "x" * 100_000 + "](none.md)\n",
    ],
)
def test_hostile_text_takes_bounded_time(tmp_path: Path, text: str) -> None:
    checked(tmp_path, text)


def test_ten_thousand_nested_lists(tmp_path: Path) -> None:
    checked(tmp_path, "# A\n\n" + "".join(f"{' ' * (n % 200)}- x{n}\n" for n in range(10_000)))
    checked(tmp_path, "# A\n\n" + "1. " * 10_000 + "x\n")


@pytest.mark.parametrize("piece", ["x", "字", "[a](b.md) ", "a | b "])
def test_a_line_of_fifty_megabytes(tmp_path: Path, piece: str) -> None:
    size = 50_000_000 if len(piece) == 1 else 500_000
    text = "# A\n\n" + piece * (size // len(piece.encode())) + "\n\n[x](missing.md)\n"
    started = time.monotonic()
    report = check(write(tmp_path, {"bad.md": text, **OTHER}))
    assert time.monotonic() - started < 120
    assert ("bad.md", "LNK001") in codes(report)
    assert max(len(one.excerpt) for one in report.findings) <= 1000


def test_a_link_to_etc_passwd_is_a_finding_and_reads_nothing(tmp_path: Path) -> None:
    report = checked(tmp_path, "# A\n\n[p](../../../etc/passwd)\n")
    assert found(report) & {"LNK001", "LNK004", "LNK011"}
    assert "root:" not in repr(report)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no Markdown file"):
        check(tmp_path)


def test_an_empty_site_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: a\n", "docs/a.txt": ""})
    with pytest.raises(Fault, match="no Markdown file"):
        check(tmp_path)


def test_a_missing_configuration_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, OTHER)
    with pytest.raises(Fault, match="cannot be read"):
        find_configs([str(tmp_path)], str(tmp_path / "mkdocs.yml"))
    with pytest.raises(Fault, match="no such file"):
        find_configs([str(tmp_path / "mkdocs.yml")])


class Breaking:
    """A check that breaks down on one chapter after its first finding."""

    def __init__(self, check: object, error: BaseException) -> None:
        self.check = check
        self.error = error

    def __call__(self, chapter: object, context: object) -> Iterable[object]:
        yield from self.check(chapter, context)  # type: ignore[operator]
        if getattr(chapter, "path", "bad.md") == "bad.md":
            raise self.error


class Panic(BaseException):
    """What a panic in a Rust library looks like from here."""


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), MemoryError(), Panic("boom")])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_breaks_down_stops_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, jobs: int
) -> None:
    task = runner._task

    def broken(rule: object, *rest: object) -> object:
        made = task(rule, *rest)  # type: ignore[arg-type]
        if made.rule.code != "DOC003":
            return made
        check = Breaking(made.rule.chapter_check, error)
        return made._replace(rule=dataclasses.replace(made.rule, chapter_check=check))  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "_task", broken)
    write(tmp_path, {"bad.md": "# B\n\n### C\n\n[x](none.md)\n", "worse.md": "# C\n\n### D\n", **OTHER})
    (config,) = find_configs([str(tmp_path)])
    report = engine.check(config, use_cache=True, jobs=jobs)
    assert {("bad.md", "DOC003"), ("bad.md", "LNK001"), ("bad.md", "RUN002"), ("worse.md", "DOC003")} <= {
        *codes(report)
    }
    (crash,) = [one for one in report.findings if one.code == "RUN002"]
    assert "DOC003" in crash.message.en
    assert type(error).__name__ in crash.message.zh
    assert report.has_failed
    monkeypatch.undo()
    assert "RUN002" not in {code for _, code in codes(engine.check(config, use_cache=True))}, "a crash is remembered"


def test_an_interrupt_is_no_breakdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(examination, "parse_chapter", interrupted)
    with pytest.raises(KeyboardInterrupt):
        check(write(tmp_path, OTHER))


def test_a_parser_that_breaks_down_stops_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = examination.parse_chapter

    def broken(source: object, *rest: object, **named: object) -> object:
        if source.path == "bad.md":  # type: ignore[attr-defined]
            raise Panic("boom")
        return parse(source, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(examination, "parse_chapter", broken)
    report = check(write(tmp_path, {"bad.md": "# A\n", "to.md": "# B\n\n[x](bad.md#nothing)\n", **OTHER}))
    assert codes(report) == [("bad.md", "RUN002"), ("other.md", "LNK001")]


def test_millions_of_links_are_a_finding_and_not_gigabytes(tmp_path: Path) -> None:
    report = check(write(tmp_path, {"bad.md": "# A\n\n" + "[a](b.md) x" * 1_000_001 + "\n", **OTHER}))
    assert ("bad.md", "RUN001") in codes(report)
