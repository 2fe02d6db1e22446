"""A heading is more than one level below the one before it. | 标题级别跳跃。

## What it checks

A heading is at most one level deeper than the heading before it. Headings inside quotes are no part of the outline.
In a folder without `mkdocs.yml`, only what jumps on GitHub too is found.

标题至多比前一个标题深一级。引用块中的标题不算在提纲之内。文件夹中没有 `mkdocs.yml` 时，只报告在
GitHub 上同样跳级的标题。

## Why it matters

The site's table of contents and a screen reader's list of headings show a level with nothing in it, and readers look
for the part that is missing.

网站目录和屏幕阅读器的标题列表里会出现空缺的一级，读者会去找并不存在的部分。

## Example

```md
# 架构层收敛

## 一、概述

#### 背景
```

## Use instead

```md
# 架构层收敛

## 一、概述

### 背景
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter, GithubHeading
from convergence_docs.model.inclusion import is_taking_in_text
from convergence_docs.model.nodes import Heading
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="DOC003",
    name="heading-level-jump",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "This heading is of level {level}, but the one before it is of level {before}.",
            "此标题为 {level} 级，而前一个标题是 {before} 级，中间跳了级。",
        )
    },
    hints={
        "default": Wording(
            "Write it with '{marks}', or add the heading that is missing between the two.",
            "请改用“{marks}”，或在两者之间补上缺少的标题。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find headings that skip a level."""
    jumps = list(_jumps(chapter.headings))
    if not jumps or is_taking_in_text(chapter):
        return
    there = _lines_on_github(chapter, context)
    text, position = chapter.source.text, chapter.source.position
    for before, heading in jumps:
        line = text[text.rfind("\n", 0, heading.span.start) + 1 : heading.span.end]
        if line.lstrip().startswith(">") or (there is not None and position(heading.span.start).line not in there):
            continue
        yield Diagnostic(
            span=heading.span,
            arguments={
                "level": str(heading.level),
                "before": str(before.level),
                "marks": "#" * (before.level + 1),
            },
            related=(Related("", before.span, Wording("the heading before it", "前一个标题")),),
        )


def _lines_on_github(chapter: Chapter, context: Context) -> set[int] | None:
    """The lines of headings that jump on GitHub too; ``None`` where the site's view is the one that counts."""
    view = context.github_view(chapter.source) if "dialect" in context.doubts else None
    if view is None:
        return None
    return {chapter.source.position(heading.span.start).line for _, heading in _jumps(view.headings)}


_AnyHeading = TypeVar("_AnyHeading", Heading, GithubHeading)


def _jumps(headings: Sequence[_AnyHeading]) -> Iterator[tuple[_AnyHeading, _AnyHeading]]:
    """Neighbours of which the second is more than one level deeper."""
    return ((before, heading) for before, heading in pairwise(headings) if heading.level > before.level + 1)
