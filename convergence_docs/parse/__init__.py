"""Text to `Chapter`: the only way in is `parse_chapter`."""

from convergence_docs.parse.chapter import parse_chapter
from convergence_docs.parse.dialect import FOLDER, MATERIAL, MKDOCS, Dialect, dialect_of, make_dialect

__all__ = ["FOLDER", "MATERIAL", "MKDOCS", "Dialect", "dialect_of", "make_dialect", "parse_chapter"]
