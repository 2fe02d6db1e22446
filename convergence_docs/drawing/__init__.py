"""Diagrams as SVG made when the site is built: no script in the reader's browser, no font that the build needs."""

from convergence_docs.drawing.artist import Artist
from convergence_docs.drawing.outcome import Drawn, NotDrawn

__all__ = ["Artist", "Drawn", "NotDrawn"]
