"""What comes of drawing a diagram: an SVG, or the reason why there is none."""

from __future__ import annotations

from typing import NamedTuple

PLACE_OF_SCOPE = "\x01"
"""Stands in `Drawn.svg` where the scope of its ids belongs. No text of a diagram can hold it: XML forbids it."""


class Drawn(NamedTuple):
    """A diagram as an ``<svg>`` element for the middle of an HTML page.

    ``width`` and ``height`` are its natural size in CSS pixels, which it keeps: the box around it must scroll.
    ``smallest`` is the size of its smallest text in pixels, 0 where it has none. ``title`` and ``description`` are the
    accessible ones that its source gives; where there is a title, the SVG names itself by it.
    """

    svg: str
    width: float
    height: float
    smallest: float
    title: str
    description: str

    def svg_with_ids(self, scope: str) -> str:
        """The element, its ids being ``scope-0``, ``scope-1`` …: one page needs another scope for each diagram."""
        return self.svg.replace(PLACE_OF_SCOPE, f"{scope}-")


class NotDrawn(NamedTuple):
    """Why a diagram is left to the reader's browser: a few words of English, for whoever looks into it."""

    reason: str
