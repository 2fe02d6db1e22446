"""Findings into MkDocs' log, where ``--strict`` counts them."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from typing import Final

from convergence_docs.diagnostic import Finding, Language, Report, Severity
from convergence_docs.errors import Fault
from convergence_docs.reports.counting import standing_lines
from convergence_docs.reports.terminal import UNVERIFIED, render_finding

LOG: Final = logging.getLogger("mkdocs.plugins.convergence")
_LEVELS: Final = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.NOTICE: logging.INFO}


def log_report(report: Report, docs_root: str, language: Language) -> None:
    """Log all findings, and all that could not be verified."""
    for finding in report.findings:
        log_finding(finding, docs_root, language)
    for what in report.unverified:
        LOG.info("%s%s", UNVERIFIED.to(language), what.to(language))
    for line in standing_lines(report, language):
        LOG.info("%s", line)


def log_finding(finding: Finding, docs_root: str, language: Language) -> None:
    """Log one finding: place, code, message, the source line with its caret, and what to do.

    Errors and warnings are logged as warnings, because those are what ``mkdocs build --strict`` stops at.
    """
    root = _from_here(docs_root)
    related = tuple(place._replace(path=f"{root}{place.path}") for place in finding.related)
    shown = replace(finding, path=f"{root}{finding.path}", related=related)
    LOG.log(_LEVELS[finding.severity], "%s", "\n".join(render_finding(shown, language)))


def log_fault(fault: Fault, language: Language) -> None:
    """Log that the chapters could not be checked at all."""
    where = f"{fault.where}: " if fault.where else ""
    hint = fault.hint[language]
    LOG.error("%s%s%s", where, fault.title[language], f" {hint}" if hint else "")


def _from_here(docs_root: str) -> str:
    """What to put before a docs-relative path so that it leads there from the current folder."""
    try:
        root = os.path.relpath(docs_root)
    except ValueError:  # another drive
        root = docs_root
    if root.startswith(os.pardir):
        root = os.path.abspath(docs_root)
    root = root.replace(os.sep, "/")
    return "" if root == "." else f"{root}/"
