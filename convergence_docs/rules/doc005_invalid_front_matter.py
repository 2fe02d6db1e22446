"""The front matter cannot be read. | 文首元数据无法读取。

## What it checks

The block between `---` lines at the top of a chapter is closed, is YAML, names no key twice, and does not unfold
into something endless. A chapter that merely begins with a rule (`---` without a `key:` below it) has none.

章节开头两行 `---` 之间的内容有结尾、是合法的 YAML、没有重复的键，也不会无限展开。只是以分隔线开头的章节（`---`
之下没有 `键:`）不算有元数据。

## Why it matters

MkDocs does not stop at broken front matter: it shows the block as text on the page, and the title, the tags and all
else that it says are lost.

MkDocs 遇到损坏的元数据并不停下，而是把它当作正文显示出来，标题、标签等内容全部丢失。

## Example

```md
---
title: 架构层收敛: 概述
---

# 架构层收敛
```

## Use instead

```md
---
title: "架构层收敛: 概述"
---

# 架构层收敛
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_OPENING = regex(r"---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n){0,20}[\"']?[^\W\d][\w -]{0,40}[\"']?:(?:[ \t][^\n]*)?\n")
"""Delimiter, blank lines and comments, and a key: what a chapter that begins with a rule does not look like."""

_TEMPLATE = regex(r"\{\{|\{%|<%")
"""What a generator of files fills in (archetypes, cookiecutters): only its result is front matter."""

_MESSAGES = {
    "syntax": Wording("The front matter is not YAML: {detail}.", "文首元数据不是合法的 YAML：{detail}。"),
    "duplicate-key": Wording("The front matter gives the key '{detail}' twice.", "文首元数据中键“{detail}”重复。"),
    "value": Wording(
        "The front matter holds a value that cannot be read: {detail}.", "文首元数据中有无法读取的值：{detail}。"
    ),
    "tag": Wording(
        "The front matter holds a tag that is not allowed: {detail}.", "文首元数据中有不允许的标签：{detail}。"
    ),
    "too-large": Wording(
        "The aliases of the front matter unfold to more than {detail} values.",
        "文首元数据的别名展开后超过 {detail} 个值。",
    ),
    "too-deep": Wording(
        "The front matter is nested more than {detail} levels deep.", "文首元数据的嵌套超过 {detail} 层。"
    ),
    "cycle": Wording("A value of the front matter holds itself.", "文首元数据中有一个值包含了它自身。"),
    "unclosed": Wording(
        "The front matter is never closed, so all of it is shown on the page.",
        "文首元数据没有结束标记，因此全部显示在页面上。",
    ),
}


@chapter_rule(
    code="DOC005",
    name="invalid-front-matter",
    severity=Severity.ERROR,
    since="0.1.0",
    messages=_MESSAGES,
    hints={
        "default": Wording("Mend the block at this place.", "请在此处改正。"),
        "syntax": Wording(
            "Mend it here; a value that holds ': ' or begins with a mark such as [ or @ needs quotes.",
            "请在此处改正；含有“: ”或以 [、@ 等符号开头的值需要加引号。",
        ),
        "duplicate-key": Wording("Keep one of the two.", "请只保留其中一个。"),
        "unclosed": Wording("End the block with a line '---'.", "请用单独一行“---”结束。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find front matter that is lost on the site."""
    text = chapter.source.text
    if not _OPENING.match(text):
        return
    error = chapter.front_matter.error
    if error is not None and _TEMPLATE.search(text[: text.find("\n---", 3)]):
        return
    if error is not None:
        kind, _, detail = error[1].partition(": ")
        if kind not in _MESSAGES:
            kind, detail = "syntax", error[1]
        yield Diagnostic(span=error[0], case=kind, arguments={"detail": detail.strip(" .")})
    elif chapter.front_matter.span.end == 0 and "\n---" not in text[3:] and "\n..." not in text[3:]:
        yield Diagnostic(span=Span(0, 3), case="unclosed")
