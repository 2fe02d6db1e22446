"""A percent-escape in a link is malformed. | 链接中的百分号转义有误。

## What it checks
A `%` in a path or fragment of this site that is not followed by two hexadecimal digits, and escapes that are not
UTF-8 when decoded, such as half a Chinese character. A file that is literally called so is fine, and other sites may
spell their addresses as they like.

指向本站的路径或锚点中，`%` 之后不是两位十六进制数字，或解码后不是 UTF-8，例如半个汉字。文件名本来就这样写的不算；其
他网站的地址怎么写由它自便。

## Why it matters
Browsers, servers and GitHub each make something else of it; half a character is nearly always a path cut off while
copying.

浏览器、服务器和 GitHub 对它的理解各不相同；出现半个汉字，几乎总是复制时路径被截断。

## Example
```md chapter.md
参见 [层](%E5%B1%82%E7%BA.md) 和 [百分之百](100%.md)。
```

## Use instead
```md chapter.md
参见 [层](%E5%B1%82%E7%BA%A7.md) 和 [百分之百](100%25.md)。
```

```md 层级.md
# 层级
```

```md 100%.md
# 百分之百
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
    code="LNK007",
    name="malformed-escape",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "default": Wording(
            "A percent-escape in '{target}' is malformed or not UTF-8.", "“{target}”中的百分号转义有误或不是 UTF-8。"
        )
    },
    hints={
        "default": Wording(
            "Write the name as it is (Chinese needs no escapes), and a literal percent sign as %25.",
            "直接写出名称（中文无需转义）；百分号本身写成 %25。",
        )
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links with malformed escapes."""
    for path, target in faults(book, LinkFault.MALFORMED_ESCAPE):
        yield Diagnostic(path=path, span=target.link.destination_span, arguments={"target": target.link.destination})
