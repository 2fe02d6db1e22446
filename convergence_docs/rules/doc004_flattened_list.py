"""A list that the site flattens. | 列表在网站上被压平。

## What it checks

List items that are indented under another item, but by fewer spaces than the site needs, so that it shows them on the
same level. Python-Markdown, which MkDocs builds with, nests by four spaces, whatever the width of the marker; GitHub
nests by the width of the marker, two or three. Also a list that follows a paragraph without a blank line: GitHub shows
a list, the site words of the paragraph. One finding a list.

列表项缩进在另一项之下，但空格不够，网站把两者显示在同一层。MkDocs 所用的 Python-Markdown 按四个空格嵌套，与标记宽度
无关；GitHub 按标记宽度嵌套，两到三个空格即可。紧跟在段落之后、中间没有空行的列表也在此列：GitHub 显示为列表，网站把它
并入段落。每个列表只报告一次。

## Why it matters

The list looks nested in the editor and on GitHub, and loses its structure on the site, silently.

在编辑器和 GitHub 上看是嵌套的，到了网站上层次悄悄消失。

## Example

```md
# 题目

- 技术因素
  - Scaling Law
  - 工程实践
```

## Use instead

```md
# 题目

- 技术因素
    - Scaling Law
    - 工程实践
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.flattening import STEP, flattened_items, may_be_flattened, needed_indent
from convergence_docs.model.run_in import may_run_in, run_in_lists
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span


@chapter_rule(
    code="DOC004",
    name="flattened-list",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("dialect",),
    reads_details=lambda text: may_be_flattened(text) or may_run_in(text),
    messages={
        "run-in": Wording(
            "The site takes this list for words of the paragraph above it.",
            "网站会把这个列表并入上面的段落。",
        ),
        "default": Wording(
            "The site shows this item on the level of the item above it, because it is indented by {indent} spaces; "
            "items so flattened in this list: {count}.",
            "此项缩进 {indent} 个空格，网站会把它显示为与上一级同层；本列表中这样被压平的项共 {count} 个。",
        ),
    },
    hints={
        "run-in": Wording("Put a blank line before the list.", "请在列表前空一行。"),
        "default": Wording(
            "Indent it by {needed} spaces, {step} for each level.", "请缩进 {needed} 个空格，每一层 {step} 个。"
        ),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find lists whose nesting is lost."""
    if "dialect" in context.doubts:
        return
    for span in run_in_lists(chapter):
        start = chapter.source.text.rfind("\n", 0, span.start) + 1
        yield Diagnostic(span=span, case="run-in", fix=Fix((Edit(chapter.path, Span(start, start), "\n"),), safe=True))
    for flattened in flattened_items(chapter.list_items, chapter.source.text):
        first, parent = flattened[0]
        yield Diagnostic(
            span=first.span,
            arguments={
                "indent": str(first.indent),
                "count": str(len(flattened)),
                "needed": str(needed_indent(parent)),
                "step": str(STEP),
            },
        )
