"""Two nodes of a diagram read the same. | 图中有两个节点的文字相同。

## What it checks
Two nodes of a flowchart with the same label and different ids, where arrows only lead to the one and only away from the
other: the chain breaks off at a box, and goes on from another one that reads the same. Leaves of a tree that repeat,
and copies with numbered ids, are left alone.

流程图中文字相同、编号不同的两个节点，一个只有箭头指入，另一个只有箭头指出：链条在一个方框处断开，
又从文字相同的另一个方框接着走。树上重复的叶子、编号相连的副本不算。

## Why it matters
What is one thing to the author is two to the reader, and what leads where cannot be followed.

作者心里的一件事，读者看到的却是两件，前因后果就断了。

## Example
````md
```mermaid
graph LR
    A[算力] --> B[架构统一]
    C[架构统一] --> D[成本下降]
```
````

## Use instead
````md
```mermaid
graph LR
    A[算力] --> B[架构统一]
    B --> D[成本下降]
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Related, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.wiring import alike
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER005",
    name="duplicate-label",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording(
            "'{text}' stands in two boxes, {first} and {second}: arrows lead to the one, and on from the other.",
            "“{text}”有两个方框（{first} 与 {second}）：箭头指向一个，却从另一个继续。",
        ),
    },
    hints={
        "default": Wording(
            "Use one id where one thing is meant, or tell them apart by their labels.",
            "若是同一件事，请只用一个编号；否则请让标签有所区别。",
        ),
    },
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find nodes that read the same."""
    graph = figure.reading.graph
    if graph is None:
        return
    for one, other in alike(graph):
        yield Diagnostic(
            span=figure.place_of(other.id),
            arguments={"text": other.text, "first": one.id, "second": other.id},
            related=(Related("", figure.place_of(one.id), Wording("the other one", "另一个")),),
        )
