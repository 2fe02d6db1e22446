"""Suggestions as GitHub takes them: the body of a request that creates a review of a pull request.

Source: docs.github.com, REST API, "Create a review for a pull request"; "Commenting on a pull request" on the block
that makes a suggestion. GitHub refuses a review as a whole where one comment is on a line that the pull request does
not touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import dumps
from typing import Any, Final, NamedTuple

from convergence_docs.diagnostic import Finding, Language, Wording
from convergence_docs.reports.code_span import code_span

MOST: Final = 50
"""Comments of one review; more would be no help."""
MARK: Final = "<!-- convergence-docs suggestions -->"
_BODY = Wording(
    "What `convergence-docs fix` would change on these lines. Each can be taken by itself.",
    "`convergence-docs fix` 会在这些行上作的改动，每一处都可以单独采纳。",
)
_MORE = Wording(
    " {count} more are left out: run `convergence-docs fix`.", "另有 {count} 处：请运行 `convergence-docs fix`。"
)
_TICKS = re.compile("`{3,}")


class Suggestion(NamedTuple):
    """Lines ``line`` to ``end_line`` (1-based, inclusive) of a file replaced by ``lines``, and what that mends."""

    path: str
    line: int
    end_line: int
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


def render_review(suggestions: Iterable[Suggestion], language: Language) -> str:
    """The request's body as JSON; without comments where there is nothing to suggest."""
    found = list(suggestions)
    body = f"{MARK}\n{_BODY.to(language)}"
    if len(found) > MOST:
        body += _MORE.to(language).format(count=len(found) - MOST)
    comments = [_comment(one, language) for one in found[:MOST]]
    return dumps({"event": "COMMENT", "body": body, "comments": comments}, ensure_ascii=False, indent=2) + "\n"


def _comment(suggestion: Suggestion, language: Language) -> dict[str, Any]:
    said = [f"{code_span(one.code)} {code_span(one.message.to(language), 300)}" for one in suggestion.findings]
    lines = "".join(f"{line}\n" for line in suggestion.lines)
    fence = "`" * max((len(run) + 1 for run in _TICKS.findall(lines)), default=3)
    comment: dict[str, Any] = {
        "path": suggestion.path,
        "line": suggestion.end_line,
        "side": "RIGHT",
        "body": "\n\n".join([*said, f"{fence}suggestion\n{lines}{fence}"]),
    }
    if suggestion.end_line > suggestion.line:
        comment |= {"start_line": suggestion.line, "start_side": "RIGHT"}
    return comment
