"""A reference link names a label that nobody defines. | 引用式链接的标签未定义。

## What it checks
`[text][label]` without `[label]: target`, but only where it was very probably meant as a reference: a label of nearly
that spelling is defined, the definition is written with a full-width colon, the label is itself a path or an address,
or the chapter writes its links by reference and the text is no citation. Two citations side by side (`[1][2]`,
`[Kaplan][Hoffmann]`) and indices (`a[i][j]`) are fine.

`[文字][标签]` 没有对应的 `[标签]: 目标`，且很可能本意是引用：有拼写相近的标签定义、定义用了全角冒号、标签本身是路径
或网址，或本章惯用引用式链接而该处又不是文献引用。并列的两处文献引用（`[1][2]`、`[Kaplan][Hoffmann]`）和下标（
`a[i][j]`）不算。

## Why it matters
The reader sees two pairs of brackets instead of a link.

读者看到的是两对方括号，而不是链接。

## Example
```md chapter.md
参见 [原始论文][kaplan2020]。

[kaplan-2020]: https://arxiv.org/abs/2001.08361
```

## Use instead
```md chapter.md
参见 [原始论文][kaplan-2020]，另见 [Kaplan][Hoffmann]。

[kaplan-2020]: https://arxiv.org/abs/2001.08361
```

## Options
None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from convergence_docs.diagnostic import Diagnostic, Edit, Fix, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.links.destination import is_surely_a_destination
from convergence_docs.model.links.likeness import Likeness, letters_of
from convergence_docs.model.nodes import LinkKind, LooseReference
from convergence_docs.regex import regex
from convergence_docs.rules.rule import Context, chapter_rule

_LIKE_ENOUGH = 0.7
_BRACKETED = regex(r"\n\[[^\[\]\n]*\]：|\[[^\[\]\n]*\]")
_CODE_NAME = regex(r"\w[._]\w")
"""A label such as ``config.pagination`` is resolved across pages by plugins, if by anything."""
_UNDEFINED = Wording("The label '[{label}]' is not defined.", "标签“[{label}]”未定义。")


@chapter_rule(
    code="LNK012",
    name="undefined-reference",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("references",),
    messages=dict.fromkeys(("near", "colon", "inline", "undefined"), _UNDEFINED),
    hints={
        "near": Wording(
            "The label '[{near}]' is defined: write it, or define '[{label}]'.",
            "已定义的标签是“[{near}]”：请改用它，或定义“[{label}]”。",
        ),
        "colon": Wording(
            "Its definition is written with a full-width colon: write '[{label}]:' and a blank.",
            "它的定义用了全角冒号：请写成“[{label}]:”并加空格。",
        ),
        "inline": Wording("Write the target in parentheses: '({label})'.", "把目标写在圆括号里：“({label})”。"),
        "undefined": Wording(
            "Add a line '[{label}]:' and the target, or write the target in parentheses.",
            "请补上一行“[{label}]: 目标”，或把目标写在圆括号里。",
        ),
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Yield references that were meant as such."""
    if not chapter.loose_references:
        return
    labels = tuple(definition.label for definition in chapter.definitions)
    likeness = Likeness(labels)
    by_reference = any(link.kind in (LinkKind.REFERENCE, LinkKind.REFERENCE_IMAGE) for link in chapter.links)
    bracketed = Counter(_BRACKETED.findall(chapter.source.text))
    for loose in chapter.loose_references:
        label = loose.label or loose.text
        near = "" if label.isdigit() else next(iter(likeness.nearest(label, at_least=_LIKE_ENOUGH, limit=1)), "")
        if _CODE_NAME.search(label) and letters_of(near) != letters_of(label):
            near = ""
        case = _case(chapter, loose, near, bracketed, by_reference=by_reference)
        if case:
            fix = None
            if case == "near" and loose.label and letters_of(near) == letters_of(label):
                fix = Fix((Edit(chapter.path, loose.label_span, near),), True)
            span = loose.label_span if loose.label else loose.span
            yield Diagnostic(span=span, case=case, arguments={"label": label, "near": near}, fix=fix)


def _case(
    chapter: Chapter, loose: LooseReference, near: str, bracketed: Mapping[str, int], *, by_reference: bool
) -> str:
    """Why the reference was meant as one; empty where it need not have been. ``bracketed`` counts ``[...]``."""
    text, label = chapter.source.text, loose.label or loose.text
    before = text[loose.span.start - 1 : loose.span.start]
    is_in_words = before.isalnum() and not (loose.label and before > "~")  # no blank stands before Chinese links
    if is_in_words or before in ("_", "]", ")", "\\") or text[loose.span.end : loose.span.end + 1] == "[":
        return ""
    if loose.text.startswith("!") or "]\n[" in text[loose.span.start : loose.span.end]:
        return ""  # an alert, such as [!NOTE]; brackets of two lines, which GitHub does not join
    line = text[text.rfind("\n", 0, loose.span.start) + 1 :].partition("\n")[0].strip()
    if not loose.label and line == f"[{label}]" and not is_surely_a_destination(label):
        return ""  # a table of a TOML file
    if near:
        return "near" if near != label else ""
    if f"\n[{label}]：" in bracketed:
        return "colon"
    if is_surely_a_destination(label) and loose.label and not label.endswith(".Markdown"):  # a class of that name
        return "inline"
    if before.isalnum():
        return ""
    is_cited = bracketed[f"[{label}]"] > 1 or " " in label or _CODE_NAME.search(label) is not None
    if by_reference and loose.label and not is_cited and not _is_citation(loose.text):
        return "undefined"
    return ""


def _is_citation(text: str) -> bool:
    """Whether a text in brackets may itself be a citation: one word, a number, a name with a year."""
    words = text.split()
    return len(words) < 3 and (text.isascii() or any(character.isdigit() for character in text))
