"""A link has no target. | 链接没有目标。

## What it checks
Markdown links and images whose destination is empty: `[x]()`, `[x](<>)`. A lone `#` is a target (the top of the
page), and HTML elements are left alone, since scripts may fill them.

目标为空的 Markdown 链接和图片：`[x]()`、`[x](<>)`。单独一个 `#` 是有效目标（页面顶部）；HTML 元素可能由脚本填写，不
检查。

## Why it matters
The link reloads the page that the reader is on; usually the author meant to fill it in later.

点这样的链接只会重新加载当前页面；通常是作者打算以后再填。

## Example
```md chapter.md
参见 [附录]()。
```

## Use instead
```md chapter.md
参见 [附录](#附录)。

## 附录
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.target import LinkFault, faults
from convergence_docs.rules.rule import Context, link_rule


@link_rule(
    code="LNK010",
    name="empty-target",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "link": Wording("The link '{text}' leads nowhere: its target is empty.", "链接“{text}”没有目标。"),
        "image": Wording("This image has no target.", "这张图片没有目标。"),
    },
    hints={"default": Wording("Fill in the target, or leave only the words.", "请补上目标，或只保留文字。")},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links without a target."""
    for path, target in faults(book, LinkFault.EMPTY):
        link = target.link
        case = "image" if link.is_image else "link"
        yield Diagnostic(path=path, span=link.span, case=case, arguments={"text": link.text})
