"""How a table is laid out that compares: which axis names the subjects, and which what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.claims.names import SUBJECTS, Title, find_term, names_of, parse_title
from convergence_docs.model.nodes import Cell, Table
from convergence_docs.model.vocabulary import Term, Vocabulary

_DIMENSION_CORNER = re.compile(
    r"(?i).{0,6}(?:维度|指标|参数|属性|特性|特征|项目|方面|比较项|对比项|评价项|性能|metric|dimension|parameter|property|attribute|aspect|criterion)(?:类型|名称|项)?"
)
_COUNT = re.compile(r"(?i)(?:序号|编号|排名|名次|#|no\.?|id|rank)")

_MEASURE = re.compile(
    r"(?i).*(?:率|(?<![调制角季年])度|(?<![向变])量|(?<!属)性|比例?|占比|成本|延迟|开销|时间|性能|提升|降低|改善|减少|增加|增长|节省|损失|价格|费用|评分|得分|强度|难度|效率|精度|规模|(?<![函参])数|share|rate|ratio|cost|latency|score|accuracy)"
)
_DEED = re.compile("降低|减少|提升|提高|优化|避免|增加|使用|改善|节省")
"""What opens the name of a deed: 降低延迟 is no measure, 延迟降低 is one."""
_CLEAR = 0.5
"""By how much more of the rows than of the columns (or the other way round) must sound like measures."""
_MOST = 0.6
"""So many of the rows must sound like measures to be taken for dimensions against the corner."""
_MOST_HEADERS = 50_000
_RANGE = re.compile(r"的?(?:区间|范围|取值|数值)$")
_STATE = re.compile(
    r"(?:(?:当前|实际|典型|实测|测量)?(?:值|数值|结果|取值|状态)|特征|现状|数据|水平|value|result)", re.IGNORECASE
)
_ASPECT = re.compile(
    r"(?:目标|期望|要求|预期|基准|基线|参考|推荐|最低|最高|优秀|合格|告警|警告|严重|警戒)?(?:值|阈值|标准|目标|水平|范围|要求)?(?:（.*）)?"
    r"|(?:优化|改进|改造|升级|实施|部署|迁移)[前后]|之?前|之?后|改善|改善幅度|改进|提升|提升幅度|变化|变化率|降幅|增幅|差异|差距|目标|阈值|基准|预测|当前|现在|before|after|target|baseline|threshold",
    re.IGNORECASE,
)


class Head(NamedTuple):
    """What a header says, and what the vocabulary knows it as."""

    title: Title
    dimension: Term | None
    subject: Term | None


class Axis(StrEnum):
    """Which axis of a table names the dimensions."""

    DOWN = "down"  # a dimension a row
    ACROSS = "across"  # a dimension a column
    ROUGHLY_ACROSS = "roughly-across"  # so it looks, but a row may be a measure before and after
    MIXED = "mixed"  # the corner says a row, but some columns are dimensions of their own
    CROSSED = "crossed"  # the corner says a row, and the columns are dimensions


class Layout(NamedTuple):
    """How a table is laid out. ``label`` is the column that names the rows."""

    heads: Sequence[Head]
    axis: Axis
    label: int
    has_measures: bool = False
    """Whether a column is a measure."""

    def is_down(self, row: str, column: int) -> bool | None:
        """Whether a cell's dimension is named by its row; ``None`` where that can't be told."""
        if self.axis is Axis.DOWN or self.axis is Axis.ACROSS:
            return self.axis is Axis.DOWN
        if self.axis is Axis.CROSSED:
            return None if is_measure(row) else False
        title = self.heads[column].title
        is_condition = title.is_year or is_aspect(title.name)
        if self.axis is Axis.ROUGHLY_ACROSS:
            return is_condition and is_measure(row)
        if is_condition:
            return is_measure(row) or not self.has_measures
        if not is_measure(title.name):
            return True
        return None if is_measure(row) else False


def layout_of(table: Table, vocabulary: Vocabulary | None) -> Layout | None:
    """The layout of a table; ``None`` where it can't be told."""
    heads = [_head(cell, vocabulary) for cell in table.header.cells]
    label = 1 if len(heads) > 2 and _COUNT.fullmatch(heads[0].title.name) else 0
    corner, others = heads[label].title.name, heads[label + 1 :]
    if not others:
        return None
    rows = [row.cells[label].text for row in table.rows if len(row.cells) == len(heads)]
    if vocabulary is not None:
        is_across = any(head.dimension is not None for head in others)
        is_down = any(dimension_of(text, vocabulary) is not None for text in rows)
        if is_down is not is_across:
            return Layout(heads, Axis.DOWN if is_down else Axis.ACROSS, label)
    names = [head.title.name for head in others if not (head.title.is_year or is_aspect(head.title.name))]
    across = _share(names)
    if not corner.strip():
        down = _share(rows)
        if abs(down - across) < _CLEAR:
            return None
        return Layout(heads, Axis.DOWN if down > across else Axis.ACROSS, label)
    if _DIMENSION_CORNER.fullmatch(corner):
        return Layout(heads, Axis.CROSSED if across >= _CLEAR else Axis.MIXED, label, across > 0)
    is_swapped = names and across < 1 - _MOST and _share(rows) >= _MOST
    return Layout(heads, Axis.DOWN if is_swapped else Axis.ROUGHLY_ACROSS, label)


def _head(cell: Cell, vocabulary: Vocabulary | None) -> Head:
    title = parse_title(cell.text)
    if vocabulary is None:
        return Head(title, None, None)
    return Head(title, dimension_of(cell.text, vocabulary), subject_term(cell.text, vocabulary))


def dimension_of(text: str, vocabulary: Vocabulary | None) -> Term | None:
    """The dimension that a header names, whatever its year and brackets; 收敛度区间 is 收敛度."""
    if vocabulary is None:
        return None
    known = _headers(vocabulary)
    if (text, True) not in known:
        name = parse_title(text).name
        found = (find_term(vocabulary, one, "dimension") for one in (text, name, _RANGE.sub("", name)))
        known[text, True] = next((term for term in found if term is not None), None)
    return known[text, True]


def subject_term(text: str, vocabulary: Vocabulary | None) -> Term | None:
    """The subject that a header names, with or without its brackets."""
    if vocabulary is None:
        return None
    known = _headers(vocabulary)
    if (text, False) not in known:
        term = find_term(vocabulary, text, *SUBJECTS)
        known[text, False] = term or find_term(vocabulary, parse_title(text).name, *SUBJECTS)
    return known[text, False]


def _headers(vocabulary: Vocabulary) -> dict[tuple[str, bool], Term | None]:
    known = names_of(vocabulary).headers
    if len(known) > _MOST_HEADERS:
        known.clear()
    return known


def is_state(name: str) -> bool:
    """Whether a column holds simply the value: 值, 现状."""
    return _STATE.fullmatch(name) is not None


def is_aspect(name: str) -> bool:
    """Whether a column holds the value under some condition: 目标值, 优化后."""
    return is_state(name) or _ASPECT.fullmatch(name) is not None


def _share(names: Sequence[str]) -> float:
    """How many of the names sound like something that is measured."""
    return sum(map(is_measure, names)) / max(1, len(names))


def is_measure(name: str) -> bool:
    """Whether a name sounds like something that is measured: 采用率, 性能开销."""
    name = parse_title(name).name
    return _MEASURE.fullmatch(name) is not None and not _DEED.match(name)
