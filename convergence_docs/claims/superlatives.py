"""Superlatives: sentences that call a layer, driver or model the highest or lowest in a known dimension.

Only the plain forms are read: 架构层收敛是最高级别的收敛, 数学层是三层中收敛度最高的一层, 收敛度最低的是能力层. What is
quoted, denied, limited (除…之外, 之一) or said of a part (架构层中采用率最高的技术) has another form and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.claims.lines import Line, Lines
from convergence_docs.claims.words import Glass
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.degree import degree_dimension
from convergence_docs.model.claims.superlative import Superlative
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.regex import regex
from convergence_docs.text import Span

_KINDS = ("layer", "driver", "model")
_HIGH = "高大强多"
_MARK = regex(f"最[{_HIGH}低小弱少]")
_LIMITED = regex(
    r"除|以外|之外|之一|如果|假如|假设|倘若|曾|不是|并非|而非|不再|未必|所谓|误|号称|自称|有人|有的|据说|仅次|其次|第二"
    r"|可能|也许|将来|未来|预计|[?？]"
)
_CLAUSE = regex(r"[^，,：:（）()]+")
_SENTENCE_ENDS = ("。", "！", "？", "!", "?", "；", ";", "\n\n", "\n- ", "\n#", "\n|")
_MAX_SENTENCE = 400
_NEARBY = 60
_BETWEEN = regex(
    r"在|[三两各几]|所有|全部|这|层|之?中|的|是|为|拥有|具有|收敛|程度|水平|级别|等级|也|都|目前|当前|仍然?|才|属于|达到|\s"
)
_TAIL = regex(r"(?:级别?|等级|程度)?(?:的)?(?:收敛|一层|层|那一层|级别|等级|层次|水平)?\s*")
_INSIDE = ("中", "里", "内", "之中")
_LEADING = regex(r"\s*(?:其[一二三四五六]|首先|第[一二三四五六])?")


class _Names(NamedTuple):
    subjects: re.Pattern[str]
    subject_of: dict[str, Term]
    dimensions: re.Pattern[str]
    dimension_of: dict[str, Term]
    degree: Term | None


def read_superlatives(chapter: Chapter, vocabulary: Vocabulary) -> tuple[Superlative, ...]:
    """The superlatives of a chapter in document order."""
    names = _names(vocabulary.terms, degree_dimension(vocabulary))
    if names is None:
        return ()
    found: list[Superlative] = []
    glass = Glass(chapter)
    for start, end in _sentences(chapter, names):
        found += _read(glass, start, end, names)
    return tuple(found)


@lru_cache(maxsize=4)
def _names(terms: tuple[Term, ...], degree: Term | None) -> _Names | None:
    subject_of = {name: term for term in terms if term.kind in _KINDS for name in term.names}
    dimension_of = {name: term for term in terms if term.kind == "dimension" for name in term.names if len(name) > 1}
    if not subject_of or not dimension_of:
        return None
    return _Names(_any_of(subject_of), subject_of, _any_of(dimension_of), dimension_of, degree)


def _any_of(names: dict[str, Term]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)  # 架构层收敛 before 架构层, yet not in 架构层收敛度
    return re.compile(f"(?:{'|'.join(map(re.escape, ordered))})(?![度率])")


def _sentences(chapter: Chapter, names: _Names) -> Iterator[tuple[int, int]]:
    """Where sentences of running text stand that hold a superlative, with a subject nearby."""
    text = chapter.source.text
    lines: Lines | None = None
    line: Line | None = None
    done = -1
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at < done or not names.subjects.search(text, max(0, at - _NEARBY), at + _NEARBY):
            continue
        low, high = max(0, at - _MAX_SENTENCE), min(len(text), at + _MAX_SENTENCE)
        ends = [end for sign in _SENTENCE_ENDS if (end := text.find(sign, at, high)) >= 0]
        done = min(ends, default=high)
        if not ends and high < len(text):
            continue  # longer than any sentence that is read here
        lines = lines or Lines(chapter)
        if line is None or not line.start <= at < line.end:
            line = lines.at(at)
        if line is None:
            end = text.find("\n", at)
            done = len(text) if end < 0 else end
        else:
            start = max(text.rfind(sign, low, at) + len(sign) for sign in _SENTENCE_ENDS)
            yield max(start, low, line.body), min(done, line.end)


def _read(glass: Glass, start: int, end: int, names: _Names) -> Iterator[Superlative]:
    words = glass.words(start, end)
    if _LIMITED.search(words.text):
        return
    for clause in _CLAUSE.finditer(words.text):
        mark = _MARK.search(clause[0])
        if mark is None or len(set(names.subjects.findall(clause[0]))) != 1:
            continue
        lead = _LEADING.match(clause[0])
        begin = lead.end() if lead else 0
        said = _forward(clause[0], begin, mark, names) or _backward(clause[0], begin, mark, names)
        if said is not None:
            subject, dimension = said
            term = names.subject_of[subject]
            yield Superlative(
                span=Span(
                    words.span(clause.start() + begin, clause.start() + begin + 1).start,
                    words.span(clause.end() - 1, clause.end()).end,
                ),
                subject=subject,
                subject_id=f"{term.kind}:{term.id}",
                dimension=dimension.name,
                dimension_id=dimension.id,
                is_highest=mark[0][1] in _HIGH,
            )


def _forward(clause: str, begin: int, mark: re.Match[str], names: _Names) -> tuple[str, Term] | None:
    """架构层 … 最高 …"""
    subject = names.subjects.search(clause, begin)
    if subject is None or subject.end() > mark.start() or not _is_between(clause[begin : subject.start()], names):
        return None
    if not _is_between(clause[subject.end() : mark.start()], names) or clause.startswith(_INSIDE, subject.end()):
        return None
    rest = clause[mark.end() :]
    named = names.dimensions.search(clause[subject.end() : mark.start()] + "|" + rest)
    if not _TAIL.fullmatch(names.dimensions.sub("", rest)):
        return None
    dimension = names.dimension_of[named[0]] if named else names.degree if "收敛" in clause else None
    return (subject[0], dimension) if dimension else None


def _backward(clause: str, begin: int, mark: re.Match[str], names: _Names) -> tuple[str, Term] | None:
    """收敛度最高的是架构层"""
    subject = names.subjects.search(clause, mark.end())
    if subject is None or clause[subject.end() :].strip() or not _is_between(clause[begin : mark.start()], names):
        return None
    if not re.fullmatch(r"的(?:一层|层)?(?:只能|仍|就)?是\s?", clause[mark.end() : subject.start()]):
        return None
    named = names.dimensions.search(clause, begin, mark.start())
    before = clause[begin : mark.start()]
    dimension = names.dimension_of[named[0]] if named else names.degree if "收敛" in before else None
    return (subject[0], dimension) if dimension else None


def _is_between(text: str, names: _Names) -> bool:
    """Whether nothing but dimensions and words that join them stands there."""
    return not _BETWEEN.sub("", names.dimensions.sub("", text))
