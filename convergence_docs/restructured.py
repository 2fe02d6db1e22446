"""What a change of a book's structure has altered, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from convergence_docs.diagnostic import Finding, Wording
from convergence_docs.mended import Rewritten
from convergence_docs.text import Position


class Retitled(NamedTuple):
    """A heading that reads otherwise now. ``line`` is 1-based, in the new text."""

    path: str
    line: int
    old: str
    new: str


class Place(NamedTuple):
    """A mention of a section number that somebody should look at; where it stands in the new text."""

    path: str
    position: Position
    numeral: str


class Restructured(NamedTuple):
    """A change of structure, ready to be written.

    ``anchors`` leads old anchors of a chapter to new ones, by path. ``followed`` counts the edits beside headings.
    ``moves`` are the new paths of files that move, by old ones.
    ``left`` are chapters that keep their structure because of the finding that a change would bring.
    """

    files: tuple[Rewritten, ...]
    headings: tuple[Retitled, ...]
    followed: int
    unsure: tuple[Place, ...]
    anchors: Mapping[str, Mapping[str, str]]
    unverified: tuple[Wording, ...]
    left: Mapping[str, Finding]
    moves: Mapping[str, str] = MappingProxyType({})
