"""A chapter's number differs between file name, first heading and front matter. | 文件名、标题与元数据的章号不一致。

## What it checks
The chapter number of the file name (`03.2.2-架构层收敛.md`) against those of the first H1 and of the front matter's
`number` or `chapter`. Leading zeros do not matter. A file name with a single number (`03-outlook.md`) often only sorts
the folder, so it is held to single numbers alone.

比较文件名（`03.2.2-架构层收敛.md`）、第一个一级标题以及元数据 `number` 或 `chapter` 中的章号，前导零不计。只有一位编号
的文件名（`03-展望.md`）往往只用于排序，因此只与一位编号比较。

## Why it matters
Links and tables of contents name chapters by number. With two numbers, half of them lead readers astray.

链接和目录都以章号称呼章节。一章有两个章号，就有一半会把读者引错地方。

## Example
```md 03.2.2-架构层收敛.md
# 03.2.3 架构层收敛
```

## Use instead
```md 03.2.2-架构层收敛.md
# 03.2.2 架构层收敛
```

## Options
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Related, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule

_FOLDER = regex("[0-9]+")
_HINT = Wording(
    "Decide which is right; here {expected} would agree with the other.",
    "确定哪一个正确；要与另一处一致，这里应为 {expected}。",
)


@chapter_rule(
    code="NUM004",
    name="chapter-number-mismatch",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "heading": Wording(
            "The heading says chapter {number}, the file name {expected}.",
            "标题中的章号是 {number}，文件名中是 {expected}。",
        ),
        "front-matter": Wording(
            "The front matter says chapter {number}, the file name {expected}.",
            "元数据中的章号是 {number}，文件名中是 {expected}。",
        ),
        "front-matter-heading": Wording(
            "The front matter says chapter {number}, the first heading {expected}.",
            "元数据中的章号是 {number}，一级标题中是 {expected}。",
        ),
    },
    hints={"default": _HINT},
)
def check(chapter: Chapter, _: Context) -> Iterator[Diagnostic]:
    """Compare the numbers that a chapter gives itself."""
    in_name, in_heading = chapter.file_number, chapter.heading_number
    if in_name and in_heading and in_heading.span and _differ(in_name.parts, in_heading.parts, chapter.path):
        yield Diagnostic(
            span=in_heading.span,
            case="heading",
            arguments={"number": in_heading.text, "expected": in_name.text},
            fix=Fix((Edit(chapter.path, in_heading.span, in_name.text),), safe=False),
        )
    in_matter = _front_matter_number(chapter)
    if not in_matter:
        return
    for number, case in ((in_name, "front-matter"), (in_heading, "front-matter-heading")):
        if number and _differ(number.parts, tuple(in_matter.split(".")), chapter.path):
            note = Wording("the other number", "另一处章号")
            yield Diagnostic(
                span=chapter.front_matter.span,
                case=case,
                arguments={"number": in_matter, "expected": number.text},
                related=(Related("", number.span, note),) if number.span else (),
            )
            return


def _differ(one: tuple[str, ...], other: tuple[str, ...], path: str) -> bool:
    if (len(one) == 1) != (len(other) == 1):
        return False
    name, said = tuple(map(int, one)), tuple(map(int, other))
    long, short = sorted((name, said), key=len, reverse=True)
    # In a numbered folder, 05.4 may be short for the 11.5.4 of the heading.
    is_local = name[0] != said[0] and said[0] in [
        int(found[0]) for found in map(_FOLDER.match, path.split("/")) if found
    ]
    return not is_local and long[-len(short) :] != short


def _front_matter_number(chapter: Chapter) -> str:
    """The number as written; YAML reads 3.10 as a float that lost its zero, so only text can be trusted."""
    for key in ("number", "chapter", "chapter_number"):
        value = chapter.front_matter.values.get(key)
        if isinstance(value, str) and all(part.isdecimal() and part.isascii() for part in value.split(".")):
            return value
    return ""
