"""A fill leaves its text too little contrast. | 填充色使文字看不清。

## What it checks
Every `style` and `classDef` with a `fill` also sets a `color` that keeps a contrast of 4.5 on it. Without a `color` the
text is dark in the light scheme and light in the dark one, and no fill suits both.

每个设了 `fill` 的 `style` 与 `classDef` 都设 `color`，与填充色的对比度不低于 4.5。不设 `color` 时，
浅色模式下文字是深色，深色模式下是浅色，没有哪种填充色两者都合适。

Off by default: the site gives such text black or white of its own. Turn it on for chapters that are read elsewhere too.

默认关闭：网站会自行为这样的文字选用黑色或白色。章节若还在别处阅读，可在设置中打开。

## Why it matters
GitHub in the dark scheme shows pale text on a pale box: a contrast of 1.2, which nobody can read.

在 GitHub 的深色模式下，浅色方框里是浅色的字，对比度只有 1.2，谁也看不清。

## Example
```yaml settings
severity:
  MER007: notice
```

````md
```mermaid
graph LR
    A[数据] --> B[模型]
    style A fill:#bfb
```
````

## Use instead
```yaml settings
severity:
  MER007: notice
```

````md
```mermaid
graph LR
    A[数据] --> B[模型]
    style A fill:#bfb,color:#000
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.diagrams.colours import Faint, faint_styles
from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.places import edit_of, span_of
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER007",
    name="faint-label",
    severity=Severity.NOTICE,
    since="0.1.0",
    is_opt_in=True,
    messages={
        "default": Wording(
            "Text on the fill {fill} is the scheme's own: its contrast is {contrast} in one of the schemes.",
            "填充色 {fill} 上的文字颜色随模式而变，在其中一种模式下对比度只有 {contrast}。",
        ),
        "colour": Wording(
            "Text of the colour {colour} on the fill {fill} has a contrast of {contrast}; 4.5 is the least.",
            "文字 {colour} 与填充色 {fill} 的对比度只有 {contrast}，至少应为 4.5。",
        ),
    },
    hints={"default": Wording("Write color:{remedy}.", "请写 color:{remedy}。")},
)
def check(figure: Figure, _: Context) -> Iterator[Diagnostic]:
    """Find styles that hide their text."""
    if figure.reading.graph is None:
        return
    for found in faint_styles(figure.block.text):
        yield Diagnostic(
            span=span_of(figure.block, found.start, found.end),
            case="colour" if found.colour else "default",
            arguments={
                "fill": found.fill,
                "colour": found.colour,
                "contrast": f"{found.contrast:.1f}",
                "remedy": found.remedy,
            },
            fix=_fix(figure, found),
        )


def _fix(figure: Figure, found: Faint) -> Fix:
    words = found.remedy if found.colour else f",color:{found.remedy}"
    span, words = edit_of(figure.chapter.source.text, figure.block, Patch(*found.at, words))
    return Fix((Edit(figure.chapter.path, span, words),), safe=not found.colour)
