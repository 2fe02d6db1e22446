"""An allowance gives no reason. | 豁免注释没有写明理由。

## What it checks

A comment `<!-- convergence-docs: allow ... -->` says after ` -- ` why the finding may stand. One without a reason
still works, and is found itself.

注释 `<!-- convergence-docs: allow ... -->` 要在 ` -- ` 之后写明理由。没有理由的注释仍然有效，但它本身会被报告。

## Why it matters

A finding that is allowed without a reason cannot be judged later: nobody knows whether it still holds.

没有理由的豁免日后无从判断：谁也不知道它是否仍然成立。

## Example

```md
# Chapter

[index](made-at-build.md) <!-- convergence-docs: allow missing-file -->
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


@chapter_rule(
    code="SUP001",
    name="suppression-without-reason",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording("This comment allows {rules} without a reason.", "此注释豁免了 {rules}，却没有写明理由。")
    },
    hints={
        "default": Wording(
            "Write the reason after two hyphens: allow {rules} -- why it may stand.",
            "在两个连字符之后写明理由：allow {rules} -- 为何可以保留。",
        )
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find allowances whose reason is empty."""
    for allowance in read_allowances(chapter):
        if allowance.verb in VERBS and allowance.rules and not allowance.reason:
            yield Diagnostic(span=allowance.span, arguments={"rules": ", ".join(word.text for word in allowance.rules)})
