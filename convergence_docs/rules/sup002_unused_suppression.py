"""An allowance allows nothing. | 豁免注释没有豁免任何问题。

## What it checks

Every rule that a comment `<!-- convergence-docs: allow ... -->` names finds something on the lines that the comment
covers: its own line, the block below it if it stands alone, the whole file for `allow-file`. Rules that are off, or
that did not run, are not asked about.

注释 `<!-- convergence-docs: allow ... -->` 所列的每条规则，都在它覆盖的行中有所发现：本行；单独成行时是其下的一段；
`allow-file` 则是整个文件。已关闭或没有运行的规则不问。

## Why it matters

A comment that outlives its fault hides the next one on the same line.

问题改好了而注释还在，就会掩盖同一行的下一个问题。

## Example

```md
# Chapter

Nothing is wrong here. <!-- convergence-docs: allow missing-h1 -- no title wanted -->
```

## Use instead

```md
# Chapter

Nothing is wrong here.
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.allowance import Unused
from convergence_docs.rules.rule import Context, allowance_rule


@allowance_rule(
    code="SUP002",
    name="unused-suppression",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={
        "default": Wording(
            "{rule} finds nothing that this comment covers.", "此注释所及之处，{rule} 没有发现任何问题。"
        )
    },
    hints={
        "default": Wording(
            "Take the comment away, or move it to the line it is meant for.", "删去此注释，或移到它所针对的那一行。"
        )
    },
)
def check(unused: Sequence[Unused], context: Context) -> Iterator[Diagnostic]:
    """Find what allowances name in vain."""
    for one in unused:
        yield Diagnostic(path=one.path, span=one.rule.span, arguments={"rule": one.rule.text})
