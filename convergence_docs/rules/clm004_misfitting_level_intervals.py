"""Intervals of levels overlap, leave a hole, or are not the vocabulary's. | 层级的区间重叠、有空隙，或与词汇表不符。

## What it checks

In the vocabulary, the intervals of neighbouring levels meet: the end of one is the beginning of the next, and it
belongs to one of the two. In chapters, a range that a table or diagram gives for a level is the vocabulary's. Tables of
levels that it does not know are checked for themselves; there ranges may share an end (`50-70%`, `70-90%`).

在词汇表中，相邻层级的区间首尾相接：前一级的终点就是后一级的起点，并且只属于其中一级。章节的表格或图为层级给出的区间，应与词
汇表一致。词汇表之外的层级表单独核对，其中相邻区间可以共用端点（`50-70%`、`70-90%`）。

## Why it matters

A degree in an overlap has two levels, one in a hole has none.

落在重叠处的收敛度有两个层级，落在空隙处的一个也没有。

## Example

```yaml vocabulary
levels:
  - {id: L3, name: L3, interval: "(0.80, 0.95]"}
  - {id: L4, name: L4, interval: "[0.95, 1]"}
```

```md index.md
# 概览
```

## Use instead

```yaml vocabulary
levels:
  - {id: L3, name: L3, interval: "(0.80, 0.95]"}
  - {id: L4, name: L4, interval: "(0.95, 1]"}
```

```md index.md
# 概览
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.claims.degree import interval_of, level_stated
from convergence_docs.model.claims.level_scale import level_tables, misfits
from convergence_docs.model.values.quantity import Interval, render_interval
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.rules.figures import figures_of, figures_of_level
from convergence_docs.rules.rule import Context, book_rule

_SLACK = 1.0
"""Percent between ranges in whole numbers: 0-20 and 21-40 meet."""
_PLACE = Wording("The interval of {other} is {range}.", "{other} 的区间是 {range}。")


@book_rule(
    code="CLM004",
    name="misfitting-level-intervals",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "overlap": Wording(
            "The interval of {level} ({interval}) overlaps with that of {other} ({range}).",
            "{level} 的区间（{interval}）与 {other} 的区间（{range}）重叠。",
        ),
        "hole": Wording(
            "There is a hole between the intervals of {other} ({range}) and {level} ({interval}).",
            "{other} 的区间（{range}）与 {level} 的区间（{interval}）之间有空隙。",
        ),
        "vocabulary": Wording(
            "The interval of {level} is {interval} here and {range} in the vocabulary.",
            "{level} 的区间在此为 {interval}，在词汇表中为 {range}。",
        ),
    },
    hints={
        "default": Wording(
            "Let each interval begin where the one below ends, the shared end in one of them: (0.80, 0.95], (0.95, 1].",
            "请让每个区间从下一级的终点开始，共同的端点只归其中一级：(0.80, 0.95]、(0.95, 1]。",
        ),
        "vocabulary": Wording("Mend the chapter or the vocabulary.", "请改正章节或词汇表。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find levels whose intervals do not adjoin."""
    if context.vocabulary is not None:
        yield from _in_vocabulary(context.vocabulary)
        yield from _in_chapters(book, context.vocabulary)
    for path, claims in level_tables(book):
        intervals = [claim.value.interval or Interval(0, 0) for claim in claims]
        for low, high, joint in misfits(intervals, _SLACK):
            one, other = claims[high], claims[low]
            words = _words(one.subject, intervals[high], other.subject, intervals[low])
            related = (Related(path, other.span, _PLACE.filled(words)),)
            data = figures_of([one, other])
            yield Diagnostic(path=path, span=one.span, case=joint, arguments=words, related=related, data=data)


def _in_vocabulary(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    levels = [(level, interval) for level in vocabulary.of("level") if (interval := interval_of(level)) is not None]
    for low, high, joint in misfits([interval for _, interval in levels]):
        (one, interval), (other, below) = levels[high], levels[low]
        words = _words(one.name, interval, other.name, below)
        related = (Related(vocabulary.path, other.span, _PLACE.filled(words)),)
        data = figures_of_level(one, (interval, below))
        yield Diagnostic(path=vocabulary.path, span=one.span, case=joint, arguments=words, related=related, data=data)


def _in_chapters(book: Book, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    for path, entry in book.entries.items():
        for claim in entry.claims:
            level = level_stated(claim, vocabulary) if claim.subject_id.startswith("level:") else None
            said, known = claim.value.interval, interval_of(level) if level else None
            if level is None or said is None or known is None or said.capped(100) == known:
                continue
            if not said.is_point or said.low not in known:
                words = _words(claim.subject, said, level.name, known)
                related = (Related(vocabulary.path, level.span, _PLACE.filled(words)),)
                yield Diagnostic(
                    path=path,
                    span=claim.span,
                    case="vocabulary",
                    arguments=words,
                    related=related,
                    data=figures_of_level(level, (said, known)),
                )


def _words(level: str, interval: Interval, other: str, below: Interval) -> dict[str, str]:
    return {
        "level": level,
        "interval": render_interval(interval),
        "other": other,
        "range": render_interval(below),
    }
