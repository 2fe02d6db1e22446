"""Safe fixes as pieces of lines to put into a pull request: each mends what it says by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from convergence_docs import engine
from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding
from convergence_docs.mended import Mend, Mended, Rewritten
from convergence_docs.reports.review import Suggestion

LONGEST = 20
"""Lines of one suggestion; a longer one is for `fix`."""
MOST_LINES = 20_000
"""Lines of a file whose differences are looked for."""


def make_suggestions(
    config: Config, findings: Iterable[Finding], is_wanted: Callable[[Finding], bool]
) -> tuple[Suggestion, ...]:
    """What mends those of ``findings`` that are wanted, applied in memory and checked again. Paths are as in a report.

    A fix that needs edits in several places is left out: half of it could be taken.
    """
    wanted = {_key(finding) for finding in findings if is_wanted(finding)}
    if not wanted:
        return ()
    mended = engine.mend(config, lambda finding: _key(finding) in wanted)
    return tuple(one for file in mended.files for one in _suggested(file, mended))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.line, finding.column, finding.code, finding.message.en


def _suggested(file: Rewritten, mended: Mended) -> Iterable[Suggestion]:
    if file.before is None or file.after is None or b"\r" in file.before:
        return  # whoever takes a suggestion gets line feeds
    before, after = (data.decode("utf-8-sig", "replace").split("\n") for data in (file.before, file.after))
    if max(len(before), len(after)) > MOST_LINES:
        return
    mends = [one for one in mended.mends if one.finding.path == file.path]
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or end - start > LONGEST or new_end - new_start > LONGEST:
            continue
        here = [one for one in mends if one.after + one.before and new_start <= one.line <= max(new_end, new_start + 1)]
        if not here or not all(_is_whole(one, start, end) for one in here):
            continue
        lines = after[new_start:new_end]
        if start == end:  # what is only put in replaces the line before it, with itself
            if start == 0:
                continue
            start, lines = start - 1, [before[start - 1], *lines]
        yield Suggestion(file.path, start + 1, end, tuple(lines), tuple(one.finding for one in here))


def _is_whole(mend: Mend, start: int, end: int) -> bool:
    """Whether all that mends the finding lies in these lines (counted from 0)."""
    changes: Sequence[tuple[str, int, int]] = [
        (change.path, change.line, change.end_line) for change in mend.finding.changes
    ]
    return bool(changes) and all(
        path == mend.finding.path and start <= line and last <= max(end, start) + 1 for path, line, last in changes
    )
