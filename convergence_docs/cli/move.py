"""``convergence-docs move``: a chapter, a file or a folder elsewhere, with every link to it and from it."""

from __future__ import annotations

import os
from argparse import Namespace

from convergence_docs.cli.output import emit, warn
from convergence_docs.cli.restructuring import carry_out, chapter_at
from convergence_docs.diagnostic import Language
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.restructure.move import move
from convergence_docs.restructure.sections import rename_section
from convergence_docs.restructure.tracking import follow_in_index
from convergence_docs.restructure.undoing import remember
from convergence_docs.restructured import Restructured


def run(arguments: Namespace, language: Language) -> int:
    """Move a file, a folder, or with ``#`` rename a heading."""
    old, mark, heading = arguments.old.partition("#")
    config, path = chapter_at(old, arguments.config)
    root = os.path.realpath(config.docs_root)
    new = arguments.new if mark else os.path.relpath(os.path.realpath(arguments.new), root).replace(os.sep, "/")
    new += "/" if not mark and arguments.new.endswith(("/", os.sep)) else ""
    made: list[Restructured] = []

    def change(start: Rehearsal, whole: Whole) -> Restructured:
        if mark:
            made.append(rename_section(start, whole, path, f"#{heading}", new.removeprefix("#"), arguments.jobs))
        else:
            made.append(move(start, whole, path, new, arguments.jobs))
        return made[0]

    code = carry_out(config, arguments, language, change)
    moves = made[0].moves
    say = warn if arguments.diff else emit
    for one, other in list(moves.items())[:_SHOWN]:
        say(f"{one} → {other}\n")
    if moves and not arguments.diff:
        remember(config, moves, made[0].files)
    if moves and not arguments.diff and os.path.lexists(os.path.join(config.boundary, ".git")):
        follow_in_index(root, moves)
    return code


_SHOWN = 20
"""Files of a folder that are named one by one."""
