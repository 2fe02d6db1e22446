"""A nested list that the site flattens. | 嵌套列表在网站上被压平。

## What it checks

List items that are indented under another item, but by fewer spaces than the site needs, so that it shows them on the
same level. Python-Markdown, which MkDocs builds with, nests by four spaces, whatever the width of the marker; GitHub
nests by the width of the marker, two or three. One finding a list.

## Why it matters

The list looks nested in the editor and on GitHub, and loses its structure on the site, silently.

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


@chapter_rule(
    code="DOC004",
    name="flattened-list",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("dialect",),
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
    for items in _lists(chapter):
        flattened = _flattened(items)
        if flattened:
            first, parent = flattened[0]
            yield Diagnostic(
                span=first.span,
                arguments={
                    "indent": str(first.indent),
                    "count": str(len(flattened)),
                    "needed": str(parent.indent - parent.indent % _STEP + _STEP),
                    "step": str(_STEP),
                },
            )


def _lists(chapter: Chapter) -> Iterator[Sequence[ListItem]]:
    """The chapter's lists: runs of items with nothing at the left margin between them."""
    text = chapter.source.text
    run: list[ListItem] = []
    for item in chapter.list_items:
        if run and _is_apart(text, run[-1].span.end, item.span.start):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _is_apart(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return bool(between.strip("> \t\n")) and any(line[:1].strip("> \t") for line in between.split("\n")[1:-1])


def _flattened(items: Sequence[ListItem]) -> list[tuple[ListItem, ListItem]]:
    """The items that CommonMark nests (spec 0.31.2, 5.2) and the site does not, each with the item above it."""
    above: list[ListItem] = []
    found = []
    for item in items:
        while above and item.indent < above[-1].content_indent:
            above.pop()
        if above and item.depth <= above[-1].depth:
            found.append((item, above[-1]))
        above.append(item)
    return found
