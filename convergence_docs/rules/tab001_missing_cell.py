"""A table row has fewer cells than its header. | 表格行的单元格少于表头。

## What it checks

Every row of a table has as many cells as its header. A line of prose that follows a table without a blank line is
taken for a row, and found here too.

表格每一行的单元格数与表头相同。紧跟在表格之后、中间没有空行的一行文字会被当作表格行，也在这里报告。

## Why it matters

The site fills the row up with empty cells on its right: whatever was left out, all cells after it stand in the wrong
column.

网站会在该行右侧补上空单元格：不论漏的是哪一格，其后各格都落在了错误的列里。

## Example

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 100% |
```

## Use instead

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95%以上 | 100% |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Row
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_BLOCK = regex(r"\s*(?:([-*_=])[ \t]*(?:\1[ \t]*){2,}$|#{1,6}[ \t]|[-*+][ \t]|\d+[.)][ \t]|>|```|~~~|<)")
"""What ends a table on GitHub (GFM spec 0.29, 4.10) and not on the site."""
_GROUP = regex(r"\s*\|\s*(\*\*|__)[^|*_]+\1\s*\|?\s*$")
"""One bold cell for the whole row, which names the group of rows below it."""
_ATTRIBUTES = regex(r"[ \t]*(?:\{[^{}|]*\}|:[\w-]+:`[^`]*`|: \S.*)[ \t]*$")
"""What other generators read below a table: attributes ``{.wide}``, a label, a caption ``: Words``."""
_CELL_END = regex(r"(?<!\\)\|")
"""What splits cells on GitHub, in code too; the site keeps a code span whole."""


@chapter_rule(
    code="TAB001",
    name="missing-cell",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "This row has {cells} of {columns} cells; the last column filled is '{column}'.",
            "此行只有 {cells} 个单元格，表头有 {columns} 个；填到“{column}”一列为止。",
        ),
        "prose": Wording(
            "This line is taken for a row of the table above it.", "此行紧接在表格之后，会被当作表格的一行。"
        ),
    },
    hints={
        "default": Wording(
            "Add the missing cell where it belongs; an empty one is written '| |'.",
            "请在相应位置补上缺少的单元格；空单元格写作“| |”。",
        ),
        "prose": Wording("Put a blank line between the table and this line.", "请在表格与此行之间空一行。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find rows that are too short."""
    for table in chapter.tables:
        header = table.header.cells
        for row in () if table.is_even else table.rows:
            if len(row.cells) >= len(header) or (len(row.cells) == 1 and _GROUP.match(chapter.source.slice(row.span))):
                continue
            written = chapter.source.slice(row.span)
            if "|" not in written:
                if "dialect" not in context.doubts or not (_BLOCK.match(written) or _ATTRIBUTES.match(written)):
                    yield Diagnostic(span=row.span, case="prose")
                continue
            if "dialect" in context.doubts and len(_CELL_END.findall(written.strip().strip("|"))) + 1 >= len(header):
                continue
            yield Diagnostic(
                span=row.span,
                arguments={
                    "cells": str(len(row.cells)),
                    "columns": str(len(header)),
                    "column": header[max(len(row.cells) - 1, 0)].text,
                },
                related=(Related("", table.header.span, Wording("the header", "表头")),),
                fix=_fix(chapter, row, len(header)),
            )


def _fix(chapter: Chapter, row: Row, columns: int) -> Fix | None:
    """Write out the empty cells that a reader of the page sees in place of the missing ones: those at the end."""
    written = chapter.source.slice(row.span).rstrip()
    if not written.lstrip().startswith("|") or written.endswith("\\|"):
        return None
    end = row.span.start + len(written)
    cells = " |" * (columns - len(row.cells) + (not written.endswith("|")))
    return Fix((Edit(chapter.path, Span(end, end), cells),), safe=True)
