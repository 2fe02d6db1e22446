"""A section that every chapter should have is missing. | 缺少必备的小节。

## What it checks

Every title in the option `sections` is the title of a heading of the chapter, without regard to its number, its level
and bold marks. `结论|核心结论` asks for either. With no sections set, the rule is silent. Settings for paths
turn it off where a page is no chapter; index pages (`index.md`, `README.md`) are never asked.

选项 `sections` 中的每个名称，都是本章某个标题的文字；编号、级别和加粗不计。`结论|核心结论` 表示二者有其一即可。没有
设置 `sections` 时不检查。不是章节的页面可按路径关闭本规则；索引页（`index.md`、`README.md`）从不检查。

## Why it matters

Readers of a book whose chapters all end in conclusions and sources look for them in each.

一本书的各章若都以结论和参考文档收尾，读者就会在每一章里去找它们。

## Example

```yaml options
sections: [概述, 参考文档]
```

```md
# 架构层收敛

## 一、概述
```

## Use instead

```yaml options
sections: [概述, 参考文档]
```

```md
# 架构层收敛

## 一、概述

## 二、参考文档
```

## Options

- `sections`: titles that every chapter needs; none unless set.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import normalise
from convergence_docs.rules.rule import Context, Option, chapter_rule
from convergence_docs.text import Span


@chapter_rule(
    code="DOC006",
    name="missing-section",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={"default": Wording("This chapter has no section '{section}'.", "本章缺少小节“{section}”。")},
    hints={
        "default": Wording(
            "Add a heading of that title, or turn the rule off for this path.", "请补上该标题，或对此路径关闭本规则。"
        )
    },
    options={
        "sections": Option([], Wording("Titles that every chapter needs.", "每一章都必须有的小节标题。")),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find chapters that lack a section."""
    sections = context.options["sections"]
    if not sections or chapter.path.rpartition("/")[2].lower() in ("index.md", "readme.md"):
        return
    titles = {normalise(heading.number.title if heading.number else heading.text) for heading in chapter.headings}
    titles |= {normalise(heading.text) for heading in chapter.headings}
    at = chapter.headings[0].span if chapter.headings else Span(0, 0)
    for section in sections:
        if not any(normalise(title) in titles for title in str(section).split("|")):
            yield Diagnostic(span=at, arguments={"section": str(section)})
