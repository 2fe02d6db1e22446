"""``convergence-docs fix``: mend in memory, check again, write or print a patch."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

from convergence_docs import engine
from convergence_docs.cli.interaction import Asker
from convergence_docs.cli.output import emit, emit_utf8, warn
from convergence_docs.cli.place import patch_place, place_in
from convergence_docs.cli.worktree import told_uncommitted
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Finding, Language, Severity
from convergence_docs.mended import Left, LeftAlone, Mended, Reason
from convergence_docs.repair import render_patch
from convergence_docs.reports.mended import render_mended
from convergence_docs.writing import sole_writer, write_all


def run(arguments: Namespace, language: Language) -> int:
    """Mend the path. Exit code 1 where an error or a warning is left."""
    (config,) = find_configs([arguments.path], arguments.config)
    codes = [code.strip() for word in arguments.select for code in word.split(",") if code.strip()]
    if codes:
        from convergence_docs.cli.selection import turned_on

        config = turned_on(config, codes)
    is_wanted, declined = _wanted(codes), list[Finding]()
    if arguments.interactive:
        moved = place_in(config.docs_root)
        asker = Asker(
            is_wanted,
            lambda finding: replace(finding, path=moved(finding.path)),
            language,
            unsafe=arguments.unsafe,
        )
        is_wanted, declined = asker.is_wanted, asker.declined
    with nullcontext() if arguments.diff else sole_writer(config):
        mended = engine.mend(
            config, is_wanted, is_unsafe_allowed=arguments.unsafe, use_cache=not arguments.no_cache, jobs=arguments.jobs
        )
        told = told_uncommitted(config, (one.path for one in mended.files), language)
        if not arguments.diff and mended.files:
            mended = _without(mended, write_all(config, mended.files))
    if arguments.diff:
        moved = patch_place(config)
        emit_utf8("".join(render_patch(moved(one.path), one.before, one.after).decode() for one in mended.files))
    say = warn if arguments.diff else emit
    say(render_mended(_relocated(mended, config.docs_root), language, is_written=not arguments.diff) + told)
    left = [*(one.finding for one in mended.left), *declined]
    return int(any(finding.severity is not Severity.NOTICE for finding in left))


def _wanted(codes: list[str]) -> Callable[[Finding], bool]:
    if not codes:
        return lambda _: True
    from convergence_docs.cli.selection import codes_of

    wanted = set().union(*map(codes_of, codes))
    return lambda finding: finding.code in wanted


def _without(mended: Mended, changed: tuple[LeftAlone, ...]) -> Mended:
    """What was mended when some files could not be touched after all: their findings stand."""
    if not changed:
        return mended
    why = {one.path: one.why for one in changed}
    return mended._replace(
        mends=tuple(one for one in mended.mends if one.finding.path not in why),
        left=(
            *mended.left,
            *(
                Left(one.finding, Reason.LEFT_ALONE, why[one.finding.path])
                for one in mended.mends
                if one.finding.path in why
            ),
        ),
        files=tuple(one for one in mended.files if one.path not in why),
        left_alone=(*mended.left_alone, *changed),
    )


def _relocated(mended: Mended, docs_root: str) -> Mended:
    moved = place_in(docs_root)

    def finding_in(finding: Finding) -> Finding:
        return replace(finding, path=moved(finding.path))

    return mended._replace(
        mends=tuple(one._replace(finding=finding_in(one.finding)) for one in mended.mends),
        left=tuple(one._replace(finding=finding_in(one.finding)) for one in mended.left),
        left_alone=tuple(one._replace(path=moved(one.path)) for one in mended.left_alone),
    )
