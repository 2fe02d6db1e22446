"""An entry of the hand-written table of contents is wrongly nested. | 手写目录条目的缩进层级与标题不符。

## What it checks
An entry is as deep as its heading's level asks for, or as deep as most entries of that level: a flat table, and one
whose first level is the second of the chapter, are fine. Of entries that are wrong alike, the first speaks for all.

条目的缩进层级与标题级别相符，或与同级标题的多数条目一致：不分层的目录、从二级标题列起的目录都可以。错法相同的条目只报告第一个。

## Why it matters
The nesting says what belongs to what. One wrong indent gives a section to another parent.

缩进表示从属关系。缩进错一处，一节就归到了别的章节之下。

## Example
```md
## 目录

- [一、概述](#一概述)
- [二、定义](#二定义)
- [2.1 状态](#21-状态)
  - [2.2 特征](#22-特征)
  - [2.3 界限](#23-界限)

## 一、概述

## 二、定义

### 2.1 状态

### 2.2 特征

### 2.3 界限
```

## Use instead
```md
## 目录

- [一、概述](#一概述)
- [二、定义](#二定义)
  - [2.1 状态](#21-状态)
  - [2.2 特征](#22-特征)
  - [2.3 界限](#23-界限)

## 一、概述

## 二、定义

### 2.1 状态

### 2.2 特征

### 2.3 界限
```

## Options
None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading, TocEntry
from convergence_docs.model.toc.contents import contents_of
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.model.toc.rewriting import indented, with_followers
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="TOC004",
    name="wrong-toc-nesting",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "'{text}' is at depth {depth} of the table of contents; its heading asks for {expected}.",
            "“{text}”在目录中位于第 {depth} 层，按标题级别应为第 {expected} 层。",
        ),
        "several": Wording(
            "{count} entries such as '{text}' are at depth {depth} of the table of contents, not at {expected}.",
            "“{text}”等 {count} 个条目在目录中位于第 {depth} 层，按标题级别应为第 {expected} 层。",
        ),
    },
    hints={
        "default": Wording("Indent the entry as the others of its level.", "按同级条目的缩进书写。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find entries at the wrong depth."""
    if is_faithful(chapter):
        return
    contents = contents_of(chapter, context.doubts)
    if contents.is_outdated or not contents.is_headed:
        return
    listed = [(one.entry, chapter.headings[one.heading]) for one in contents.listed if one.heading is not None]
    enclosing: list[tuple[int, int]] = []
    wrong: list[tuple[TocEntry, Heading, int]] = []
    for entry, heading in listed:
        while enclosing and enclosing[-1][0] >= heading.level:
            enclosing.pop()
        expected = enclosing[-1][1] + 1 if enclosing else 0
        enclosing.append((heading.level, entry.depth))
        if entry.depth != expected:
            wrong.append((entry, heading, expected))
    if not wrong:
        return
    depths = Counter((heading.level, entry.depth) for entry, heading in listed)
    levels = Counter(heading.level for _, heading in listed)
    faults: dict[tuple[int, int, int], list[tuple[TocEntry, Heading]]] = {}
    for entry, heading, expected in wrong:
        if not 2 * depths[heading.level, entry.depth] > levels[heading.level] > 1:
            faults.setdefault((heading.level, entry.depth, expected), []).append((entry, heading))
    asked = {entry: expected for (_, _, expected), alike in faults.items() for entry, _ in alike}
    changes = indented(chapter, with_followers(listed, asked))
    fix = Fix(tuple(Edit(chapter.path, span, words) for span, words in changes), safe=True) if changes else None
    for (_level, depth, expected), alike in faults.items():
        entry, heading = alike[0]
        others = [Related("", other.link.span, Wording("another", "同样不符")) for other, _ in alike[1:10]]
        yield Diagnostic(
            span=entry.link.span,
            case="default" if len(alike) == 1 else "several",
            arguments={
                "text": heading.text,
                "depth": str(depth + 1),
                "expected": str(expected + 1),
                "count": str(len(alike)),
            },
            related=(Related("", heading.text_span, Wording("the heading", "标题")), *others),
            fix=fix,
        )
