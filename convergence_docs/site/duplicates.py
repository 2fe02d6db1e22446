"""MkDocs validates links itself: what the report has told already is not told again; all else is left alone."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable
from urllib.parse import unquote

from convergence_docs.diagnostic import Finding, Severity

_LOGGER = "mkdocs.structure.pages"
_SAYS = re.compile(r"Doc file '(?P<page>[^\n]+?)' contains an? [a-z ]*link '(?P<link>[^\n]+?)'(?:,| but)")
_ABOUT_TARGETS = frozenset(
    ("LNK001", "LNK002", "LNK003", "LNK004", "LNK007", "LNK008", "LNK009", "LNK011", "IMG001", "TOC002")
)
"""Rules whose findings stand on a destination that leads nowhere."""


class _Told(logging.Filter):
    """Drops MkDocs' messages about destinations that are ``known``, by page and destination."""

    def __init__(self, known: frozenset[tuple[str, str]]) -> None:
        super().__init__()
        self.known = known

    def filter(self, record: logging.LogRecord) -> bool:
        said = _SAYS.match(record.getMessage())
        return said is None or (said["page"], _plain(said["link"])) not in self.known


def quiet(findings: Iterable[Finding]) -> None:
    """Keep MkDocs from repeating ``findings``, and forget those of an earlier build.

    Only what was logged as a warning counts: strict builds must stop at a link for one reason at least.
    """
    logger = logging.getLogger(_LOGGER)
    for known in [one for one in logger.filters if isinstance(one, _Told)]:
        logger.removeFilter(known)
    told = frozenset(
        (finding.path, _plain(_destination(finding)))
        for finding in findings
        if finding.code in _ABOUT_TARGETS and finding.severity is not Severity.NOTICE
    )
    if told:
        logger.addFilter(_Told(told))


def _destination(finding: Finding) -> str:
    """What the finding stands on; of a contents entry, the destination in it."""
    before = finding.excerpt_column
    text = finding.excerpt[finding.column - before : finding.end_column - before] if finding.line else ""
    return text.rpartition("](")[2].removesuffix(")") if finding.code == "TOC002" else text


def _plain(destination: str) -> str:
    """A destination as all spell it who escape differently."""
    return unquote(html.unescape(destination.strip("<> ")))
