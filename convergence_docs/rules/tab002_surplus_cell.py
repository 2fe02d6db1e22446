r"""A table row has more cells than its header. | 表格行的单元格多于表头。

## What it checks

No row of a table has more cells than its header.

表格没有一行的单元格多于表头。

## Why it matters

The site drops every cell beyond the last column without a word: what was written there is lost. A `|` inside a cell
that is not escaped does the same.

网站会不声不响地丢弃最后一列之外的单元格，写在那里的内容就没有了。单元格里没有转义的 `|` 也会造成同样的后果。

## Example

```md
# 题目

| 概率 | 含义 |
| --- | --- |
| P(A|B) | 条件概率 |
```

## Use instead

```md
# 题目

| 概率 | 含义 |
| --- | --- |
| P(A\|B) | 条件概率 |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_FORMULA = regex(r"\$[^$\n]{0,200}\|")


@chapter_rule(
    code="TAB002",
    name="surplus-cell",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "default": Wording(
            "This row has {cells} cells under {columns} columns; the site drops '{text}'.",
            "此行有 {cells} 个单元格，表头只有 {columns} 列；网站会丢弃“{text}”。",
        ),
        "formula": Wording(
            "This row has {cells} cells under {columns} columns, for the '|' of a formula splits it; "
            "the site drops '{text}'.",
            "公式中的“|”把此行拆成了 {cells} 个单元格，表头只有 {columns} 列；网站会丢弃“{text}”。",
        ),
        "empty": Wording(
            "This row has {cells} cells under {columns} columns; those left over are empty.",
            "此行有 {cells} 个单元格，表头只有 {columns} 列；多出的是空单元格。",
        ),
    },
    hints={
        "default": Wording(
            "Add a column, or write a '|' that belongs to a cell as '\\|'.",
            "请补上一列；若“|”属于单元格内容，请写作“\\|”。",
        ),
        "formula": Wording(
            "In a formula write \\vert (or \\lvert and \\rvert) for '|', and \\Vert for '\\|'.",
            "公式中的“|”请写作 \\vert（或 \\lvert、\\rvert），“\\|”请写作 \\Vert。",
        ),
        "empty": Wording("Take the last '|' away.", "请删去末尾多余的“|”。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find rows that are too long."""
    for table in chapter.tables:
        columns = len(table.header.cells)
        for row in () if table.is_even else table.rows:
            if len(row.cells) <= columns:
                continue
            surplus = row.cells[columns:]
            arguments = {"cells": str(len(row.cells)), "columns": str(columns)}
            lost = " | ".join(cell.text for cell in surplus if cell.text)
            if lost:
                arguments["text"] = lost if len(lost) <= 60 else f"{lost[:60]}…"
            yield Diagnostic(
                span=Span(surplus[0].span.start, surplus[-1].span.end),
                case=_case(lost, chapter.source.slice(row.span)),
                arguments=arguments,
                related=(Related("", table.header.span, Wording("the header", "表头")),),
            )


def _case(lost: str, row: str) -> str:
    if not lost:
        return "empty"
    return "formula" if row.count("$") >= 2 and _FORMULA.search(row) else "default"
