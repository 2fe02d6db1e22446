"""A link spells its target in another letter case. | 链接目标的字母大小写不对。

## What it checks
Paths and fragments that match nothing as written but match when letter case is ignored.

按原样找不到、忽略大小写却能找到的路径和锚点。

## Why it matters
Windows and macOS forgive it, so the author never notices; the web server, GitHub and every continuous integration
do not. Fragments are compared exactly by every browser.

Windows 和 macOS 容忍大小写差异，作者因此察觉不到；网页服务器、GitHub 和各种持续集成环境都不容忍。锚点则在所有浏览器
中都严格区分大小写。

## Example
```md chapter.md
参见 [指南](guide/Setup.md) 和 [安装](#Install)。

## install
```

```md guide/setup.md
# 安装
```

## Use instead
```md chapter.md
参见 [指南](guide/setup.md) 和 [安装](#install)。

## install
```

```md guide/setup.md
# 安装
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.destination import with_fragment
from convergence_docs.model.links.respelling import mend_as_meant
from convergence_docs.model.links.target import LinkFault, faults, is_toc_entry
from convergence_docs.rules.rule import Context, link_rule


@link_rule(
    code="LNK003",
    name="wrong-case",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("pages", "anchors"),
    messages={
        "file": Wording(
            "The letter case of '{target}' is not that of '{found}'.", "“{target}”与文件“{found}”的大小写不符。"
        ),
        "anchor": Wording(
            "The letter case of '#{target}' is not that of '#{found}'.", "“#{target}”与锚点“#{found}”的大小写不符。"
        ),
    },
    hints={"default": Wording("Write '{spelling}'.", "改为“{spelling}”。")},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield files, then anchors, in the wrong letter case."""
    for path, target in faults(book, LinkFault.FILE_CASE):
        mending = mend_as_meant(book, path, target)
        span = target.link.destination_span
        yield Diagnostic(
            path=path,
            span=span,
            case="file",
            arguments={
                "target": target.link.destination,
                "found": "; ".join(target.meant),
                "spelling": mending.spelling,
            },
            fix=Fix((Edit(path, span, mending.spelling),), True) if mending.is_certain else None,
        )
    for path, target in faults(book, LinkFault.ANCHOR_CASE):
        if is_toc_entry(book, path, target):
            continue
        span = target.link.destination_span
        spelling = with_fragment(target.link.destination, target.meant[0])
        yield Diagnostic(
            path=path,
            span=span,
            case="anchor",
            arguments={"target": target.fragment, "found": target.meant[0], "spelling": spelling},
            fix=Fix((Edit(path, span, spelling),), True),
        )
