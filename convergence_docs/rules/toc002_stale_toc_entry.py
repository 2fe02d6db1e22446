"""An entry of the hand-written table of contents leads to no heading. | 手写目录的条目没有对应的标题。

## What it checks
The anchor of every entry of a hand-written table of contents. Where it is none of the page, the heading that has the
entry's words, or nearly so, is proposed. Where several headings share their words, each entry must lead to its own.
Entries whose anchors are right on GitHub alone are reported together: they have one cause, the site's slugs.

手写目录每个条目的锚点。锚点不存在时，提出文字相同或相近的标题；几个标题文字相同时，各条目应指向各自的标题。只在 GitHub
上有效的锚点合并报告一次：原因只有一个，即站点的锚点规则。

## Why it matters
A click that goes nowhere is the surest sign to a reader that nobody looks after a page.

点了没有反应的目录，最能让读者觉得这一页无人照管。

## Example
```md
## 目录

- [一、概述](#一概述)
- [二、相关主题](#二相关主题)

## 一、概述

## 三、相关主题
```

## Use instead
```md
## 目录

- [一、概述](#一概述)
- [三、相关主题](#三相关主题)

## 一、概述

## 三、相关主题
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.toc.contents import STALE, Contents, Found, Listed, contents_of
from convergence_docs.model.toc.correction import correct
from convergence_docs.model.toc.faithful import is_faithful
from convergence_docs.rules.rule import Context, chapter_rule

_STALE = Wording("No heading has the anchor {fragment}.", "没有锚点为“{fragment}”的标题。")


@chapter_rule(
    code="TOC002",
    name="stale-toc-entry",
    severity=Severity.ERROR,
    since="0.1.0",
    needs=("anchors",),
    messages={
        "words": _STALE,
        "near": _STALE,
        "nothing": _STALE,
        "twin": Wording(
            "This entry leads to an earlier heading of the same words, {fragment}.",
            "本条目指向了前一个同名标题“{fragment}”。",
        ),
        "many": Wording(
            "{count} of {total} entries lead to no heading; the first is {fragment}.",
            "{total} 个条目中有 {count} 个没有对应的标题，第一个是“{fragment}”。",
        ),
        "github": Wording(
            "{count} entries lead nowhere on this site, whose anchors are not GitHub's: {fragment} is {target} here.",
            "本站的锚点规则与 GitHub 不同，{count} 个条目无效：“{fragment}”在这里是“{target}”。",
        ),
    },
    hints={
        "words": Wording("Write [{text}]({target}).", "改为 [{text}]({target})。"),
        "near": Wording("If '{text}' is meant, write [{text}]({target}).", "如果指“{text}”，改为 [{text}]({target})。"),
        "twin": Wording("Write [{text}]({target}).", "改为 [{text}]({target})。"),
        "nothing": Wording("Remove the entry, or write its section.", "删去该条目，或补写这一节。"),
        "many": Wording("Write the table anew, or let the site make it.", "重写目录，或改由站点自动生成。"),
        "github": Wording(
            "Let the site make GitHub's anchors, or write the entries anew.",
            "让站点采用 GitHub 的锚点规则，或改写这些条目。",
        ),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find entries that lead to no heading, or not to their own."""
    if is_faithful(chapter):
        return
    contents = contents_of(chapter, context.doubts)
    yield from _github(chapter, contents)
    stale = [one for one in contents.listed if one.found in STALE]
    if contents.is_outdated:
        yield _all_at_once(chapter, contents, stale)
        return
    for one in stale:
        heading = None if one.heading is None else chapter.headings[one.heading]
        yield Diagnostic(
            span=one.entry.link.span,
            case=one.found.value,
            arguments={
                "fragment": one.entry.link.destination,
                "text": heading.text if heading else "",
                "target": f"#{heading.site_id}" if heading else "",
            },
            related=(Related("", heading.text_span, Wording("the heading", "标题")),) if heading else (),
            fix=_fix(chapter, contents, [one]),
        )


def _all_at_once(chapter: Chapter, contents: Contents, stale: list[Listed]) -> Diagnostic:
    return Diagnostic(
        span=stale[0].entry.link.span,
        case="many",
        arguments={
            "count": str(len(stale)),
            "total": str(len(contents.listed)),
            "fragment": stale[0].entry.link.destination,
        },
        fix=_fix(chapter, contents, stale),
    )


def _github(chapter: Chapter, contents: Contents) -> Iterator[Diagnostic]:
    foreign = [one for one in contents.listed if one.found is Found.GITHUB]
    for (_, _, link), heading, _ in foreign[:1]:
        here = "" if heading is None else chapter.headings[heading].site_id
        arguments = {"count": str(len(foreign)), "fragment": link.destination, "target": f"#{here}"}
        yield Diagnostic(span=link.span, case="github", arguments=arguments)


def _fix(chapter: Chapter, contents: Contents, listed: list[Listed]) -> Fix | None:
    found = [correction for one in listed if (correction := correct(chapter, contents, one))]
    edits = tuple(Edit(chapter.path, *change) for one in found for change in one.changes)
    return Fix(edits, all(one.is_safe for one in found)) if found else None
