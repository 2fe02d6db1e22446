"""Let git's index follow files that have moved, as ``git mv`` does."""

from __future__ import annotations

import os
from collections.abc import Mapping

from convergence_docs.revisions import run_git


def follow_in_index(root: str, moves: Mapping[str, str]) -> bool:
    """Tell the index that files have moved, each with the content that was staged; whether there was any to tell.

    Args:
        root: the folder that the paths are relative to.
        moves: new paths by old ones.
    """
    found = run_git(root, "ls-files", "--stage", "-z", "--", *(f":(literal){path}" for path in moves))
    if found.returncode:
        return False
    prefix = run_git(root, "rev-parse", "--show-prefix").stdout.rstrip(b"\n")
    lines = []
    for record in found.stdout.split(b"\0"):
        about, _, name = record.partition(b"\t")
        if name and (new := moves.get(os.fsdecode(name))) is not None:
            mode, blob, stage = about.split(b" ")
            lines.append(b"0 " + b"0" * len(blob) + b"\t" + prefix + name)
            lines.append(b"%s %s %s\t%s" % (mode, blob, stage, prefix + os.fsencode(new)))
    if not lines:
        return False
    said = run_git(root, "update-index", "-z", "--index-info", given=b"\0".join([*lines, b""]))
    return said.returncode == 0
