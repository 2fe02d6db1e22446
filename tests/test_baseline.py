"""Known findings: fingerprints that survive edits, the file, and a check that fails only on what is new."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs import engine, fingerprints
from convergence_docs.baseline import LONGEST, hold, make_trace, read_baseline, render_baseline
from convergence_docs.cli import main
from convergence_docs.config import find_configs
from convergence_docs.config.baseline import baseline_file
from convergence_docs.diagnostic import Finding, Trace
from convergence_docs.errors import ConfigFault, Fault
from convergence_docs.fingerprints import make_traces
from tests.folders import write

FAULTY = """# 1.1-甲

## 一、概述

见 [乙](乙.md) 与 [丙](丙.md)。

### 细节

再见 [乙](乙.md)。

又见 [乙](乙.md)。

## 二、结论

末见 [乙](乙.md)。
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one chapter with five dead links; its parent is the current folder."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "docs", {"1.1-甲.md": FAULTY})


def traces(root: Path) -> dict[Trace, Finding]:
    """Today's findings of a folder by their traces."""
    (config,) = find_configs([str(root)])
    findings = engine.check(config, use_cache=False, jobs=1).findings
    return dict(zip(make_traces(config, findings), findings, strict=True))


def prints(root: Path) -> set[str]:
    """Today's fingerprints."""
    return {trace.fingerprint for trace in traces(root)}


def test_a_trace_says_what_and_where_without_lines(book: Path) -> None:
    found = list(traces(book))
    assert [(one.section, one.text, one.occurrence) for one in found] == [
        (("概述",), "乙.md", 1),
        (("概述",), "丙.md", 1),
        (("概述", "细节"), "乙.md", 1),
        (("概述", "细节"), "乙.md", 2),
        (("结论",), "乙.md", 1),
    ]
    assert len({one.fingerprint for one in found}) == 5


PLAIN = st.text(st.sampled_from("一二三好文字 ab。，"), min_size=1, max_size=30).map(lambda text: f"文{text}".strip())


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.one_of(PLAIN, st.just(""), st.just("[好](1.1-甲.md)"))), max_size=12))
def test_unrelated_edits_keep_every_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]
) -> None:
    """New paragraphs, blank lines and links that work, anywhere between the paragraphs."""
    root = write(tmp_path_factory.mktemp("book"), {"1.1-甲.md": FAULTY})
    before = prints(root)
    blocks = FAULTY.split("\n\n")
    for at, words in edits:
        blocks.insert(1 + at % len(blocks), words)
    write(root, {"1.1-甲.md": "\n\n".join(blocks)})
    assert prints(root) == before


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 40), PLAIN), max_size=6),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["乙.md", "丙.md", "丁.md", "戊.md"])), max_size=5),
)
def test_just_what_is_planted_is_new(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]], planted: list[tuple[int, str]]
) -> None:
    """Dead links, some to targets that are known to be dead elsewhere, among unrelated edits."""
    root = write(tmp_path_factory.mktemp("book"), {"1.1-甲.md": FAULTY})
    before = list(traces(root))
    blocks = FAULTY.split("\n\n")
    for at, words in (*edits, *((at, f"植入 [新]({target})。") for at, target in planted)):
        blocks.insert(1 + at % len(blocks), words)
    write(root, {"1.1-甲.md": "\n\n".join(blocks)})
    now = list(traces(root))
    held = hold(now, before, {"1.1-甲.md"}.__contains__)
    assert (len(held.new), held.gone) == (len(planted), ())
    assert sorted(now[at].text for at in held.new) == sorted(target for _, target in planted)


@settings(max_examples=30)
@given(st.permutations(["概述", "结论"]), st.sampled_from(["一、", "3.2 ", ""]))
def test_moved_and_renumbered_sections_keep_every_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], number: str
) -> None:
    parts = {name: f"## {number}{name}\n\n见 [{name}](无{name}.md)。\n" for name in order}
    root = write(tmp_path_factory.mktemp("book"), {"甲.md": "# 甲\n\n" + "\n".join(parts[name] for name in order)})
    links = {trace.fingerprint for trace, finding in traces(root).items() if finding.code == "LNK001"}
    write(root, {"甲.md": "# 甲\n\n## 概述\n\n见 [概述](无概述.md)。\n\n## 结论\n\n见 [结论](无结论.md)。\n"})
    assert links == {trace.fingerprint for trace, finding in traces(root).items() if finding.code == "LNK001"}


TRACES = st.lists(
    st.builds(
        make_trace,
        st.sampled_from(["LNK001", "NUM001"]),
        st.sampled_from(["a.md", "b.md", "c.md"]),
        st.sampled_from([(), ("甲",), ("甲", "乙")]),
        st.sampled_from(["x", "y\n z", "长" * 400]),
        st.integers(1, 3),
    ),
    max_size=20,
    unique_by=lambda trace: trace.fingerprint,
)


