"""The scale that the star ratings of a table are written on, and the ratings that do not fit it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.layer_table import cells_about
from convergence_docs.model.values.rating import USUAL_SIZE, Rating, read_star_ratings
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import SourceText, Span

STARS = ("★", "☆", "⭐", "🌟")
"""What ratings are written in."""


class _Placed(NamedTuple):
    row: int
    column: int
    cell: Span
    rating: Rating


def misfits(table: Table, source: SourceText, vocabulary: Vocabulary | None = None) -> Iterator[tuple[Rating, int]]:
    """The star ratings of a table that are longer or shorter than their scale, each with the scale's size.

    The vocabulary's size counts where a dimension has one. Else ratings with empty stars are measured by the length
    that most ratings of the table have, unless a whole row or column keeps to a length of its own; ratings without
    empty stars show no size, and only a single one that exceeds five where others reach just five is a misfit.
    """
    sizes = _sizes(table, vocabulary) if vocabulary else {}
    if not sizes and not _is_telling(source.slice(table.span)):
        return
    stars = list(_stars(table, source))
    if not stars:
        return
    lengths = Counter(placed.rating.length for placed in stars)
    beyond = sum(number for length, number in lengths.items() if length > USUAL_SIZE)
    has_empty_stars = any(placed.rating.size for placed in stars)
    usual, count = lengths.most_common(1)[0]
    rows, columns = _uniform(stars, attrgetter("row")), _uniform(stars, attrgetter("column"))
    for placed in stars:
        length, size = placed.rating.length, sizes.get(placed.cell, 0)
        if size:
            if length != size:
                yield placed.rating, size
        elif has_empty_stars:
            if length != usual and 2 * count > len(stars) and placed.row not in rows and placed.column not in columns:
                yield placed.rating, usual
        elif length > USUAL_SIZE and lengths[USUAL_SIZE] and beyond == 1:
            yield placed.rating, USUAL_SIZE


def _is_telling(text: str) -> bool:
    """Whether a table has empty stars, or more full ones in a row than are usual: else there is no size to miss."""
    if "☆" in text or "✩" in text or "½" in text:
        return True
    plain = text.replace("\ufe0f", "")
    return any(star * (USUAL_SIZE + 1) in plain for star in STARS)


def _stars(table: Table, source: SourceText) -> Iterator[_Placed]:
    """Cells that are a rating, or begin with one."""
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            if cell.text.startswith(STARS):
                ratings = read_star_ratings(source.slice(cell.span), cell.span.start)
                if len(ratings) == 1:
                    yield _Placed(i, j, cell.span, ratings[0])


def _sizes(table: Table, vocabulary: Vocabulary) -> Mapping[Span, int]:
    """The size that the vocabulary gives to a cell's dimension, by the cell's span."""

    def size_of(text: str) -> int:
        term = vocabulary.find(text, "dimension")
        return term.size if term else 0

    return {cell.span: size_of(name.text) for cell, name in cells_about(table, lambda text: size_of(text) > 0)}


def _uniform(stars: Sequence[_Placed], line: Callable[[_Placed], int]) -> set[int]:
    """The rows or columns (what ``line`` says) that hold several ratings, all of one length: scales of their own."""
    lengths: dict[int, list[int]] = {}
    for placed in stars:
        lengths.setdefault(line(placed), []).append(placed.rating.length)
    return {at for at, those in lengths.items() if len(those) > 1 and len(set(those)) == 1}
