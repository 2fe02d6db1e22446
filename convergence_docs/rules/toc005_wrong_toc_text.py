"""An entry of the hand-written table of contents names its heading otherwise. | 手写目录条目的文字与标题不同。

## What it checks
An entry whose anchor is right says what its heading says. Markup, punctuation and letter case do not matter, a missing
number does not, and neither does a text that only shortens or extends the other; another number does.

锚点正确的条目，其文字应与标题相同。标记、标点和大小写不计，省略编号、缩写或补充都可以；编号不同则报告。

## Why it matters
Whoever clicks 八、结论 and arrives at 九、结论 wonders whether it is the right place.

点的是“八、结论”，到的却是“九、结论”，读者会怀疑走错了地方。

## Example
```md
## 目录

- [一、概述](#一概述)
- [三、定义与范围](#二定义)

## 一、概述

## 二、定义
```

## Use instead
```md
## 目录

- [一、概述](#一概述)
- [二、定义](#二定义)

## 一、概述

## 二、定义
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.toc.contents import Found, contents_of, number_of, words_of
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="TOC005",
    name="wrong-toc-text",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "The entry says '{text}', its heading '{heading}'.", "条目写作“{text}”，标题是“{heading}”。"
        ),
        "number": Wording(
            "The entry's number is {text}, its heading's is {heading}.",
            "条目的编号是“{text}”，标题的编号是“{heading}”。",
        ),
    },
    hints={"default": Wording("Write [{full}]({target}).", "改为 [{full}]({target})。")},
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find entries that say something else."""
    if is_faithful(chapter):
        return
    contents = contents_of(chapter, context.doubts)
    for one in () if contents.is_outdated or not contents.is_headed else contents.listed:
        if one.heading is None or one.found not in (Found.ANCHOR, Found.TWIN, Found.GITHUB):
            continue
        heading, link = chapter.headings[one.heading], one.entry.link
        if heading.text == link.text:
            continue
        numbers = number_of(link.text), number_of(heading.text)
        words, right = words_of(link.text), words_of(heading.text)
        is_other_number = all(numbers) and numbers[0] != numbers[1]
        if not is_other_number and (not words or words in right or right in words):
            continue
        is_plain = not any(mark in heading.text for mark in "[]<>*`_\\")
        yield Diagnostic(
            span=link.text_span,
            case="number" if is_other_number and words == right else "default",
            arguments={
                "text": numbers[0] if is_other_number and words == right else link.text,
                "heading": numbers[1] if is_other_number and words == right else heading.text,
                "full": heading.text,
                "target": link.destination,
            },
            related=(Related("", heading.text_span, Wording("the heading", "标题")),),
            fix=Fix((Edit(chapter.path, link.text_span, heading.text),), safe=words == right) if is_plain else None,
        )
