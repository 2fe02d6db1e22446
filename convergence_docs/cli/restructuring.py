"""What the commands have in common that change a book's structure: prepare, write or print a patch, report."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

from convergence_docs import engine
from convergence_docs.cli.output import emit, emit_utf8, warn
from convergence_docs.cli.place import patch_place, place_in
from convergence_docs.cli.worktree import told_uncommitted
from convergence_docs.config import Config, find_configs
from convergence_docs.diagnostic import Language
from convergence_docs.load import MARKDOWN, list_files, read_vocabulary
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal, rehearse
from convergence_docs.repair import render_patch
from convergence_docs.reports.restructured import render_restructured
from convergence_docs.restructure.sections import Spot
from convergence_docs.restructured import Restructured
from convergence_docs.writing import sole_writer, write_all

Change = Callable[[Rehearsal, Whole], Restructured]


def carry_out(config: Config, arguments: Namespace, language: Language, change: Change) -> int:
    """Make a change, all of it or nothing. Exit code 1 where something is left for people to look at."""
    with nullcontext() if arguments.diff else sole_writer(config):
        start = rehearse(
            config, list_files(config), read_vocabulary(config), use_cache=not arguments.no_cache, jobs=arguments.jobs
        )
        result = change(start, engine.read_whole(config))
        told = told_uncommitted(config, (one.path for one in result.files), language)
        if not arguments.diff:
            write_all(config, result.files, is_whole=True)
    if arguments.diff:
        moved = patch_place(config)
        emit_utf8("".join(render_patch(moved(one.path), one.before, one.after).decode() for one in result.files))
    say = warn if arguments.diff else emit
    say(render_restructured(result, place_in(config.docs_root), language, is_written=not arguments.diff) + told)
    return int(bool(result.unsure or result.left))


def chapter_at(name: str, config_file: str | None) -> tuple[Config, str]:
    """The site that a chapter, another file or a folder belongs to, and its path there.

    Where no ``mkdocs.yml`` governs the chapter, the current folder is the site, so that links from anywhere below it
    are followed.
    """
    is_other = os.path.isfile(name) and not name.endswith(MARKDOWN)
    return site_at(os.path.dirname(name) or "." if is_other else name, name, config_file)


def site_at(place: str, name: str, config_file: str | None) -> tuple[Config, str]:
    """The site that ``place`` belongs to, as for `chapter_at`, and the path of ``name`` there."""
    while not os.path.lexists(place) and os.path.dirname(place) != place:
        place = os.path.dirname(place) or "."
    (config,) = find_configs([place], config_file)
    if not config.is_mkdocs and _is_below(place, os.getcwd()):
        (config,) = find_configs(["."], config_file)
    path = os.path.relpath(os.path.realpath(name), os.path.realpath(config.docs_root)).replace(os.sep, "/")
    return replace(config, selected=()), path


def spot_of(arguments: Namespace) -> Spot:
    """Where ``--before`` or ``--after`` says that a section goes."""
    return Spot(arguments.before or arguments.after, is_before=bool(arguments.before))


def _is_below(name: str, folder: str) -> bool:
    return os.path.realpath(name).startswith(os.path.realpath(folder) + os.sep)
