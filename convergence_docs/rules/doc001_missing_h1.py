"""A chapter has no heading of level 1. | 章节没有一级标题。

## What it checks

A chapter has a heading of level 1, a `title` in its front matter, or a place in the navigation. Pieces that other
pages take in (names beginning with `_`, folders such as `includes`), `README` and `LICENSE`, anything below a folder
whose name begins with a dot, short notes without any heading, pages drawn by a template of their own, and pages whose
text the build inserts are left alone. Where most chapters of a plain folder begin with a heading of level 2, that is
its custom, and no fault.

章节有一级标题，或在文首元数据中写有 `title`，或已列入导航。供其他页面引入的片段（名称以 `_` 开头，或位于 `includes`
一类文件夹）、`README` 与 `LICENSE`、名称以点开头的文件夹中的文件、没有任何标题的短文、自带模板的页面，以及正文由构建
插入的页面，都不检查。普通文件夹中若多数章节都从二级标题开始，那是它的惯例，不算问题。

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
from convergence_docs.model.book import Book
from convergence_docs.rules.rule import Context, book_rule

_MANY = 10


@book_rule(
    code="DOC001",
    name="missing-h1",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("content", "nav"),
    messages={
        "default": Wording("This chapter has no heading of level 1.", "本章没有一级标题。"),
        "lower": Wording(
            "This chapter has no heading of level 1; its first heading is of level {level}.",
            "本章没有一级标题，第一个标题是 {level} 级。",
        ),
    },
    hints={
        "default": Wording(
            "Begin it with '# Title', or give it a title in the front matter or in nav.",
            "请以“# 标题”开头，或在文首元数据、导航中写明标题。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find chapters without a title."""
    titled, entries = frozenset(book.site.nav or ()), book.entries.values()
    begins_lower = sum(entry.missing_title is not None and entry.missing_title.level == 2 for entry in entries)
    is_custom = not book.site.is_mkdocs and begins_lower >= _MANY and 2 * begins_lower > len(book.entries)
    for path, entry in book.entries.items():
        missing = entry.missing_title
        if missing is None or path in titled or (is_custom and missing.level == 2):
            continue
        case = "lower" if missing.level else "default"
        arguments = {"level": str(missing.level)} if missing.level else {}
        yield Diagnostic(path=path, span=missing.span, case=case, arguments=arguments)
