"""A name that Windows cannot hold. | Windows 无法容纳的文件名。

## What it checks
The names of all chapters, of other files that links lead to, and of missing files that links ask for: a character
that Windows reserves (`< > : " | ? * \\`), a device name (`con`, `aux.md`, `com1.txt`), a full stop or a blank at the
end. Two chapters whose paths differ in letter case alone are found as well.

全部章节、链接所指的其他文件，以及死链接所要的文件的名称：含有 Windows 保留的字符（`< > : " | ? * \\`）、是设备名（
`con`、`aux.md`、`com1.txt`），或以句点、空格结尾。路径只有大小写不同的两个章节也会报告。

## Why it matters
Git cannot check such a file out on Windows: whoever works there has a repository that is broken from the start. A
dead link that asks for such a name would lead its author into the trap.

Git 在 Windows 上无法检出这样的文件，在那里工作的人从一开始就拿到残缺的仓库。要求这种名称的死链接，会把补写的人也引
入同一个坑。

## Example
```md chapter.md
参见 [完全收敛](<L4: 完全收敛.md>)。
```

## Use instead
```md chapter.md
参见 [完全收敛](L4-完全收敛.md)。
```

```md L4-完全收敛.md
# 完全收敛
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.destination import Unportable, find_unportable
from convergence_docs.model.links.respelling import mend
from convergence_docs.model.links.target import LinkFault, Target, TargetKind, resolve
from convergence_docs.rules.rule import Context, link_rule
from convergence_docs.text import Span

_CHARACTER = Wording(
    "Windows cannot hold the name '{part}': it contains '{detail}'.",
    "Windows 无法容纳文件名“{part}”：其中有“{detail}”。",
)
_DEVICE = Wording(
    "Windows cannot hold the name '{part}': '{detail}' is a device.",
    "Windows 无法容纳文件名“{part}”：“{detail}”是设备名。",
)
_ENDING = Wording(
    "Windows cannot hold the name '{part}': it ends in a full stop or a blank.",
    "Windows 无法容纳文件名“{part}”：它以句点或空格结尾。",
)
_RENAME = Wording("Rename it, and mend the links to it.", "请重命名，并改正指向它的链接。")
_CHOOSE = Wording(
    "Give the file another name when you write it, and link to that.", "补写该文件时请另取名称，并链接到新名称。"
)


@link_rule(
    code="LNK006",
    name="unportable-name",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "character": _CHARACTER,
        "device": _DEVICE,
        "ending": _ENDING,
        "twin": Wording(
            "Windows and macOS cannot hold both '{part}' and '{detail}', which differ in letter case alone.",
            "Windows 和 macOS 无法同时容纳“{part}”与“{detail}”：两者只有大小写不同。",
        ),
        "missing-character": _CHARACTER,
        "missing-device": _DEVICE,
        "missing-ending": _ENDING,
    },
    hints={
        "default": _RENAME,
        "missing-character": _CHOOSE,
        "missing-device": _CHOOSE,
        "missing-ending": _CHOOSE,
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield chapters, then linked files, of unportable name."""
    folded: dict[str, str] = {}
    for path in book.entries:
        if unportable := find_unportable(path):
            yield _diagnostic(path, Span(0, 0), unportable)
        elif (twin := folded.setdefault(path.casefold(), path)) != path:
            yield _diagnostic(path, Span(0, 0), Unportable("twin", path, twin))
    for path, targets in resolve(book).items():
        for target in targets:
            if target.kind is TargetKind.FILE and (unportable := find_unportable(target.path)):
                yield _diagnostic(path, target.link.destination_span, unportable)
            elif target.fault is not None and (missing := _missing_name(book, path, target)):
                yield _diagnostic(path, target.link.destination_span, missing, prefix="missing-")


def _missing_name(book: Book, path: str, target: Target) -> Unportable | None:
    # A backslash is a path written the Windows way, and an address asks for no file.
    if target.fault is not LinkFault.MISSING or "\\" in target.path or "://" in target.link.destination:
        return None
    unportable = find_unportable(target.path)
    if unportable is None or mend(book, path, target).is_certain:  # one sure mending, and so no new name
        return None
    return unportable


def _diagnostic(path: str, span: Span, unportable: Unportable, prefix: str = "") -> Diagnostic:
    return Diagnostic(
        path=path,
        span=span,
        case=prefix + unportable.case,
        arguments={"part": unportable.part, "detail": unportable.detail},
    )
