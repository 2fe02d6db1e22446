"""A superlative is contradicted by figures. | “最高”“最低”与数字矛盾。

## What it checks

Sentences that call a layer, a driver or a model the highest or the lowest in a dimension of the vocabulary, or in
convergence, which is then its degree: no other of its kind may be higher, or lower. What is quoted, denied, limited
(除…之外, 之一) or said of a part (架构层中采用率最高的技术) is left alone, and so is every sentence of another form.

称某一层、某种驱动力或某个模型在词汇表的某个维度上最高或最低的句子（只说“收敛”的，按收敛度算）：同类之中不得有更高或更低的。
引用、否定、有限定（“除……之外”“之一”）、说的是其中一部分（“架构层中采用率最高的技术”）的句子，以及句式不明白的，都不检查。

## Why it matters

A reader remembers the superlative and forgets the figure that stands beside it.

读者记住的是“最高”，而不是旁边的数字。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层, aliases: [架构层收敛]}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 95% | 100% |

架构层收敛是最高级别的收敛。
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层, aliases: [架构层收敛]}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: convergence-degree, name: 收敛度, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 收敛度 | 95% | 100% |

数学层收敛是最高级别的收敛。
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Figures, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Key
from convergence_docs.model.claims.dispute import are_comparable, counted_claims
from convergence_docs.model.values.value import Value
from convergence_docs.rules.figures import figure_of, related_to
from convergence_docs.rules.rule import Context, book_rule


@book_rule(
    code="CLM005",
    name="contradicted-superlative",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "highest": Wording(
            "{subject} has a {dimension} of {value}; {other} has {more}, which is more.",
            "“{subject}”的{dimension}是 {value}，并非最高：“{other}”是 {more}。",
        ),
        "lowest": Wording(
            "{subject} has a {dimension} of {value}; {other} has {more}, which is less.",
            "“{subject}”的{dimension}是 {value}，并非最低：“{other}”是 {more}。",
        ),
    },
    hints={
        "default": Wording(
            "Mend the sentence or the figures, or say among which ones this holds.",
            "请改正句子或数字，或写明是在哪些之中。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find superlatives that the ledger contradicts."""
    said = [(path, one) for path, entry in book.entries.items() for one in entry.superlatives]
    if not said:
        return
    counted = book.derive(counted_claims)
    for path, one in said:
        own = counted.get(Key(one.subject_id, one.dimension_id))
        if own is None:
            continue
        kind = one.subject_id.partition(":")[0] + ":"
        others = [
            other
            for key, other in counted.items()
            if key.dimension == one.dimension_id
            and key.subject.startswith(kind)
            and other.claim.year == own.claim.year
            and _is_beyond(other.claim.value, own.claim.value, is_above=one.is_highest)
        ]
        if others:
            yield Diagnostic(
                path=path,
                span=one.span,
                case="highest" if one.is_highest else "lowest",
                arguments={
                    "subject": one.subject,
                    "dimension": one.dimension,
                    "value": own.claim.value.text,
                    "other": others[0].claim.subject,
                    "more": others[0].claim.value.text,
                },
                related=related_to(others, ""),
                data=Figures(
                    one.subject,
                    one.subject_id,
                    one.dimension,
                    one.dimension_id,
                    tuple(figure_of(each.claim) for each in (own, *others)),
                ),
            )


def _is_beyond(one: Value, other: Value, *, is_above: bool) -> bool:
    if not are_comparable(one, other) or one.interval is None or other.interval is None:
        return False
    return other.interval.is_below(one.interval) if is_above else one.interval.is_below(other.interval)
