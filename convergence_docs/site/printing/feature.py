"""Printing."""

from __future__ import annotations

from typing import ClassVar

from convergence_docs.site.feature import Build, Feature


class Paper(Feature):
    """How a page is printed: nothing but its text, tables, diagrams, and where its links lead."""

    parts: ClassVar[tuple[str, ...]] = ("print",)
    first: ClassVar[frozenset[str]] = frozenset(parts)

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site does without style sheets of this."""
        return build.settings.styles
