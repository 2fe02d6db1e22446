"""The quick looks that spare most chapters a close one: where they see nothing amiss, no rule finds anything."""

from __future__ import annotations

import sys
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from convergence_docs.diagnostic import Diagnostic
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.sections import is_soundly_numbered
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.parse import parse_chapter
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Context
from convergence_docs.text import decode
from tests.worlds import chapter

RULES = [rule for rule in discover() if rule.code[:3] in ("TOC", "NUM") and rule.code != "NUM004"]
NUMBERS = st.sampled_from(
    ("", "", "一、", "二、", "三、", "1 ", "2 ", "3 ", "1.1 ", "1.2 ", "2.1 ", "2.2 ", "1.1.1 ", "第二章 ")
)
HEADINGS = st.lists(st.tuples(st.integers(1, 4), NUMBERS, st.sampled_from("甲乙丙丁")), min_size=1, max_size=9)


def found(one: Chapter) -> list[tuple[str, list[Diagnostic]]]:
    """What the rules find on a close look, whatever a quick one says."""
    result = []
    for rule in RULES:
        assert rule.chapter_check is not None
        module = sys.modules[rule.chapter_check.__module__]
        name = "is_faithful" if rule.code.startswith("TOC") else "is_soundly_numbered"
        with patch.object(module, name, lambda _: False):
            result.append((rule.code, list(rule.chapter_check(one, Context(doubts={"dialect": "none"})))))
    return result


def written(headings: list[tuple[int, str, str]], listed: list[tuple[int, str, str]], *, has_title: bool) -> Chapter:
    lines = ["# 题\n"] * has_title + ["## 目录\n"]
    for depth, text, anchor in listed:
        lines.append(f"{'    ' * depth}- [{text}](#{anchor})")
    lines += [f"\n{'#' * level} {number}{text}\n\n文。" for level, number, text in headings]
    return chapter("\n".join(lines), "one.md")


@given(HEADINGS, st.booleans(), st.data())
def test_a_faithful_table_has_no_finding(
    headings: list[tuple[int, str, str]], has_title: bool, data: st.DataObject
) -> None:
    plain = written(headings, [], has_title=has_title)
    deepest: list[int] = []
    listed = []
    for heading in plain.headings[1 + has_title :]:
        while deepest and deepest[-1] >= heading.level:
            deepest.pop()
        listed.append((len(deepest), heading.text, heading.site_id))
        deepest.append(heading.level)
    assert is_faithful(written(headings, listed, has_title=has_title))
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(listed) - 1))
        depth, text, anchor = listed[at]
        listed[at : at + 1] = data.draw(
            st.sampled_from(
                (
                    [],
                    [listed[at], listed[0]],
                    [(max(depth - 1, 0), text, anchor)],
                    [(depth, text + "x", anchor)],
                    [(depth, text, anchor + "-1")],
                    [(depth, text, anchor.replace("甲", "%E7%94%B2"))],
                )
            )
        )
        if not listed:
            break
    one = written(headings, listed, has_title=has_title)
    if is_faithful(one):
        assert not any(said for code, said in found(one) if code.startswith("TOC"))


@given(HEADINGS)
@example([(2, "1 ", "甲"), (3, "1.1 ", "乙"), (3, "1.2 ", "丙"), (2, "2 ", "丁"), (3, "1.1 ", "甲")])
@example([(2, "一、", "甲"), (2, "", "乙"), (2, "三、", "丙")])
@example([(2, "1 ", "甲"), (2, "1 ", "乙"), (2, "2 ", "丙")])
def test_sound_numbers_have_no_finding(headings: list[tuple[int, str, str]]) -> None:
    one = written(headings, [], has_title=True)
    if is_soundly_numbered(one):
        assert not any(said for code, said in found(one) if code.startswith("NUM"))


def test_quick_looks_see_what_is_sound() -> None:
    headings = [
        (2, "一、", "甲"),
        (3, "1.1 ", "乙"),
        (3, "1.2 ", "丙"),
        (2, "二、", "丁"),
        (3, "2.1 ", "甲"),
        (2, "", "乙"),
    ]
    assert is_soundly_numbered(written(headings, [], has_title=True))
    assert not is_soundly_numbered(written([*headings, (2, "四、", "丙")], [], has_title=True))
    assert not is_soundly_numbered(written([*headings, (2, "三、", "丙"), (3, "2.1 ", "丁")], [], has_title=True))


ITEMS = (
    *(
        "- 甲",
        "- 乙",
        "1. 甲",
        "  - 乙",
        "   * 丙",
        "    - 丁",
        "      - 戊",
        "     1. 己",
        "\t- 庚",
        " \t- 辛",
        "- - 壬",
        "1. - 癸",
    ),
    *(
        "> - 甲",
        ">   - 乙",
        ">- 丙",
        ">\t- 丁",
        "词",
        "    词",
        "",
        "",
        "[^a]: - 甲",
        ":   - 甲",
        "词[^a]",
        "!!! note",
        "```",
        "<div markdown>",
    ),
    *("</div>", "| a |", "- [甲](#b)", "  - [乙](#c)", "-\t甲", "- > - 甲", "***"),
)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(ITEMS), max_size=16).map("\n".join))
def test_lists_that_are_sure_to_be_nested_well_have_no_finding(text: str) -> None:
    rule = next(rule for rule in discover() if rule.code == "DOC004")
    assert rule.chapter_check is not None
    assert rule.reads_details is not None
    if not rule.reads_details(text):
        assert list(rule.chapter_check(chapter(text), Context())) == []
        brief = parse_chapter(decode(text.encode(), "one.md"), github=False, details=False)
        assert list(rule.chapter_check(brief, Context())) == []