@given(TRACES, TRACES, st.sets(st.sampled_from(["a.md", "b.md", "c.md"])))
def test_each_known_finding_stands_for_one_of_today(now: list[Trace], then: list[Trace], chapters: set[str]) -> None:
    held = hold(now, then, chapters.__contains__)
    assert len(now) - len(held.new) == len(then) - len(held.gone)
    exact = {one.fingerprint for one in now} & {one.fingerprint for one in then}
    assert not exact & {now[at].fingerprint for at in held.new}
    assert not exact & {one.fingerprint for one in held.gone}
    assert hold(now, now, chapters.__contains__) == ((), ())
    gone_chapter = [one for one in held.gone if one.path in chapters]
    assert not {(one.code, one.path, one.text) for one in gone_chapter} & {
        (now[at].code, now[at].path, now[at].text) for at in held.new
    }


@given(TRACES)
def test_the_file_holds_all_and_in_one_order(found: list[Trace]) -> None:
    text = render_baseline(found)
    assert text == render_baseline(found[::-1]), "the order in which findings come must not show"
    assert set(read_baseline(text.encode(), "b.json")) == set(found)
    assert json.loads(text)["version"] == 1
    assert text.count("\n") == 5 + len(found) - (not found) if found else text.count("\n") == 4


def test_long_texts_are_kept_apart() -> None:
    one, other = (make_trace("LNK001", "a.md", (), "长" * 500 + end, 1) for end in "甲乙")
    assert one.fingerprint != other.fingerprint
    assert len(one.text) < LONGEST + 30


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"[]", b"{", b"null", b"\xff\xfe", b"[" * 100_000, b'{"version": 1}', b'{"version": 2, "findings": []}'),
        *(b'{"version": 1, "findings": {}}', b'{"version": 1, "findings": [1]}', b'{"version": 1, "findings": [{}]}'),
        b'{"version": 1, "findings": [{"code": [], "path": 1, "text": {}, "section": "x", "occurrence": null}]}',
    ],
)
def test_what_is_no_baseline_is_a_fault(data: bytes) -> None:
    with pytest.raises(Fault):
        read_baseline(data, "b.json")


def test_a_line_changed_by_hand_is_a_fault_and_a_deleted_one_is_none() -> None:
    text = render_baseline([make_trace("LNK001", "a.md", (), word, 1) for word in ("x", "y")])
    with pytest.raises(Fault, match="by hand"):
        read_baseline(text.replace('"x"', '"z"').encode(), "b.json")
    kept = "\n".join(line for line in text.split("\n") if '"x"' not in line)
    assert len(read_baseline(kept.encode(), "b.json")) == 1


def test_a_check_fails_only_on_what_is_new(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "docs", "--select", "LNK"]) == 1
    assert main(["baseline", "docs"]) == 0
    assert "docs/convergence-baseline.json holds 5 findings." in capsys.readouterr().out
    assert main(["check", "docs"]) == 0
    assert "5 findings not shown, known in docs/convergence-baseline.json." in capsys.readouterr().out
    (book / "1.1-甲.md").write_text(FAULTY + "\n新 [丁](丁.md)。\n", encoding="utf-8")
    assert main(["check", "docs"]) == 1
    out = capsys.readouterr().out
    assert "丁.md" in out
    assert "丙.md" not in out
    assert main(["check", "docs", "--no-baseline"]) == 1
    assert "丙.md" in capsys.readouterr().out


def test_what_is_mended_is_told_and_fails_where_it_must(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["baseline", "docs"])
    (book / "1.1-甲.md").write_text(FAULTY.replace("[丙](丙.md)", "丙"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "docs"]) == 0
    assert "1 of docs/convergence-baseline.json mended: run 'convergence-docs baseline --prune'." in (
        capsys.readouterr().out
    )
    assert main(["check", "docs", "--strict-baseline"]) == 1
    monkeypatch.setenv("CI", "true")
    assert main(["check", "docs"]) == 1
    assert main(["check", "docs", "--select", "NUM"]) == 0, "of rules that were off nothing is known"
    assert main(["baseline", "docs", "--prune"]) == 0
    assert main(["check", "docs"]) == 0


def test_pruning_never_adds(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "docs"])
    before = (book / "convergence-baseline.json").read_text(encoding="utf-8")
    (book / "1.1-甲.md").write_text(FAULTY.replace("[丙](丙.md)", "[丁](丁.md)"), encoding="utf-8")
    assert main(["baseline", "docs", "--prune"]) == 0
    after = (book / "convergence-baseline.json").read_text(encoding="utf-8")
    assert set(after.split("\n")) < set(before.split("\n"))
    assert "丁" not in after
    capsys.readouterr()
    assert main(["check", "docs", "--strict-baseline"]) == 1
    assert "丁.md" in capsys.readouterr().out
    stamp = os.stat(book / "convergence-baseline.json").st_mtime_ns
    assert main(["baseline", "docs", "--prune"]) == 0
    assert os.stat(book / "convergence-baseline.json").st_mtime_ns == stamp, "nothing to do, nothing written"
    assert "up to date" in capsys.readouterr().out


