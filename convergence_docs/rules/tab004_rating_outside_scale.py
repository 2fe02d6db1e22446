"""A rating does not fit its scale. | 评级超出或不足其量表。

## What it checks

Ratings in stars have as many stars, filled and empty, as the others of the table: `★★★★☆☆` among ratings of five
stars has one too many, `★★★` two too few. Stars without empty ones (`★★★` beside `★★★★★`) are a way of writing of their
own, and only more than five are found. Ratings in digits (`6/5`) stay within their size. Where the vocabulary gives a
dimension a size, that size counts.

星级评分的星数（实心加空心）与同表其他评分一致：五星评分中的 `★★★★☆☆` 多一颗，`★★★` 少两颗。不写空心星（`★★★` 与
`★★★★★` 并列）自成一种写法，只有超过五颗才报告。用数字写的评分（`6/5`）不得超过满分。词汇表为维度规定了满分的，以词
汇表为准。

## Why it matters

A star too few or too many changes the value, and every tool that reads tables passes over it.

多一颗或少一颗星，数值就变了，而读取表格的工具都不会察觉。

## Example

```md
# 题目

| 维度 | 架构层 | 数学层 | 能力层 |
| --- | --- | --- | --- |
| 确定性 | ★★★★☆☆ | ★★★★★ | ★★★☆☆ |
```

## Use instead

```md
# 题目

| 维度 | 架构层 | 数学层 | 能力层 |
| --- | --- | --- | --- |
| 确定性 | ★★★★☆ | ★★★★★ | ★★★☆☆ |
```

## Options

None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.rating_scale import STARS, misfits
from convergence_docs.model.values.rating import read_ratings_out_of
from convergence_docs.rules.rule import Context, chapter_rule

_SIZES = ("/5", "/10", "／")
"""What a rating in digits holds."""
_LONG = 12
"""Characters that no rating in digits needs."""


@chapter_rule(
    code="TAB004",
    name="rating-outside-scale",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "'{rating}' has {length} stars; this scale has {size}.",
            "“{rating}”有 {length} 颗星，而此量表为 {size} 颗。",
        ),
        "digits": Wording("'{rating}' is beyond its scale of {size}.", "“{rating}”超出满分 {size}。"),
    },
    hints={
        "default": Wording(
            "Write {size} stars, filled (★) and empty (☆) together.", "请写满 {size} 颗，实心（★）与空心（☆）合计。"
        ),
        "digits": Wording("Mend the value or the size.", "请改正分值或满分。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find ratings that are too long, too short or too high."""
    if not chapter.tables:
        return
    text = chapter.source.text
    stars = [star for star in STARS if star in text]
    for table in chapter.tables:
        start, end = table.span
        for star in stars:
            if text.find(star, start, end) >= 0:
                yield from _stars(chapter, table, context)
                break
        for size in _SIZES:
            if text.find(size, start, end) >= 0:
                yield from _digits(chapter, table)
                break


def _stars(chapter: Chapter, table: Table, context: Context) -> Iterator[Diagnostic]:
    """Ratings that are longer or shorter than their scale."""
    for rating, size in misfits(table, chapter.source, context.vocabulary):
        yield Diagnostic(
            span=rating.span,
            arguments={
                "rating": chapter.source.slice(rating.span),
                "length": str(rating.length),
                "size": str(size),
            },
        )


def _digits(chapter: Chapter, table: Table) -> Iterator[Diagnostic]:
    """Ratings such as 6/5, where the table holds ratings of the same size that fit."""
    found = [
        rating
        for row in table.rows
        for cell in row.cells
        if len(cell.text) < _LONG and ("/" in cell.text or "／" in cell.text)
        for rating in read_ratings_out_of(chapter.source.slice(cell.span), cell.span.start)
        if rating.span == cell.span
    ]
    fitting = Counter(rating.size for rating in found if rating.value <= rating.size)
    for rating in found:
        if rating.value > rating.size and fitting[rating.size] >= 2:
            yield Diagnostic(
                span=rating.span,
                case="digits",
                arguments={"rating": chapter.source.slice(rating.span), "size": str(rating.size)},
            )
