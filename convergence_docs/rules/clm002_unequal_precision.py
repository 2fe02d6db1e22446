"""The same figure is written with unequal precision. | 同一个数字，各处写得精确程度不一。

## What it checks

Figures that CLM001 compares and that do not contradict each other, but do not say the same either: `95%以上` where the
subject's own chapter says `95%`, `90%–95%` where it says `95%`. One finding stands at each place that differs from what
counts.

CLM001 所比较的数字，互不矛盾，但说的也不是一回事：该对象自己的章节写 `95%`，别处写 `95%以上` 或 `90%–95%`。每处不同各
报告一次。

## Why it matters

`95%` and `95%以上` fall on different sides of a limit: at 95 % a layer is L3, above it is L4.

`95%` 与 `95%以上` 可能落在界线两侧：恰为 95% 是 L3，高于 95% 才是 L4。

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
| 收敛度 | 95%以上 | 100% |
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

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.dispute import Dispute, accounts, are_comparable, contradict
from convergence_docs.rules.figures import disputed
from convergence_docs.rules.rule import Context, book_rule


@book_rule(
    code="CLM002",
    name="unequal-precision",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording(
            "{subject}: {dimension} is written {value} here and {counted} in '{path}'.",
            "“{subject}”的{dimension}在此写作 {value}，在“{path}”写作 {counted}。",
        )
    },
    hints={
        "default": Wording(
            "Write both alike, or say what sets them apart (scope, year).",
            "请写成一样；若确有区别，请写明范围或年份。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find figures that agree with what counts without being the same."""
    for account in book.derive(accounts):
        counted = account.reference.claim.value
        differing = tuple(
            one
            for one in account.statements
            if one.claim.value.interval != counted.interval
            and are_comparable(one.claim.value, counted)
            and not contradict(one.claim.value, counted)
        )
        if differing:
            yield from disputed(Dispute(account.reference, differing, account.home, False))
