"""Claims of any other table: one axis names the subjects, the other what is said of them.

Which axis is which is told by the corner (指标, 维度: what follows below it are dimensions), by the vocabulary, and by
the words of the headers (采用率, 目标值). Where it can't be told there is no claim, and neither is there one of a cell
that is more than a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from convergence_docs.claims.cells import FIGURES, is_blank, is_change, is_whole
from convergence_docs.claims.layers import joined
from convergence_docs.claims.names import SUBJECTS, Title, find_term, parse_title
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.signs import HAS_FIGURE
from convergence_docs.claims.subject import Subject, subject_of
from convergence_docs.model.claim import Claim, ClaimSource
from convergence_docs.model.nodes import Cell, Row, Table
from convergence_docs.model.value import ValueKind, read_cell
from convergence_docs.model.vocabulary import Term, Vocabulary

_DIMENSION_CORNER = re.compile(
    r"(?i).{0,6}(?:维度|指标|参数|属性|特性|特征|项目|方面|比较项|对比项|评价项|性能|metric|dimension|parameter|property|attribute|aspect|criterion)(?:类型|名称|项)?"
)
_COUNT = re.compile(r"(?i)(?:序号|编号|排名|名次|#|no\.?|id|rank)")
_YEARS = re.compile(r"(?:年份|年度|年代|年|时间|时期|year|date)", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_MEASURE = re.compile(
    r"(?i).*(?:率|度|量|性|比例?|占比|成本|延迟|开销|时间|性能|提升|降低|改善|损失|价格|费用|评分|得分|强度|难度|效率|精度|规模|数|share|rate|ratio|cost|latency|score|accuracy)"
)
_STATE = re.compile(
    r"(?:(?:当前|实际|典型|实测|测量)?(?:值|数值|结果|取值|状态)|特征|现状|数据|水平|value|result)", re.IGNORECASE
)
_ASPECT = re.compile(
    r"(?:目标|期望|要求|预期|基准|基线|参考|推荐|最低|最高|优秀|合格|告警|警告|严重|警戒)?(?:值|阈值|标准|目标|水平|范围|要求)?(?:（.*）)?"
    r"|(?:优化|改进|改造|升级|实施|部署|迁移)[前后]|之?前|之?后|改善|改善幅度|改进|提升|提升幅度|变化|变化率|降幅|增幅|差异|差距|目标|阈值|基准|预测|当前|现在|before|after|target|baseline|threshold",
    re.IGNORECASE,
)
_DOES_NOT_NAME = re.compile(r"[\s\d.,，%％★⭐☆\-–—+*/]*")


class _Axis(NamedTuple):
    """How a table is laid out: whether its rows are dimensions, and the column that names them."""

    is_down: bool
    label: int


class _Head(NamedTuple):
    title: Title
    dimension: Term | None
    subject: Term | None


def is_known(table: Table, vocabulary: Vocabulary | None) -> bool:
    """Whether a header names a dimension that the vocabulary knows, so that words may be values there."""
    return vocabulary is not None and any(
        find_term(vocabulary, cell.text, "dimension") is not None for cell in table.header.cells
    )


def comparison_claims(page: Page, table: Table) -> Iterator[Claim]:
    """The claims of a table that is neither a layer table nor one of drivers."""
    heads = [_head(page, cell) for cell in table.header.cells]
    axis = _axis(page, table, heads)
    if axis is None:
        return
    width = len(heads)
    corner = heads[axis.label].title.name
    for row in table.rows:
        if len(row.cells) == width and not is_blank(row.cells[axis.label].text):
            yield from _row_claims(page, row, heads, axis, corner)


def _head(page: Page, cell: Cell) -> _Head:
    title = parse_title(cell.text)
    find = page.vocabulary
    dimension = find_term(find, cell.text, "dimension") or find_term(find, title.name, "dimension")
    return _Head(title, dimension, find_term(find, cell.text, *SUBJECTS) or find_term(find, title.name, *SUBJECTS))


def _axis(page: Page, table: Table, heads: Sequence[_Head]) -> _Axis | None:
    corner = heads[0].title.name
    label = 1 if _COUNT.fullmatch(corner) and len(heads) > 2 else 0
    corner = heads[label].title.name
    others = heads[label + 1 :]
    if not others:
        return None
    firsts = [row.cells[label].text for row in table.rows if len(row.cells) == len(heads)]
    known_down = sum(find_term(page.vocabulary, text, "dimension") is not None for text in firsts)
    known_across = sum(head.dimension is not None for head in others)
    if known_down and not known_across:
        return _Axis(True, label)
    if known_across and not known_down:
        return _Axis(False, label)
    if not corner.strip():
        down, across = _share(firsts), _share([head.title.name for head in others])
        return None if abs(down - across) < 0.5 else _Axis(down > across, label)
    if _DIMENSION_CORNER.fullmatch(corner):
        across = _share([head.title.name for head in others if not _is_aspect(head.title.name)])
        return _Axis(not (across > 0.6 and _share(firsts) < 0.3), label)
    return _Axis(False, label)


def _share(names: Sequence[str]) -> float:
    """How many of the names sound like something that is measured."""
    return sum(_MEASURE.fullmatch(parse_title(name).name) is not None for name in names) / max(1, len(names))


def _is_aspect(name: str) -> bool:
    return _STATE.fullmatch(name) is not None or _ASPECT.fullmatch(name) is not None


def _row_claims(page: Page, row: Row, heads: Sequence[_Head], axis: _Axis, corner: str) -> Iterator[Claim]:
    label = row.cells[axis.label]
    about: Subject | None = None
    for column, cell in enumerate(row.cells):
        if column <= axis.label or (
            not HAS_FIGURE.search(cell.text) and heads[column].dimension is None and not axis.is_down
        ):
            continue
        head = heads[column]
        if axis.is_down:
            title = parse_title(label.text)
            term = find_term(page.vocabulary, label.text, "dimension") or find_term(
                page.vocabulary, title.name, "dimension"
            )
            subject, scope = _subject_across(page, head, row)
            name = title.name
            year = head.title.year or title.year
            aside = title.aside
        else:
            term = head.dimension
            if about is None:
                about = _subject_down(page, label, corner)
            subject, scope, aside = about, "", head.title.aside
            name, year = head.title.name, head.title.year
        if subject is None or not name:
            continue
        yield from _cell_claims(page, cell, subject, name, term, joined(aside, scope), year)


def _subject_across(page: Page, head: _Head, row: Row) -> tuple[Subject | None, str]:
    name = head.title.name
    if head.subject is not None:
        return subject_of(head.subject, name), head.title.aside
    if head.title.year is not None and _YEAR.fullmatch(name):
        return page.sections.subject_at(row.span.start), ""
    if _STATE.fullmatch(name):
        return page.sections.subject_at(row.span.start), head.title.aside
    if _ASPECT.fullmatch(name):
        return page.sections.subject_at(row.span.start), name
    return (Subject(name, "") if name.strip() else None), head.title.aside


def _subject_down(page: Page, label: Cell, corner: str) -> Subject:
    title = parse_title(label.text)
    for name in (label.text, title.name):
        if term := find_term(page.vocabulary, name, *SUBJECTS):
            return subject_of(term, name)
    if _DOES_NOT_NAME.fullmatch(label.text):
        return Subject(f"{corner} {label.text}".strip(), "")
    return Subject(label.text, "")


def _cell_claims(
    page: Page, cell: Cell, subject: Subject, name: str, term: Term | None, scope: str, year: int | None
) -> Iterator[Claim]:
    if is_blank(cell.text):
        return
    words = page.glass.words(*cell.span)
    reading = read_cell(words.text, 0, term)
    if reading is None:
        return
    value = reading.value
    is_certain = bool(subject.id) and term is not None
    if not is_certain and (
        value.problem or (value.kind not in FIGURES and not (term and value.kind is not ValueKind.TEXT))
    ):
        return
    if value.kind in FIGURES and not is_whole(words, reading, name):
        return
    if value.interval is not None and value.kind is not ValueKind.RATING and not value.is_change and is_change(name):
        value = value._replace(is_change=True)
    yield page.claim(
        words.span(*reading.span),
        ClaimSource.TABLE,
        subject,
        Named(name, term.id if term else ""),
        value,
        joined(scope, reading.scope),
        reading.year or year,
        cell.span,
    )
