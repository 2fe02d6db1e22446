"""A diagram has no accessible title or description. | 图没有无障碍标题或说明。

## What it checks
Diagrams of types that can have them have `accTitle` and `accDescr`. The fix writes both below the first line: the title
from the heading above, the description from the graph. Better words are always welcome.

凡是可以有的图，都写了 `accTitle` 与 `accDescr`。改法会把两者写在首行之下：标题取自上方的小标题，
说明由图得来。当然，亲手写的更好。

Off by default: the site gives every diagram a text alternative of its own. Turn it on for chapters that are read
elsewhere too, or for one run with `--select MER009`.

默认关闭：网站会给每张图配上文字说明。章节若还在别处阅读，可在设置中打开，或用 `--select MER009` 只运行这一次。

## Why it matters
Who cannot see the diagram hears its title and description in its place; without them, a list of loose words at best.

看不见图的人，听到的就是它的标题与说明；没有的话，至多听到一串零散的词。

## Example
```yaml settings
severity:
  MER009: notice
```

````md
## 收敛路径

```mermaid
graph LR
    A[数据] --> B[模型]
```
````

## Use instead
```yaml settings
severity:
  MER009: notice
```

````md
## 收敛路径

```mermaid
graph LR
    accTitle: 收敛路径
    accDescr: 数据决定模型。
    A[数据] --> B[模型]
```
````

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.diagrams.draft import Draft, Patch
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.model.diagrams.narration import described
from convergence_docs.model.diagrams.places import edit_of, first_line
from convergence_docs.rules.rule import Context, diagram_rule


@diagram_rule(
    code="MER009",
    name="missing-accessible-title",
    severity=Severity.NOTICE,
    since="0.1.0",
    is_opt_in=True,
    messages={
        "both": Wording(
            "The diagram has no accessible title and no description.", "这张图没有无障碍标题，也没有说明。"
        ),
        "title": Wording("The diagram has no accessible title.", "这张图没有无障碍标题。"),
        "description": Wording("The diagram has no accessible description.", "这张图没有无障碍说明。"),
    },
    hints={
        "default": Wording(
            "Write accTitle: and accDescr: below the first line, in words that say what it shows.",
            "请在首行之下写 accTitle: 与 accDescr:，用话说出图的意思。",
        ),
    },
)
def check(figure: Figure, context: Context) -> Iterator[Diagnostic]:
    """Find diagrams that say nothing to those who cannot see them."""
    chapter, block, reading = figure.chapter, figure.block, figure.reading
    if reading.complaint is not None or reading.limit:
        return
    above = [heading for heading in chapter.headings if heading.span.start < block.span.start]
    patch = described(block, reading, above[-1].text if above else chapter.title)
    if patch is None:
        return
    case = "both" if not (reading.title or reading.description) else "description" if reading.title else "title"
    yield Diagnostic(span=first_line(block), case=case, fix=_fix(figure, context, patch))


def _fix(figure: Figure, context: Context, patch: Patch) -> Fix | None:
    """The two lines, where Mermaid then has them and shows all else as before."""
    block, before = figure.block, figure.reading
    after = context.read_diagram(Draft(block.text).patched((patch,)).text)
    if after is None or not after.title or not after.description:
        return None
    if (after.kind, after.labels, after.graph) != (before.kind, before.labels, before.graph):
        return None
    span, words = edit_of(figure.chapter.source.text, block, patch)
    return Fix((Edit(figure.chapter.path, span, words),), safe=True)
