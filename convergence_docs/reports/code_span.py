"""What a chapter says, quoted in Markdown: in a code span GitHub reads no mark-up, mentions nobody, links no number."""

from __future__ import annotations

import re
from typing import Final

from convergence_docs.reports.cells import ELLIPSIS, sanitised

LONGEST: Final = 160
"""Characters of one quoted piece."""
_TICKS = re.compile("`+")


def code_span(text: str, longest: int = LONGEST) -> str:
    """A code span that shows ``text`` on one line, in a table too."""
    said = sanitised(" ".join(text.split()))
    if len(said) > longest:
        said = said[: longest - 1] + ELLIPSIS
    # A pipe ends a cell even in code; GitHub takes one backslash before it away, but two would be one backslash.
    said = said.replace("\\|", "\\ |").replace("|", "\\|")
    ticks = max((len(run) for run in _TICKS.findall(said)), default=0)
    fence = "`" * (ticks + 1)
    pad = " " if said.startswith("`") or said.endswith("`") or not said else ""
    return f"{fence}{pad}{said}{pad}{fence}"
