"""Words of a mind map are not drawn. | 思维导图里有文字没有画出来。

## What it checks
Lines of mind maps such as `残差连接(ResNet)`. Mermaid takes the words before the bracket for an id, which nobody
sees, and draws `ResNet` alone.

思维导图里的 `残差连接(ResNet)` 这类行。Mermaid 把括号前的文字当成看不见的编号，只画出 `ResNet`。

## Why it matters
The diagram looks sound, and what it was about is gone.

图看上去没有问题，要说的话却不见了。

## Example
````md
```mermaid
mindmap
  root((架构层收敛))
    残差连接(ResNet)
    注意力机制
```
````

## Use instead
````md
```mermaid
mindmap
  root((架构层收敛))
    ["残差连接(ResNet)"]
    注意力机制
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.draft import Draft
from convergence_docs.model.diagrams.fault import said
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.lost_words import LostWords, lost_words
from convergence_docs.model.diagrams.places import edit_of, span_of
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER012",
    name="lost-words",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "The reader sees '{shown}' alone: Mermaid takes '{lost}' for an id.",
            "读者只看到“{shown}”：Mermaid 把“{lost}”当成了编号。",
        ),
    },
    hints={"default": Wording('Write ["{whole}"].', '请写作 ["{whole}"]。')},
)
def check(figure: Figure, context: Context) -> Iterator[Diagnostic]:
    """Find lines of mind maps that lose words."""
    block, reading = figure.block, figure.reading
    if reading.kind != "mindmap" or reading.complaint is not None:
        return
    for found in lost_words(block.text, reading):
        whole = block.text[found.start : found.end]
        yield Diagnostic(
            span=span_of(block, found.start, found.end),
            arguments={"shown": found.shown, "lost": found.lost, "whole": whole},
            fix=_fix(figure.chapter, context, block, found),
        )


def _fix(chapter: Chapter, context: Context, block: Block, found: LostWords) -> Fix | None:
    """Quotes around the line, where Mermaid then draws all of it."""
    mended = context.read_diagram(Draft(block.text).patched(found.patches).text)
    whole = said(block.text[found.start : found.end])
    if mended is None or mended.complaint is not None or whole not in {said(label) for label in mended.labels}:
        return None
    edits = (Edit(chapter.path, *edit_of(chapter.source.text, block, patch)) for patch in found.patches)
    return Fix(tuple(edits), safe=True)
