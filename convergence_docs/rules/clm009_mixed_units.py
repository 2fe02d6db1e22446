"""One column or row of a table mixes units. | 表格的同一列或同一行混用单位。

## What it checks

A column whose header names a measure (a dimension of the vocabulary, or a word such as 采用率, 成本, 评分), or a row
whose first cell does, is written in one unit: not `95%` beside `0.95`, `★★★★☆` beside `4/5`, `100 万元` beside
`20 美元`. The cells in the minority are found. A cell that holds both units (`100 万元（14 万美元）`) is fine.

表头是量的名称（词汇表中的维度，或采用率、成本、评分之类）的列，以及首格是量的名称的行，应当只用一种单位：不要 `95%` 与
`0.95` 并列，`★★★★☆` 与 `4/5` 并列，`100 万元` 与 `20 美元` 并列。报告其中占少数的单元格。同一格里两种单位都写的
（`100 万元（14 万美元）`）没有问题。

## Why it matters

Readers compare down a column, and programs sort it: `0.95` sorts below `60%`.

读者顺着一列比较，程序按它排序：`0.95` 会排在 `60%` 之下。

## Example

```md
# 题目

| 层 | 采用率 |
| --- | --- |
| 数学层 | 100% |
| 架构层 | 0.95 |
| 能力层 | 60% |
```

## Use instead

```md
# 题目

| 层 | 采用率 |
| --- | --- |
| 数学层 | 100% |
| 架构层 | 95% |
| 能力层 | 60% |
```

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.layer_table import series_about
from convergence_docs.model.nodes import Cell
from convergence_docs.rules.rule import Context, chapter_rule

_MEASURE = re.compile(
    r".{0,20}(?:率|占比|比例|份额|收敛度|准确度|成本|价格|单价|售价|费用|金额|预算|投资额?|营收|收入|估值|市值|评级|评分|得分|星级"
    r"|rate|ratio|share|cost|price|revenue|budget|rating|score)(?:[（(].{0,20}[)）])?",
    re.I,
)


class _Pair(NamedTuple):
    """Two units that are one and the same measure: how cells in each are told, and a sign that neither does without."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    signs: tuple[str, ...]
    other_signs: tuple[str, ...]


_PAIRS = (
    _Pair(re.compile(r"[%％]"), re.compile(r"\s*(?:0?\.\d{1,6}|1\.0{1,6})\s*$"), ("%", "％"), ("0.", " .")),
    _Pair(re.compile(r"[★☆⭐]"), re.compile(r"\s*\d(?:\.\d)?\s?[/／]\s?(?:5|10)\s*$"), ("★", "⭐"), ("/", "／")),
    _Pair(
        re.compile(r"[\d万亿千百]\s?元|[¥￥]\s?\d|人民币"),
        re.compile(r"美元|\$\s?\d|USD"),
        ("元", "¥", "￥"),
        ("$", "美元", "USD"),
    ),
)


@chapter_rule(
    code="CLM009",
    name="mixed-units",
    severity=Severity.WARNING,
    since="0.2.0",
    messages={
        "default": Wording(
            "'{value}' stands among values of '{measure}' such as '{other}'.",
            "“{measure}”中的“{value}”与“{other}”等单位不同。",
        )
    },
    hints={
        "default": Wording(
            "Write all values of a measure in one unit, or name both in the cell.",
            "同一个量请统一单位，或在单元格里同时写出两种。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find the cells of a column or row that are in another unit than most of it."""
    text, vocabulary = chapter.source.text, context.vocabulary

    def is_measure(name: str) -> bool:
        known = vocabulary is not None and vocabulary.find(name, "dimension") is not None
        return known or _MEASURE.fullmatch(name.strip()) is not None

    for table in chapter.tables:
        start, end = table.span
        pairs = [
            pair
            for pair in _PAIRS
            if any(text.find(sign, start, end) >= 0 for sign in pair.signs)
            and any(text.find(sign, start, end) >= 0 for sign in pair.other_signs)
        ]
        if pairs:
            for name, cells in series_about(table, is_measure):
                for pair in pairs:
                    yield from _of(pair, name, cells)


def _of(pair: _Pair, name: Cell, cells: list[Cell]) -> Iterator[Diagnostic]:
    ones, others = [], []
    for cell in cells:
        is_one, is_other = pair.one.search(cell.text), pair.other.search(cell.text)
        if is_one and not is_other:
            ones.append(cell)
        elif is_other and not is_one:
            others.append(cell)
    if not ones or not others:
        return
    few, many = (ones, others) if len(ones) < len(others) else (others, ones)
    note = Wording("Here it is {other}.", "此处为 {other}。").filled({"other": many[0].text})
    for cell in few:
        yield Diagnostic(
            span=cell.span,
            arguments={"value": cell.text, "measure": name.text, "other": many[0].text},
            related=(Related("", many[0].span, note),),
        )
