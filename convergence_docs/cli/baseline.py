"""``convergence-docs baseline``: keep today's findings as known, or take out of a baseline what is mended."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import replace

from convergence_docs import engine
from convergence_docs.cli.output import emit
from convergence_docs.config import Config, find_configs
from convergence_docs.config.baseline import baseline_file
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.ratchet import load_baseline, make_baseline, pruned, write_baseline
from convergence_docs.reports.counting import plural


def run(arguments: Namespace, language: Language) -> int:
    """Write the file. Exit code 0."""
    config = _whole(find_configs([arguments.path], arguments.config), arguments.path)
    where = arguments.output or baseline_file(config)
    report = engine.check(config, use_cache=not arguments.no_cache, jobs=arguments.jobs)
    before = load_baseline(where) if os.path.exists(where) else None
    if not arguments.prune:
        traces = make_baseline(config, report.findings)
    elif before is not None:
        traces = pruned(config, report, before)
    else:
        raise Fault(
            en="There is no baseline to prune.",
            zh="没有可以缩减的基线。",
            hint_en="Write one first: convergence-docs baseline",
            hint_zh="请先生成：convergence-docs baseline",
            where=where,
        )
    is_written = write_baseline(where, traces)
    emit(_told(where, len(before) if before is not None else None, len(traces), is_written, language))
    return 0


def _whole(configs: tuple[Config, ...], path: str) -> Config:
    """The one site, all of it.

    Raises:
        Fault: these are several sites, or only a part of one.
    """
    if len(configs) == 1 and not configs[0].selected:
        return replace(configs[0], selected=())
    raise Fault(
        en="A baseline holds the findings of one whole site.",
        zh="一个基线记录一个完整站点的问题。",
        hint_en="Name its mkdocs.yml, or its folder of chapters.",
        hint_zh="请指定它的 mkdocs.yml，或存放章节的文件夹。",
        where=path,
    )


def _told(where: str, before: int | None, now: int, is_written: bool, language: Language) -> str:
    file = os.path.relpath(where)
    if not is_written:
        return (
            f"{file} 已是最新，记录 {now} 个问题。\n"
            if language == "zh"
            else f"{file} is up to date, with {plural(now, 'finding')}.\n"
        )
    if language == "zh":
        return f"{file} 记录了 {now} 个问题" + (f"（原有 {before} 个）。\n" if before is not None else "。\n")
    return f"{file} holds {plural(now, 'finding')}" + (f" ({before} before).\n" if before is not None else ".\n")
