"""A declared difference has no reason, or nothing differs. | 声明的差异没有理由，或并无差异。

## What it checks

A vocabulary (`differences`) or a chapter's front matter (`differences`) may declare that figures of a subject in a
dimension differ on purpose. Each such declaration says why (`reason`), and without it something would be found.

词汇表（`differences`）或章节的前言（`differences`）可以声明，某对象某维度的数字是有意不同的。每条声明都要写明理由
（`reason`），并且没有它就会有发现。

## Why it matters

A declaration that nothing needs any more hides the next contradiction.

不再需要的声明，会把下一处矛盾藏起来。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
differences:
  - {subject: 架构层, dimension: 采用率, values: [90%]}
```

```md index.md
# 概览

| 维度 | 架构层 |
| --- | --- |
| 采用率 | 95% |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
differences:
  - {subject: 架构层, dimension: 采用率, values: [90%], reason: 包括旧系统}
```

```md 架构层.md
# 架构层

| 维度 | 架构层 |
| --- | --- |
| 采用率 | 95% |
```

```md index.md
# 概览

| 维度 | 架构层 |
| --- | --- |
| 采用率 | 90% |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.dispute import needed_differences
from convergence_docs.rules.rule import Context, book_rule


@book_rule(
    code="CLM012",
    name="unjustified-difference",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "idle": Wording("Nothing differs that this declares.", "这里声明的差异并不存在。"),
        "reason": Wording("This difference is declared without a reason.", "这里声明的差异没有写理由。"),
    },
    hints={
        "idle": Wording("Remove the declaration, or mend what it names.", "请删去这条声明，或改正它所指的内容。"),
        "reason": Wording("Add 'reason:' and say why both may stand.", "请补上“reason:”，说明为何可以并存。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find declared differences that have no reason, or that nothing needs."""
    home = context.vocabulary.path if context.vocabulary else ""
    declared = [(home, one) for one in book.differences]
    declared += [(path, one) for path, entry in book.entries.items() for one in entry.differences]
    if not declared:
        return
    needed = book.derive(needed_differences)
    for path, difference in declared:
        if difference not in needed:
            yield Diagnostic(path=path, span=difference.span, case="idle")
        elif not difference.reason:
            yield Diagnostic(path=path, span=difference.span, case="reason")
