"""A link with a raw space is plain text on GitHub. | 目标含空格的链接在 GitHub 上只是纯文本。

## What it checks
Destinations with a raw space outside `<...>`. Python-Markdown, and so the site, makes a link of them; CommonMark, and
so GitHub and most editors, does not. Only what was surely meant as a path or an address counts.

目标中有空格、又没有写在 `<...>` 里的链接。Python-Markdown（也就是网站）把它当作链接，CommonMark（也就是 GitHub 和多
数编辑器）不这样认为。只有确定意在指向路径或网址的才算。

## Why it matters
Reviewers read chapters on GitHub: there they see brackets instead of a link, and no tool that speaks CommonMark
checks or renames it.

审阅者在 GitHub 上读章节，看到的是一串方括号而不是链接；按 CommonMark 工作的工具也不会检查它，改名时也不会更新它。

## Example
```md chapter.md
参见 [完全收敛](L4 完全收敛.md)。
```

```md L4 完全收敛.md
# 完全收敛
```

## Use instead
```md chapter.md
参见 [完全收敛](L4%20完全收敛.md) 或 [完全收敛](<L4 完全收敛.md>)。
```

```md L4 完全收敛.md
# 完全收敛
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.links.destination import Scheme, is_path_like, is_placeholder, scheme_of, split, with_title
from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule

_MARKDOWN = (LinkKind.INLINE, LinkKind.IMAGE, LinkKind.REFERENCE, LinkKind.REFERENCE_IMAGE)
_SPACE_IN_HOST = regex(r"[a-z]+://[^/?#%]*%20")
"""No host has a space: escaping it would mend nothing."""
_UNCLOSED = regex(r"\]\(|^[^（]*）")
"""What shows that a destination runs on into the text behind it."""


@chapter_rule(
    code="LNK005",
    name="plain-text-on-github",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "A raw space makes this link plain text on GitHub: '{target}'.",
            "目标中有空格，这个链接在 GitHub 上只是纯文本：“{target}”。",
        ),
        "unclosed": Wording(
            "The parenthesis after '{target}' is missing or closed elsewhere, so on GitHub this link is plain text.",
            "“{target}”之后缺少右括号，这个链接在 GitHub 上只是纯文本。",
        ),
    },
    hints={
        "default": Wording(
            "Write each space as %20, or put the destination in <...>: '{spelling}'.",
            "把空格写成 %20，或用 <...> 括住目标：“{spelling}”。",
        ),
        "unclosed": Wording("Write ')' right after the address.", "请紧接着网址写半角的“)”。"),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Yield links with a raw space."""
    for link in chapter.links:
        if " " in link.destination and _is_split_by_space(link):
            if _UNCLOSED.search(link.destination):
                address = link.destination.split()[0].partition("）")[0]
                yield Diagnostic(span=link.destination_span, case="unclosed", arguments={"target": address})
                continue
            spelling = chapter.source.slice(link.destination_span).replace(" ", "%20")
            yield Diagnostic(
                span=link.destination_span,
                arguments={"target": link.destination, "spelling": spelling},
                fix=None
                if _SPACE_IN_HOST.match(spelling)
                else Fix((Edit(chapter.path, link.destination_span, spelling),), True),
            )


def _is_split_by_space(link: Link) -> bool:
    destination = link.destination.strip()
    if link.is_bracketed or " " not in destination or link.kind not in _MARKDOWN or is_placeholder(destination):
        return False
    path, fragment = split(destination)
    scheme = scheme_of(destination)
    if with_title(destination) or scheme is Scheme.LOCAL:  # which have rules of their own
        return False
    return bool(fragment) or link.is_image or is_path_like(path) or scheme is not Scheme.NONE
