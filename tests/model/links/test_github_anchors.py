"""GitHub's anchors beside the site's, held to a parse of GitHub's view."""

from __future__ import annotations

import pytest

from convergence_docs.model.links.github_anchors import github_anchors
from convergence_docs.parse.github import parse_github_ids
from tests.worlds import chapter


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# 题目\n\n## 1. 概述 {#概述}\n", ("1-概述-概述",)),
        ("## 概述 {#a}\n\n## 概述 {#a}\n", ("概述-a", "概述-a-1")),
        ("## 概述\n\n## 概述 {#a}\n\n[x](#概述-a)\n", ("概述-a",)),
        ("[x](#a--b)\n\n## A  B\n", ("a--b",)),
        ("[x](#概述)\n\n## 概述\n", ()),
        ("[x](#gone)\n\n## 概述\n", ()),
    ],
)
def test_anchors(text: str, anchors: tuple[str, ...]) -> None:
    here = chapter(text)
    assert set(anchors) <= set(github_anchors(here))
    seen = parse_github_ids(here.source)
    assert seen is not None
    assert set(anchors) <= seen


def test_every_heading_with_an_id_of_its_own_is_there() -> None:
    here = chapter("# 题目\n\n" + "".join(f"## {n}. 第 *{n}* 节 {{#s{n % 3}}}\n\n" for n in range(9)))
    seen = parse_github_ids(here.source)
    assert seen is not None
    assert seen <= {*github_anchors(here), *(anchor.id for anchor in here.anchors)}


def test_most_chapters_have_none() -> None:
    assert github_anchors(chapter("# 题目\n\n## 一、概述\n\n[x](#一概述)\n")) == ()
