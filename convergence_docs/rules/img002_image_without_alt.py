"""An image has no alternative text. | 图片缺少替代文字。

## What it checks
Markdown images with empty brackets, and `<img>` elements without an `alt` attribute. In HTML, `alt=""` says on
purpose that the image is mere decoration; that is fine.

方括号为空的 Markdown 图片，以及没有 `alt` 属性的 `<img>`。HTML 中写 `alt=""` 是有意声明该图仅作装饰，不报告。

## Why it matters
Readers who cannot see the image, search engines, and everybody while the image does not load have only this text.
(Web Content Accessibility Guidelines 2.2, 1.1.1.)

看不见图片的读者、搜索引擎，以及图片尚未加载时的所有人，都只能依靠这段文字（《Web 内容无障碍指南》2.2 版第 1.1.1 条）。

## Example
```md chapter.md
![](layers.png)
```

```file layers.png
```

## Use instead
```md chapter.md
![三层结构：数学层、架构层、能力层](layers.png)
```

```file layers.png
```

## Options
None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule

_ALT = regex(r"\balt\b|aria-hidden|role=.?(?:presentation|none)", re.IGNORECASE)


@chapter_rule(
    code="IMG002",
    name="image-without-alt",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"default": Wording("The image '{target}' has no alternative text.", "图片“{target}”没有替代文字。")},
    hints={
        "default": Wording(
            "Say in the brackets (in HTML: in alt) what the image shows; in HTML, alt with an empty value marks "
            "decoration.",
            "请在方括号中（HTML 中为 alt）写明图片内容；纯装饰的图片可在 HTML 中写空的 alt。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Yield images without words."""
    for link in chapter.links:
        # Nearly every link has words, so that is asked first.
        if not link.text.strip() and link.is_image and link.destination and not _has_words(chapter, link):
            yield Diagnostic(span=link.span, arguments={"target": _short(link.destination)})


def _has_words(chapter: Chapter, link: Link) -> bool:
    return link.kind is LinkKind.HTML_IMAGE and _ALT.search(chapter.source.slice(link.span)) is not None


def _short(destination: str) -> str:
    # A data: address may hold the whole image.
    return destination if len(destination) <= 80 else f"{destination[:77]}..."
