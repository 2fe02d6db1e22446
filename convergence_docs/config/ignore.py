"""Lists of paths in the manner of ``.gitignore``, as MkDocs reads ``exclude_docs``, ``draft_docs``, ``not_in_nav``.

Matching goes part by part, with a table instead of backtracking: a pattern of hostile length costs its length times
the path's, no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from typing import NamedTuple

_Part = re.Pattern[str] | None
"""A pattern for one part of a path; ``None`` stands for ``**``, any number of parts."""


class _Pattern(NamedTuple):
    parts: tuple[_Part, ...]
    is_negated: bool
    is_folder_only: bool


def make_matcher(lines: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether a POSIX path relative to the root is named by ``lines``; the last line wins."""
    patterns = [pattern for line in lines if (pattern := _read(line))]

    def matches(path: str) -> bool:
        parts = path.split("/")
        for pattern in reversed(patterns):
            if _matches(pattern, parts):
                return not pattern.is_negated
        return False

    return matches


def _read(line: str) -> _Pattern | None:
    text = line.rstrip("\n").rstrip(" ")
    if not text or text.startswith("#"):
        return None
    is_negated = text.startswith("!")
    text = text[1:] if is_negated else text.removeprefix("\\")
    is_folder_only = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    words = text.removeprefix("/").split("/")
    if "/" not in text:
        words.insert(0, "**")
    parts: list[_Part] = []
    for word in words:
        if word != "**":
            parts.append(re.compile(translate(word)))
        elif not parts or parts[-1] is not None:
            parts.append(None)
    return _Pattern(tuple(parts), is_negated, is_folder_only)


def _matches(pattern: _Pattern, path: list[str]) -> bool:
    """Whether the pattern names ``path`` or a folder above it."""
    # after[n]: the pattern's parts so far can stand for the first n parts of the path.
    after = [True] + [False] * len(path)
    for part in pattern.parts:
        if part is None:
            reached = False
            for at, now in enumerate(after):
                reached = reached or now
                after[at] = reached
        else:
            after = [False] + [after[at] and part.match(name) is not None for at, name in enumerate(path)]
    if pattern.parts[-1] is None:
        # "a/**" names what is below a, not a itself.
        return True in after[:-1]
    return any(after[1:-1]) or (after[-1] and not pattern.is_folder_only)
