"""A share is over 100 %. | 占比超过 100%。

## What it checks

Percentages in the columns and rows of a table whose dimension is a share: those that the vocabulary types as
`percentage`, and those of the option `dimensions`. Changes (`+150%`, 提升 300%) are no shares.

维度是占比的行或列中的百分数：词汇表中类型为 `percentage` 的维度，以及选项 `dimensions` 列出的维度。变化量（`+150%`、
提升 300%）不是占比。

## Why it matters

More than all of it cannot be: either the figure or the dimension is wrong.

占比不可能超过全部：不是数字错了，就是维度错了。

## Example

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 950% | 100% |
```

## Use instead

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95% | 100% |
```

## Options

- `dimensions`: names of dimensions that are shares, beside those of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.tables.layer_table import cells_about
from convergence_docs.model.vocabulary import normalise
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, Option, chapter_rule

_SHARES = ["采用率", "收敛度", "市场份额", "占比", "覆盖率", "准确率", "adoption", "market share", "accuracy"]

_LARGE = regex(r"(?!100(?:\.0+)?\s?%)\d{3,12}(?:\.\d{1,12})?\s?[%％]")
"""A percentage that may be over 100, for passing over most tables at once."""


@chapter_rule(
    code="TAB005",
    name="percentage-over-100",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording("{dimension} is a share and cannot be {value}.", "“{dimension}”是占比，不可能为 {value}。")
    },
    hints={
        "default": Wording(
            "Mend the figure, or say that it is a change: +{value}.", "请改正数值；若是增幅，请写作 +{value}。"
        )
    },
    options={
        "dimensions": Option(_SHARES, Wording("Names of dimensions that are shares.", "属于占比的维度名称。")),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find shares of more than everything."""
    shares = {normalise(name) for name in context.options["dimensions"]}
    vocabulary = context.vocabulary

    def is_share(text: str) -> bool:
        term = vocabulary.find(text, "dimension") if vocabulary else None
        return term.scale == "percentage" if term else normalise(text) in shares

    source = chapter.source
    for table in chapter.tables:
        has_percent = source.text.find("%", *table.span) >= 0 or source.text.find("％", *table.span) >= 0
        if not has_percent or not _LARGE.search(source.text, *table.span):
            continue
        # Fetched where a table asks for it: few do.
        from convergence_docs.model.values.percentage import read_percentages

        for cell, name in cells_about(table, is_share):
            for percentage in read_percentages(source.slice(cell.span), cell.span.start):
                if percentage.largest > 100 and not percentage.is_change:
                    yield Diagnostic(
                        span=percentage.span,
                        arguments={"dimension": name.text, "value": source.slice(percentage.span)},
                    )
