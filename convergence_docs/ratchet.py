"""A baseline on disk: what a report comes to when it is held against it, how it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from convergence_docs.baseline import NEVER, UNREAD, hold, read_baseline, render_baseline
from convergence_docs.changed import Touch
from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding, Report, RuleInfo, Standing, Trace
from convergence_docs.errors import Fault
from convergence_docs.fingerprints import make_traces, with_fingerprints
from convergence_docs.load import list_files
from convergence_docs.writing import replace_file

LARGEST = 64 * 1024 * 1024
"""Bytes of a baseline that is read."""


def load_baseline(where: str) -> tuple[Trace, ...]:
    """What a baseline holds.

    Raises:
        Fault: it cannot be read, or is none.
    """
    try:
        with open(where, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Fault(
            en=f"The baseline cannot be read ({error.strerror}).",
            zh=f"无法读取基线文件（{error.strerror}）。",
            where=where,
        ) from error
    if len(data) > LARGEST:
        raise Fault(
            en=f"The baseline is larger than {LARGEST} bytes.", zh=f"基线文件大于 {LARGEST} 字节。", where=where
        )
    return read_baseline(data, where)


class Past(NamedTuple):
    """An earlier state to hold a report against: its name and its findings.

    ``is_touched`` tells which lines changed since: what stands there is reported anyway.
    """

    name: str
    traces: tuple[Trace, ...]
    is_touched: Touch = lambda path, line, end_line: False


def hold_against(config: Config, report: Report, *, baseline: Past | None = None, base: Past | None = None) -> Report:
    """The report on what is new to the earlier states; findings come with fingerprints."""
    traces = make_traces(config, report.findings)
    findings = with_fingerprints(report.findings, traces)
    chapters = list_files(config).chapters
    kept = list(range(len(findings)))
    unread = {one.path for one in findings if one.code.startswith(UNREAD)}
    standings: list[Standing | None] = []
    for past in (baseline, base):
        if past is None:
            standings.append(None)
            continue
        held = hold(traces, past.traces, chapters.__contains__)
        new = set(held.new)

        def is_shown(at: int, new: set[int] = new, past: Past = past) -> bool:
            # What was not checked is said every time.
            return at in new or findings[at].code.startswith(NEVER) or _is_on(past.is_touched, findings[at])

        known = tuple(findings[at] for at in kept if not is_shown(at))
        gone = tuple(one for one in held.gone if one.path not in unread and _is_judged(config, one))
        standings.append(Standing(name=past.name, known=known, mended=gone))
        kept = [at for at in kept if is_shown(at)]
    return replace(report, findings=tuple(findings[at] for at in kept), baseline=standings[0], base=standings[1])


def _is_on(is_touched: Touch, finding: Finding) -> bool:
    return is_touched(finding.path, finding.line, finding.end_line)


def with_baseline(config: Config, report: Report, where: str) -> Report:
    """The report on what the baseline does not hold."""
    return hold_against(config, report, baseline=Past(where, load_baseline(where)))


def _is_judged(config: Config, trace: Trace) -> bool:
    """Whether the run looked for such a finding: its rule was on and its chapter asked for."""
    if config.selected and not any(trace.path == one or trace.path.startswith(one + "/") for one in config.selected):
        return False
    severity_of, rule = config.settings.severity_of, _rules().get(trace.code)
    return rule is None or severity_of(rule, trace.path) is not None


def _rules() -> dict[str, RuleInfo]:
    from convergence_docs.rule_pages import all_infos
    from convergence_docs.rules import discover

    return {info.code: info for info in all_infos(discover())}


def make_baseline(config: Config, findings: tuple[Finding, ...]) -> tuple[Trace, ...]:
    """What a baseline of these findings holds."""
    return tuple(one for one in make_traces(config, findings) if not one.code.startswith(NEVER))


def pruned(config: Config, report: Report, then: tuple[Trace, ...]) -> tuple[Trace, ...]:
    """What of a baseline is still found, as it is found now; never more than it held."""
    traces = make_traces(config, report.findings)
    unread = {one.path for one in report.findings if one.code.startswith(UNREAD)}
    held = hold(traces, then, list_files(config).chapters.__contains__)
    new = set(held.new)
    still = [one for at, one in enumerate(traces) if at not in new and not one.code.startswith(NEVER)]
    return (*still, *(one for one in held.gone if one.path in unread))


def write_baseline(where: str, traces: tuple[Trace, ...]) -> bool:
    """Write the file, unless it says the same already; whether it was written.

    Raises:
        Fault: it cannot be written; then it is as it was.
    """
    data = render_baseline(traces).encode("utf-8", "backslashreplace")
    try:
        with open(where, "rb") as file:
            if file.read(len(data) + 1) == data:
                return False
    except OSError:
        pass
    replace_file(where, data)
    return True
