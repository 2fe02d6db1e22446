"""Make the numbers of a book's headings agree again, with all that names them."""

from __future__ import annotations

from collections.abc import Callable

from convergence_docs.comparing import offset_of
from convergence_docs.diagnostic import Finding
from convergence_docs.model.renumbering import renumbering
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.restructure.counting import CODES
from convergence_docs.restructure.restructuring import Draft, Worse, current_text, restructure
from convergence_docs.restructured import Restructured


def renumber(start: Rehearsal, whole: Whole, is_wanted: Callable[[str], bool], jobs: int | None = None) -> Restructured:
    """Number the wanted chapters' headings again where a rule finds fault, in memory; faults as of `restructure`.

    A chapter that would be worse for it keeps its numbers; ``left`` says why.
    """
    drafts = _drafts(start, whole, is_wanted)
    left: dict[str, Finding] = {}
    while True:
        try:
            return restructure(start, whole, drafts, jobs)._replace(left=left)
        except Worse as worse:
            spoilt = drafts.keys() & worse.findings.keys()
            if not spoilt:
                raise
            left.update({path: worse.findings[path] for path in spoilt})
            drafts = {path: draft for path, draft in drafts.items() if path not in spoilt}


def _drafts(start: Rehearsal, whole: Whole, is_wanted: Callable[[str], bool]) -> dict[str, Draft]:
    at_fault: dict[str, set[int]] = {}
    for finding in start.report.findings:
        if finding.code in CODES and is_wanted(finding.path) and finding.path in whole.chapters:
            place = offset_of(finding, whole.chapters[finding.path].source)
            at_fault.setdefault(finding.path, set()).add(place)
    return {
        path: Draft(current_text(start, path), range(len(whole.chapters[path].headings)), places)
        for path, places in at_fault.items()
        if renumbering(whole.chapters[path], places)
    }
