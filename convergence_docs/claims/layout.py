"""How a table is laid out that compares: which axis names the subjects, and which what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from convergence_docs.claims.names import SUBJECTS, Title, find_term, parse_title
from convergence_docs.model.nodes import Cell, Table
from convergence_docs.model.vocabulary import Term, Vocabulary

_DIMENSION_CORNER = re.compile(
    r"(?i).{0,6}(?:维度|指标|参数|属性|特性|特征|项目|方面|比较项|对比项|评价项|性能|metric|dimension|parameter|property|attribute|aspect|criterion)(?:类型|名称|项)?"
)
_COUNT = re.compile(r"(?i)(?:序号|编号|排名|名次|#|no\.?|id|rank)")

_MEASURE = re.compile(
    r"(?i).*(?:率|度|量|性|比例?|占比|成本|延迟|开销|时间|性能|提升|降低|改善|损失|价格|费用|评分|得分|强度|难度|效率|精度|规模|数|share|rate|ratio|cost|latency|score|accuracy)"
)
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


class Layout(NamedTuple):
    """``is_down``: the rows are dimensions, and the columns subjects; else the other way round. ``label`` is the column
    that names the rows."""

    heads: Sequence[Head]
    is_down: bool
    label: int


def layout_of(table: Table, vocabulary: Vocabulary | None) -> Layout | None:
    """The layout of a table; ``None`` where it can't be told."""
    heads = [_head(cell, vocabulary) for cell in table.header.cells]
    label = 1 if len(heads) > 2 and _COUNT.fullmatch(heads[0].title.name) else 0
    corner, others = heads[label].title.name, heads[label + 1 :]
    if not others:
        return None
    if vocabulary is not None:
        is_across = any(head.dimension is not None for head in others)
        is_down = any(dimension_of(text, vocabulary) is not None for text in _firsts(table, label))
        if is_down is not is_across:
            return Layout(heads, is_down, label)
    if not corner.strip():
        down, across = _share(_firsts(table, label)), _share([head.title.name for head in others])
        return None if abs(down - across) < 0.5 else Layout(heads, down > across, label)
    if _DIMENSION_CORNER.fullmatch(corner):
        across = _share([head.title.name for head in others if not is_aspect(head.title.name)])
        return Layout(heads, not (across > 0.6 and _share(_firsts(table, label)) < 0.3), label)
    return Layout(heads, False, label)


def _head(cell: Cell, vocabulary: Vocabulary | None) -> Head:
    title = parse_title(cell.text)
    if vocabulary is None:
        return Head(title, None, None)
    return Head(title, dimension_of(cell.text, vocabulary), subject_term(cell.text, vocabulary))


def dimension_of(text: str, vocabulary: Vocabulary | None) -> Term | None:
    """The dimension that a header names, whatever its year and brackets; 收敛度区间 is 收敛度."""
    if vocabulary is None:
        return None
    if term := find_term(vocabulary, text, "dimension"):
        return term
    name = parse_title(text).name
    return find_term(vocabulary, name, "dimension") or find_term(vocabulary, _RANGE.sub("", name), "dimension")


def subject_term(text: str, vocabulary: Vocabulary | None) -> Term | None:
    """The subject that a header names, with or without its brackets."""
    if vocabulary is None:
        return None
    return find_term(vocabulary, text, *SUBJECTS) or find_term(vocabulary, parse_title(text).name, *SUBJECTS)


def is_state(name: str) -> bool:
    """Whether a column holds simply the value: 值, 现状."""
    return _STATE.fullmatch(name) is not None


def is_aspect(name: str) -> bool:
    """Whether a column holds the value under some condition: 目标值, 优化后."""
    return is_state(name) or _ASPECT.fullmatch(name) is not None


def _firsts(table: Table, label: int) -> list[str]:
    return [row.cells[label].text for row in table.rows if len(row.cells) == len(table.header.cells)]


def _share(names: Sequence[str]) -> float:
    """How many of the names sound like something that is measured."""
    return sum(_MEASURE.fullmatch(parse_title(name).name) is not None for name in names) / max(1, len(names))
