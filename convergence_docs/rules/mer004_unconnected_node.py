"""A node has no edge in a diagram of edges. | 图中有连线，某个节点却没有连上。

## What it checks
Nodes of flowcharts outside of groups that no edge leads to or from, where most others have one. Notes and legends are
left alone.

流程图中子图之外、没有任何连线的节点；只看大多数节点都有连线的图。注释与图例不算。

## Why it matters
A lone box beside a flow is mostly one whose edge was forgotten, or whose id has a slip in the line with the edge.

流程旁边孤零零的一个方框，多半是漏了连线，或者连线那一行的编号写错了。

## Example
````md
```mermaid
graph LR
    A[数据] --> B[清洗]
    B --> C[训练]
    C --> D[评测]
    E[发布]
```
````

## Use instead
````md
```mermaid
graph LR
    A[数据] --> B[清洗]
    B --> C[训练]
    C --> D[评测]
    D --> E[发布]
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.mentions import unknown_nodes
from convergence_docs.model.diagrams.wiring import unconnected
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER004",
    name="unconnected-node",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording("No edge leads to or from '{text}'.", "“{text}”没有任何连线。"),
    },
    hints={
        "default": Wording("Join it to the others, or take it out.", "请把它与其他节点连上，或将它删去。"),
    },
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find nodes that stand alone."""
    graph = figure.reading.graph
    if graph is None:
        return
    lone = tuple(unconnected(graph))
    strays = {one.id for one in unknown_nodes(figure.block.text, figure.diagram, graph)} if lone else frozenset[str]()
    for node in lone:
        if node.id not in strays:
            yield Diagnostic(span=figure.place_of(node.id), arguments={"text": node.text})
