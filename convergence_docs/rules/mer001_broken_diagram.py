"""Mermaid refuses a diagram. | Mermaid 画不出这张图。

## What it checks
Every Mermaid block is read by Mermaid itself, the very build that draws it on the site. What Mermaid refuses is found,
with its cause where that is known. A fix is offered only where the mended block was read by Mermaid again, and says the
same: no letter is lost, every mended label can be read, nodes and edges are those that were meant.

每个 Mermaid 图块都由 Mermaid 本身读取，与网站上绘图的是同一版本。Mermaid 拒绝的，在此报告，并说明已知的原因。
只有改好的图块再由 Mermaid 读过、而且说的是同一件事，才提供改法：不丢字，改过的标签读得到，
节点与连线就是作者所要的。

## Why it matters
A diagram that Mermaid refuses is not drawn at all: the reader sees its source, or an error, in its place.

Mermaid 拒绝的图完全不会画出来，读者看到的只是源码或错误信息。

## Example
````md
```mermaid
graph TD
    A[注意力(Attention)] --> B[前馈]
```
````

## Use instead
````md
```mermaid
graph TD
    A["注意力(Attention)"] --> B[前馈]
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.complaints import cause_of, in_short
from convergence_docs.model.diagrams.fault import Fault
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.places import edit_of, shown_at, span_of
from convergence_docs.model.diagrams.reading import Complaint
from convergence_docs.rules.mermaid_causes import HINTS, MESSAGES
from convergence_docs.rules.rule import Context, diagram_rule

if TYPE_CHECKING:
    from convergence_docs.model.diagrams.mending import Mending

_MOST = 60


@diagram_rule(
    code="MER001", name="broken-diagram", severity=Severity.ERROR, since="0.1.0", messages=MESSAGES, hints=HINTS
)
def check(figure: Figure, context: Context) -> Iterator[Diagnostic]:
    """Find blocks that Mermaid refuses."""
    complaint = figure.reading.complaint
    if complaint is not None:
        yield _told(figure, complaint, context)


def _told(figure: Figure, complaint: Complaint, context: Context) -> Diagnostic:
    from convergence_docs.model.diagrams.mending import mend  # most chapters have nothing to mend

    block = figure.block
    mending = mend(block.text, complaint, figure.diagram, context.read_diagram)
    if not mending.faults:
        line = block.text.split("\n")[max(complaint.line, 1) - 1] if complaint.line else ""
        span = shown_at(block, complaint)
        text = figure.chapter.source.slice(span)
        arguments = {"text": _cut(text), "message": in_short(complaint)}
        return Diagnostic(span=span, case=cause_of(complaint, line), arguments=arguments)
    first, *others = mending.faults
    return Diagnostic(
        span=span_of(block, first.start, first.end),
        case=first.cause,
        arguments={"text": _cut(_words(block, first)), "message": in_short(complaint)},
        related=tuple(_related(block, other) for other in sorted(others, key=lambda fault: fault.start)),
        fix=_fix(figure, mending),
    )


def _related(block: Block, fault: Fault) -> Related:
    note = MESSAGES[fault.cause].filled({"text": _cut(_words(block, fault)), "message": ""})
    return Related("", span_of(block, fault.start, fault.end), Wording(note.en, note.zh))


def _fix(figure: Figure, mending: Mending) -> Fix | None:
    if not mending.patches:
        return None
    chapter = figure.chapter
    edits = tuple(Edit(chapter.path, *edit_of(chapter.source.text, figure.block, patch)) for patch in mending.patches)
    return Fix(edits, mending.is_sure)


def _words(block: Block, fault: Fault) -> str:
    return block.text[fault.start : fault.end]


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST else f"{words[:_MOST]}…"
