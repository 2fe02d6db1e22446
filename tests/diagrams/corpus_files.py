"""The diagrams of ``corpus/``: one Markdown file for related types, whose headings name the cases.

Below ``## Sound`` stand diagrams that Mermaid draws, below ``## Broken`` those that it refuses. A broken one's heading
says why, and in parentheses the line that Mermaid names, or that it names none. ``attacks.md`` holds such as would harm
a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("corpus")
ATTACKS = Path(__file__).with_name("attacks.md")
_PART = re.compile(
    r"^## (Sound|Broken)$|^### (.+?)(?: \((?:line (\d+)|no line)\))?$|^```mermaid\n(.*?)^```$", re.M | re.S
)


class Case(NamedTuple):
    """A diagram of the corpus. ``line`` is that which Mermaid names, 1-based; 0 where it names none."""

    name: str
    text: str
    is_sound: bool
    line: int

    def __str__(self) -> str:
        return self.name


def cases() -> list[Case]:
    """All diagrams of the corpus, in order of files and places."""
    return [case for path in sorted(FOLDER.glob("*.md")) for case in _read(path)]


def attacks() -> list[Case]:
    """All diagrams that would harm a reader; of these only name and text count."""
    return list(_read(ATTACKS))


def _read(path: Path) -> Iterator[Case]:
    part, title, line = "", "", 0
    for match in _PART.finditer(path.read_text("utf-8")):
        if match[1]:
            part = match[1]
        elif match[2]:
            title, line = match[2], int(match[3] or 0)
        else:
            yield Case(f"{path.stem}: {title}", match[4], part == "Sound", line)
