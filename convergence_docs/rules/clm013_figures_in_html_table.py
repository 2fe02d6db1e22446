"""An HTML table states figures, which are not read. | HTML 表格中的数字不会被读取。

## What it checks

Claims are read from Markdown tables. Where the site has a vocabulary, an HTML table with a cell that names one of its
dimensions, and with a percentage or stars, is pointed out: its figures are compared with nothing.

论断只从 Markdown 表格读取。站点有词汇表时，HTML 表格中若有单元格是词汇表中的维度，并且写有百分数或星级，则予以提示：
其中的数字不参与任何比较。

## Why it matters

Silence about these figures would read like approval.

对这些数字默不作声，会被当成没有问题。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
```

```md 03.2.2-架构层.md
# 03.2.2 架构层

<table>
<tr><th>维度</th><th>架构层</th></tr>
<tr><td>采用率</td><td>95%</td></tr>
</table>
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

import re
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_SIGNS = ("%", "％", "★")


@chapter_rule(
    code="CLM013",
    name="figures-in-html-table",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording(
            "The figures of this HTML table are not read, nor compared.",
            "此 HTML 表格中的数字不会被读取，也不会被核对。",
        )
    },
    hints={"default": Wording("Write it as a Markdown table.", "请改写为 Markdown 表格。")},
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find HTML tables that state figures of a known dimension."""
    vocabulary, text = context.vocabulary, chapter.source.text
    if vocabulary is None or "<table" not in text:
        return
    passed = [one.span for nodes in (chapter.fences, chapter.comments) for one in nodes]
    at = 0
    while (start := text.find("<table", at)) >= 0:
        end = text.find("</table", start)
        end = len(text) if end < 0 else end
        at = max(end, start + 1)
        if any(span.start <= start < span.end for span in passed):
            continue
        inside = text[start:end]
        if any(sign in inside for sign in _SIGNS) and any(
            vocabulary.find(cell.strip(), "dimension") for cell in re.split(r"<[^<>]{0,200}>", inside) if cell.strip()
        ):
            yield Diagnostic(span=Span(start, start + len("<table")))
