"""What became of findings that edits could mend, as data: mended, or left and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from convergence_docs.diagnostic import Finding, Wording


class Reason(StrEnum):
    """Why a finding is left."""

    BY_HAND = "by-hand"
    """Its rule knows no edit that is surely right."""
    UNSAFE = "unsafe"
    """There is an edit, but somebody should look at it; nobody allowed that."""
    NEW_FINDING = "new-finding"
    """The edit would have brought another finding."""
    NOT_MENDED = "not-mended"
    """The finding would have stood in spite of the edit."""
    LEFT_ALONE = "left-alone"
    """The edit is for a file that must not be written."""


class Mend(NamedTuple):
    """A finding that is gone.

    ``line`` and ``column`` (1-based, in characters) tell where its first edit stands in the mended file; ``before`` and
    ``after`` are what was there and what is there now. A finding that other findings' edits mended has no edit of its
    own: both are empty.
    """

    finding: Finding
    line: int
    column: int
    before: str
    after: str


class Left(NamedTuple):
    """A finding that stands, why, and where there is more to say what."""

    finding: Finding
    reason: Reason
    detail: Wording


class Rewritten(NamedTuple):
    """A file's bytes as they were checked and as they are to be; ``None``: there is no file, or is to be none.

    ``path`` is relative to the docs root.
    """

    path: str
    before: bytes | None
    after: bytes | None


class LeftAlone(NamedTuple):
    """A file that is not written, and why: a whole sentence."""

    path: str
    why: Wording


class Mended(NamedTuple):
    """The result of mending one site: nothing is written yet.

    ``left_alone`` are only files that hold something to mend. ``unverified`` as in `Report`.
    """

    mends: tuple[Mend, ...]
    left: tuple[Left, ...]
    files: tuple[Rewritten, ...]
    left_alone: tuple[LeftAlone, ...]
    unverified: tuple[Wording, ...]
