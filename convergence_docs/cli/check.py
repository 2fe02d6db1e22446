"""``convergence-docs check``: read, check, report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from convergence_docs import engine
from convergence_docs.cache import is_content_trusted_only
from convergence_docs.cli.output import emit, emit_utf8, line_width, wants_colour, warn
from convergence_docs.cli.place import merged, relocated
from convergence_docs.config import Config, find_configs
from convergence_docs.config.baseline import find_baseline
from convergence_docs.diagnostic import Language, Report

WITH_FINGERPRINTS = ("json", "sarif")
"""Formats whose readers keep findings apart from run to run."""


def run(arguments: Namespace, language: Language) -> int:
    """Check the paths. Exit code 1 where there is something to mend."""
    configs = find_configs(arguments.paths, arguments.config)
    if arguments.select or arguments.ignore:
        from convergence_docs.cli.selection import narrowed

        configs = narrowed(configs, _split(arguments.select), _split(arguments.ignore))
    report = merged([relocated(_check(config, arguments), config.docs_root) for config in configs])
    _show(report, arguments, language)
    has_failed = report.has_failed or (arguments.strict and bool(report.findings))
    if report.baseline and report.baseline.mended:
        has_failed = has_failed or arguments.strict_baseline or is_content_trusted_only()
    if arguments.verify:
        has_failed = _verified(configs, arguments, language) or has_failed
    return int(has_failed)


def _check(config: Config, arguments: Namespace) -> Report:
    report = engine.check(config, use_cache=not arguments.no_cache, jobs=arguments.jobs)
    where = None if arguments.no_baseline else arguments.baseline or find_baseline(config)
    if where is not None or arguments.changed is not None:
        from convergence_docs.cli.since import held

        return held(config, report, where, arguments)
    if arguments.format in WITH_FINGERPRINTS:
        from convergence_docs.fingerprints import make_traces, with_fingerprints

        return replace(report, findings=with_fingerprints(report.findings, make_traces(config, report.findings)))
    return report


def _verified(configs: Sequence[Config], arguments: Namespace, language: Language) -> bool:
    """Whether independent implementations disagree somewhere. Beside a report for programs it speaks on stderr."""
    from convergence_docs.cli.verification import summary, verify

    outcome = verify(configs, language)
    say = emit if arguments.format == "terminal" and arguments.output is None else warn
    say("".join(f"{line}\n" for line in (*outcome.lines, summary(outcome, language))))
    return bool(outcome.lines)


def _split(words: Sequence[str]) -> list[str]:
    return [code.strip() for word in words for code in word.split(",") if code.strip()]


def _show(report: Report, arguments: Namespace, language: Language) -> None:
    if arguments.format == "terminal":
        from convergence_docs.reports.terminal import render_terminal

        colour = wants_colour(arguments.color) and (arguments.output is None or arguments.color == "always")
        emit(render_terminal(report, language, colour=colour, width=line_width()), arguments.output)
    elif arguments.format == "json":
        from convergence_docs.reports.json import render_json

        emit_utf8(render_json(report, language), arguments.output)
    elif arguments.format == "sarif":
        from convergence_docs import __version__
        from convergence_docs.cli.selection import infos_in
        from convergence_docs.reports.sarif import render_sarif

        emit_utf8(render_sarif(report, language, infos_in(language), __version__), arguments.output)
    else:
        from convergence_docs.reports.github import render_github

        emit_utf8(render_github(report, language), arguments.output)
