"""A chapter has more than one heading of level 1. | 章节有多个一级标题。

## What it checks

A chapter has at most one heading of level 1. One finding a chapter, at the second such heading. The
site makes a heading of `#7652` too; in a folder without `mkdocs.yml`, only headings on GitHub count.

章节至多有一个一级标题。每章只报告一次，位置在第二个一级标题处。网站会把 `#7652` 也当作标题；文件夹中没有
`mkdocs.yml` 时，只计 GitHub 上的标题。

## Why it matters

The first heading of level 1 is the page's title and leaves the table of contents; the others push everything below
them one level out of place, and a screen reader announces several titles for one page. A comment in a shell script
that lost its fence shows up here as well.

第一个一级标题是页面标题，不进入目录；其余的会让其下各级整体错位，屏幕阅读器也会给一个页面念出多个标题。丢了代码围栏
的脚本注释同样会在这里现形。

## Example

```md
# 架构层收敛

# 概述
```

## Use instead

```md
# 架构层收敛

## 概述
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.headings import is_glued
from convergence_docs.rules.rule import Context, chapter_rule

_SHOWN = 10


_MESSAGE = Wording(
    "This chapter has {count} headings of level 1; the first is '{first}'.",
    "本章有 {count} 个一级标题，第一个是“{first}”。",
)


@chapter_rule(
    code="DOC002",
    name="several-h1",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"default": _MESSAGE, "glued": _MESSAGE},
    hints={
        "default": Wording(
            "Keep one '#' for the title and write the others with '##'; a '#' in a script belongs in a code block.",
            "只为章题保留一个“#”，其余改用“##”；脚本里的“#”应放入代码块。",
        ),
        "glued": Wording(
            "The site makes a heading of a '#' that begins a line or a list item; write '\\#' where none is meant.",
            "网站会把行首或列表项开头的“#”当作标题；若不是标题，请写作“\\#”。",
        ),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find chapters with several titles."""
    if chapter.path.rpartition("/")[2] == "SUMMARY.md":  # in which mdBook has parts named by headings
        return
    titles = [heading for heading in chapter.headings if heading.level == 1]
    if len(titles) > 1 and "dialect" in context.doubts:
        view = context.github_view(chapter.source)
        there = (
            None if view is None else {chapter.source.position(heading.span.start).line for heading in view.headings}
        )
        titles = [
            heading for heading in titles if there is None or chapter.source.position(heading.span.start).line in there
        ]
    if len(titles) < 2:
        return
    note = Wording("also of level 1", "同为一级标题")
    yield Diagnostic(
        span=titles[1].span,
        case="glued" if is_glued(chapter, titles[1]) else "default",
        arguments={"count": str(len(titles)), "first": titles[0].text},
        related=tuple(Related("", heading.span, note) for heading in (titles[0], *titles[2:])[:_SHOWN]),
    )
