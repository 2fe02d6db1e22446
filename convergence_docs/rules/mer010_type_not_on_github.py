"""GitHub does not draw this type of diagram. | GitHub 画不出这种图。

## What it checks
Types that came with Mermaid 11.13 or later, and those that need a plug-in. GitHub draws with a Mermaid of its own,
which is some releases behind; the block ```` ```mermaid info ```` in a comment shows which one.

Mermaid 11.13 及以后才有的类型，以及需要插件的类型。GitHub 用自己的 Mermaid 绘图，总比最新版晚一些；在评论里写一个只含
`info` 的图块，就能看到它的版本。

## Why it matters
Who reads the chapter on GitHub, as reviewers do, sees an error in place of the diagram.

在 GitHub 上阅读的人（例如审阅者）看到的是错误信息，而不是图。

## Example
````md
```mermaid
venn-beta
    set A["数学层"]
    set B["架构层"]
```
````

## Use instead
````md
```mermaid
graph LR
    A[数学层] --- B[架构层]
```
````

## Options
- `types`: further types that GitHub does not draw, as Mermaid names them.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.places import first_line
from convergence_docs.rules.rule import Context, Option, diagram_rule

_LATE = frozenset(
    (
        "venn", "ishikawa", "wardley", "treeView", "eventmodeling", "cynefin", "swimlane", "railroad",
        "railroadEbnf", "railroadAbnf", "railroadPeg", "railroad-ebnf", "railroad-abnf", "railroad-peg", "zenuml",
    )
)  # fmt: skip
"""https://github.com/mermaid-js/mermaid/releases, from 11.13 on; GitHub's documentation names no types."""


@diagram_rule(
    code="MER010",
    name="type-not-on-github",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording(
            "GitHub may not draw diagrams of the type '{type}' yet.", "GitHub 可能还画不出“{type}”这种类型的图。"
        ),
    },
    hints={
        "default": Wording(
            "Use an older type where the chapter is read on GitHub.", "若要在 GitHub 上阅读，请改用较早就有的类型。"
        ),
    },
    options={
        "types": Option(
            [],
            Wording(
                "further types that GitHub does not draw, as Mermaid names them",
                "GitHub 画不出的其他类型，按 Mermaid 的名称",
            ),
        )
    },
)
def check(figure: Figure, context: Context) -> Iterator[Diagnostic]:
    """Find blocks of late types."""
    kind = figure.reading.kind
    if kind in _LATE or kind in context.options["types"]:
        yield Diagnostic(span=first_line(figure.block), arguments={"type": kind})
