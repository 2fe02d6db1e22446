"""A count of sibling headings leaves numbers out or is out of order. | 同级标题的编号跳号或顺序颠倒。

## What it checks
Sibling headings that are counted (一、二、三, 第一章, 2.1, 2.2): each is one more than the one before. A gap is left
alone where a heading without a number, or a line that begins with the missing number, stands between; so are versions,
dates and numbers picked from elsewhere.

依次计数的同级标题（一、二、三，第一章，2.1、2.2）：后一个比前一个多一。两题之间有无编号的标题，或有以所缺编号开头的一行，
则不报告；版本号、日期和从别处摘来的编号也不报告。

## Why it matters
A reader who finds 2.3 after 2.1 looks for a section that was lost, or never was.

读者看到 2.1 之后是 2.3，会去找丢失的或从未有过的一节。

## Example
```md
## 一、概述

## 二、定义

## 四、结论
```

## Use instead
```md
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
from itertools import pairwise

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.numbering import numeral_in, renumber
from convergence_docs.model.sections import Run, Step, is_plain, is_soundly_numbered, outline_of, recount
from convergence_docs.model.toc.order import longest_rise
from convergence_docs.rules.rule import Context, chapter_rule

_FEW = 4
"""More numbers than this are not forgotten: such a count is picked from elsewhere."""


@chapter_rule(
    code="NUM002",
    name="skipped-number",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "The number {number} follows {before}, without {missing} between them.",
            "编号“{number}”紧跟“{before}”，中间缺少“{missing}”。",
        ),
        "order": Wording(
            "The number {number} is out of order: it stands next to {before}.",
            "编号“{number}”顺序不对：它与“{before}”相邻。",
        ),
    },
    hints={
        "default": Wording(
            "Number this heading {expected} and count on from there, or write the missing section.",
            "把本标题改为“{expected}”并依次顺延，或补上缺失的一节。",
        ),
        "order": Wording(
            "Move the section to where its number belongs, or number the sections in the order of the text.",
            "把该节移到编号所在的位置，或按正文顺序重新编号。",
        ),
    },
)
def check(chapter: Chapter, _: Context) -> Iterator[Diagnostic]:
    """Find gaps and misplaced numbers."""
    if is_soundly_numbered(chapter):
        return
    outline = outline_of(chapter)
    for run in outline.runs:
        if is_plain(run) or not outline.is_counting(run):
            continue
        values = [step.value for step in run]
        is_unique = len(set(values)) == len(values)
        ordered = longest_rise(values) if is_unique else range(len(run))
        misplaced = set(range(len(run))).difference(ordered)
        # Misplaced neighbours that rise were moved together: the first speaks for them.
        for place in sorted(one for one in misplaced if one - 1 not in misplaced or values[one - 1] > values[one]):
            neighbour = run[place - 1] if place and values[place - 1] > values[place] else run[place + 1]
            yield _diagnostic(chapter, "order", neighbour, run[place], "")
        yield from _gaps(chapter, tuple(run[place] for place in ordered), set(values))


def _gaps(chapter: Chapter, run: Run, present: set[int]) -> Iterator[Diagnostic]:
    for (before, low), (after, high) in pairwise(zip(run, recount(run), strict=True)):
        missing = range(low + 1, high)
        if not missing or after.is_after_gap or len(missing) > _FEW or not present.isdisjoint(missing):
            continue
        written = chapter.source.slice(after.number.span)
        names = [numeral_in(renumber(written, (*after.number.parts[:-1], value))) for value in missing]
        between = chapter.source.text[before.section.heading.span.end : after.section.heading.span.start]
        if not any(re.search(rf"^[ \t#>*_-]*第?[ ]?{re.escape(name)}(?!\d)", between, re.M) for name in names):
            yield _diagnostic(chapter, "default", before, after, ", ".join(names))


def _diagnostic(chapter: Chapter, case: str, other: Step, step: Step, missing: str) -> Diagnostic:
    written = chapter.source.slice(step.number.span)
    return Diagnostic(
        span=step.section.heading.text_span,
        case=case,
        arguments={
            "number": numeral_in(written),
            "before": numeral_in(chapter.source.slice(other.number.span)),
            "missing": missing,
            "expected": missing.partition(", ")[0],
        },
        related=(Related("", other.section.heading.text_span, Wording("its neighbour", "相邻的标题")),),
    )
