"""Figures are as of a year that is too long ago. | 数字所属的年份太旧。

## What it checks

Nothing without a vocabulary, and nothing until the option `oldest` names a year. Then figures that say as of which year
they hold (`2021 状态`, `90%（2021 年）`) must not be older. One finding stands for each year in each section. The clock
is never asked, so that the same chapters give the same findings on any day.

没有词汇表，或选项 `oldest` 没有写明年份时，不检查。写明之后，注明年份的数字（`2021 状态`、`90%（2021 年）`）不得更旧；
每节每个年份报告一次。从不看时钟，因此同样的章节在哪一天检查，结果都一样。

## Why it matters

A share of five years ago reads like one of today as long as nobody looks at its year again.

五年前的占比，只要没人再看一眼年份，读起来就像今天的。

## Example

```yaml options
oldest: 2024
```

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
| 采用率 | 90%（2021 年） |
```

## Use instead

```yaml options
oldest: 2024
```

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
| 采用率 | 95%（2025 年） |
```

## Options

- `oldest`: the oldest year that figures may be of; 0 for any.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Context, Option, book_rule


@book_rule(
    code="CLM007",
    name="outdated-year",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "{subject}: {dimension} is as of {year}, older than {oldest}.",
            "“{subject}”的{dimension}是 {year} 年的，早于 {oldest} 年。",
        )
    },
    hints={
        "default": Wording(
            "Look the figure up again; where it is history, say so and let the finding stand with a reason.",
            "请重新核对；若是史料，请说明，并写明理由放过此发现。",
        )
    },
    options={"oldest": Option(0, Wording("The oldest year that figures may be of.", "数字最早可属于哪一年。"))},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find sections whose figures are as of a year before the option's."""
    oldest = context.options["oldest"]
    if not oldest:
        return
    for path, entry in book.entries.items():
        seen = set()
        for claim in entry.claims:
            if claim.year is None or claim.year >= oldest or (claim.anchor, claim.year) in seen:
                continue
            seen.add((claim.anchor, claim.year))
            yield Diagnostic(
                path=path,
                span=claim.span,
                arguments={
                    "subject": claim.subject,
                    "dimension": claim.dimension,
                    "year": str(claim.year),
                    "oldest": str(oldest),
                },
                data=figures_of([claim]),
            )
