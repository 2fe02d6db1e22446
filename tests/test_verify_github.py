"""The second reading of GitHub's view agrees with the first, and notices where it does not."""

from __future__ import annotations

import pytest

from convergence_docs import verify_github as subject
from convergence_docs.parse.github import parse_github
from convergence_docs.text import SourceText

TEXT = """---
title: 题
---

# 03.2.2 架构层收敛[^n]

## 七、影响 `a_b` ⚙️ ① Ⓐ

## 七、影响 `a_b` ⚙️ ① Ⓐ

- 列
  - [链](03.1.md#四影响) ![图](图.png) <mail@a.b> [引][r] $[i](j)$ [空格](a b.md)

| 甲 | 乙 |
| --- | --- |
| 1 | [x](y%20z.md "t") |

<h2 align="center">题 <b>名</b></h2> <a name="n"></a>

[r]: <r s.md>
[^n]: 注 [z](z.md)
"""


def test_both_readings_agree() -> None:
    assert subject.verify_github(SourceText("chapter.md", TEXT)) == ()


@pytest.mark.parametrize("kind", ["heading", "id", "link", "image", "table"])
def test_a_difference_is_noticed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    view = parse_github(SourceText("chapter.md", TEXT))
    assert view is not None
    spoilt = {
        "heading": view._replace(headings=view.headings[1:]),
        "id": view._replace(ids=frozenset()),
        "link": view._replace(links=tuple(link for link in view.links if link.is_image)),
        "image": view._replace(links=tuple(link for link in view.links if not link.is_image)),
        "table": view._replace(tables=()),
    }
    monkeypatch.setattr(subject, "parse_github", lambda _: spoilt[kind])
    assert {one.kind for one in subject.verify_github(SourceText("chapter.md", TEXT))} == {kind}


def test_a_panic_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "parse_github", lambda _: None)
    assert [one.kind for one in subject.verify_github(SourceText("chapter.md", "# x"))] == ["panic"]
