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
_FAR = 200
"""Siblings that are looked back over for the item above them all."""


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
    if "dialect" in context.doubts:
        return
    for flattened in _flattened(chapter.list_items, chapter.source.text):
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


_Nested = tuple[ListItem, ListItem]
"""An item, and the item that it is written under."""


def _flattened(items: Sequence[ListItem], text: str) -> Iterator[list[_Nested]]:
    """The items that CommonMark nests (spec 0.31.2, 5.2) and the site does not, list by list."""
    found: list[_Nested] = []
    last = 0
    for index, item in enumerate(items):
        if item.indent <= _STEP * item.depth:
            continue
        parent = _parent(items, index, text)
        if parent is None or item.depth > parent.depth:
            continue
        if found and any(_is_apart(text, items[i], items[i + 1]) for i in range(last, index)):
            yield found
            found = []
        found.append((item, parent))
        last = index
    if found:
        yield found


def _parent(items: Sequence[ListItem], index: int, text: str) -> ListItem | None:
    """The nearest item before, in the same list, whose content begins no further right than this item's marker."""
    indent = items[index].indent
    for before in range(index - 1, max(index - _FAR, 0) - 1, -1):
        if _is_apart(text, items[before], items[before + 1]):
            return None
        if items[before].content_indent <= indent:
            return items[before]
        if items[before].indent < indent:
            return None
    return None


def _is_apart(text: str, item: ListItem, following: ListItem) -> bool:
    """Whether something at the left margin, which is no part of a list, stands between two items."""
    between = text[item.span.end : following.span.start]
    if not between.strip("> \t\n"):
        return False
    return any(line[:1].strip("> \t") for line in between.split("\n")[1:-1])
