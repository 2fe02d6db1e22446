"""``check --changed``: what a change since some revision brought, on its own lines and elsewhere."""

from __future__ import annotations

import os
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from convergence_docs import engine
from convergence_docs.changed import Touch, everywhere, make_touch
from convergence_docs.cli.edition import WORKING_TREE, Edition, Site, edition_at
from convergence_docs.cli.place import place_in
from convergence_docs.cli.rendering import Held
from convergence_docs.config import Config
from convergence_docs.diagnostic import Language, Report, Trace, Wording
from convergence_docs.errors import ConfigFault, Fault
from convergence_docs.fingerprints import make_traces
from convergence_docs.load import list_files
from convergence_docs.ratchet import Past, hold_against, load_baseline
from convergence_docs.revisions import (
    Repository,
    Revision,
    find_merge_base,
    find_repository,
    find_revision,
    is_revision,
    run_git,
)

if TYPE_CHECKING:
    from convergence_docs.cli.rendering import Besides
    from convergence_docs.reports.review import Suggestion

_MAIN = ("origin/main", "origin/master")


def hold(
    config: Config,
    report: Report,
    where: str | None,
    arguments: Namespace,
    formats: frozenset[str],
    language: Language,
    besides: Besides,
) -> Held:
    """The report on what is new, as the arguments of ``check`` ask for it, with what the formats show beside it.

    ``where`` is the baseline, if any; ``besides`` adds what is found out besides, on some lines.

    Raises:
        Fault: the baseline cannot be read; there is no repository, or no such revision in it.
    """
    baseline = Past(os.path.relpath(where), load_baseline(where)) if where is not None else None
    if arguments.changed is None:
        report = hold_against(config, besides(report, everywhere), baseline=baseline)
        return Held(report, None, _suggestions(config, report, formats, everywhere))
    with ExitStack() as stack:
        try:
            edition = _open_base(config, arguments.changed, arguments.config, stack)
            past = Past(edition.name, _traces(edition.config, arguments.jobs), make_touch(edition.config, config))
        except ConfigFault as fault:
            report = hold_against(config, besides(report, everywhere), baseline=baseline)
            return Held(_without_base(report, arguments.changed, fault))
        new = hold_against(config, besides(report, past.is_touched), baseline=baseline, base=past)
        review = None
        if "markdown" in formats:
            from convergence_docs.cli.diff import review_of

            review = review_of(edition, Edition(config, WORKING_TREE.to(language), config.docs_root))
        return Held(new, review, _suggestions(config, new, formats, past.is_touched))


def _suggestions(config: Config, report: Report, formats: frozenset[str], is_touched: Touch) -> tuple[Suggestion, ...]:
    """Safe fixes on lines that the change touched: a pull request takes comments on no others."""
    if "suggestions" not in formats:
        return ()
    from convergence_docs.suggestions import make_suggestions

    moved = place_in(config.docs_root)
    found = make_suggestions(config, report.findings, lambda one: is_touched(one.path, one.line, one.end_line))
    return tuple(one._replace(path=moved(one.path)) for one in found)


def _open_base(config: Config, name: str, config_file: str | None, stack: ExitStack) -> Edition:
    """The site as it was where the work at hand and ``name`` parted; it lasts as long as the stack.

    An empty name stands for origin's default branch; without one, for the last commit.

    Raises:
        Fault: there is no repository, or no such revision in it.
    """
    repository = _repository(config)
    revision = _revision(repository, name)
    head = find_revision(repository, "HEAD")
    parted = revision if revision.commit == head.commit else find_merge_base(repository, revision, head)
    site = Site(config.config_file or config.docs_root, config_file)
    return edition_at(repository, parted._replace(name=revision.name), site, stack, revision.name)


def _traces(before: Config, jobs: int | None) -> tuple[Trace, ...]:
    """The findings of an edition, of which nothing is remembered; none where it holds no chapter."""
    if not list_files(before).chapters:
        return ()
    findings = engine.check(before, use_cache=False, jobs=jobs).findings
    return make_traces(before, findings, is_remembering=False)


def _without_base(report: Report, name: str, fault: ConfigFault) -> Report:
    """The whole report, saying that there was nothing to compare it with."""
    said = Wording(
        f"what changed since {name}: its configuration cannot be used ({fault.title['en']}), so all is shown.",
        f"自 {name} 以来的变化：其配置无法使用（{fault.title['zh']}），因此列出全部问题。",
    )
    return replace(report, unverified=(*report.unverified, said))


def _repository(config: Config) -> Repository:
    try:
        return find_repository(config.docs_root)
    except Fault as fault:
        raise Fault(
            en="This is no folder of a git repository, so it cannot be told what changed.",
            zh="这里不是 git 仓库中的文件夹，无法得知改动了什么。",
            hint_en="Leave out --changed to check everything.",
            hint_zh="去掉 --changed 即可检查全部内容。",
            where=fault.where,
        ) from None


def _revision(repository: Repository, name: str) -> Revision:
    if not name:
        return _default(repository)
    if not is_revision(repository, name) and os.path.exists(name):
        raise Fault(
            en=f"--changed takes '{name}' for a revision, but it is a file or folder.",
            zh=f"--changed 把“{name}”当作版本，而它是文件或文件夹。",
            hint_en=f"Write the path first: check {name} --changed, or --changed=BASE.",
            hint_zh=f"请把路径写在前面：check {name} --changed，或写成 --changed=版本。",
        )
    return find_revision(repository, name)


def _default(repository: Repository) -> Revision:
    """Origin's default branch, else the last commit; a shallow clone that has no such branch cannot tell."""
    found = run_git(repository.top, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    named = (found.stdout.decode("utf-8", "replace").strip(),) if found.returncode == 0 else ()
    for name in (*named, *_MAIN):
        if is_revision(repository, name):
            return find_revision(repository, name)
    if repository.is_shallow:
        raise Fault(
            en="This clone is shallow and has no branch of origin, so it cannot be told what changed.",
            zh="这是浅克隆，且没有 origin 的分支，无法得知改动了什么。",
            hint_en="Fetch the branch that the change goes into (in GitHub Actions fetch-depth: 0), "
            "or name a commit that is here: --changed=HEAD^1",
            hint_zh="请取回要合入的分支（GitHub Actions 中设置 fetch-depth: 0），或写出已有的提交：--changed=HEAD^1",
            where=repository.top,
        )
    return find_revision(repository, "HEAD")
