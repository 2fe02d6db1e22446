"""Two places state figures that cannot both be true. | 两处的数字互相矛盾。

## What it checks

Every figure that tables, bullets, sentences and diagram labels state of a subject that the vocabulary knows, in a
dimension that it knows. Figures with the same scope and the same year must have something in common: `95%` and
`95%以上` have, `95%` and `90%` have not. What counts is what the first table of the subject's own chapter says, else
what that chapter says first, else what most places say; one finding stands at each place that differs. Where the own
chapter's figure stands alone against three places or more that agree, the finding stands there and lists them. Names
that no vocabulary knows are not compared. Tables of the subject's own chapter belong to CLM010.

表格、列表、句子与图中标签所说的每一个数字，只要其对象与维度都在词汇表中。范围与年份相同的数字必须有共同的取值：`95%` 与
`95%以上` 有，`95%` 与 `90%` 没有。以该对象自己那一章的第一张表为准，没有则以该章最先的说法为准，再没有则以多数为准；
每处不同各报告一次。若自己那一章的数字独自与其余三处以上一致的说法相左，则只在那里报告，并列出其余各处。词汇表之外的名
称不作比较。对象自己那一章中的表格归 CLM010。

## Why it matters

A figure that was corrected in one place lives on in five others, and a reader who meets both trusts neither.

一处改了数字，另外五处还是旧的；读者两处都看到，便哪一处都不敢相信。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 95% | 100% |
```

```md index.md
# 概览

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 90% | 100% |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 95% | 100% |
```

```md index.md
# 概览

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 95% | 100% |
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
    code="CLM001",
    name="contradicting-figures",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "home": Wording(
            "{subject}: {dimension} is {value} here, but {counted} in its own chapter '{path}'.",
            "“{subject}”的{dimension}在此为 {value}，而它自己的章节“{path}”写作 {counted}。",
        ),
        "default": Wording(
            "{subject}: {dimension} is {value} here, but {counted} in '{path}'.",
            "“{subject}”的{dimension}在此为 {value}，而“{path}”写作 {counted}。",
        ),
        "alone": Wording(
            "{subject}: {dimension} is {value} here, in its own chapter, but {counted} in {count} other places.",
            "“{subject}”的{dimension}在它自己的章节为 {value}，而另有 {count} 处都写作 {counted}。",
        ),
    },
    hints={
        "default": Wording(
            "Make both say the same; where they differ on purpose, write down each one's scope or year, or declare it.",
            "请改成一致；若是有意不同，请写明各自的范围或年份，或加以声明。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find figures that contradict what counts."""
    for dispute in book.derive(disputes):
        if dispute.is_within_home_tables:
            continue
        for found in disputed(dispute):
            if dispute.agreeing:
                yield replace(found, case="alone")
            else:
                is_from_home = dispute.counted.path == dispute.home != found.path
                yield replace(found, case="home") if is_from_home else found
