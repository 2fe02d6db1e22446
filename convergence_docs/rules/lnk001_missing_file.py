"""A link leads to a file that does not exist. | 链接指向不存在的文件。

## What it checks
Every link whose destination was meant as a path: it has an extension, a slash or a fragment. The path is resolved as
MkDocs does for a site, source files first and then the addresses of the rendered pages, and as the disk (and GitHub)
does for a plain folder. Formulas such as `[i](i,j)`, template placeholders, other sites and absolute paths that the
docs do not hold are left alone, and so is what a `.gitignore` names, which a build may make. A path that fails for a
reason of its own (letter case, number of `../`, extension) is left to the rule of that reason; images have theirs. On a
site, an absolute link to a source file (`/guide/x.md`) leads nowhere, unless `validation.links.absolute_links` is
`relative_to_docs`.

凡是意在指向路径的链接：带有扩展名、斜杠或锚点。站点中的解析方法与 MkDocs 相同，先找源文件，再找渲染后页面的地址；普
通文件夹则按磁盘（和 GitHub）的方式解析。`[i](i,j)` 这样的公式、模板占位符、其他网站、文档目录中没有的绝对路径，以及
`.gitignore` 列出的、可能由构建生成的文件，都不检查。另有原因的（大小写、`../` 层数、扩展名）归相应规则，图片归图片
规则。站点中指向源文件的绝对链接（`/guide/x.md`）无效，除非 `validation.links.absolute_links` 为 `relative_to_docs`。

## Why it matters
A dead link is a promise broken in front of the reader. Most of them point at chapters that were renamed while their
number stayed the same, so the finding proposes the chapter that has the number or the name now.

死链接是当着读者的面失约。多数死链接指向改了名而章号未变的章节，因此会提出现在使用该章号或该名称的章节。

## Example
```md 03.2.2-架构层收敛.md
# 03.2.2 架构层收敛

参见 [数学层](03.2.1-数学层.md)。
```

```md 03.2.1-数学层收敛.md
# 03.2.1 数学层收敛
```

## Use instead
```md 03.2.2-架构层收敛.md
# 03.2.2 架构层收敛

参见 [数学层](03.2.1-数学层收敛.md)。
```

```md 03.2.1-数学层收敛.md
# 03.2.1 数学层收敛
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

_MISSING = Wording("The link target '{target}' does not exist.", "链接目标“{target}”不存在。")


@link_rule(
    code="LNK001",
    name="missing-file",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("pages",),
    messages={
        **dict.fromkeys(("unknown", "same-name", "same-number", "near-name", "several", "scheme"), _MISSING),
        "absolute": Wording(
            "'{target}' leads nowhere: MkDocs leaves absolute links as they are.",
            "“{target}”无效：MkDocs 不改写绝对链接。",
        ),
    },
    hints={
        "unknown": Wording(
            "No file here has that name or number, nor one like it: correct the path, write the chapter, "
            "or drop the link.",
            "此处没有同名、同编号或近名的文件：请改正路径、补写该章，或删去链接。",
        ),
        "same-name": Wording(
            "The file of that name is elsewhere: write '{spelling}'.", "同名文件在别处：改为“{spelling}”。"
        ),
        "same-number": Wording(
            "The chapter of that number has another name now: write '{spelling}'.",
            "同编号的章节已改名：改为“{spelling}”。",
        ),
        "absolute": Wording("Write '{spelling}'.", "改为“{spelling}”。"),
        "near-name": Wording("Perhaps '{spelling}' is meant.", "可能是“{spelling}”。"),
        "several": Wording("One of these may be meant: {spelling}.", "可能是其中之一：{spelling}。"),
        "scheme": Wording(
            "As it stands it is read as a file: write '{spelling}'.", "照此写法会被当作文件：改为“{spelling}”。"
        ),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links to nothing."""
    for path, target in faults(book, LinkFault.MISSING):
        if target.link.is_image:
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
