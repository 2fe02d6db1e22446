"""A rating and a word for the same thing are at odds. | 同一事项的星级与档次互相矛盾。

## What it checks

What one place rates in stars or points and the same or another place puts in words (低, 中, 高, or the steps of the
vocabulary): `★★★★★（低）`, or `★★★★★` here and `低` there for the same subject, dimension, scope and year. They are at
odds if they lie more than half of the scale apart.

同一事项，一处用星或分数评级，同处或另一处用词语（低、中、高，或词汇表的各档）：`★★★★★（低）`，或对象、维度、范围、年份都相同而
此处 `★★★★★`、彼处 `低`。两者相距超过半个量表即为矛盾。

## Why it matters

Nobody can tell which of the two was meant.

谁也说不清哪一个才是本意。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: certainty, name: 确定性, type: rating, scale: 5}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 |
| --- | --- |
| 确定性 | ★★★★★（低） |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: certainty, name: 确定性, type: rating, scale: 5}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

| 维度 | 架构层 |
| --- | --- |
| 确定性 | ★★★★★（高） |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.dispute import accounts
from convergence_docs.model.values.value import Value, ValueKind, read_cell
from convergence_docs.rules.figures import figures_of, related_to
from convergence_docs.rules.rule import Context, book_rule

_FAR = 0.5


@book_rule(
    code="CLM006",
    name="rating-contradicts-word",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "{subject}: {dimension} is {value} here, and {other} in '{path}'.",
            "“{subject}”的{dimension}在此为 {value}，在“{path}”为 {other}。",
        ),
        "within": Wording(
            "{subject}: {dimension} is rated {value} and called {other}.",
            "“{subject}”的{dimension}评为 {value}，却称之为 {other}。",
        ),
    },
    hints={"default": Wording("Mend the rating or the word.", "请改正星级或档次。")},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find ratings and words that lie more than half of the scale apart."""
    for path, entry in book.entries.items():
        for claim in entry.claims:
            if not claim.scope or claim.value.kind is not ValueKind.RATING:
                continue
            word = _word_beside(claim)
            if word is not None and _are_far(claim.value, word):
                data = figures_of([claim, claim._replace(value=word, scope="")])
                said = _words(claim, word.text)
                yield Diagnostic(path=path, span=claim.span, case="within", arguments=said, data=data)
    for account in book.derive(accounts):
        counted = account.reference.claim
        for statement in account.statements:
            path, claim = statement
            kinds = {claim.value.kind, counted.value.kind}
            if kinds == {ValueKind.RATING, ValueKind.ORDINAL} and _are_far(claim.value, counted.value):
                yield Diagnostic(
                    path=path,
                    span=claim.span,
                    arguments={**_words(claim, counted.value.text), "path": account.reference.path},
                    related=related_to((account.reference,), account.home),
                    data=figures_of([claim, counted]),
                )


def _words(claim: Claim, other: str) -> dict[str, str]:
    return {"subject": claim.subject, "dimension": claim.dimension, "value": claim.value.text, "other": other}


def _word_beside(claim: Claim) -> Value | None:
    """The step of a scale that stands in brackets after a rating."""
    reading = read_cell(claim.scope)
    return reading.value if reading is not None and reading.value.kind is ValueKind.ORDINAL else None


def _are_far(one: Value, other: Value) -> bool:
    first, second = _place(one), _place(other)
    return first is not None and second is not None and abs(first - second) > _FAR


def _place(value: Value) -> float | None:
    """Where a value lies on its scale, from 0 to 1; one star is the lowest rating, as the first step is."""
    if value.interval is None or not value.interval.is_point or value.size < 2:
        return None
    low = value.interval.low - (1 if value.kind is ValueKind.RATING else 0)
    return low / (value.size - 1)
