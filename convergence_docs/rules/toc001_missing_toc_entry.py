"""A heading is missing from the hand-written table of contents. | 手写目录缺少某个标题。

## What it checks
The headings after a hand-written table of contents, on the levels that it lists. A table of H2 alone is complete with
all H2; a branch of which it lists nothing is taken to be left out on purpose, unless most other branches are listed.
A heading whose entry is merely stale belongs to the rule for stale entries.

手写目录之后的标题，按目录所列的层级检查：只列二级标题的目录，列全二级标题即为完整；某一分支一个也不列，视为有意省略，除非其他
分支大多列出。条目只是过时的标题，由过时条目的规则报告。

## Why it matters
Readers choose by the table of contents: what it does not name, they do not find.

读者按目录取舍：目录没有的内容，就等于找不到。

## Example
```md
## 目录

- [一、概述](#一概述)
- [三、结论](#三结论)

## 一、概述

## 二、定义

## 三、结论
```

## Use instead
```md
## 目录

- [一、概述](#一概述)
- [二、定义](#二定义)
- [三、结论](#三结论)

## 一、概述

## 二、定义

## 三、结论
```

## Options
None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Toc
from convergence_docs.model.toc.contents import contents_of
from convergence_docs.model.toc.coverage import Gap, gaps_of
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_FEW = 0.2
_CONTENTS = regex(r"目\s?录|目次|内容|章节|大纲|提纲|导航|contents|toc\b|sections|outline|index", re.IGNORECASE)


@chapter_rule(
    code="TOC001",
    name="missing-toc-entry",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording("The table of contents (line {line}) lacks '{text}'.", "目录（第 {line} 行）缺少“{text}”。"),
        "branch": Wording(
            "The table of contents (line {line}) lacks '{text}' and {count} more below it or beside it.",
            "目录（第 {line} 行）缺少“{text}”以及其下或其后的 {count} 个标题。",
        ),
        "sparse": Wording(
            "The table of contents lists {listed} of {total} headings of its levels; it lacks '{text}' first.",
            "目录所列层级共有 {total} 个标题，只列出 {listed} 个；缺少的第一个是“{text}”。",
        ),
    },
    hints={
        "default": Wording("Add the line {entry}.", "在目录中补上一行：{entry}。"),
        "sparse": Wording("List them all, or let the site make the table.", "补全目录，或改由站点自动生成。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find headings that the table should list."""
    if is_faithful(chapter):
        return
    toc, contents = chapter.toc, contents_of(chapter, context.doubts)
    if toc is None or contents.is_outdated:
        return
    gaps, listed = gaps_of(chapter, contents), len(contents.headings)
    missing = sum(1 + len(gap.others) for gap in gaps)
    if not contents.is_headed and _is_enumeration(chapter, toc):
        return
    if not contents.is_headed and missing > _FEW * listed:
        return  # a list of links without the name of a table of contents may well be a choice
    if missing > listed:
        text = chapter.headings[gaps[0].heading].text
        arguments = {"listed": str(listed), "total": str(listed + missing), "text": text}
        yield Diagnostic(span=toc.entries[0].span, case="sparse", arguments=arguments)
        return
    for gap in gaps:
        heading = chapter.headings[gap.heading]
        yield Diagnostic(
            span=heading.text_span,
            case="branch" if gap.others else "default",
            arguments={
                "line": str(chapter.source.position(toc.span.start).line),
                "text": heading.text,
                "count": str(len(gap.others)),
                "entry": f"[{heading.text}](#{heading.site_id})",
            },
            related=(Related("", toc.span, Wording("the table of contents", "目录")),),
            fix=_fix(chapter, toc, gap),
        )


def _is_enumeration(chapter: Chapter, toc: Toc) -> bool:
    """Whether a sentence that ends with a colon introduces the list, and says nothing of contents."""
    before = chapter.source.text[: toc.span.start].rstrip(" \t\n-*+").rpartition("\n")[2].rstrip("*_ ")
    return before.endswith((":", "：")) and _CONTENTS.search(before) is None


def _fix(chapter: Chapter, toc: Toc, gap: Gap) -> Fix | None:
    """A line for each missing heading after the entry before it, written as the other entries of its level are."""
    text, lines = chapter.source.text, []
    for place in (gap.heading, *gap.others):
        heading, model = chapter.headings[place], gap.models.get(chapter.headings[place].level)
        if model is None or not heading.site_id or any(mark in heading.text for mark in "[]<>*`_\\"):
            return None
        start = text.rfind("\n", 0, model.span.start) + 1
        prefix = text[start : model.link.span.start]
        if prefix.strip() not in ("-", "*", "+"):
            return None
        lines.append(f"\n{prefix}[{heading.text}](#{heading.site_id})")
    if gap.after is None:
        at = text.rfind("\n", 0, toc.entries[0].span.start)
        return Fix((Edit(chapter.path, Span(at, at), "".join(lines)),), safe=True) if at > 0 else None
    end = text.find("\n", gap.after.span.start)
    at = len(text) if end < 0 else end
    return Fix((Edit(chapter.path, Span(at, at), "".join(lines)),), safe=True)
