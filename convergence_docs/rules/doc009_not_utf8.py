"""A chapter is not encoded in UTF-8. | 章节不是 UTF-8 编码。

## What it checks

The bytes of a chapter are UTF-8, with or without a byte order mark. UTF-16 and UTF-32 are recognised by their byte
order mark, other encodings by bytes that UTF-8 does not allow, binary files by a zero byte.

章节的字节是 UTF-8，有无字节顺序标记均可。UTF-16 和 UTF-32 由字节顺序标记识别，其他编码由 UTF-8 不允许的字节识别，二
进制文件由零字节识别。

## Why it matters

MkDocs stops with an error at a file that it cannot decode, and other tools show signs that nobody wrote.

MkDocs 遇到无法解码的文件会报错停下，其他工具则会显示没有人写过的符号。

## Example

```md-gb18030
# 架构层收敛
```

## Use instead

```md
# 架构层收敛
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.rules.rule import Context, chapter_rule

_CONVERT = Wording("Save the file as UTF-8.", "请将文件另存为 UTF-8 编码。")


@chapter_rule(
    code="DOC009",
    name="not-utf8",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "utf-16": Wording("This file is encoded in UTF-16.", "此文件是 UTF-16 编码。"),
        "utf-32": Wording("This file is encoded in UTF-32.", "此文件是 UTF-32 编码。"),
        "invalid-utf-8": Wording(
            "This byte is not valid UTF-8; {count} in this file are not.",
            "此处的字节不是合法的 UTF-8；全文共有 {count} 处。",
        ),
        "binary": Wording(
            "This file is binary, so none of it was checked.", "此文件是二进制文件，因此没有检查其内容。"
        ),
    },
    hints={
        "default": _CONVERT,
        "binary": Wording(
            "Save it as UTF-8 text, or give it another extension.", "请保存为 UTF-8 文本，或改用别的扩展名。"
        ),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find chapters in other encodings."""
    problem = chapter.source.problem
    if problem is None:
        return
    arguments = {"count": str(chapter.source.text.count("\ufffd"))} if problem.kind == "invalid-utf-8" else {}
    yield Diagnostic(span=problem.span, case=problem.kind, arguments=arguments)
