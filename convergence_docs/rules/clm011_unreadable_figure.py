"""A figure cannot be read. | 数字无法读取。

## What it checks

Figures of a known subject and dimension, or in tables, that look like figures and are none: a doubled sign (`95%%`), a
range the wrong way round (`70-50%`), bounds that exclude each other, a word that is no step of its scale, several
figures where one is expected. Such a figure is compared with nothing. Shares over 100 % belong to TAB005, ratings that
do not fit their scale to TAB004.

已知对象与维度的数字，或表格中的数字，看似数字却读不出来：符号写了两遍（`95%%`）、范围写反（`70-50%`）、上下限互斥、词语不在
量表之内、该写一个数却写了几个。这样的数字不参与任何比较。超过 100% 的占比归 TAB005，评级不合量表归 TAB004。

## Why it matters

What cannot be read is not checked: the figure looks like data and silently drops out of every comparison.

读不出来就不会被检查：它看上去是数据，却悄悄退出了所有比较。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 |
| --- | --- |
| 采用率 | 95%% |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 |
| --- | --- |
| 采用率 | 95% |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Context, book_rule

_MESSAGES = {
    "double-sign": Wording("'{value}' has two signs.", "“{value}”的符号写了两遍。"),
    "reversed-range": Wording("The range '{value}' runs the wrong way round.", "范围“{value}”写反了。"),
    "contradictory-bounds": Wording("No number fits the bounds of '{value}'.", "没有数字能同时满足“{value}”的上下限。"),
    "unknown-step": Wording(
        "'{value}' is no step of the scale of {dimension}.", "“{value}”不是{dimension}量表中的一档。"
    ),
}


@book_rule(
    code="CLM011",
    name="unreadable-figure",
    severity=Severity.WARNING,
    since="0.1.0",
    messages=_MESSAGES,
    hints={
        "default": Wording(
            "Write one figure or range: 95%, 50%-70%, >95%.", "请写成一个数或一个范围：95%、50%–70%、95%以上。"
        ),
        "unknown-step": Wording(
            "Use a step of the vocabulary, or add this one to it.", "请使用词汇表中的档次，或将其补入词汇表。"
        ),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find figures that look like ones and cannot be read."""
    for path, entry in book.entries.items():
        for claim in entry.claims:
            if claim.value.problem in _MESSAGES:
                yield Diagnostic(
                    path=path,
                    span=claim.span,
                    case=claim.value.problem,
                    arguments={"value": claim.value.text, "dimension": claim.dimension},
                    data=figures_of([claim]),
                )
