"""How a table is laid out that compares: which axis names the subjects, and which what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.claims.header import Header, header_of
from convergence_docs.model.nodes import Table
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.regex import regex

_DIMENSION_CORNER = regex(
    r"(?i).{0,6}(?:维度|指标|参数|属性|特性|特征|项目?|方面|性能|metric|dimension|parameter|property|attribute|aspect|criterion)(?:类型|名称|项)?"
)
_COUNT = regex(r"(?i)(?:序号|编号|排名|名次|#|no\.?|id|rank)")

_CLEAR = 0.5
"""By how much more of the rows than of the columns (or the other way round) must sound like measures."""
_MOST = 0.6
"""So many of the rows must sound like measures to be taken for dimensions against the corner."""


class Axis(StrEnum):
    """Which axis of a table names the dimensions."""

    DOWN = "down"  # a dimension a row
    ACROSS = "across"  # a dimension a column
    ROUGHLY_ACROSS = "roughly-across"  # so it looks, but a row may be a measure before and after
    MIXED = "mixed"  # the corner says a row, but some columns are dimensions of their own
    CROSSED = "crossed"  # the corner says a row, and the columns are dimensions


class Layout(NamedTuple):
    """How a table is laid out. ``label`` is the column that names the rows."""

    heads: Sequence[Header]
    axis: Axis
    label: int
    has_measures: bool = False
    """Whether a column is a measure."""

    def is_down(self, row: Header, column: int) -> bool | None:
        """Whether a cell's dimension is named by its row; ``None`` where that can't be told."""
        if self.axis is Axis.DOWN or self.axis is Axis.ACROSS:
            return self.axis is Axis.DOWN
        if self.axis is Axis.CROSSED:
            return None if row.is_measure else False
        head = self.heads[column]
        is_condition = head.title.is_year or head.is_aspect
        if self.axis is Axis.ROUGHLY_ACROSS:
            return is_condition and row.is_measure
        if is_condition:
            return row.is_measure or not self.has_measures
        if not head.is_measure:
            return True
        return None if row.is_measure else False


def layout_of(table: Table, vocabulary: Vocabulary | None) -> Layout | None:
    """The layout of a table; ``None`` where it can't be told."""
    heads = [header_of(cell.text, vocabulary) for cell in table.header.cells]
    label = 1 if len(heads) > 2 and _COUNT.fullmatch(heads[0].title.name) else 0
    corner, others = heads[label].title.name, heads[label + 1 :]
    if not others:
        return None
    width = len(heads)
    rows = [header_of(row.cells[label].text, vocabulary) for row in table.rows if len(row.cells) == width]
    is_across = any(head.dimension is not None for head in others)
    is_down = any(row.dimension is not None for row in rows)
    if is_down is not is_across:
        return Layout(heads, Axis.DOWN if is_down else Axis.ACROSS, label)
    names = [head for head in others if not (head.is_aspect or head.title.is_year)]
    across = _share(names)
    if not corner.strip():
        down = _share(rows)
        if abs(down - across) < _CLEAR:
            return None
        return Layout(heads, Axis.DOWN if down > across else Axis.ACROSS, label)
    if _DIMENSION_CORNER.fullmatch(corner):
        return Layout(heads, Axis.CROSSED if across >= _CLEAR else Axis.MIXED, label, across > 0)
    is_swapped = bool(names) and across < 1 - _MOST and _share(rows) >= _MOST
    return Layout(heads, Axis.DOWN if is_swapped else Axis.ROUGHLY_ACROSS, label)


def may_be_down(table: Table) -> bool:
    """Whether the corner lets the rows be dimensions."""
    corner = table.header.cells[0].text.strip()
    return not corner or _DIMENSION_CORNER.fullmatch(corner) is not None or _COUNT.fullmatch(corner) is not None


def _share(headers: Sequence[Header]) -> float:
    """How many of the headers sound like something that is measured."""
    return sum(header.is_measure for header in headers) / max(1, len(headers))
