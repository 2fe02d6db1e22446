"""Tables of contents matched with their chapters, and what cannot be said of them."""

from __future__ import annotations

from collections.abc import Callable

from convergence_docs.model.toc.contents import Found, contents_of
from convergence_docs.model.toc.coverage import gaps_of
from tests.growth import assert_linear
from tests.worlds import chapter


def found(text: str, doubts: tuple[str, ...] = ()) -> list[Found]:
    return [one.found for one in contents_of(chapter(text), doubts).listed]


def test_each_entry_is_found_by_the_surest_way() -> None:
    text = """## 目录

- [甲](#甲)
- [甲](#甲)
- [甲](#甲)
- [乙](#乙-x)
- [三、丙](#三丙)
- [丁的收敛与边界](#丁)
- [表](#t)
- [无](#无)

## 甲

## 甲

## 乙 {#x}

## 四、丙

## 丁的收敛和边界

段 <a id="t"></a>

## 别的
"""
    assert found(text) == [
        Found.ANCHOR,
        Found.TWIN,
        Found.AGAIN,
        Found.GITHUB,
        Found.WORDS,
        Found.NEAR,
        Found.ELSEWHERE,
        Found.NOTHING,
    ]


def test_where_no_site_is_known_github_is_right_too() -> None:
    text = "## 目录\n\n- [乙](#乙-x)\n- [丙](#丙)\n\n## 乙 {#x}\n\n    ## 丙\n\n   ## 丙 ##\n"
    assert found(text, ("dialect",))[0] is Found.ANCHOR
    assert found(text)[0] is Found.GITHUB
    wide = "## 目录\n\n- [1. 丙](#1--丙)\n\n## 1.  丙\n"
    assert found(wide, ("dialect",)) == [Found.ANCHOR]
    swallowed = "## 目录\n\n- [丙](#丙)\n\n```\n## 丙\n```\n"
    assert found(swallowed, ("dialect",)) == [Found.ELSEWHERE]
    assert found(swallowed) == [Found.NOTHING]


def test_without_a_table_there_is_nothing_to_miss() -> None:
    one = chapter("# 题\n\n## 甲\n")
    assert contents_of(one).listed == ()
    assert gaps_of(one, contents_of(one)) == []


def test_a_long_table_that_matches_nothing_takes_linear_time() -> None:
    def prepare(count: int) -> Callable[[], object]:
        entries = "".join(f"- [旧的标题 {n} 号](#x{n})\n" for n in range(count))
        headings = "".join(f"## 新的标题 {n} 号\n\n" for n in range(count))
        one = chapter(f"## 目录\n\n{entries}\n{headings}")
        return lambda: gaps_of(one, contents_of(one))

    assert_linear(prepare, 600, 6_000)
