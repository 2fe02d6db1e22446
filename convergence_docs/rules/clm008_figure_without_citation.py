"""A figure has no citation. | 数字没有出处。

## What it checks

Off until the settings give it a severity, best for a folder at a time (`paths`); needs a vocabulary. Then every
percentage, amount of money and other number that a chapter states in a known dimension stands with a footnote or a link
to its source. A figure that another place states likewise, and with a citation, is fine: citing it once is enough.
One finding stands at the first place of each chapter. The interval of a level is a definition and needs no source.

默认关闭；在设置里给它一个级别即可打开，最好按文件夹逐个打开（`paths`）；需要词汇表。打开后，章节就已登记的维度所说的百分数、
金额与其他数量都要带脚注或来源链接。别处说了同样的数字并带有出处的，不再报告：引用一次即可。每章只在第一处报告。
层级的区间是定义，不需要出处。

## Why it matters

A figure that nobody can trace can be neither corrected nor defended.

无从追溯的数字，既不能更正，也不能辩护。

## Example

```yaml settings
paths:
  "*":
    figure-without-citation: warning
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
| 采用率 | 95% |
```

## Use instead

```yaml settings
paths:
  "*":
    figure-without-citation: warning
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
| 采用率 | 95%[^census] |

[^census]: A census. 2025. <https://example.com/census>
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.values.value import ValueKind
from convergence_docs.rules.figures import figures_of
from convergence_docs.rules.rule import Context, book_rule

_CITED = frozenset((ValueKind.PERCENTAGE, ValueKind.MONEY, ValueKind.NUMBER))


@book_rule(
    code="CLM008",
    name="figure-without-citation",
    severity=Severity.WARNING,
    since="0.1.0",
    is_opt_in=True,
    messages={
        "default": Wording(
            "{subject}: {dimension} is {value}, and no source is given.",
            "“{subject}”的{dimension}写作 {value}，没有出处。",
        )
    },
    hints={
        "default": Wording(
            "Add a footnote or a link to where the figure comes from.", "请加上脚注或链接，指明数字从哪里来。"
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find figures that are cited nowhere."""
    for statements in book.derive(ledger).statements.values():
        first = statements[0].claim
        if not first.dimension_id or first.subject_id.startswith("level:"):
            continue
        cited = {one.claim.value.interval for one in statements if one.claim.reference}
        told = set()
        for path, claim in statements:
            figure = claim.value.interval
            if claim.value.kind in _CITED and figure not in cited and (path, figure) not in told:
                told.add((path, figure))
                yield Diagnostic(
                    path=path,
                    span=claim.span,
                    arguments={
                        "subject": claim.subject,
                        "dimension": claim.dimension,
                        "value": claim.value.text,
                    },
                    data=figures_of([claim]),
                )
