"""Full-width punctuation breaks a link. | 全角标点使链接失效。

## What it checks
Destinations that work once their full-width punctuation is made half-width (`a．md`, `＃结论`, `https：//`), titles
in full-width quotation marks, which become part of the address (`[x](a.md “标题”)`), and text that would be a link
with half-width parentheses: `[x]（a.md）`. The latter counts only where what stands in the parentheses is surely a
path, an address or an anchor. A file whose name holds full-width punctuation is fine, and prose such as `[1]（见附录）`
is too.

把全角标点换成半角就能用的目标（`a．md`、`＃结论`、`https：//`），用全角引号、因而并入网址的标题（`[x](a.md “标题”)`），
以及换成半角括号就是链接的文字：`[x]（a.md）`。后者只在括号中确实是路径、网址或锚点时才算。文件名本身含全角标点的不算，
`[1]（见附录）` 这样的行文也不算。

## Why it matters
A Chinese input method types full-width marks by itself. They look nearly the same, and the link is dead.

中文输入法会自己打出全角标点，看上去几乎一样，链接却是死的。

## Example
```md chapter.md
参见 [数学层]（math.md）。
```

```md math.md
# 数学层
```

## Use instead
```md chapter.md
参见 [数学层](math.md)。
```

```md math.md
# 数学层
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.layout import join
from convergence_docs.model.links.destination import is_surely_a_destination
from convergence_docs.model.links.target import LinkFault, faults
from convergence_docs.model.nodes import NearLink
from convergence_docs.rules.rule import Context, link_rule


@link_rule(
    code="LNK008",
    name="full-width-punctuation",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "target": Wording(
            "Full-width punctuation in '{target}' makes the link dead.", "“{target}”中的全角标点使链接失效。"
        ),
        "parentheses": Wording(
            "Full-width brackets make this plain text, not a link to '{target}'.",
            "全角括号使这里只是纯文本，而不是指向“{target}”的链接。",
        ),
    },
    hints={"default": Wording("Write '{spelling}'.", "改为“{spelling}”。")},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield faulty targets, then text that is nearly a link."""
    for path, target in faults(book, LinkFault.FULL_WIDTH):
        span = target.link.destination_span
        yield Diagnostic(
            path=path,
            span=span,
            case="target",
            arguments={"target": target.link.destination, "spelling": target.meant[0]},
            fix=Fix((Edit(path, span, target.meant[0]),), True),
        )
    for entry in book.entries.values():
        for near in entry.near_links:
            if _is_meant_as_link(book, entry, near):
                yield _parentheses(entry.path, near)


def _is_meant_as_link(book: Book, entry: Entry, near: NearLink) -> bool:
    destination = near.destination.strip()
    if near.text.strip("[] ").isdigit():
        return False
    return (
        is_surely_a_destination(destination)
        or join(entry.path.rpartition("/")[0], destination) in book.site.files
        or (destination[:1] == "#" and destination[1:] in entry.anchors)
    )


def _parentheses(path: str, near: NearLink) -> Diagnostic:
    spelling = f"[{near.text}]({near.destination})"
    return Diagnostic(
        path=path,
        span=near.span,
        case="parentheses",
        arguments={"target": near.destination, "spelling": spelling},
        fix=Fix((Edit(path, near.span, spelling),), True),
    )
