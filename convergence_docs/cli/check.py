"""``convergence-docs check``: read, check, report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from convergence_docs import engine
from convergence_docs.cache import is_content_trusted_only
from convergence_docs.cli.output import emit, warn
from convergence_docs.cli.place import merged, relocated
from convergence_docs.cli.rendering import Held, show
from convergence_docs.config import Config, find_configs
from convergence_docs.config.baseline import find_baseline
from convergence_docs.diagnostic import Language, Report

if TYPE_CHECKING:
    from convergence_docs.changed import Touch
    from convergence_docs.cli.rendering import Besides

WITH_FINGERPRINTS = frozenset({"json", "sarif", "gitlab"})
"""Formats whose readers keep findings apart from run to run."""


def run(arguments: Namespace, language: Language) -> int:
    """Check the paths. Exit code 1 where there is something to mend."""
    configs = find_configs(arguments.paths, arguments.config)
    if arguments.select or arguments.ignore:
        from convergence_docs.cli.selection import narrowed

        configs = narrowed(configs, _split(arguments.select), _split(arguments.ignore))
    formats = frozenset((arguments.format, *(name for name, _ in arguments.also)))
    held = [_check(config, arguments, formats, language) for config in configs]
    report = merged([relocated(one.report, config.docs_root) for one, config in zip(held, configs, strict=True)])
    show(report, held, arguments, language)
    has_failed = report.has_failed or (arguments.strict and bool(report.findings or report.unread_diagrams))
    if report.baseline and report.baseline.mended:
        has_failed = has_failed or arguments.strict_baseline or is_content_trusted_only()
    if arguments.verify:
        has_failed = _verified(configs, arguments, language) or has_failed
    return int(has_failed)


def _check(config: Config, arguments: Namespace, formats: frozenset[str], language: Language) -> Held:
    report, besides = _look(config, arguments)
    where = None if arguments.no_baseline else arguments.baseline or find_baseline(config)
    if where is not None or arguments.changed is not None or "suggestions" in formats:
        from convergence_docs.cli.since import hold

        return hold(config, report, where, arguments, formats, language, besides)
    report = besides(report, lambda path, line, end_line: True)
    if not formats.isdisjoint(WITH_FINGERPRINTS):
        from convergence_docs.fingerprints import make_traces, with_fingerprints

        report = replace(report, findings=with_fingerprints(report.findings, make_traces(config, report.findings)))
    return Held(report)


def _look(config: Config, arguments: Namespace) -> tuple[Report, Besides]:
    """The report on what the chapters show by themselves, and what adds to it what other sites answer."""
    use_cache = not arguments.no_cache
    if not arguments.external:
        return engine.check(config, use_cache=use_cache, jobs=arguments.jobs), lambda report, _: report
    from convergence_docs.cli.asking import ask_besides

    outcome = engine.inspect(config, use_cache=use_cache, jobs=arguments.jobs)

    def besides(report: Report, is_touched: Touch) -> Report:
        return ask_besides(config, outcome.book, report, is_touched, use_cache=use_cache)

    return outcome.report, besides


def _verified(configs: Sequence[Config], arguments: Namespace, language: Language) -> bool:
    """Whether independent implementations disagree somewhere. Beside a report for programs it speaks on stderr."""
    from convergence_docs.cli.verification import summary, verify

    outcome = verify(configs, language)
    say = emit if arguments.format == "terminal" and arguments.output is None else warn
    say("".join(f"{line}\n" for line in (*outcome.lines, summary(outcome, language))))
    return bool(outcome.lines)


def _split(words: Sequence[str]) -> list[str]:
    return [code.strip() for word in words for code in word.split(",") if code.strip()]
