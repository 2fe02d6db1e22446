"""A chain from left to right is too wide for a phone. | 横向的长链在手机上看不清。

## What it checks
Flowcharts from left to right whose longest chain takes more than `pixels` at the usual text size, by an estimate from
their labels.

从左到右的流程图，按标签估算，最长的链在正常字号下不超过 `pixels` 像素。

## Why it matters
A phone is some 375 pixels wide. Elsewhere than on this site the diagram shrinks to that, and its text with it; here the
reader has to push it about.

手机屏幕约 375 像素宽。在别处，图会缩到这么宽，文字也跟着缩小；在本站，读者得来回拖动才能看全。

## Example
````md
```mermaid
graph LR
    A[收集训练数据与清洗] --> B[预训练得到通用模型] --> C[监督微调对齐指令]
    C --> D[强化学习对齐偏好] --> E[红队测试与安全评估] --> F[压缩与蒸馏降低成本]
    F --> G[部署到线上服务] --> H[收集反馈再次训练]
```
````

## Use instead
````md
```mermaid
graph TB
    A[收集训练数据与清洗] --> B[预训练得到通用模型] --> C[监督微调对齐指令]
    C --> D[强化学习对齐偏好] --> E[红队测试与安全评估] --> F[压缩与蒸馏降低成本]
    F --> G[部署到线上服务] --> H[收集反馈再次训练]
```
````

## Options
- `pixels`: how wide a chain may be, in CSS pixels at a text size of 16.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.diagrams.extent import width_of
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.places import first_line
from convergence_docs.rules.rule import Context, Option, diagram_rule


@diagram_rule(
    code="MER008",
    name="too-wide-diagram",
    severity=Severity.NOTICE,
    since="0.1.0",
    messages={
        "default": Wording(
            "The chain of {boxes} boxes from left to right is about {pixels} pixels wide, {times} times a phone.",
            "从左到右一连 {boxes} 个方框，宽约 {pixels} 像素，是手机的 {times} 倍。",
        ),
    },
    hints={
        "default": Wording("Let it run from top to bottom (TB), or split it.", "请改为从上到下（TB），或把图拆开。"),
    },
    options={
        "pixels": Option(1400, Wording("how wide a chain may be, in CSS pixels", "链的最大宽度，以 CSS 像素计")),
    },
)
def check(figure: Figure, context: Context) -> Iterator[Diagnostic]:
    """Find chains that no phone can show."""
    if figure.reading.graph is None:
        return
    pixels, boxes = width_of(figure.reading.graph)
    if pixels > context.options["pixels"]:
        arguments = {"boxes": str(boxes), "pixels": str(round(pixels, -1))[:-2], "times": f"{pixels / 375:.0f}"}
        yield Diagnostic(span=first_line(figure.block), arguments=arguments)
