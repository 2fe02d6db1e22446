"""A hand-written table of contents in a page's HTML: found, folded, and left alone where it is not the theme's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.site.feature import Build
from convergence_docs.site.relations.contents.feature import OneToc
from convergence_docs.site.relations.contents.folding import destinations_in, fold_contents, repeats
from convergence_docs.site.settings import SiteSettings

HEADING = '<h2 id="目录">目录<a class="headerlink" href="#目录" title="本节链接">&para;</a></h2>'
LIST = '<ul>\n<li><a href="#一概述">一、概述</a><ul>\n<li><a href="#11">1.1</a></li>\n</ul>\n</li>\n</ul>'
PAGE = f'<h1 id="t">T</h1>\n{HEADING}\n{LIST}\n<hr />\n<h2 id="一概述">一、概述</h2>\n<ul><li>x</li></ul>'


def test_heading_list_and_rule_are_folded_and_the_anchor_stays() -> None:
    folded = fold_contents(PAGE, "一概述", "目录")
    assert folded is not None
    assert folded.anchor == "目录"
    assert folded.html == (
        '<h1 id="t">T</h1>\n<div class="cd-contents" id="目录" data-search-exclude><details class="cd-contents__box">'
        f"<summary><h2>目录</h2></summary>\n{LIST}</details>\n<hr /></div>\n"
        '<h2 id="一概述">一、概述</h2>\n<ul><li>x</li></ul>'
    )


def test_a_list_without_a_heading_is_named() -> None:
    folded = fold_contents(f'<h1 id="t">T</h1>\n{LIST}\n<p>x</p>', "一概述", "目录")
    assert folded is not None
    assert folded.anchor == ""
    assert "<summary>目录</summary>" in folded.html
    assert folded.html.startswith('<h1 id="t">T</h1>\n<div class="cd-contents" data-search-exclude>')


def test_another_heading_above_is_no_part_of_it() -> None:
    folded = fold_contents(PAGE.replace("目录<a", "概览<a"), "一概述", "目录")
    assert folded is not None
    assert '<h2 id="目录">概览' in folded.html


def test_words_between_heading_and_list_come_along() -> None:
    folded = fold_contents(PAGE.replace("</h2>\n<ul>", "</h2>\n<p>本章有：</p>\n<ul>", 1), "一概述", "目录")
    assert folded is not None
    assert "</summary>\n<p>本章有：</p>\n<ul>" in folded.html


def test_links_elsewhere_and_other_lists_are_not_it() -> None:
    assert fold_contents('<p><a href="#一概述">x</a></p>', "一概述", "目录") is None
    other = '<ul><li><a href="../x/#一概述">x</a></li></ul>'
    folded = fold_contents(other + PAGE, "一概述", "目录")
    assert folded is not None
    assert folded.html.startswith(other)


def test_what_is_repeated() -> None:
    assert repeats(["a", "b"], ["a", "b", "c"], ["a", "b", "c"])
    assert repeats(["a", "gone"], ["a"], ["a"]), "a link that leads nowhere tells nobody anything"
    assert not repeats(["a", "deep"], ["a"], ["a", "deep"]), "the theme's goes less deep"
    assert not repeats([], ["a"], ["a"])
    assert not repeats(["gone"], ["a"], ["a"])


def test_destinations_are_read_as_written() -> None:
    written = '- [a](#一概述)\n    - [b](<#b>)\n- [c](#%E4%B8%80 "t")\n- [d](x.md#d)'
    assert destinations_in(written) == ["一概述", "b", "一"]


@given(st.text(alphabet='<>/"=ulolihe2#a ', max_size=80))
def test_any_html_is_survived(html: str) -> None:
    folded = fold_contents(html, "a", "目录")
    assert folded is None or len(folded.html) > len(html)


class Theme(dict[str, str]):
    """A theme's name, and nothing else."""

    name = "mkdocs"


@pytest.mark.parametrize(("wanted", "lines"), [(True, 1), (None, 0), (False, 0)])
def test_another_theme_goes_without_and_says_so_where_it_was_asked_for(
    wanted: bool | None, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    settings = SiteSettings(one_toc=wanted)
    site = cast(Any, SimpleNamespace(theme=Theme()))
    build = Build(site=site, config=None, settings=settings, language="zh", log=lambda finding: None)
    with caplog.at_level("INFO"):
        assert not OneToc.is_wanted(build)
    assert len(caplog.messages) == lines
