"""A cell of a layer or driver table is empty. | 层级表或驱动力表中有空单元格。

## What it checks

Every cell of a table about layers (dimensions by layers, layers by dimensions, 特征 and 状态 of one subject) or about
drivers (因素, 作用机制, 收敛效果) says something. The corner may be empty. Other tables are not looked at: a matrix is
mostly empty on purpose.

关于层级的表格（维度与层级、层级与维度、单一对象的特征与状态）和关于驱动力的表格（因素、作用机制、收敛效果）中，每个
单元格都有内容。左上角可以为空。其他表格不检查：矩阵本来就多半是空的。

## Why it matters

An empty cell does not tell whether the value is unknown, nought, or forgotten.

空单元格说不清是未知、为零，还是忘了写。

## Example

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95%以上 | |
```

## Use instead

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95%以上 | 未统计 |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Cell, Table
from convergence_docs.model.tables.layer_table import read_driver_table, read_layer_table
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="TAB003",
    name="empty-cell",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording("The cell of '{row}' under '{column}' is empty.", "“{row}”在“{column}”一列的单元格是空的。"),
        "name": Wording("The cell that names this row or column is empty.", "此行或此列的名称是空的。"),
    },
    hints={
        "default": Wording(
            "Write the value, or say that it is unknown or does not apply, such as '—'.",
            "请填入数值，或写明“未知”“不适用”“—”。",
        ),
        "name": Wording("Write the name.", "请写上名称。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find empty cells in tables where each cell is a statement."""
    for table in chapter.tables:
        if read_layer_table(table, context.vocabulary) or read_driver_table(table, context.vocabulary):
            for name, column, cell in _empty(table):
                if name is None or column is None:
                    yield Diagnostic(span=cell.span, case="name")
                else:
                    yield Diagnostic(span=cell.span, arguments={"row": name.text, "column": column.text})


def _empty(table: Table) -> Iterator[tuple[Cell | None, Cell | None, Cell]]:
    """Empty cells, each with the cells that name its row and its column, ``None`` where it names one itself."""
    for cell in table.header.cells[1:]:
        if not cell.text and cell.span.start == cell.span.end:
            yield None, None, cell
    for row in table.rows:
        for cell, column in zip(row.cells, table.header.cells, strict=False):
            if not cell.text and cell.span.start == cell.span.end:
                yield (None if cell is row.cells[0] else row.cells[0]), column, cell
