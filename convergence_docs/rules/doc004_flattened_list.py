"""A nested list that the site flattens. | 嵌套列表在网站上被压平。

## What it checks

List items that are indented under another item, but by fewer spaces than the site needs, so that it shows them on the
same level. Python-Markdown, which MkDocs builds with, nests by four spaces, whatever the width of the marker; GitHub
nests by the width of the marker, two or three. One finding a list.

列表项缩进在另一项之下，但空格不够，网站把两者显示在同一层。MkDocs 所用的 Python-Markdown 按四个空格嵌套，与标记宽度
无关；GitHub 按标记宽度嵌套，两到三个空格即可。每个列表只报告一次。

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

from collections.abc import Iterator, Sequence

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import ListItem
from convergence_docs.rules.rule import Context, chapter_rule

_STEP = 4
"""Columns that Python-Markdown indents by (its ``tab_length``)."""
_NO_MARGIN = 10**6
"""Right of everything: nothing stands between two items."""


@chapter_rule(
    code="DOC004",
    name="flattened-list",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("dialect",),
    reads_details=True,
    messages={
        "default": Wording(
            "The site shows this item on the level of the item above it, because it is indented by {indent} spaces; "
            "items so flattened in this list: {count}.",
            "此项缩进 {indent} 个空格，网站会把它显示为与上一级同层；本列表中这样被压平的项共 {count} 个。",
        )
    },
    hints={
        "default": Wording(
            "Indent it by {needed} spaces, {step} for each level.", "请缩进 {needed} 个空格，每一层 {step} 个。"
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find lists whose nesting is lost."""
    if "dialect" in context.doubts:
        return
    for flattened in _flattened(chapter.list_items, chapter.source.text):
        first, parent = flattened[0]
        yield Diagnostic(
            span=first.span,
            arguments={
                "indent": str(first.indent),
                "count": str(len(flattened)),
                "needed": str(_needed(parent)),
                "step": str(_STEP),
            },
        )


_Nested = tuple[ListItem, ListItem]
"""An item, and the item that it is written under."""


def _flattened(items: Sequence[ListItem], text: str) -> Iterator[list[_Nested]]:
    """The items that CommonMark nests (spec 0.31.2, 5.2) and the site does not, list by list."""
    if not any(item.indent > _STEP * item.depth for item in items):
        return
    found: list[_Nested] = []
    above: list[ListItem] = []
    before: ListItem | None = None
    for item in items:
        indent = item.indent
        if before is not None and (indent or found):
            margin = _margin(text, before, item)
            while above and above[-1].content_indent > margin:
                above.pop()
            if found and not above:
                yield found
                found = []
        while above and above[-1].content_indent > indent:
            above.pop()
        if above and item.depth <= above[-1].depth and indent < _needed(above[-1]):
            found.append((item, above[-1]))
        above.append(item)
        before = item
    if found:
        yield found


def _needed(parent: ListItem) -> int:
    """Columns before the marker of an item that is to stand under ``parent``."""
    return parent.indent - parent.indent % _STEP + _STEP


def _margin(text: str, item: ListItem, following: ListItem) -> int:
    """The least indent of the lines between two items: what begins further right than it has come to an end."""
    between = text[item.span.end : following.span.start]
    if not between or between.isspace():
        return _NO_MARGIN
    lines = [line.lstrip("> \t") for line in between.split("\n")[1:-1]]
    indents = (len(line) - len(rest) for line, rest in zip(between.split("\n")[1:-1], lines, strict=True) if rest)
    return min(indents, default=_NO_MARGIN)
