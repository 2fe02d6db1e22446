"""A link leaves the docs. | 链接指向文档目录之外。

## What it checks
Relative paths that climb above the docs root, `file:` addresses and drive letters. In a plain folder, a file outside
that exists is fine; a site does not hold such a file even if it exists. Nothing outside is ever opened.

越过文档目录顶层的相对路径、`file:` 地址和盘符。普通文件夹中，外面确有该文件的不算；站点则即使文件存在也不会收入。外
面的文件从不打开。

## Why it matters
What lies outside is not part of the site: the link is dead for every reader, however well it works in the editor.

文档目录之外的东西不属于网站：在编辑器里再好用，对每一位读者都是死链接。

## Example
```md chapter.md
参见 [许可](../../LICENSE.txt)。
```

## Use instead
```md chapter.md
参见 [许可](LICENSE.txt)。
```

```file LICENSE.txt
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.destination import Scheme, scheme_of
from convergence_docs.model.links.respelling import mend
from convergence_docs.model.links.target import LinkFault, Target, faults
from convergence_docs.rules.rule import Context, link_rule

_OUTSIDE = Wording("'{target}' leads outside the docs.", "“{target}”指向文档目录之外。")
_MISSING = Wording(
    "'{target}' leads outside the docs, and nothing is known to be there.",
    "“{target}”指向文档目录之外，且未发现该文件。",
)


@link_rule(
    code="LNK011",
    name="outside-docs",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "exists": _OUTSIDE,
        "local": Wording("'{target}' is a place on somebody's own machine.", "“{target}”是某台本地机器上的位置。"),
        "missing": _MISSING,
        "proposed": _MISSING,
        "several": _MISSING,
    },
    hints={
        "default": Wording(
            "Link to the file's address on the web, or bring the file into the docs.",
            "请链接到它的网址，或把文件放进文档目录。",
        ),
        "proposed": Wording("Perhaps '{spelling}' is meant.", "可能是“{spelling}”。"),
        "several": Wording("One of these may be meant: {spelling}.", "可能是其中之一：{spelling}。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links that leave the docs."""
    for path, target in faults(book, LinkFault.OUTSIDE):
        yield _diagnostic(book, path, target)


def _diagnostic(book: Book, path: str, target: Target) -> Diagnostic:
    span, arguments, fix = target.link.destination_span, {"target": target.link.destination}, None
    if scheme_of(target.link.destination) is Scheme.LOCAL:
        case = "local"
    elif target.path in book.site.outside:
        case = "exists"
    else:
        mending = mend(book, path, target)
        case = {"unknown": "missing", "several": "several"}.get(mending.case, "proposed")
        arguments["spelling"] = mending.spelling
        fix = Fix((Edit(path, span, mending.spelling),), False) if mending.is_certain else None
    return Diagnostic(path=path, span=span, case=case, arguments=arguments, fix=fix)
