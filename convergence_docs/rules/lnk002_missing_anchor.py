"""A link leads to a place on a page that the page does not have. | 链接的锚点在页面中不存在。

## What it checks
The fragment of every link into a chapter, this one or another, against the ids that the chapter has on the site:
headings, `{#id}`, `id` and `name` attributes, footnotes. Line numbers (`#L10`), text fragments (`:~:text=`), ids made
by tabs and code blocks, and chapters that take in text from elsewhere are left alone, and so are fragments of files
that are not Markdown. Entries of a hand-written table of contents belong to the TOC rules.

指向章节（本章或其他章）的链接，其锚点与该章在网站上的全部 id 核对：标题、`{#id}`、`id` 与 `name` 属性、脚注。行号（
`#L10`）、文本片段（`:~:text=`）、标签页和代码块生成的 id、引入了外部文字的章节，以及非 Markdown 文件的锚点，都不检
查。手写目录中的条目归目录规则。

## Why it matters
The page opens at its top, and the reader has to search for what the link promised. Anchors die silently whenever a
heading is reworded or renumbered.

页面会停在开头，读者得自己去找链接许诺的内容。标题一改字或重新编号，锚点就悄悄失效。

## Example
```md chapter.md
# 收敛

参见 [结论](#八核心结论)。

## 七、核心结论
```

## Use instead
```md chapter.md
# 收敛

参见 [结论](#七核心结论)。

## 七、核心结论
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.escapes import unquote
from convergence_docs.model.book import Book
from convergence_docs.model.links.destination import with_fragment
from convergence_docs.model.links.proposal import propose_anchor
from convergence_docs.model.links.target import LinkFault, TargetKind, faults, is_toc_entry
from convergence_docs.rules.rule import Context, link_rule

_HERE = Wording("This page has no anchor '#{fragment}'.", "本页没有锚点“#{fragment}”。")
_THERE = Wording("'{page}' has no anchor '#{fragment}'.", "“{page}”中没有锚点“#{fragment}”。")
_NEAR = Wording("The nearest is '{spelling}'.", "最接近的是“{spelling}”。")
_NONE = Wording(
    "No heading comes near: correct the fragment, or give the place an id.",
    "没有相近的标题：请改正锚点，或为该处加上 id。",
)


@link_rule(
    code="LNK002",
    name="missing-anchor",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("pages", "anchors"),
    messages={"here": _HERE, "there": _THERE, "here-near": _HERE, "there-near": _THERE},
    hints={"default": _NONE, "here-near": _NEAR, "there-near": _NEAR},
)
def check(book: Book, context: Context) -> Iterator[Diagnostic]:
    """Yield links to places that a chapter does not have."""
    for path, target in faults(book, LinkFault.MISSING_ANCHOR):
        link = target.link
        case = "here" if target.kind is TargetKind.SAME_PAGE else "there"
        if is_toc_entry(book, path, target):
            continue
        arguments = {"fragment": unquote(target.fragment), "page": target.path}
        proposal = propose_anchor(book, target.path, unquote(target.fragment))
        fix = None
        if proposal is not None:
            spelling = with_fragment(link.destination, proposal.names[0])
            case = f"{case}-near"
            arguments["spelling"] = spelling
            fix = Fix((Edit(path, link.destination_span, spelling),), proposal.is_certain)
        yield Diagnostic(path=path, span=link.destination_span, case=case, arguments=arguments, fix=fix)
