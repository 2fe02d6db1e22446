"""Entries of the hand-written table of contents are out of order. | 手写目录的条目顺序与正文不符。

## What it checks
The entries of a hand-written table of contents follow the order of the headings that they lead to. As few as possible
are called misplaced, and of those that stand together only the first.

手写目录条目的顺序与所指标题在正文中的顺序一致。只把尽可能少的条目视为错位；连在一起的错位条目只报告第一个。

## Why it matters
A table of contents is also a map of the argument. In another order it tells another one.

目录也是论证的脉络。顺序不同，讲的就是另一番道理。

## Example
```md
## 目录

- [概述](#概述)
- [结论](#结论)
- [定义](#定义)

## 概述

## 定义

## 结论
```

## Use instead
```md
## 目录

- [概述](#概述)
- [定义](#定义)
- [结论](#结论)

## 概述

## 定义

## 结论
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.toc.contents import Found, contents_of
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.model.toc.order import longest_rise
from convergence_docs.model.toc.rewriting import in_order
from convergence_docs.rules.rule import Context, chapter_rule

_MANY = 5
_SHARED = 20
"""Moves that every finding of a table carries; of more, only the first finding does."""


@chapter_rule(
    code="TOC003",
    name="wrong-toc-order",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "many": Wording(
            "{count} of {total} entries are out of order; this is the first.",
            "{total} 个条目中有 {count} 个顺序不对，这是第一个。",
        ),
        "after": Wording(
            "'{text}' stands here after '{other}', but before it in the text.",
            "目录中“{text}”排在“{other}”之后，正文中却在其前。",
        ),
        "before": Wording(
            "'{text}' stands here before '{other}', but after it in the text.",
            "目录中“{text}”排在“{other}”之前，正文中却在其后。",
        ),
    },
    hints={"default": Wording("Put the entries in the order of the text.", "按正文顺序排列目录条目。")},
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find entries that leave the order of the text."""
    if is_faithful(chapter):
        return
    contents = contents_of(chapter, context.doubts)
    if contents.is_outdated or not contents.is_headed:
        return
    listed = [one for one in contents.listed if one.heading is not None and one.found is not Found.AGAIN]
    places = [one.heading if one.heading is not None else -1 for one in listed]
    misplaced = set(range(len(places))).difference(longest_rise(places))
    if not misplaced:
        return
    moves = in_order(chapter, [(one.entry, place) for one, place in zip(listed, places, strict=True)], misplaced)
    fix = Fix(tuple(Edit(chapter.path, span, words) for span, words in moves), safe=True) if moves else None
    if len(misplaced) > _MANY and 2 * len(misplaced) > len(places):
        arguments = {"count": str(len(misplaced)), "total": str(len(places))}
        yield Diagnostic(span=listed[min(misplaced)].entry.link.span, case="many", arguments=arguments, fix=fix)
        return
    for at in sorted(at for at in misplaced if at - 1 not in misplaced or places[at - 1] > places[at]):
        is_after = at > 0 and places[at - 1] > places[at]
        other = chapter.headings[places[at - 1 if is_after else at + 1]]
        heading = chapter.headings[places[at]]
        yield Diagnostic(
            span=listed[at].entry.link.span,
            case="after" if is_after else "before",
            arguments={"text": heading.text, "other": other.text},
            related=(Related("", heading.text_span, Wording("the heading", "标题")),),
            fix=fix if len(misplaced) <= _SHARED or at == min(misplaced) else None,
        )
