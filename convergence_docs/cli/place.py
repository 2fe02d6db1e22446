"""Where reports say things are: as seen from the current folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from posixpath import normpath

from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding, Report, Standing


def place_in(docs_root: str) -> Callable[[str], str]:
    """What turns a path in the docs folder into one as seen from the current folder, with ``/`` everywhere.

    On another drive, where there is no way from here to there, it becomes absolute.
    """
    try:
        prefix = os.path.relpath(docs_root)
    except ValueError:
        prefix = os.path.abspath(docs_root)
    prefix = prefix.replace(os.sep, "/")

    def moved(path: str) -> str:
        joined = path if prefix == "." else f"{prefix}/{path}" if path else prefix
        return normpath(joined) if ".." in joined else joined

    return moved


def patch_place(config: Config) -> Callable[[str], str]:
    """Where a patch says that files are: as git does, from the top of the repository; elsewhere from here."""
    top = config.boundary
    if os.path.lexists(os.path.join(top, ".git")):
        below = os.path.relpath(os.path.realpath(config.docs_root), os.path.realpath(top)).replace(os.sep, "/")
        return lambda path: path if below == "." else f"{below}/{path}"
    moved = place_in(config.docs_root)
    return (lambda path: path) if moved("x").startswith(("../", "/")) else moved


def relocated(report: Report, docs_root: str) -> Report:
    """The report with paths as seen from the current folder."""
    moved = place_in(docs_root)
    if moved("x") == "x":
        return report
    return replace(
        report,
        findings=tuple(_moved(finding, moved) for finding in report.findings),
        baseline=_standing(report.baseline, moved),
        base=_standing(report.base, moved),
    )


def _standing(standing: Standing | None, moved: Callable[[str], str]) -> Standing | None:
    """The fingerprints of what is mended stay those of paths in the docs folder."""
    if standing is None:
        return None
    return replace(
        standing,
        known=tuple(_moved(finding, moved) for finding in standing.known),
        mended=tuple(trace._replace(path=moved(trace.path)) for trace in standing.mended),
    )


def _moved(finding: Finding, moved: Callable[[str], str]) -> Finding:
    return replace(
        finding,
        path=moved(finding.path),
        related=tuple(place._replace(path=moved(place.path)) for place in finding.related),
        changes=tuple(change._replace(path=moved(change.path)) for change in finding.changes),
    )


def merged(reports: Sequence[Report]) -> Report:
    """One report of several sites; what two of them say alike is said once."""
    if len(reports) == 1:
        return reports[0]
    findings = {(f.path, f.line, f.column, f.code, f.message.en): f for report in reports for f in report.findings}
    return Report(
        findings=tuple(findings[key] for key in sorted(findings)),
        chapters=sum(report.chapters for report in reports),
        unverified=tuple(dict.fromkeys(what for report in reports for what in report.unverified)),
        unread_diagrams=sum(report.unread_diagrams for report in reports),
        baseline=_together([report.baseline for report in reports if report.baseline]),
        base=_together([report.base for report in reports if report.base]),
    )


def _together(standings: Sequence[Standing]) -> Standing | None:
    if not standings:
        return None
    return Standing(
        name=", ".join(dict.fromkeys(one.name for one in standings)),
        known=tuple(finding for one in standings for finding in one.known),
        mended=tuple(trace for one in standings for trace in one.mended),
    )
