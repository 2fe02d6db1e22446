"""A decimal number stands under a heading of another number. | 小节编号与所属上级标题的编号不符。

## What it checks
Headings such as 7.1 directly under a numbered heading (八、, 第八章, 8.): all parts but the last are the parent's
number. One finding speaks for all children of a parent. It is made only where the parent's siblings prove that the
chapter counts so: a sibling has the number that the child begins with, or children of its own that fit.

编号标题（八、，第八章，8.）之下的 7.1 之类：除末位外应与上级编号相同。同一上级之下只报告一次。只有同级的其他标题能证明
本章如此编号时才报告：某个同级标题的编号正是子节编号的开头，或其子节编号相符。

## Why it matters
7.1 under 八 is looked for in section 七. It happens when a section is put in and only the upper level is counted
again.

“八”之下的 7.1，读者会到“七”里去找。多因插入一节后只改了上级编号。

## Example
```md
## 七、影响

### 7.1 技术影响

## 八、关系

### 7.1 与数学层

### 7.2 与能力层
```

## Use instead
```md
## 七、影响

### 7.1 技术影响

## 八、关系

### 8.1 与数学层

### 8.2 与能力层
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.family import Family, families_with_strangers, parts_of
from convergence_docs.model.numbering import numeral_in, renumber
from convergence_docs.model.sections import Section, is_soundly_numbered, outline_of
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_HINT = Wording("Write {expected}; links to the old anchors must follow.", "改为“{expected}”，指向旧锚点的链接也要改。")


@chapter_rule(
    code="NUM003",
    name="number-under-wrong-parent",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "{number} stands under {parent} (line {line}).", "“{number}”位于“{parent}”（第 {line} 行）之下，编号不符。"
        ),
        "several": Wording(
            "{number} stands under {parent} (line {line}), as do others: {count} headings in all.",
            "“{number}”等 {count} 个标题位于“{parent}”（第 {line} 行）之下，编号不符。",
        ),
    },
    hints={"default": _HINT},
)
def check(chapter: Chapter, _: Context) -> Iterator[Diagnostic]:
    """Find decimals that do not begin with their parent's number."""
    for family in () if is_soundly_numbered(chapter) else families_with_strangers(outline_of(chapter)):
        yield _diagnostic(chapter, family)


def _diagnostic(chapter: Chapter, family: Family) -> Diagnostic:
    parent, children, strangers = family
    last = [parts_of(child)[-1] for child in children]
    is_count = last == list(range(last[0], last[0] + len(last)))
    edits, expected = [], ""
    for place, child in enumerate(children, 1):
        span, old = _number(chapter, child)
        new = renumber(old, (*parts_of(parent), parts_of(child)[-1] if is_count else place))
        expected = expected or (numeral_in(new) if child is strangers[0] else "")
        if new != old:
            edits.append(Edit(chapter.path, span, new))
    above = Related("", parent.heading.text_span, Wording("the heading above", "上级标题"))
    others = [Related("", one.heading.text_span, Wording("another", "同样不符")) for one in strangers[1:10]]
    return Diagnostic(
        span=strangers[0].heading.text_span,
        case="default" if len(strangers) == 1 else "several",
        arguments={
            "number": numeral_in(_number(chapter, strangers[0])[1]),
            "parent": numeral_in(_number(chapter, parent)[1]),
            "line": str(chapter.source.position(parent.heading.span.start).line),
            "count": str(len(strangers)),
            "expected": expected,
        },
        related=(above, *others),
        fix=Fix(tuple(edits), safe=False),
    )


def _number(chapter: Chapter, section: Section) -> tuple[Span, str]:
    span = section.heading.number.span if section.heading.number else section.heading.text_span
    return span, chapter.source.slice(span)
