"""Two sibling headings carry the same number. | 两个同级标题编号相同。

## What it checks
Sibling headings that are counted (一、二、三, 第一章, 2.1, 2.2): each number occurs once. Where a count falls back and
then goes on, only the heading at which it falls back is reported, for the headings after it follow from it. A count
that begins anew at one (under another parent, or after the last), versions and descending lists are no duplicates.

依次计数的同级标题（一、二、三，第一章，2.1、2.2）：每个编号只出现一次。编号回退后又继续计数的，只报告回退处的标题，其后各题
由它引起。在另一上级之下或末尾之后从一重新开始的计数、版本号和倒序列表都不算重复。

## Why it matters
"See section 七" names two places, and so do the numbers of all that is below them. It happens when a section is put
in and the ones after it are not counted again.

“见第七节”会指向两处，下级编号也随之混乱。多因插入一节后，没有给后面的各节重新编号。

## Example
```md
## 六、影响

## 七、与模型的关系

## 七、结论

## 八、参考
```

## Use instead
```md
## 六、影响

## 七、与模型的关系

## 八、结论

## 九、参考
```

## Options
None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.numbering import numeral_in, renumber
from convergence_docs.model.sections import Run, is_plain, is_soundly_numbered, outline_of, recount
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule

_CONTINUED = regex(r"[（(][^（）()]*(?:续|continued|cont\.)[^（）()]*[)）]", re.I)
_TAKEN = Wording(
    "The number {number} is used twice: line {line} has it already.", "编号“{number}”重复：第 {line} 行已经用过。"
)


@chapter_rule(
    code="NUM001",
    name="duplicate-number",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"default": _TAKEN, "shift": _TAKEN},
    hints={
        "default": Wording(
            "Number this heading {expected}, and write it so in the table of contents too.",
            "把本标题改为“{expected}”，目录中也要改。",
        ),
        "shift": Wording(
            "Number this heading {expected} and count on from there ({count} headings in all), with their subsections "
            "and the table of contents.",
            "把本标题改为“{expected}”，其后的同级标题依次顺延（共 {count} 处），子节编号和目录也要改。",
        ),
    },
)
def check(chapter: Chapter, _: Context) -> Iterator[Diagnostic]:
    """Find headings whose number a sibling has."""
    if is_soundly_numbered(chapter):
        return
    outline = outline_of(chapter)
    for run in outline.runs:
        if not is_plain(run) and len({step.value for step in run}) < len(run) and outline.is_counting(run):
            yield from _duplicates(chapter, run)


def _duplicates(chapter: Chapter, run: Run) -> Iterator[Diagnostic]:
    first_with = {run[0].value: run[0]}
    should_be = recount(run)
    # For every place, how many headings from there on bear another number than they should.
    wrong = [step.value != value for step, value in zip(run, should_be, strict=True)]
    wrong_from = [*list(accumulate(reversed(wrong)))[::-1], 0]
    for place, step in enumerate(run[1:], 1):
        first = first_with.setdefault(step.value, step)
        if first is step or step.value > run[place - 1].value or _CONTINUED.search(step.number.title):
            continue
        written = chapter.source.slice(step.number.span)
        expected = renumber(written, (*step.number.parts[:-1], should_be[place]))
        count = 1 + wrong_from[place + 1]
        yield Diagnostic(
            span=step.section.heading.text_span,
            case="shift" if count > 1 else "default",
            arguments={
                "number": numeral_in(written),
                "line": str(chapter.source.position(first.section.heading.span.start).line),
                "expected": numeral_in(expected),
                "count": str(count),
            },
            related=(
                Related("", first.section.heading.text_span, Wording("the first with this number", "首次使用此编号")),
            ),
        )
