"""The link text gives another chapter number than its target has. | 链接文字的章号与目标章节不符。

## What it checks
Links whose text opens with a chapter number (`03.2.1`) that has as many parts as the number of the chapter they lead
to, and differs from it. Leading zeros do not count. Links to a place inside a chapter count only where the number is
written with a leading zero; so do numbers of two parts, whose first part must also be the target's.

链接文字以章号（如 `03.2.1`）开头，其段数与目标章节的章号相同，而数值不同。前导零不计。指向章内某处的链接，只有章号
带前导零时才算；两段的章号也是如此，且首段须与目标相同。

## Why it matters
Either the text or the target is wrong, and the reader lands in a chapter that they did not ask for. It happens when
chapters are renumbered and links are copied.

文字和目标必有一错，读者会到达并不想去的章节。重新编号或复制链接时常会如此。

## Example
```md 03.2.2-架构层收敛.md
参见 [03.2.1-数学层收敛](03.2.3-能力层收敛.md)。
```

```md 03.2.3-能力层收敛.md
# 03.2.3 能力层收敛
```

```md 03.2.1-数学层收敛.md
# 03.2.1 数学层收敛
```

## Use instead
```md 03.2.2-架构层收敛.md
参见 [03.2.3-能力层收敛](03.2.3-能力层收敛.md)。
```

```md 03.2.3-能力层收敛.md
# 03.2.3 能力层收敛
```

## Options
None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.book import Book
from convergence_docs.model.links.destination import spell
from convergence_docs.model.links.proposal import chapters_of_number, is_of_book, plain_number
from convergence_docs.model.links.target import Target, TargetKind, resolve
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, link_rule

_NUMBER = regex(r"\s*(?:第\s*)?(\d{1,3}(?:\.\d{1,3}){1,4})(?![\d%.])")
_DIFFERENT = Wording(
    "The text says {said}, but the target is chapter {number}.", "链接文字写的是 {said}，目标却是 {number} 章。"
)


@link_rule(
    code="LNK013",
    name="text-names-another-chapter",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"other": _DIFFERENT, "none": _DIFFERENT},
    hints={
        "other": Wording(
            "Chapter {said} is '{spelling}': link to it, or mend the text.",
            "{said} 章是“{spelling}”：请链接到它，或改正文字。",
        ),
        "none": Wording("Mend the text, or the target.", "请改正文字或目标。"),
    },
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links whose text and target disagree."""
    for path, targets in resolve(book).items():
        for target in targets:
            if target.kind is TargetKind.CHAPTER and target.path != path and (found := _NUMBER.match(target.link.text)):
                diagnostic = _diagnostic(book, path, target, found)
                if diagnostic:
                    yield diagnostic


def _diagnostic(book: Book, path: str, target: Target, found: re.Match[str]) -> Diagnostic | None:
    number = book.entries[target.path].number
    if number is None or target.link.is_image:
        return None
    said = tuple(found[1].split("."))
    plain = plain_number(said)
    if len(said) != len(number) or plain == plain_number(number):
        return None
    is_padded = said[0].startswith("0") and number[0].startswith("0")
    if target.fragment and not is_padded:
        return None
    if not is_of_book(plain) and not (is_padded and said[0] == number[0]):  # 1.5 may be a quantity
        return None
    others = chapters_of_number(book, plain, target.path)
    arguments = {"said": found[1], "number": ".".join(number)}
    if len(others) == 1:
        arguments["spelling"] = spell(others[0], path)
    case = "other" if len(others) == 1 else "none"
    return Diagnostic(path=path, span=target.link.text_span, case=case, arguments=arguments)
