"""One column or row of a table mixes units. | 表格的同一列或同一行混用单位。

## What it checks

A column whose header names a measure (a dimension of the vocabulary, or a word such as 采用率, 成本, 评分), or a row
whose first cell does, is written in one unit: not `95%` beside `0.95`, `★★★★☆` beside `4/5`, `100 万元` beside
`20 美元`. The cells in the minority are found. A cell that holds both units (`100 万元（14 万美元）`) is fine.

表头是量的名称（词汇表中的维度，或采用率、成本、评分之类）的列，以及首格是量的名称的行，应当只用一种单位：不要 `95%` 与
`0.95` 并列，`★★★★☆` 与 `4/5` 并列，`100 万元` 与 `20 美元` 并列。报告其中占少数的单元格。同一格里两种单位都写的
（`100 万元（14 万美元）`）没有问题。

## Why it matters

Readers compare down a column, and programs sort it: `0.95` sorts below `60%`.

读者顺着一列比较，程序按它排序：`0.95` 会排在 `60%` 之下。

## Example

```md
# 题目

| 层 | 采用率 |
| --- | --- |
| 数学层 | 100% |
| 架构层 | 0.95 |
| 能力层 | 60% |
```

## Use instead

```md
# 题目

| 层 | 采用率 |
| --- | --- |
| 数学层 | 100% |
| 架构层 | 95% |
| 能力层 | 60% |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Figures, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Cell
from convergence_docs.model.tables.layer_table import series_about
from convergence_docs.model.values.unit_pair import Pair, is_measure, pairs_in
from convergence_docs.model.values.value import read_cell
from convergence_docs.rules.figures import figure_of_value
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="CLM009",
    name="mixed-units",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "'{value}' stands among values of '{measure}' such as '{other}'.",
            "“{measure}”中的“{value}”与“{other}”等单位不同。",
        )
    },
    hints={
        "default": Wording(
            "Write all values of a measure in one unit, or name both in the cell.",
            "同一个量请统一单位，或在单元格里同时写出两种。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find the cells of a column or row that are in another unit than most of it."""
    vocabulary = context.vocabulary

    def is_meant(name: str) -> bool:
        return (vocabulary is not None and vocabulary.find(name, "dimension") is not None) or is_measure(name)

    for table in chapter.tables:
        pairs = pairs_in(chapter.source.text, *table.span)
        if pairs:
            for name, cells in series_about(table, is_meant):
                for pair in pairs:
                    yield from _of(pair, name, cells)


def _of(pair: Pair, name: Cell, cells: list[Cell]) -> Iterator[Diagnostic]:
    ones, others = pair.parted(cells)
    if not ones or not others:
        return
    few, many = (ones, others) if len(ones) < len(others) else (others, ones)
    note = Wording("Here it is {other}.", "此处为 {other}。").filled({"other": many[0].text})
    for cell in few:
        values = tuple(figure_of_value(reading.value) for one in (cell, many[0]) if (reading := read_cell(one.text)))
        yield Diagnostic(
            span=cell.span,
            arguments={"value": cell.text, "measure": name.text, "other": many[0].text},
            related=(Related("", many[0].span, note),),
            data=Figures("", "", name.text, "", values),
        )
