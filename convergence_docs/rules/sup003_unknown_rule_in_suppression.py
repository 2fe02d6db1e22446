"""An allowance names no rule, or one that does not exist. | 豁免注释没有指明规则，或指明的规则不存在。

## What it checks

A comment that begins with `convergence-docs:` says `allow` or `allow-file` and then the codes or names of rules, with
commas between them. The list of all rules: `convergence-docs rules`.

以 `convergence-docs:` 开头的注释，先写 `allow` 或 `allow-file`，再写规则的代码或名称，用逗号分隔。全部规则见
`convergence-docs rules`。

## Why it matters

A misspelt name allows nothing, and the author goes on believing that it does.

名称写错的注释什么也不豁免，作者却以为它有效。

## Example

```md
# Chapter

[index](made-at-build.md) <!-- convergence-docs: allow missing-fiel -- the build makes this page -->
```

## Use instead

```md
# Chapter

[index](made-at-build.md) <!-- convergence-docs: allow missing-file -- the build makes this page -->
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.allowance import VERBS, read_allowances
from convergence_docs.model.chapter import Chapter
from convergence_docs.rules.rule import Context, chapter_rule

_VERBS = Wording("Write allow or allow-file after the colon.", "冒号之后请写 allow 或 allow-file。")
_RULES = Wording(
    "See the names of all rules with: convergence-docs rules.", "用 convergence-docs rules 查看全部规则的名称。"
)


@chapter_rule(
    code="SUP003",
    name="unknown-rule-in-suppression",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={
        "default": Wording("There is no rule {rule}.", "没有名为 {rule} 的规则。"),
        "near": Wording("There is no rule {rule}.", "没有名为 {rule} 的规则。"),
        "none": Wording("This comment names no rule to allow.", "此注释没有指明要豁免的规则。"),
        "verb": Wording("This comment asks for {verb}, which means nothing here.", "此注释中的 {verb} 没有含义。"),
    },
    hints={
        "default": _RULES,
        "near": Wording("Did you mean {near}?", "是否想写 {near}？"),
        "verb": _VERBS,
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find allowances with unknown words."""
    allowances = read_allowances(chapter)
    if not allowances:
        return
    from convergence_docs.rules import discover  # the rules import this module: only now are all of them there

    known = {name for rule in discover() for name in (rule.name, rule.code)}
    for allowance in allowances:
        if allowance.verb not in VERBS:
            yield Diagnostic(span=allowance.span, case="verb", arguments={"verb": allowance.verb or "''"})
        elif not allowance.rules:
            yield Diagnostic(span=allowance.span, case="none")
        for word in allowance.rules if allowance.verb in VERBS else ():
            if word.text.lower() in known or word.text.upper() in known:
                continue
            from difflib import get_close_matches

            near = get_close_matches(word.text.lower(), known, n=1)
            yield Diagnostic(
                span=word.span,
                case="near" if near else "default",
                arguments={"rule": word.text, **({"near": near[0]} if near else {})},
            )
