"""A level does not fit the degree of convergence. | 层级与收敛度不符。

## What it checks

The vocabulary gives each level an interval of degrees. What is said to stand at a level must have a degree in that
level's interval: `L4` beside a degree of 95 % contradicts `(0.95, 1]`. The degree is the one that counts (see CLM001),
of the same scope and year. A level that contradicts another statement of the level belongs to CLM001.

词汇表为每个层级规定了收敛度区间。说某对象属于哪一级，它的收敛度就必须落在那一级的区间内：收敛度 95% 而写 `L4`，与
`(0.95, 1]` 矛盾。收敛度取范围与年份相同的、为准的那一个（见 CLM001）。两处层级互相矛盾的归 CLM001。

## Why it matters

The level is what people quote and decide by; it has to follow from the figure.

人们引用并据以决定的是层级，它必须由数字得出。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
levels:
  - {id: L3, name: L3, interval: "(0.80, 0.95]"}
  - {id: L4, name: L4, interval: "(0.95, 1]"}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
  - {id: level, name: 层级, type: ordinal, scale: [L3, L4]}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 层 | 收敛度 | 层级 |
| --- | --- | --- |
| 架构层 | 95% | L4 |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
levels:
  - {id: L3, name: L3, interval: "(0.80, 0.95]"}
  - {id: L4, name: L4, interval: "(0.95, 1]"}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
  - {id: level, name: 层级, type: ordinal, scale: [L3, L4]}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 层 | 收敛度 | 层级 |
| --- | --- | --- |
| 架构层 | 95% | L3 |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Figures, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.degree import degree_dimension, interval_of, level_dimension, level_of
from convergence_docs.model.claims.dispute import accounts, contradict
from convergence_docs.model.claims.ledger import Statement
from convergence_docs.model.values.quantity import render_interval
from convergence_docs.rules.figures import figure_of, related_to
from convergence_docs.rules.rule import Context, book_rule


@book_rule(
    code="CLM003",
    name="level-contradicts-degree",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "default": Wording(
            "{subject} is called {level} here, which its degree of {degree} is not.",
            "此处称“{subject}”为 {level}，而它的收敛度 {degree} 不在这一级。",
        )
    },
    hints={
        "default": Wording(
            "Mend the level or the degree; {level} takes degrees {interval}.",
            "请改正层级或收敛度；{level} 的区间是 {interval}。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find levels whose interval does not hold the degree."""
    vocabulary = context.vocabulary
    level = level_dimension(vocabulary) if vocabulary else None
    degree = degree_dimension(vocabulary) if vocabulary else None
    if vocabulary is None or level is None or degree is None:
        return
    all_accounts = book.derive(accounts)
    degrees = {
        (one.key.subject, one.scope, one.year): one.reference
        for one in all_accounts
        if one.key.dimension == degree.id and not one.key.subject.startswith("level:")
    }
    for account in all_accounts:
        counted = degrees.get((account.key.subject, account.scope, account.year))
        if account.key.dimension != level.id or counted is None:
            continue
        for statement in account.statements:
            named = level_of(statement.claim.value, level, vocabulary)
            interval, of = interval_of(named) if named else None, counted.claim.value.interval
            if named is None or interval is None or of is None or not interval.is_disjoint(of):
                continue
            if not contradict(statement.claim.value, account.reference.claim.value):
                yield _finding(statement, counted, account.home, render_interval(interval))


def _finding(statement: Statement, counted: Statement, home: str, interval: str) -> Diagnostic:
    path, claim = statement
    return Diagnostic(
        path=path,
        span=claim.span,
        arguments={
            "subject": claim.subject,
            "level": claim.value.text,
            "degree": counted.claim.value.text,
            "interval": interval,
        },
        related=related_to((counted,), home),
        data=Figures(
            claim.subject,
            claim.subject_id,
            claim.dimension,
            claim.dimension_id,
            (figure_of(claim), figure_of(counted.claim)),
        ),
    )
