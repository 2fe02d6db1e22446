"""Mending as a whole, over books with planted faults: idempotent, minimal, and never the worse for anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergence_docs import engine
from convergence_docs.comparing import Edited, compare
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Edit, Finding, Severity, Wording
from convergence_docs.mended import Mended, Reason
from convergence_docs.repair import Shift
from convergence_docs.text import SourceText, Span
from convergence_docs.writing import write_all
from tests.folders import check, write

HEADINGS = ("一、概述", "二、定义", "2.1 状态", "2.2 特征", "三、数据", "四、总结")
CHAPTERS = ("1.1-甲.md", "1.2-乙 与乙.md", "深/2.1.1-完全收敛.md", "深/2.1.2-Data.md", "深/再深/3.1.1-路径.md")
LINES = {
    "good": "见 [概述](#一概述)，又见 [站](https://example.org/a b)。",
    "same page": "见 [节](#二-定义)。",
    "depth": "见 [路径](../../深/再深/3.1.1-路径.md)。",
    "case": "见 [数据](深/2.1.2-DATA.md#三数据)。",
    "moved": "见 [完全](旧/2.1.1-完全收敛.md)。",
    "renamed": "见 [完全](2.1.1-全收敛.md)，又见 [数据](2.1.2-Data.markdown)。",
    "space": "见 [乙](1.2-乙 与乙.md)。",
    "full width": "见 [甲]（1.1-甲.md）与 [甲](1.1-甲．md)。",
    "gone": "见 [无](99.9.9-无此章.md#节) 与 `[码](没有.md)`。",
    "two": "[一](../../../1.1-甲.md) 与 [二](../../../../1.1-甲.md) 与 [三](../1.1-甲.MD)。",
    "row": "| 主体 | 收敛度 | 说明 |\n| --- | --- | --- |\n| 甲 | 95% | 好 |\n| 乙 | 90% |\n",
    "allowed": "见 [数](深/2.1.2-DATA.md)。 <!-- convergence-docs: allow wrong-case -- 有意为之 -->",
}
TOC = {
    "none": "",
    "good": "- [一、概述](#一概述)\n- [二、定义](#二定义)\n    - [2.1 状态](#21-状态)\n    - [2.2 特征](#22-特征)\n"
    "- [三、数据](#三数据)\n- [四、总结](#四总结)\n",
    "missing": "- [一、概述](#一概述)\n- [二、定义](#二定义)\n    - [2.1 状态](#21-状态)\n- [三、数据](#三数据)\n"
    "- [四、总结](#四总结)\n",
    "stale": "- [一、概述](#一概述)\n- [二、定义](#二定义)\n    - [2.1 状态](#21-状态)\n    - [2.2 特征](#22-特征)\n"
    "- [三、旧节](#三旧节不在了)\n- [三、数据](#三数据)\n- [四、总结](#四总结)\n",
    "order": "- [一、概述](#一概述)\n- [三、数据](#三数据)\n- [二、定义](#二定义)\n    - [2.1 状态](#21-状态)\n"
    "    - [2.2 特征](#22-特征)\n- [四、总结](#四总结)\n",
    "anchor": "- [一、概述](#一概述)\n- [二、定义](#二定义)\n    - [2.1 状态](#31-状态)\n    - [2.2 特征](#22-特征)\n"
    "- [三、数据](#4-数据)\n- [四、总结](#四总结)\n",
}
ENDS = ("\n", "\r\n", "mixed")


@st.composite
def chapters(draw: st.DrawFn, path: str) -> bytes:
    """A chapter with faults, in one of the ways in which files are written."""
    name = path.rpartition("/")[2].removesuffix(".md")
    parts = [f"# {name}\n"]
    if toc := TOC[draw(st.sampled_from(sorted(TOC)))]:
        parts.append(f"## 目录\n\n{toc}")
    for heading in HEADINGS:
        parts.append(f"{'###' if heading[0].isdigit() else '##'} {heading}\n")
        parts += [LINES[key] + "\n" for key in draw(st.lists(st.sampled_from(sorted(LINES)), max_size=3))]
    text = "\n".join(parts).rstrip("\n") + draw(st.sampled_from(["", "\n"]))
    end = draw(st.sampled_from(ENDS))
    if end == "mixed":
        lines = text.split("\n")
        text = "".join(line + ("\r\n" if at % 3 else "\n") for at, line in enumerate(lines[:-1])) + lines[-1]
    elif end != "\n":
        text = text.replace("\n", end)
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


BOOKS = st.fixed_dictionaries({path: chapters(path) for path in CHAPTERS})


@contextmanager
def on_disk(files: dict[str, bytes]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield write(Path(folder), files)


def mend(root: Path, *, unsafe: bool = False) -> Mended:
    (config,) = find_configs([str(root)])
    mended = engine.mend(config, is_unsafe_allowed=unsafe, use_cache=False, jobs=1)
    assert write_all(config, mended.files) == ()
    return mended


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def lines_of(findings: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.code) for one in findings)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS, st.booleans())
def test_a_book_is_better_afterwards_and_otherwise_the_same(files: dict[str, bytes], unsafe: bool) -> None:
    with on_disk(files) as root:
        before = check(root)
        mended = mend(root, unsafe=unsafe)
        after = check(root)
        assert not lines_of(after.findings) - lines_of(before.findings), "a finding has come"
        assert len(after.findings) + len(mended.mends) == len(before.findings)
        assert [one.finding for one in mended.left] == list(after.findings)
        untouched = {one.path for one in mended.files}
        now = contents(root)
        assert {path: data for path, data in now.items() if path not in untouched} == {
            path: data for path, data in files.items() if path not in untouched
        }
        for one in mended.files:
            assert one.before == files[one.path]
            assert one.after == now[one.path]
        changed = sum(len(set(_lines(one.after)) - set(_lines(one.before))) for one in mended.files)
        assert changed <= sum(bool(one.after) for one in mended.mends) + 6 * len(mended.files), (
            "more than was asked for"
        )
        assert all(left.reason is not Reason.NOT_MENDED for left in mended.left)
        again = mend(root, unsafe=unsafe)
        assert again.files == ()
        assert contents(root) == now


def _lines(data: bytes) -> list[bytes]:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")


def test_every_planted_fault_is_mended_where_it_can_be() -> None:
    body = "".join(f"{LINES[key]}\n\n" for key in ("case", "moved", "renamed", "space", "full width"))
    files = {one: f"# {one.rpartition('/')[2].removesuffix('.md')}\n\n## 三、数据\n".encode() for one in CHAPTERS}
    files["1.1-甲.md"] += f"\n{body}".encode()
    with on_disk(files) as root:
        assert len(check(root).findings) == 7
        mended = mend(root)
        assert len(mended.mends) == 7
        assert {one.before: one.after for one in mended.mends}["深/2.1.2-DATA.md#三数据"] == "深/2.1.2-Data.md#三数据"
        text = (root / "1.1-甲.md").read_text(encoding="utf-8")
        assert text.endswith("见 [乙](1.2-乙%20与乙.md)。\n\n见 [甲](1.1-甲.md)与 [甲](1.1-甲.md)。\n\n")
        assert check(root).findings == ()


def test_an_edit_that_brings_a_finding_is_left_out() -> None:
    """The file is found again, but the link asks for an anchor that it does not have: by hand, and said so."""
    files = {
        "1.1.1-甲.md": b"# 1.1.1-\xe7\x94\xb2\n\n[x](../1.1.2-%E4%B9%99.md#nowhere) and [y](../1.1.2-%E4%B9%99.md)\n",
        "1.1.2-乙.md": "# 1.1.2-乙\n".encode(),
    }
    with on_disk(files) as root:
        mended = mend(root)
        assert [one.after for one in mended.mends] == ["1.1.2-乙.md"]
        (left,) = [one for one in mended.left if one.finding.path == "1.1.1-甲.md"]
        assert left.reason is Reason.NEW_FINDING
        assert "LNK002" in left.detail.en


def finding(line: int, column: int, message: str, code: str = "LNK001", path: str = "x.md") -> Finding:
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=line,
        end_column=column,
        code=code,
        name="x",
        severity=Severity.ERROR,
        message=Wording(message, message),
        hint=Wording("", ""),
        excerpt="",
    )


@pytest.mark.parametrize(
    ("after", "gone", "new"),
    [
        ([finding(3, 1, "a"), finding(3, 4, "b")], set(), 0),
        ([finding(3, 4, "b")], {0}, 0),
        ([finding(3, 1, "other words"), finding(3, 4, "b")], set(), 0),
        ([finding(1, 1, "a"), finding(3, 4, "b")], set(), 0),
        ([finding(1, 1, "new"), finding(3, 4, "b")], {0}, 1),
        ([finding(3, 1, "a", code="LNK002"), finding(3, 4, "b")], {0}, 1),
        ([finding(3, 1, "a"), finding(3, 4, "b"), finding(3, 4, "b")], set(), 1),
    ],
    ids=["moved down", "gone", "other words", "same words elsewhere", "another", "of another rule", "twice"],
)
def test_gone_and_new(after: list[Finding], gone: set[int], new: int) -> None:
    before = [finding(2, 1, "a"), finding(2, 4, "b")]
    edits = [Edit("x.md", Span(0, 0), "\n")]
    texts = SourceText("x.md", "\naabbb"), SourceText("x.md", "\n\naabbb")
    compared = compare(before, after, {"x.md": Edited(*texts, Shift(edits))})
    assert (set(compared.gone), len(compared.new)) == (gone, new)


def test_a_chapter_of_two_names_is_checked_under_both() -> None:
    """A link that would be right at the file's own place leads nowhere from where a symbolic link shows it."""
    files = {
        "深/1.1.1-甲.md": "# 1.1.1-甲\n\n[乙](乙/1.1.2-乙.md)\n".encode(),
        "深/1.1.2-乙.md": "# 1.1.2-乙\n".encode(),
    }
    with on_disk(files) as root:
        (root / "浅").mkdir()
        (root / "浅" / "1.1.1-甲.md").symlink_to("../深/1.1.1-甲.md")
        before = check(root)
        mended = mend(root)
        after = check(root)
        assert not lines_of(after.findings) - lines_of(before.findings)
        assert [one.path for one in mended.files] == ["深/1.1.1-甲.md"]
        assert [one.finding.path for one in mended.left] == ["浅/1.1.1-甲.md"]
