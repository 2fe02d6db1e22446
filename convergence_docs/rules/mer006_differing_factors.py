"""The driver diagram and the driver table name different factors. | 驱动力的图与表因素不一致。

## What it checks
The factors of a table of drivers (因素, 作用机制, 收敛效果) are in the chapter's diagram of the same factors, and those
that hang beside them in the diagram are in the table. No Mermaid is needed for this.

驱动力表（因素、作用机制、收敛效果）中的因素都在本章画同一组因素的图里，图中与它们并列的因素也都在表里。
这一项不需要 Mermaid。

## Why it matters
The diagram and the table tell the same thing twice; where one was changed alone, the reader does not know which holds.

图与表说的是同一件事；只改了其中一处，读者便不知道以哪个为准。

## Example
````md
```mermaid
graph TB
    A[技术驱动力] --> B[规模定律]
    A --> C[工程实践]
    A --> D[算法统一]
```

| 因素 | 作用机制 | 收敛效果 |
| --- | --- | --- |
| 规模定律 | 规模效应 | 架构同质化 |
| 工程实践 | 工具链完善 | 路线统一 |
| 架构同质化 | 生态锁定 | 市场收敛 |
````

## Use instead
````md
```mermaid
graph TB
    A[技术驱动力] --> B[规模定律]
    A --> C[工程实践]
    A --> D[架构同质化]
```

| 因素 | 作用机制 | 收敛效果 |
| --- | --- | --- |
| 规模定律 | 规模效应 | 架构同质化 |
| 工程实践 | 工具链完善 | 路线统一 |
| 架构同质化 | 生态锁定 | 市场收敛 |
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.diagrams.factors import differing_factors
from convergence_docs.model.tables.layer_table import read_driver_table
from convergence_docs.rules.rule import Context, chapter_rule


@chapter_rule(
    code="MER006",
    name="differing-factors",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "missing": Wording(
            "The factor '{text}' is in the table and not in the diagram (line {line}).",
            "因素“{text}”在表里，却不在图中（第 {line} 行）。",
        ),
        "surplus": Wording(
            "The factor '{text}' is in the diagram and not in the table (line {line}).",
            "因素“{text}”在图中，却不在表里（第 {line} 行）。",
        ),
    },
    hints={"default": Wording("Let both name the same factors.", "请让图与表的因素一致。")},
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Compare each driver table with the diagram of its factors."""
    for table in chapter.tables if any(fence.language == "mermaid" for fence in chapter.fences) else ():
        drivers = read_driver_table(table, context.vocabulary)
        found = differing_factors(drivers, chapter.diagrams) if drivers else None
        if found is None:
            continue
        line_of = chapter.source.position
        there = Related("", found.diagram.span, Wording("the diagram", "图"))
        for label in found.missing:
            arguments = {"text": label.text, "line": str(line_of(found.diagram.span.start).line)}
            yield Diagnostic(span=label.span, case="missing", arguments=arguments, related=(there,))
        there = Related("", table.header.span, Wording("the table", "表"))
        for node in found.surplus:
            arguments = {"text": node.text, "line": str(line_of(table.span.start).line)}
            yield Diagnostic(span=node.span, case="surplus", arguments=arguments, related=(there,))
