"""The report for people, as people see it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.diagnostic import Edit, Fix
from convergence_docs.reports.cells import excerpt, sanitised, visible, width
from convergence_docs.reports.terminal import render_terminal
from convergence_docs.text import Span
from tests.reports.samples import EVERYTHING, LINK, make_finding, make_report

IN_ENGLISH = """\
docs/甲.md:12:10: error[LNK001] missing-file: There is no file 'b.md'.
  12 | - 见 [乙章](b.md)。
     |             ^^^^
     help: Did you mean 'c.md'?

docs/甲.md:12:1: notice[LNK001] missing-file: There is no file 'b.md'.
  12 | | 甲 |
     | ^^^^^^
     help: Did you mean 'c.md'?

docs/甲.md:40:4: warning[NUM001] duplicate-number: 七、 is used twice.
  40 | ## 七、影响
     |    ^^^^
     see: docs/甲.md:30:4: First used here.

not verified: The plugin 'x' may add anchors.
Checked 2 chapters: 1 error, 1 warning, 1 notice; 1 thing not verified.
'convergence-docs fix' can mend one.
"""

IN_CHINESE = """\
docs/甲.md:12:10: 错误[LNK001] missing-file：文件 b.md 不存在。
  12 | - 见 [乙章](b.md)。
     |             ^^^^
     建议：是否应为 c.md？

docs/甲.md:12:1: 提示[LNK001] missing-file：文件 b.md 不存在。
  12 | | 甲 |
     | ^^^^^^
     建议：是否应为 c.md？

docs/甲.md:40:4: 警告[NUM001] duplicate-number：编号“七、”重复。
  40 | ## 七、影响
     |    ^^^^
     参见：docs/甲.md:30:4：首次出现在这里。

未能核实：插件 x 可能添加锚点。
检查了 2 个章节：1 个错误、1 个警告、1 个提示；1 项未能核实。
其中 1 个可用 convergence-docs fix 改正。
"""


def test_in_english() -> None:
    assert render_terminal(EVERYTHING, "en") == IN_ENGLISH


def test_in_chinese() -> None:
    assert render_terminal(EVERYTHING, "zh") == IN_CHINESE


def test_nothing_found() -> None:
    assert render_terminal(make_report(), "en") == "Checked 2 chapters: no findings.\n"
    assert render_terminal(make_report(), "zh") == "检查了 2 个章节：没有发现问题。\n"


def test_colour_changes_no_word() -> None:
    coloured = render_terminal(EVERYTHING, "en", colour=True)
    assert "\x1b[1;31m" in coloured
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == IN_ENGLISH


def test_a_piece_of_a_long_line_keeps_its_columns() -> None:
    piece = make_finding("…甲乙丙"[1:], 5002, 5003, excerpt_column=5001)
    lines = render_terminal(make_report(piece), "en").split("\n")
    assert lines[1:3] == ["  12 | 甲乙丙", "     |   ^^"]
    assert lines[0].startswith("docs/甲.md:12:5002: ")


def test_escapes_never_reach_the_terminal() -> None:
    evil = make_finding(
        "a\x1b]0;owned\x07\x9b31m\u202eb\u2066",
        1,
        2,
        path="docs/\x1b[2Ja.md",
        message=LINK.message._replace(en="no \x1b[8mfile\r\n"),
        hint=LINK.hint._replace(en="\x08\x08"),
    )
    shown = render_terminal(make_report(evil), "en")
    assert "␛]0;owned␇<U+009B>31m<U+202E>b<U+2066>" in shown
    assert "docs/␛[2Ja.md:12:1" in shown
    assert "no ␛[8mfile␍␊" in shown
    assert [c for c in shown if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"] == []


def test_a_name_makes_no_workflow_command() -> None:
    evil = make_finding("a", 1, 2, path="::stop-commands::x.md", message=LINK.message._replace(en="\n::error::x"))
    shown = render_terminal(make_report(evil), "en")
    assert not [line for line in shown.split("\n") if line.lstrip().startswith("::")]
    assert "./::stop-commands::x.md:12:1" in shown


@pytest.mark.parametrize(
    ("text", "start", "end", "underlined"),
    [
        ("abc", 1, 2, " ^"),
        ("甲乙丙", 1, 2, "  ^^"),
        ("ｗｉｄｅ", 1, 3, "  ^^^^"),
        ("★★☆", 2, 3, "  ^"),
        ("e\u0301x", 2, 3, " ^"),
        ("\tx", 1, 2, "    ^"),
        ("a\tx", 1, 3, " ^^^^"),
        ("\x1bx", 1, 2, " ^"),
        ("\u202ex", 1, 2, "        ^"),
        ("👍🏽x", 2, 3, "    ^"),
        ("abc", 3, 3, "   ^"),
        ("", 0, 0, "^"),
        ("abc", 7, 9, "   ^"),
    ],
)
def test_carets_stand_under_what_they_mean(text: str, start: int, end: int, underlined: str) -> None:
    assert excerpt(text, start, end, 80).underline == underlined


def test_a_line_that_is_too_long_is_cut_around_the_finding() -> None:
    text = "左" * 500 + "错" + "右" * 500
    shown = excerpt(text, 500, 501, 60)
    assert shown.line.startswith("…左")
    assert shown.line.endswith("右…")
    assert width(shown.line) <= 62
    before = shown.line[: shown.line.index("错")]
    assert shown.underline == " " * width(before) + "^^"


@given(st.text(max_size=200), st.integers(0, 210), st.integers(0, 210), st.integers(40, 120))
def test_any_line_can_be_shown(text: str, start: int, end: int, limit: int) -> None:
    shown = excerpt(text, start, end, limit)
    assert shown.underline.strip(" ").strip("^") == ""
    assert "^" in shown.underline
    assert "\n" not in shown.line
    assert all(visible(character) == character or character == "\t" for character in shown.line)


@given(st.text(max_size=100))
def test_what_is_sanitised_stays_so(text: str) -> None:
    once = sanitised(text)
    assert sanitised(once) == once
    assert "\x1b" not in once


def test_what_fix_can_mend_is_counted() -> None:
    fixes = [Fix((Edit("a.md", Span(0, 1), "x"),), safe) for safe in (True, False)]
    findings = [replace(LINK, fix=fix) for fix in (*fixes, None)]
    assert render_terminal(make_report(*findings), "en").endswith("'convergence-docs fix' can mend one.\n")
    assert render_terminal(make_report(*findings, findings[0]), "zh").endswith(
        "其中 2 个可用 convergence-docs fix 改正。\n"
    )
    assert "convergence-docs fix" not in render_terminal(make_report(*findings[1:]), "en")