def test_a_renamed_chapter_keeps_its_known_findings(book: Path) -> None:
    main(["baseline", "docs"])
    (book / "1.1-甲.md").rename(book / "1.2-甲.md")
    (book / "1.2-甲.md").write_text(FAULTY.replace("1.1-", "1.2-"), encoding="utf-8")
    assert main(["check", "docs", "--strict-baseline"]) == 0
    main(["baseline", "docs", "--prune"])
    assert "1.2-甲.md" in (book / "convergence-baseline.json").read_text(encoding="utf-8")
    # A copy is no renamed chapter: what it repeats is new.
    (book / "1.3-甲.md").write_text(FAULTY.replace("1.1-", "1.3-"), encoding="utf-8")
    assert main(["check", "docs"]) == 1


def test_a_renamed_heading_makes_nothing_new(book: Path) -> None:
    main(["baseline", "docs"])
    (book / "1.1-甲.md").write_text(FAULTY.replace("概述", "总说"), encoding="utf-8")
    assert main(["check", "docs", "--strict-baseline"]) == 0


def test_one_more_of_the_same_is_new(book: Path) -> None:
    main(["baseline", "docs"])
    (book / "1.1-甲.md").write_text(FAULTY.replace("又见", "见 [乙](乙.md)，又见"), encoding="utf-8")
    assert main(["check", "docs"]) == 1


def test_what_could_not_be_read_is_never_known_and_never_mended(book: Path) -> None:
    write(book, {"大.md": "# 大\n\n[无](无.md)\n", "set.yml": "max_bytes: 100000\n"})
    words = ["docs", "--config", "docs/set.yml"]
    main(["baseline", *words])
    kept = (book / "convergence-baseline.json").read_bytes()
    (book / "大.md").write_text("# 大\n" + "字" * 100_000, encoding="utf-8")
    assert main(["check", *words]) == 1
    assert main(["baseline", *words]) == 0
    assert b"RUN" not in (book / "convergence-baseline.json").read_bytes()
    (book / "convergence-baseline.json").write_bytes(kept)
    main(["baseline", "--prune", *words])
    assert (book / "convergence-baseline.json").read_bytes() == kept


def test_the_setting_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site = "site_name: x\nextra: {convergence: {baseline: known/all.json}}\n"
    write(tmp_path, {".git/HEAD": "", "mkdocs.yml": site, "docs/index.md": "# 甲\n\n[无](无.md)\n", "known/x": ""})
    assert main(["check"]) == 2, "a named baseline that is not there is no empty one"
    assert main(["baseline"]) == 0
    assert (tmp_path / "known" / "all.json").is_file()
    assert main(["check"]) == 0
    write(tmp_path, {"mkdocs.yml": site.replace("known/all.json", "../all.json")})
    (config,) = find_configs([str(tmp_path)])
    with pytest.raises(ConfigFault):
        baseline_file(config)


def test_calls_that_cannot_be_served(book: Path) -> None:
    assert main(["baseline", "docs", "--prune"]) == 2
    assert main(["baseline", "docs/1.1-甲.md"]) == 2
    assert main(["baseline", "docs", "--output", "nowhere/b.json"]) == 2
    assert main(["check", "docs", "--baseline", "nowhere.json"]) == 2


def test_a_failed_write_leaves_the_file(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["baseline", "docs"])
    before = (book / "convergence-baseline.json").read_bytes()
    (book / "1.1-甲.md").write_text("# 1.1-甲\n", encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["baseline", "docs"]) == 2
    assert (book / "convergence-baseline.json").read_bytes() == before
    assert sorted(os.listdir(book)) == ["1.1-甲.md", "convergence-baseline.json"]


def test_a_link_out_of_the_repository_is_neither_read_nor_written(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("untouched", encoding="utf-8")
    root = write(tmp_path / "repo", {".git/HEAD": "", "a.md": "# 甲\n"})
    (root / "convergence-baseline.json").symlink_to(secret)
    assert main(["check", str(root)]) == 2
    assert main(["baseline", str(root)]) == 2
    assert secret.read_text(encoding="utf-8") == "untouched"
    (root / "convergence-baseline.json").unlink()
    (root / "kept").mkdir()
    (root / "convergence-baseline.json").symlink_to("kept/known.json")
    assert main(["baseline", str(root)]) == 0
    assert (root / "kept" / "known.json").is_file(), "a link inside is followed"


def test_remembered_outlines_change_nothing(book: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = traces(book)
    (kept,) = own_cache.glob("*.outlines")

    def refuse(*words: object) -> None:
        raise AssertionError("parsed though nothing changed")

    with monkeypatch.context() as patch:
        patch.setattr(fingerprints, "_parse", refuse)
        assert traces(book) == first
    write(book, {"1.1-甲.md": FAULTY.replace("### 细节", "### 详情")})
    assert {one.section for one in traces(book)} == {("概述",), ("概述", "详情"), ("结论",)}
    kept.write_bytes(kept.read_bytes()[:-9] + b"]]]]]]]]]")
    assert len(traces(book)) == len(first), "a damaged memory is none"
