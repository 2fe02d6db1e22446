"""What the latest move of a site has changed, kept so that moving back gives every byte as it was."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256

from convergence_docs.cache import cache_folder, read_sealed, write_sealed
from convergence_docs.config import Config
from convergence_docs.mended import Rewritten

_KEY = "move"
_MOST = 64_000_000
"""Bytes of files that are kept; a larger move is worked out anew on the way back."""


def remember(config: Config, moves: Mapping[str, str], files: Sequence[Rewritten]) -> None:
    """Keep what a move has changed."""
    if sum(len(one.before or b"") for one in files) > _MOST:
        return
    header = {
        "moves": dict(moves),
        "files": [[one.path, len(one.before) if one.before is not None else None, _digest(one.after)] for one in files],
    }
    write_sealed(_path(config), _KEY, header, b"".join(one.before or b"" for one in files))


def recall(config: Config, moves: Mapping[str, str]) -> tuple[Rewritten, ...]:
    """The files as they were before the latest move, if ``moves`` takes that back and nothing has changed since."""
    header, data = read_sealed(_path(config), _KEY)
    if not header or header.get("moves") != {new: old for old, new in moves.items()}:
        return ()
    root, files, at = os.path.realpath(config.docs_root), [], 0
    for path, length, digest in header["files"]:
        now = _bytes(os.path.join(root, path))
        if _digest(now) != digest:
            return ()
        before = None if length is None else data[at : at + length]
        at += length or 0
        files.append(Rewritten(path, now, before))
    return tuple(files)


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _digest(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()


def _path(config: Config) -> str:
    site = sha256(os.path.realpath(config.docs_root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return os.path.join(cache_folder(), f"{site}.moved")
