"""What a command that rewrites files says of a git working tree that holds other changes."""

from __future__ import annotations

import os
from collections.abc import Iterable

from convergence_docs.config import Config
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault


def told_uncommitted(config: Config, paths: Iterable[str], language: Language) -> str:
    """A line that says how many of the files hold changes that are not committed; empty where none do.

    They are rewritten all the same: the sentence is for whoever wants to tell the two kinds of changes apart.
    """
    wanted = set(paths)
    if not wanted or not os.path.lexists(os.path.join(config.boundary, ".git")):
        return ""
    from convergence_docs.revisions import run_git

    root = os.path.realpath(config.docs_root)
    try:
        found = run_git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".")
        prefix = run_git(root, "rev-parse", "--show-prefix").stdout.rstrip(b"\n")
    except Fault:  # no git here: then nobody can tell
        return ""
    changed = {os.fsdecode(record[3:].removeprefix(prefix)) for record in found.stdout.split(b"\0") if record}
    count = len(wanted & changed)
    if not count:
        return ""
    if language == "zh":
        return f"其中 {count} 个文件此前已有未提交的修改。\n"
    return f"{count} of these files already held changes that are not committed.\n"
