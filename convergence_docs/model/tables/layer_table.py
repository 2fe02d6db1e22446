"""Tables that say something of layers, and of drivers, as typed views of a plain `Table`.

Three ways of laying out the same thing are one record here: dimensions down and layers across, layers down and
dimensions across, and the table of one subject whose columns are its feature and its status in a year. Any other
table is no layer table, and the readers return ``None``: a comparison of two tools is not guessed into one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.model.nodes import Cell, Row, Table
from convergence_docs.model.vocabulary import Term, Vocabulary, normalise
from convergence_docs.regex import regex
from convergence_docs.text import Span


class Orientation(StrEnum):
    """How a layer table is laid out."""

    DIMENSION_BY_LAYER = "dimension-by-layer"  # a dimension a row, a layer a column
    LAYER_BY_DIMENSION = "layer-by-dimension"  # a layer a row, a dimension a column
    SINGLE = "single"  # a dimension a row, the columns are 特征 and 状态 of one subject


class Label(NamedTuple):
    """What names a row or a column; ``term`` is what the vocabulary knows it as, or ``None``."""

    span: Span
    text: str
    term: Term | None


class LayerCell(NamedTuple):
    """A value: where it stands, its text, and the indexes of what it is about.

    ``subject`` counts `LayerTable.subjects`, ``dimension`` counts `LayerTable.dimensions`.
    """

    span: Span
    text: str
    subject: int
    dimension: int


class LayerTable(NamedTuple):
    """A layer table. In a single-subject table the subjects are its columns, 特征 and 2025 状态."""

    span: Span
    orientation: Orientation
    subjects: tuple[Label, ...]
    dimensions: tuple[Label, ...]
    cells: tuple[LayerCell, ...]


class DriverRow(NamedTuple):
    """A factor, the mechanism by which it works, and its effect on convergence; ``None`` for a cell not written."""

    span: Span
    factor: Label
    mechanism: Cell | None
    effect: Cell | None


class DriverTable(NamedTuple):
    """A table of drivers: 因素, 作用机制, 收敛效果."""

    span: Span
    rows: tuple[DriverRow, ...]


_DIMENSION_CORNERS = frozenset(("维度", "指标", "收敛维度", "dimension"))
_LAYER_CORNERS = frozenset(("层", "层次", "层级", "层面", "收敛层", "收敛层次", "layer", "level"))
_DIMENSIONS = frozenset(("采用率", "研究投入", "争议度", "确定性", "收敛度", "adoption", "controversy", "certainty"))
_LAYER = regex(r"(?:.{1,12}层(?:收敛)?|.{1,24}layer|l[0-4](?:[:.].{0,30})?)")
_ASPECT = regex(r"(?:特征|收敛特征|(?:\d{4}年?)?(?:状态|现状)|feature|status(?:in\d{4})?)")
_FACTORS = frozenset(("因素", "核心因素", "驱动因素", "驱动力", "力量", "因子", "factor", "driver"))
_MECHANISM = regex(r"(?:作用|收敛)?机制|mechanism")
_EFFECT = regex(r"(?:收敛|作用)?效果|effect|effectonconvergence")
_SUBJECT_KINDS = ("layer", "level", "technology", "model")


class _Words:
    """Tells dimensions and subjects, by the vocabulary where there is one and by the domain's usual words."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self.vocabulary = vocabulary

    def label(self, cell: Cell, *kinds: str) -> Label:
        return Label(cell.span, cell.text, self.vocabulary.find(cell.text, *kinds) if self.vocabulary else None)

    def is_dimension(self, cell: Cell) -> bool:
        known = self.vocabulary is not None and self.vocabulary.find(cell.text, "dimension") is not None
        return known or normalise(cell.text) in _DIMENSIONS

    def is_subject(self, cell: Cell) -> bool:
        known = self.vocabulary is not None and self.vocabulary.find(cell.text, *_SUBJECT_KINDS) is not None
        return known or _LAYER.fullmatch(normalise(cell.text)) is not None


def read_layer_table(table: Table, vocabulary: Vocabulary | None = None) -> LayerTable | None:
    """The layer table that ``table`` is, or ``None``."""
    heads = table.header.cells[1:]
    corner = normalise(table.header.cells[0].text) if heads else "?"
    if corner and corner not in _DIMENSION_CORNERS and corner not in _LAYER_CORNERS:
        return None
    orientation = _orientation(corner, table, _Words(vocabulary))
    return None if orientation is None else _layer_table(table, orientation, _Words(vocabulary))


