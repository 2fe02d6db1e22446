"""From a docs folder on disk to source texts. The only module that reads chapters."""

from __future__ import annotations

import os
from typing import NamedTuple

from convergence_docs.config import Config


class Listing(NamedTuple):
    """What a docs folder holds: every file, and the chapters among them with size, time and inode."""

    files: frozenset[str]
    chapters: tuple[str, ...]


def list_files(config: Config) -> Listing:
    """Walk the docs folder."""
    files: list[str] = []
    for folder, folders, names in os.walk(config.docs_root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(folder, config.docs_root)
        prefix = "" if below == "." else below.replace(os.sep, "/") + "/"
        files += [prefix + name for name in names if not name.startswith(".")]
    return Listing(frozenset(files), tuple(sorted(path for path in files if path.endswith(".md"))))


def read(config: Config, path: str) -> bytes:
    """The bytes of a chapter."""
    with open(os.path.join(config.docs_root, path), "rb") as file:
        return file.read()
