"""What an internal link leads to, shown before it is followed."""

from __future__ import annotations

from typing import ClassVar

from convergence_docs.site.feature import Build, Feature, has_material


class Previews(Feature):
    """A card with the title and the first words of a link's target.

    Material has instant previews of its own. They look for a fragment as the address spells it, so that they find no
    Chinese heading; Escape does not put them away (WCAG 2.2, 1.4.13); and they want a sitemap whose addresses are
    those that the site is served at. A site that turns them on keeps them: then the script does nothing.
    """

    parts: ClassVar[tuple[str, ...]] = ("previews",)

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, whose pages the script knows how to read."""
        return has_material(build, "previews")
