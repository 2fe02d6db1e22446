"""What the commands have in common that change a book's structure: prepare, write or print a patch, report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext

from convergence_docs import engine
from convergence_docs.cli.output import emit, emit_utf8, warn
from convergence_docs.cli.place import patch_place, place_in
from convergence_docs.config import Config
from convergence_docs.diagnostic import Language
from convergence_docs.load import list_files, read_vocabulary
from convergence_docs.rehearsal import Rehearsal, rehearse
from convergence_docs.repair import render_patch
from convergence_docs.reports.restructured import render_restructured
from convergence_docs.restructured import Restructured
from convergence_docs.session import Whole
from convergence_docs.writing import sole_writer, write_all

Change = Callable[[Rehearsal, Whole], Restructured]


def carry_out(config: Config, arguments: Namespace, language: Language, change: Change) -> int:
    """Make a change, all of it or nothing. Exit code 1 where something is left for people to look at."""
    with nullcontext() if arguments.diff else sole_writer(config):
        start = rehearse(
            config, list_files(config), read_vocabulary(config), use_cache=not arguments.no_cache, jobs=arguments.jobs
        )
        result = change(start, engine.read_whole(config))
        if not arguments.diff:
            write_all(config, result.files, is_whole=True)
    if arguments.diff:
        moved = patch_place(config)
        emit_utf8("".join(render_patch(moved(one.path), one.before, one.after).decode() for one in result.files))
    say = warn if arguments.diff else emit
    say(render_restructured(result, place_in(config.docs_root), language, is_written=not arguments.diff))
    return int(bool(result.unsure or result.left))
