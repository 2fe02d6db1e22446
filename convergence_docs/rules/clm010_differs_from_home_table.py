"""A chapter's comparison differs from its own table. | 本章的比较表与本章的状态表不符。

## What it checks

In the chapter that is about a subject, the first table that states a figure of it counts. Later tables of the same
chapter that have a column or row for the subject repeat that figure: a cell that names no scope means the first one's.
Where two later tables or more agree against the first, the finding stands at the first. Figures in other chapters, and
outside tables, belong to CLM001.

在专讲某个对象的一章里，以最先写出该数字的表为准。同章后面的表若也有该对象的一列或一行，就是重述那个数字；没写范围的单元格，
范围与前表相同。若后面有两张以上的表一致而与第一张不符，则在第一张报告。其他章节以及表格之外的数字归 CLM001。

## Why it matters

The comparison was copied from the table above it, and only one of the two was kept up to date.

比较表抄自上文的状态表，后来只改了其中一张。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 特征 | 2025 状态 |
| --- | --- | --- |
| 采用率 | 95%（新产品） | 默认结构 |

## 与数学层比较

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 90% | 100% |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 特征 | 2025 状态 |
| --- | --- | --- |
| 采用率 | 95%（新产品） | 默认结构 |

## 与数学层比较

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95% | 100% |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.dispute import disputes
from convergence_docs.rules.figures import disputed
from convergence_docs.rules.rule import Context, book_rule


@book_rule(
    code="CLM010",
    name="differs-from-home-table",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "default": Wording(
            "{subject}: {dimension} is {value} in this table, but {counted} in the chapter's first.",
            "“{subject}”的{dimension}在此表为 {value}，而本章的第一张表写作 {counted}。",
        ),
        "alone": Wording(
            "{subject}: {dimension} is {value} here, but {counted} in all {count} later tables of the chapter.",
            "“{subject}”的{dimension}在此为 {value}，而本章后面的 {count} 张表都写作 {counted}。",
        ),
    },
    hints={
        "default": Wording(
            "Make the tables say the same, or write another scope into this cell.",
            "请把两张表改成一致；若范围不同，请在此单元格写明。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find tables of a subject's own chapter that contradict its first."""
    for dispute in book.derive(disputes):
        if dispute.is_within_home_tables:
            for found in disputed(dispute):
                yield replace(found, case="alone") if dispute.agreeing else found
