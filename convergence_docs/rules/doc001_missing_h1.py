"""A chapter has no heading of level 1. | 章节没有一级标题。

## What it checks

A chapter has a heading of level 1, or a `title` in its front matter. Pieces that other pages take in (names beginning
with `_`, folders such as `includes`), files that belong to the repository (`LICENSE`, anything below a folder whose
name begins with a dot), pages drawn by a template of their own, empty pages, and pages whose text the build inserts
are left alone.

章节有一级标题，或在文首元数据中写有 `title`。供其他页面引入的片段（名称以 `_` 开头，或位于 `includes` 一类文件夹）、
属于仓库的文件（如 `LICENSE`）、自带模板的页面、空页面，以及正文由构建插入的页面，都不检查。

## Why it matters

Without one, the site makes a title of the file name, search results and browser tabs show that, and a link to the
chapter has nothing to be named after.

没有一级标题，网站就用文件名充当标题，搜索结果和浏览器标签页也显示文件名，指向本章的链接无从命名。

## Example

```md
## 一、概述

正文。
```

## Use instead

```md
# 架构层收敛

## 一、概述

正文。
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import is_taking_in_text
from convergence_docs.model.chapter import Chapter
from convergence_docs.rules.rule import Context, chapter_rule
from convergence_docs.text import Span

_FOLDERS = frozenset(("includes", "include", "snippets", "partials", "overrides", "templates"))
_NAMES = ("license", "licence", "copying", "notice", "404")


@chapter_rule(
    code="DOC001",
    name="missing-h1",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("content",),
    messages={
        "default": Wording("This chapter has no heading of level 1.", "本章没有一级标题。"),
        "lower": Wording(
            "This chapter has no heading of level 1; its first heading is of level {level}.",
            "本章没有一级标题，第一个标题是 {level} 级。",
        ),
    },
    hints={
        "default": Wording(
            "Begin it with '# Title', or give it a title in the front matter.",
            "请以“# 标题”开头，或在文首元数据中写明 title。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find chapters without a title."""
    headings = chapter.headings
    if any(heading.level == 1 for heading in headings):
        return
    values = chapter.front_matter.values
    if values.get("title") or values.get("template") or _is_piece(chapter.path):
        return
    text = chapter.source.text
    start = chapter.front_matter.span.end
    body = text[start:]
    if not body.strip() or "<h1" in body or "<H1" in body or is_taking_in_text(chapter):
        return
    if headings:
        yield Diagnostic(span=headings[0].span, case="lower", arguments={"level": str(headings[0].level)})
        return
    start += len(body) - len(body.lstrip())
    end = text.find("\n", start)
    yield Diagnostic(span=Span(start, len(text) if end < 0 else end))


def _is_piece(path: str) -> bool:
    *folders, name = path.split("/")
    if name.startswith("_") or name.lower().startswith(_NAMES):
        return True
    return any(folder.startswith((".", "_")) or folder.lower() in _FOLDERS for folder in folders)
