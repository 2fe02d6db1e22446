"""A link climbs the wrong number of folders. | 链接的 ../ 层数不对。

## What it checks
Paths that match nothing as written, but lead to a file with more or fewer `../` before them. On a site, links in raw
HTML count from the page's own address, since MkDocs rewrites only what Markdown makes.

按原样找不到、增减 `../` 之后却能找到文件的路径。站点中，原始 HTML 里的链接从页面自己的地址算起，因为 MkDocs 只
改写 Markdown 生成的链接。

## Why it matters
A chapter that moves one folder up or down takes its links along unchanged, and all of them break at once.

章节移到上一层或下一层文件夹时，链接原样带走，于是同时全部失效。

## Example
```md part/section/chapter.md
参见 [总览](../overview/map.md)。
```

```md overview/map.md
# 总览
```

## Use instead
```md part/section/chapter.md
参见 [总览](../../overview/map.md)。
```

```md overview/map.md
# 总览
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.proposal import chapter_number
from convergence_docs.model.links.respelling import Mending, mend_as_meant
from convergence_docs.model.links.target import LinkFault, Target, faults
from convergence_docs.rules.rule import Context, link_rule

_WRONG = Wording(
    "'{target}' does not exist: the link climbs the wrong number of folders.",
    "“{target}”不存在：链接的 ../ 层数不对。",
)


@link_rule(
    code="LNK004",
    name="wrong-depth",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("pages",),
    messages={
        "meant": _WRONG,
        "several": _WRONG,
        "raw": Wording(
            "'{target}' is not there from the page's address, and MkDocs leaves raw HTML as it is.",
            "从页面的地址看，“{target}”不存在；MkDocs 不改写原始 HTML。",
        ),
    },
    hints={
        "meant": Wording("Write '{spelling}'.", "改为“{spelling}”。"),
        "raw": Wording("Write '{spelling}'.", "改为“{spelling}”。"),
        "several": Wording("Write one of these: {spelling}.", "改为其中之一：{spelling}。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links that another number of ``../`` would mend."""
    for path, target in faults(book, LinkFault.DEPTH):
        mending = mend_as_meant(book, path, target)
        span = target.link.destination_span
        yield Diagnostic(
            path=path,
            span=span,
            case="raw" if mending.is_raw else mending.case,
            arguments={"target": target.link.destination, "spelling": mending.spelling},
            fix=Fix((Edit(path, span, mending.spelling),), _is_sure(target, mending)) if mending.is_certain else None,
        )


def _is_sure(target: Target, mending: Mending) -> bool:
    """Whether the file is surely meant: a bare name such as go.mod, found three folders up, may be another one."""
    written = target.link.destination
    name = written.rpartition("../")[2].removeprefix("./")
    steps = abs(written.count("../") - mending.spelling.count("../"))
    return "/" in name or steps < 2 or bool(chapter_number(name))
