"""An image points at a file that does not exist. | 图片指向不存在的文件。

## What it checks
The destination of every image, Markdown or `<img>`, resolved as for links. Images on other sites and absolute paths
that the docs do not hold are left alone.

每张图片（Markdown 写法或 `<img>`）的目标，解析方法与链接相同。其他网站上的图片，以及文档目录中没有的绝对路径，不检
查。

## Why it matters
The reader sees a broken frame where the figure should be, and often the text makes no sense without it.

读者在图的位置只看到一个破框，少了图的正文往往也读不通。

## Example
```md chapter.md
![三层结构](img/layers.png)
```

```file figures/layers.png
```

## Use instead
```md chapter.md
![三层结构](figures/layers.png)
```

```file figures/layers.png
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.respelling import mend
from convergence_docs.model.links.target import LinkFault, faults
from convergence_docs.rules.rule import Context, link_rule

_MISSING = Wording("The image '{target}' does not exist.", "图片“{target}”不存在。")


@link_rule(
    code="IMG001",
    name="missing-image",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("pages",),
    messages=dict.fromkeys(("unknown", "same-name", "same-number", "near-name", "several", "scheme"), _MISSING),
    hints={
        "unknown": Wording(
            "No file here has that name, nor one like it: add the image or correct the path.",
            "此处没有同名或近名的文件：请补上图片或改正路径。",
        ),
        "same-name": Wording(
            "The file of that name is elsewhere: write '{spelling}'.", "同名文件在别处：改为“{spelling}”。"
        ),
        "same-number": Wording(
            "The chapter of that number has another name now: write '{spelling}'.",
            "同编号的章节已改名：改为“{spelling}”。",
        ),
        "near-name": Wording("Perhaps '{spelling}' is meant.", "可能是“{spelling}”。"),
        "several": Wording("One of these may be meant: {spelling}.", "可能是其中之一：{spelling}。"),
        "scheme": Wording(
            "As it stands it is read as a file: write '{spelling}'.", "照此写法会被当作文件：改为“{spelling}”。"
        ),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield images of nothing."""
    for path, target in faults(book, LinkFault.MISSING):
        if not target.link.is_image:
            continue
        mending = mend(book, path, target)
        span = target.link.destination_span
        yield Diagnostic(
            path=path,
            span=span,
            case=mending.case,
            arguments={"target": target.link.destination, "spelling": mending.spelling},
            fix=Fix((Edit(path, span, mending.spelling),), True) if mending.is_certain else None,
        )
