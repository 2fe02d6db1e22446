"""A change of several files as one: what a process that was killed had begun is brought to its end by the next.

Before the first file takes its new content a journal names all of them; after the last it is gone. Whoever finds one
carries on with it. Every step is taken only where the file holds what it held when the change was made.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, NamedTuple

NAME = ".convergence-docs-journal"
"""The journal's file, in the docs root."""
ASIDE = re.compile(r"\.convergence-docs-[0-9]+-[0-9]+\.tmp")
"""The names under which new content waits beside the file that it is for."""
_MOST = 10_000_000


class Step(NamedTuple):
    """A file that is to change. ``path`` is relative to the docs root, ``aside`` the name of the file beside it.

    ``before`` and ``after`` are digests of its contents; an empty one: there is to be no file.
    """

    path: str
    aside: str
    before: str
    after: str


def digest_of(data: bytes | None) -> str:
    """The digest of a file's content; empty for no file."""
    return "" if data is None else sha256(data).hexdigest()


def begin(root: str, steps: Sequence[Step]) -> None:
    """Say what is about to change. An `OSError` means that nothing is said."""
    path = os.path.join(root, NAME)
    with open(f"{path}.tmp", "w", encoding="utf-8") as file:
        json.dump([list(step) for step in steps], file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.tmp", path)
    sync_folder(root)


def end(root: str) -> None:
    """Say that nothing is under way."""
    with suppress(OSError):
        os.unlink(os.path.join(root, NAME))
        sync_folder(root)


def resume(root: str, config_file: str | None = None) -> tuple[str, ...]:
    """Bring to its end what a process that was killed had begun; the paths of the files that changed now.

    A journal that cannot be read is none; a step that is for anything but a file within ``root``, or the
    ``config_file``, is none either.
    """
    steps = _read(root, config_file)
    changed = tuple(step.path for step in steps if _take(root, step))
    if os.path.lexists(os.path.join(root, NAME)):
        end(root)
    with suppress(OSError):
        os.unlink(os.path.join(root, f"{NAME}.tmp"))
    return changed


def _take(root: str, step: Step) -> bool:
    target = os.path.join(root, step.path)
    aside = os.path.join(os.path.dirname(target), step.aside)
    with suppress(OSError):
        if _digest_at(target) != step.before or step.before == step.after:
            return False
        if not step.after:
            os.unlink(target)
        elif _digest_at(aside) == step.after:
            os.replace(aside, target)
        else:
            return False
        sync_folder(os.path.dirname(target))
        return True
    return False


def _digest_at(path: str) -> str:
    if os.path.islink(path):
        return "link"
    try:
        with open(path, "rb") as file:
            return digest_of(file.read())
    except FileNotFoundError:
        return ""


def _read(root: str, config_file: str | None) -> list[Step]:
    path = os.path.join(root, NAME)
    try:
        if os.path.islink(path) or os.path.getsize(path) > _MOST:
            return []
        with open(path, encoding="utf-8") as file:
            return [step for said in json.load(file) if (step := _step(said, root, config_file))]
    except (OSError, ValueError, TypeError):
        return []


def _step(said: Any, root: str, config_file: str | None) -> Step | None:
    if not isinstance(said, list) or len(said) != 4 or not all(isinstance(one, str) for one in said):
        return None
    step = Step(*said)
    target = os.path.join(root, step.path)
    is_within = os.path.realpath(os.path.dirname(target)) == os.path.dirname(os.path.normpath(target))
    is_below = os.path.normpath(target).startswith(os.path.realpath(root) + os.sep)
    is_config = config_file is not None and os.path.realpath(target) == os.path.realpath(config_file)
    return step if ((is_within and is_below) or is_config) and (not step.aside or ASIDE.fullmatch(step.aside)) else None


def sync_folder(folder: str) -> None:
    """Make renames last; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
