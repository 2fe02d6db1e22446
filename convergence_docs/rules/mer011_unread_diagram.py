"""A diagram is too large for Mermaid, or takes too long. | 图太大，或者读取太久。

## What it checks
A block that passes one of the limits (`extra.convergence.diagrams`): its characters, the time that reading it takes,
or the memory. It is not known whether such a diagram is sound, and the site does not hand it to the reader's browser.

超出限制（`extra.convergence.diagrams`）的图块：字数、读取的时间或内存。这样的图是否正确无从得知，网站也不会把它交给读者的
浏览器去画。

## Why it matters
What takes Mermaid seconds here takes it longer on a phone, and the page stands still meanwhile.

在这里要花几秒的，在手机上要花更久，其间整个页面都没有反应。

## Example
```yaml settings
diagrams:
  characters: 40
```

````md
```mermaid
graph LR
    A[数据] --> B[模型] --> C[能力] --> D[应用]
```
````

## Use instead
```yaml settings
diagrams:
  characters: 40
```

````md
```mermaid
graph LR
    A[数据] --> B[模型]
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.places import first_line
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER011",
    name="unread-diagram",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "characters": Wording(
            "The diagram has {characters} characters, more than are read.", "图块有 {characters} 个字符，超出了限制。"
        ),
        "seconds": Wording("Mermaid takes too long to read the diagram.", "Mermaid 读这张图用时过长。"),
        "memory": Wording("Mermaid takes too much memory to read the diagram.", "Mermaid 读这张图占用内存过多。"),
    },
    hints={
        "default": Wording(
            "Split the diagram, or raise the limit in extra.convergence.diagrams.",
            "请把图拆小，或在 extra.convergence.diagrams 中放宽限制。",
        )
    },
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find blocks that passed a limit."""
    block, limit = figure.block, figure.reading.limit
    if limit:
        case = limit if limit in ("characters", "seconds") else "memory"
        yield Diagnostic(span=first_line(block), case=case, arguments={"characters": str(len(block.text))})
