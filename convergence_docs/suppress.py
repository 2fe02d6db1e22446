"""Let findings stand where a chapter allows them, and tell which allowances nothing needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from convergence_docs.diagnostic import Finding
from convergence_docs.model.allowance import VERBS, Allowance, Unused

_NEVER = ("SUP", "RUN")
"""Findings about allowances and about the run itself cannot be allowed: that would hide what was not checked."""


class Settled(NamedTuple):
    """What is left to report: the findings that nothing allows, and the allowances that allowed nothing."""

    findings: tuple[Finding, ...]
    unused: tuple[Unused, ...]


def settle(
    findings: Iterable[Finding],
    allowances: Mapping[str, tuple[Allowance, ...]],
    ran: Callable[[str, str], bool],
    names: Mapping[str, str],
) -> Settled:
    """Take out the findings that an allowance covers.

    Args:
        findings: all findings of a run, of chapter rules and book rules alike.
        allowances: the allowances of every chapter that has any, by path.
        ran: whether the rule of a code was looked for in a path; what was not looked for cannot be missed.
        names: every rule's name, by its code.
    """
    codes = {name: code for code, name in names.items()} | {code: code for code in names}
    used: set[tuple[str, int, str]] = set()
    kept = []
    for finding in findings:
        covering = [
            (finding.path, allowance.span.start, word.text)
            for allowance in allowances.get(finding.path, ())
            if allowance.is_covering(finding.line)
            for word in allowance.rules
            if code_of(word.text, codes) == finding.code
        ]
        if not covering or finding.code.startswith(_NEVER):
            kept.append(finding)
        used.update(covering)
    unused = [
        Unused(path, allowance, word)
        for path in sorted(allowances)
        for allowance in allowances[path]
        if allowance.verb in VERBS
        for word in allowance.rules
        if (path, allowance.span.start, word.text) not in used
        and (code := code_of(word.text, codes)) is not None
        and ran(code, path)
    ]
    return Settled(tuple(kept), tuple(unused))


def code_of(word: str, codes: Mapping[str, str]) -> str | None:
    """The code of the rule that ``word`` names, by code or name in any letter case; ``None`` for no rule."""
    return codes.get(word.upper()) or codes.get(word.lower())
