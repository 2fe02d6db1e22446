"""What the header of a row or column says: a dimension, a subject, a condition, and how certain that is."""

from __future__ import annotations

import re
from typing import NamedTuple

from convergence_docs.claims.names import SUBJECTS, Title, find_term, names_of, parse_title
from convergence_docs.claims.subject import Subject, read_heading, subject_of
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.regex import regex

_MEASURE = regex(
    r"(?i).*(?:率|(?<![调制角季年])度|(?<![向变])量|(?<!属)性|(?<![动压])力|比例?|占比|份额|成本|延迟|开销|时间|性能|提升|降低|改善|减少|增加|增长|节省|损失|价格|费用|评分|得分|强度|难度|效率|精度|规模|(?<![函参])数|share|rate|ratio|cost|latency|score|accuracy)"
)
_DEED = regex("降低|减少|提升|提高|优化|避免|增加|使用|改善|节省")
"""What opens the name of a deed: 降低延迟 is no measure, 延迟降低 is one."""
_RANGE = regex(r"的?(?:区间|范围|取值|数值)$")
_STATE = regex(
    r"(?:(?:当前|实际|典型|实测|测量)?(?:值|数值|结果|取值|状态)|特征|现状|数据|水平|value|result)", re.IGNORECASE
)
_ASPECT = regex(
    r"(?:目标|期望|要求|预期|基准|基线|参考|推荐|最低|最高|优秀|合格|告警|警告|严重|警戒)?(?:值|阈值|标准|目标|水平|范围|要求)?(?:（.*）)?"
    r"|(?:优化|改进|改造|升级|实施|部署|迁移)[前后]|之?前|之?后|改善|改善幅度|改进|提升|提升幅度|变化|变化率|降幅|增幅|差异|差距|目标|阈值|基准|预测|当前|现在|before|after|target|baseline|threshold",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """A header.

    Attributes:
        text: as a reader sees it.
        title: its name without brackets and year, and these.
        dimension: the dimension that the vocabulary knows it as, whatever its year and brackets.
        subject: the known subject that it names, perhaps among words that name nothing: L4 的特征.
        scope: what its brackets say, where they are no part of the subject's name.
        is_measure: whether it sounds like something that is measured: 采用率, 性能开销.
        is_state: whether it announces simply the value: 值, 现状.
        is_aspect: whether it announces the value, perhaps under some condition: 目标值, 优化后.
    """

    text: str
    title: Title
    dimension: Term | None
    subject: Subject | None
    scope: str
    is_measure: bool
    is_state: bool
    is_aspect: bool


_MOST_HEADERS = 50_000
_without_vocabulary: dict[str, Header] = {}


def header_of(text: str, vocabulary: Vocabulary | None) -> Header:
    """The header that ``text`` is; read once, because the same words head the rows and columns of many tables."""
    known = names_of(vocabulary).headers if vocabulary else _without_vocabulary
    header = known.get(text)
    if header is None:
        if len(known) >= _MOST_HEADERS:
            known.clear()
        header = known[text] = _header(text, vocabulary)
    return header


def _header(text: str, vocabulary: Vocabulary | None) -> Header:
    title = parse_title(text)
    is_state = _STATE.fullmatch(title.name) is not None
    subject, is_whole = _subject(text, title.name, vocabulary) if vocabulary else (None, False)
    return Header(
        text,
        title,
        _dimension(text, title.name, vocabulary) if vocabulary else None,
        subject,
        "" if is_whole else title.aside,
        _MEASURE.fullmatch(title.name) is not None and not _DEED.match(title.name),
        is_state,
        is_state or _ASPECT.fullmatch(title.name) is not None,
    )


def _dimension(text: str, name: str, vocabulary: Vocabulary) -> Term | None:
    found = (find_term(vocabulary, one, "dimension") for one in (text, name, _RANGE.sub("", name)))
    return next((term for term in found if term is not None), None)


def _subject(text: str, name: str, vocabulary: Vocabulary) -> tuple[Subject | None, bool]:
    """The known subject that a header names, and whether all of its text is that name."""
    if term := find_term(vocabulary, text, *SUBJECTS):
        return subject_of(term, text), True
    if term := find_term(vocabulary, name, *SUBJECTS):
        return subject_of(term, name), False
    if not names_of(vocabulary).owners.is_in(name):
        return None, False
    subject = read_heading(name, vocabulary).subject
    return (subject, False) if subject is not None and subject.id else (None, False)
