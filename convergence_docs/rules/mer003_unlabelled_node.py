"""An edge leads to a node that was never given a label. | 连线通向一个从未写过标签的节点。

## What it checks
A node without a label in a flowchart where almost all others have one, whose id (`C2`, `n7`) says nothing to a reader.
Ids that are words are taken to be meant as they stand.

流程图里几乎所有节点都有标签，唯独某个节点没有，而它的编号（如 `C2`、`n7`）读者看不懂。
编号本身就是词语的，视为有意如此。

## Why it matters
Most often the id has a typing slip: the edge belongs to another node, and the reader sees a box with a code in it.

多半是编号写错了：连线本该属于另一个节点，读者却看到一个写着代号的方框。

## Example
````md
```mermaid
graph TD
    A1[数据] --> A2[清洗]
    A2 --> A3[训练]
    B1[算力] --> B2[集群]
    B3 --> A3
```
````

## Use instead
````md
```mermaid
graph TD
    A1[数据] --> A2[清洗]
    A2 --> A3[训练]
    B1[算力] --> B2[集群]
    B2 --> A3
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.wiring import unlabelled
from convergence_docs.rules.rule import Context, diagram_rule

_MESSAGE = Wording(
    "The node '{id}' is never given a label, and nearly all others are: the reader sees its id.",
    "节点“{id}”没有标签，而其他节点几乎都有：读者只看到这个编号。",
)


@diagram_rule(
    code="MER003",
    name="unlabelled-node",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"default": _MESSAGE, "near": _MESSAGE},
    hints={
        "default": Wording(
            "Mend the id where it is a slip, or write a label.", "若是编号写错，请改正；否则请写上标签。"
        ),
        "near": Wording("Is '{near}' meant? Otherwise write a label.", "是不是想写“{near}”？否则请写上标签。"),
    },
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find nodes that show their ids."""
    graph = figure.reading.graph
    if graph is None:
        return
    for slip in unlabelled(graph):
        yield Diagnostic(
            span=figure.place_of(slip.id),
            case="near" if slip.near else "default",
            arguments={"id": slip.id, "near": slip.near},
        )
