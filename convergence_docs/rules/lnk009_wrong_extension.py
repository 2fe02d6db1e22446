"""A link names its target with the wrong extension, or with none. | 链接目标的扩展名不对或缺失。

## What it checks
Paths that match nothing as written, while a file of the same name with another extension stands in that place:
`guide.html` or `guide` for `guide.md`, `map.png` for `map.svg`. On a site, an address that the built page answers to
is fine.

按原样找不到、同一位置却有同名而扩展名不同的文件：该写 `guide.md` 却写了 `guide.html` 或 `guide`，该写 `map.svg` 却
写了 `map.png`。站点中能由渲染后的页面应答的地址不算。

## Why it matters
A link by page address works at best on the built site, and breaks as soon as the site's address scheme changes;
links to source files work on the site, on GitHub and in an editor alike.

按页面地址写的链接至多在建好的网站上有效，网址形式一变就失效；指向源文件的链接在网站、GitHub 和编辑器中都有效。

## Example
```md chapter.md
参见 [指南](guide.html)。
```

```md guide.md
# 指南
```

## Use instead
```md chapter.md
参见 [指南](guide.md)。
```

```md guide.md
# 指南
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.respelling import mend_as_meant
from convergence_docs.model.links.target import LinkFault, faults
from convergence_docs.rules.rule import Context, link_rule

_WRONG = Wording(
    "'{target}' does not exist: the file of that name has another extension.",
    "“{target}”不存在：同名文件的扩展名不同。",
)


@link_rule(
    code="LNK009",
    name="wrong-extension",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("pages",),
    messages=dict.fromkeys(("meant", "several"), _WRONG),
    hints={
        "meant": Wording("Write '{spelling}'.", "改为“{spelling}”。"),
        "several": Wording("Write one of these: {spelling}.", "改为其中之一：{spelling}。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links that another extension would mend."""
    for path, target in faults(book, LinkFault.EXTENSION):
        mending = mend_as_meant(book, path, target)
        span = target.link.destination_span
        yield Diagnostic(
            path=path,
            span=span,
            case=mending.case,
            arguments={"target": target.link.destination, "spelling": mending.spelling},
            fix=Fix((Edit(path, span, mending.spelling),), True) if mending.is_certain else None,
        )