def _orientation(corner: str, table: Table, words: _Words) -> Orientation | None:
    """How the table is laid out, by its header first: most rows of most tables need not be read."""
    heads = table.header.cells[1:]
    if corner not in _LAYER_CORNERS:
        if all(_ASPECT.fullmatch(normalise(head.text)) for head in heads):
            if _mostly(words.is_dimension, _firsts(table)):
                return Orientation.SINGLE
        elif _mostly(words.is_subject, heads) and _mostly(words.is_dimension, _firsts(table)):
            return Orientation.DIMENSION_BY_LAYER
    if corner not in _DIMENSION_CORNERS and _mostly(words.is_dimension, heads):
        return Orientation.LAYER_BY_DIMENSION if _mostly(words.is_subject, _firsts(table)) else None
    return None


def _firsts(table: Table) -> list[Cell]:
    return [row.cells[0] for row in table.rows if row.cells]


def _mostly(test: Callable[[Cell], bool], cells: Sequence[Cell]) -> bool:
    return 2 * sum(map(test, cells)) >= len(cells) > 0


def _layer_table(table: Table, orientation: Orientation, words: _Words) -> LayerTable:
    by_rows = orientation is Orientation.LAYER_BY_DIMENSION
    kinds_down = _SUBJECT_KINDS if by_rows else ("dimension",)
    kinds_across = _SUBJECT_KINDS if orientation is Orientation.DIMENSION_BY_LAYER else ("dimension",)
    down = tuple(words.label(row.cells[0], *kinds_down) for row in table.rows if row.cells)
    across = tuple(words.label(head, *kinds_across) for head in table.header.cells[1:])
    cells = []
    for i, row in enumerate(row for row in table.rows if row.cells):
        for j, cell in enumerate(row.cells[1 : len(across) + 1]):
            subject, dimension = (i, j) if by_rows else (j, i)
            cells.append(LayerCell(cell.span, cell.text, subject, dimension))
    subjects, dimensions = (down, across) if by_rows else (across, down)
    return LayerTable(table.span, orientation, subjects, dimensions, tuple(cells))


def cells_about(table: Table, is_meant: Callable[[str], bool]) -> Iterator[tuple[Cell, Cell]]:
    """Body cells whose column or row is named by a cell that ``is_meant``, each with the cell that names it."""
    heads = [cell if is_meant(cell.text) else None for cell in table.header.cells]
    for row in table.rows:
        label = row.cells[0] if row.cells and is_meant(row.cells[0].text) else None
        for cell, head in zip(row.cells, heads, strict=False):
            name = head or label
            if name is not None and cell is not label:
                yield cell, name


def series_about(table: Table, is_meant: Callable[[str], bool]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Columns and rows named by a cell that ``is_meant``: that cell and the body cells that are of it alone.

    A cell whose column and row are both named so belongs to neither.
    """
    labels = [row.cells[0] if row.cells and is_meant(row.cells[0].text) else None for row in table.rows]
    heads = [cell if is_meant(cell.text) else None for cell in table.header.cells]
    for at, head in enumerate(heads):
        if head is not None:
            rows = zip(table.rows, labels, strict=True)
            yield head, [row.cells[at] for row, label in rows if label is None and at < len(row.cells)]
    for row, label in zip(table.rows, labels, strict=True):
        if label is not None:
            named = zip(row.cells[1:], heads[1:], strict=False)
            yield label, [cell for cell, head in named if head is None]


def read_driver_table(table: Table, vocabulary: Vocabulary | None = None) -> DriverTable | None:
    """The driver table that ``table`` is, or ``None``."""
    if normalise(table.header.cells[0].text) not in _FACTORS:
        return None
    heads = [normalise(cell.text) for cell in table.header.cells]
    mechanism = next((i for i, head in enumerate(heads) if _MECHANISM.fullmatch(head)), 0)
    effect = next((i for i, head in enumerate(heads) if _EFFECT.fullmatch(head)), 0)
    if not mechanism or not effect:
        return None
    words = _Words(vocabulary)
    rows = tuple(
        DriverRow(row.span, words.label(row.cells[0], "factor", "driver"), _cell(row, mechanism), _cell(row, effect))
        for row in table.rows
        if row.cells
    )
    return DriverTable(table.span, rows)


def _cell(row: Row, index: int) -> Cell | None:
    return row.cells[index] if index < len(row.cells) else None
