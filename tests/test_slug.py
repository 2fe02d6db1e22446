"""Slugs and suffixes, each held to the renderer it stands for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import toc
from pymdownx import slugs  # type: ignore[import-untyped]

from convergence_docs.slug import (
    HyphenIds,
    UnderscoreIds,
    github,
    github_slug,
    markdown_slug,
    pymdownx_slug,
    slugify_unicode,
)
from tests.growth import assert_linear, assert_quick

TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from(" -_<>/一二三、（）：L4\u3000\t\ufe0f①Ⅳ")), max_size=40
)


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("一、概述", "一概述"),
        ("03.2.2-架构层收敛", "0322-架构层收敛"),
        ("7.1 架构层 vs 数学层", "71-架构层-vs-数学层"),
        ("Scaling  Law (2020)", "scaling--law-2020"),
        ("L4: 完全收敛（工业标准）", "l4-完全收敛工业标准"),
        ("a_b — c", "a_b--c"),
        ("⚙️ Setup", "️-setup"),  # the gear is a symbol and goes; its variation selector is a mark and stays
        ("步骤①", "步骤"),
        ("第Ⅳ章", "第ⅳ章"),
        ("Ⓐ x²", "ⓐ-x"),
        ("full\u3000width", "fullwidth"),
        ("", ""),
    ],
)
def test_github_slug(heading: str, slug: str) -> None:
    assert github_slug(heading) == slug


@given(TEXT)
def test_markdown_slugs_are_those_of_python_markdown(text: str) -> None:
    assert markdown_slug(text) == toc.slugify(text, "-")
    assert slugify_unicode(text) == toc.slugify_unicode(text, "-")
    assert slugify_unicode(text, "_") == toc.slugify_unicode(text, "_")


@given(TEXT, st.sampled_from(["none", "lower", "lower-ascii", "fold"]), st.booleans(), st.sampled_from(["NFC", "NFKD"]))
def test_pymdownx_slug_is_that_of_pymdownx(text: str, case, percent: bool, form) -> None:  # type: ignore[no-untyped-def]
    theirs = slugs.slugify(case=case, percent_encode=percent, normalize=form)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return
    assert pymdownx_slug(text, case=case, percent_encode=percent, normalize=form) == theirs(text, "-")


IDS = st.lists(st.sampled_from(["", "a", "a_1", "a_2", "a_01", "a_1_1", "a_9", "b", "_1", "_", "a-1", "a-1-1"]))


@given(IDS, st.sets(st.sampled_from(["a", "a_1", "a_3", "a_10", "_2"])))
def test_underscore_ids_are_those_of_python_markdown(wanted: list[str], taken: set[str]) -> None:
    ours, theirs = UnderscoreIds(taken), set(taken)
    assert [ours.take(one) for one in wanted] == [toc.unique(one, theirs) for one in wanted]


@given(IDS)
def test_hyphen_ids_are_unique(wanted: list[str]) -> None:
    ids = HyphenIds()
    given_out = [ids.take(one) for one in wanted]
    assert len(set(given_out)) == len(wanted)


def test_hyphen_ids_count_as_github_slugger_does() -> None:
    ids = HyphenIds()
    assert [ids.take(one) for one in ["a", "a", "a-1", "a", "a-1"]] == ["a", "a-1", "a-1-1", "a-2", "a-1-2"]
    assert [ids.take(one) for one in ["", ""]] == ["", "-1"]
    assert HyphenIds(["a"], is_empty_allowed=False).take("") == "-1"
    assert HyphenIds(["a"]).take("a") == "a-1"


def test_github_for_a_site_takes_another_separator() -> None:
    assert github(" 一、概述 x ", "_") == "一概述_x"


@pytest.mark.parametrize("make", [HyphenIds, UnderscoreIds])
@pytest.mark.parametrize("wanted", [lambda n: "x", lambda n: f"x_{n % 7}", lambda n: f"x-{n % 7}"])
def test_many_duplicates_take_linear_time(
    make: Callable[[], HyphenIds | UnderscoreIds], wanted: Callable[[int], str]
) -> None:
    def take_all(count: int) -> None:
        ids = make()
        for number in range(count):
            ids.take(wanted(number))

    assert_linear(lambda count: partial(take_all, count), 4_000, 40_000)


def test_unclosed_tags_take_linear_time() -> None:
    assert_quick(partial(pymdownx_slug, "<" * 200_000), 2)
