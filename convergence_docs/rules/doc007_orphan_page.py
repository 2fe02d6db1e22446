"""A page is in no navigation, and nothing links to it. | 页面不在导航中，也没有任何页面链接到它。

## What it checks

Under an MkDocs site with a written navigation: a chapter that `nav` does not name, that `not_in_nav` does not excuse,
and that no other chapter links to. Index pages, the page for errors, and pieces that other pages take in (names that
begin with `_`, folders such as `includes`) are left alone. Where a plugin makes pages or the navigation (a blog, a
literate navigation), nobody can tell from the files, and the rule is silent.

在写明了导航的 MkDocs 站点中：`nav` 没有列出、`not_in_nav` 没有豁免、也没有其他章节链接到的章节。索引页、错误页和供
其他页面引入的片段不检查。页面或导航由插件生成时（如博客），单凭文件无从判断，本规则不作声。

## Why it matters

Nobody finds the page but by searching, and nobody notices when it grows old.

这样的页面只有搜索才能找到，内容过时了也没有人发觉。

## Example

```yaml site
is_mkdocs: true
nav: [index.md]
```

```md index.md
# 首页
```

```md lost.md
# 被遗忘的一章
```

## Use instead

```yaml site
is_mkdocs: true
nav: [index.md]
```

```md index.md
# 首页

[一章](found.md)
```

```md found.md
# 一章
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.inclusion import is_piece
from convergence_docs.model.links.target import reached_from
from convergence_docs.rules.rule import Context, book_rule
from convergence_docs.text import Span

_NAMES = frozenset(("index.md", "readme.md", "404.md"))


@book_rule(
    code="DOC007",
    name="orphan-page",
    severity=Severity.NOTICE,
    since="0.1.0",
    needs=("nav", "pages", "content", "dialect"),
    messages={
        "default": Wording(
            "This page is in no navigation, and no other page links to it.",
            "此页面不在导航中，也没有其他页面链接到它。",
        )
    },
    hints={
        "default": Wording(
            "Name it in nav, link to it, or list it under not_in_nav.",
            "请将其加入 nav、从别处链接到它，或列入 not_in_nav。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Find pages that nobody reaches."""
    site = book.site
    # A blog or a literate navigation reaches pages that no configuration names: the run says that it cannot tell.
    if not site.is_mkdocs or site.nav is None or not context.doubts.keys().isdisjoint(("nav", "pages")):
        return
    reached = {*site.nav, *site.unlisted, *book.reached}
    for page in book.entries:
        reached |= reached_from(book, page)
    folders = tuple(f"{path}/" if not path.endswith("/") else path for path in site.nav if not path.endswith(".md"))
    for path in book.entries:
        if path not in reached and not path.startswith(folders) and not is_piece(path) and not _is_index(path):
            yield Diagnostic(path=path, span=Span(0, 0))


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].lower() in _NAMES
