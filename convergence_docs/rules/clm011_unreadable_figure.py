"""A figure cannot be read. | 数字无法读取。

## What it checks

Figures of a subject and a dimension of the vocabulary that cannot be read for certain: a doubled sign (`95%%`), a range
the wrong way round (`70-50%`), bounds that exclude each other, a hyphen that may be a minus, a word that is no step of
its scale, several figures where one is expected, a share over 100 %, a rating that does not fit its scale. Such a
figure is compared with nothing. In tables, shares over 100 % belong to TAB005, ratings that do not fit to TAB004.

对象与维度都在词汇表中，数字却读不准：符号写了两遍（`95%%`）、范围写反（`70-50%`）、上下限互斥、短横可能是负号、词语不在量
表之内、该写一个数却写了几个、占比超过 100%、评级不合量表。这样的数字不参与任何比较。表格中超过 100% 的占比归 TAB005，不
合量表的评级归 TAB004。

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
from convergence_docs.model.claims.claim import ClaimSource
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Context, book_rule

_MESSAGES = {
    "double-sign": Wording("'{value}' has two signs.", "“{value}”的符号写了两遍。"),
    "reversed-range": Wording("The range '{value}' runs the wrong way round.", "范围“{value}”写反了。"),
    "contradictory-bounds": Wording("No number fits the bounds of '{value}'.", "没有数字能同时满足“{value}”的上下限。"),
    "unclear-sign": Wording("The hyphen in '{value}' may be a minus.", "“{value}”中的短横可能是负号。"),
    "several-figures": Wording("Several figures stand here for {dimension}.", "此处的{dimension}写了不止一个数字。"),
    "over-100": Wording("{dimension} is a share and cannot be {value}.", "“{dimension}”是占比，不可能为 {value}。"),
    "too-many-stars": Wording("'{value}' has too many stars.", "“{value}”的星数过多。"),
    "too-few-stars": Wording("'{value}' has too few stars.", "“{value}”的星数不足。"),
    "unknown-step": Wording(
        "'{value}' is no step of the scale of {dimension}.", "“{value}”不是{dimension}量表中的一档。"
    ),
}
_OTHERS_IN_TABLES = frozenset(("over-100", "too-many-stars", "too-few-stars"))
"""What TAB004 and TAB005 find in tables."""


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
        "several-figures": Wording(
            "Give each figure a cell or bullet of its own, with its scope or year.",
            "请让每个数字各占一格或一条，并写明范围或年份。",
        ),
        "unclear-sign": Wording(
            "Write down or up instead of a sign, or separate name and figure by a colon.",
            "请写成“下降”或“提升”，或用冒号隔开名称与数字。",
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
            problem = claim.value.problem
            if not problem or (problem in _OTHERS_IN_TABLES and claim.source is ClaimSource.TABLE):
                continue
            if problem in _MESSAGES:
                yield Diagnostic(
                    path=path,
                    span=claim.span,
                    case=problem,
                    arguments={"value": claim.value.text, "dimension": claim.dimension},
                    data=figures_of([claim]),
                )
