"""What ``.gitignore`` files name: a build makes it, so that its absence from the folder says nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from posixpath import normpath

from convergence_docs.config.ignore import make_matcher

_MAX_BYTES = 200_000


def read_untracked(docs_root: str, boundary: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lines of the ``.gitignore`` files from ``boundary`` down to ``docs_root``.

    Each comes with the way from its folder to the docs root (``docs/``, or empty). What cannot be read says nothing.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    way = os.path.relpath(docs_root, boundary).replace(os.sep, "/")
    parts = [] if way == "." else way.split("/")
    if ".." in parts:
        return ()
    for depth in range(len(parts) + 1):
        lines = _lines(os.path.join(boundary, *parts[:depth], ".gitignore"))
        if lines:
            found.append(("".join(f"{part}/" for part in parts[depth:]), lines))
    return tuple(found)


def make_untracked(layers: Sequence[tuple[str, tuple[str, ...]]]) -> Callable[[str], bool]:
    """Whether a path relative to the docs root, which it may leave, is named by one of the ``layers``."""
    matchers = [(way, make_matcher(lines)) for way, lines in layers]

    def is_untracked(path: str) -> bool:
        for way, matches in matchers:
            seen = normpath(way + path)
            if not seen.startswith("../") and matches(seen):
                return True
        return False

    return is_untracked


def _lines(path: str) -> tuple[str, ...]:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                text = file.read(_MAX_BYTES).decode("utf-8", "replace")
                return tuple(line for line in text.splitlines() if line.strip() and line[0] != "#")
    return ()
