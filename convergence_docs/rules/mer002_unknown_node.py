"""A style, class or link is given to a node that is not there. | 样式、类或链接给了不存在的节点。

## What it checks
The ids in `style`, `class` and `click` statements of flowcharts are those of nodes or groups.

流程图中 `style`、`class`、`click` 语句里的编号，都是图中的节点或子图。

## Why it matters
Mermaid says nothing. It draws a stray box for a `style`, and leaves the node that was meant without its colour or link.

Mermaid 对此一声不响：遇到 `style` 会多画一个方框，而本来要着色、要加链接的节点却没有。

## Example
````md
```mermaid
graph LR
    data[数据] --> model[模型]
    style modle fill:#bfb,color:#000
```
````

## Use instead
````md
```mermaid
graph LR
    data[数据] --> model[模型]
    style model fill:#bfb,color:#000
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.mentions import unknown_nodes
from convergence_docs.model.diagrams.places import span_of
from convergence_docs.rules.rule import Context, diagram_rule

_DRAWN = Wording(
    "There is no node '{id}'; for this style Mermaid draws a stray box.",
    "图中没有节点“{id}”；Mermaid 会为这条样式多画一个方框。",
)
_IGNORED = Wording("There is no node '{id}': this statement does nothing.", "图中没有节点“{id}”：这条语句不起作用。")


@diagram_rule(
    code="MER002",
    name="unknown-node",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"drawn": _DRAWN, "ignored": _IGNORED, "drawn-near": _DRAWN, "ignored-near": _IGNORED},
    hints={
        "drawn-near": Wording("Write '{near}'.", "改为“{near}”。"),
        "ignored-near": Wording("Write '{near}'.", "改为“{near}”。"),
        "default": Wording("Mend the id, or take the statement out.", "请改正编号，或删去这条语句。"),
    },
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find statements that speak of no node."""
    graph = figure.reading.graph
    if graph is None:
        return
    for mention in unknown_nodes(figure.block.text, figure.diagram, graph):
        span = span_of(figure.block, mention.start, mention.end)
        case = "drawn" if mention.word == "style" else "ignored"
        yield Diagnostic(
            span=span,
            case=f"{case}-near" if mention.near else case,
            arguments={"id": mention.id, "near": mention.near},
            fix=Fix((Edit(figure.chapter.path, span, mention.near),), safe=False) if mention.near else None,
        )
