"""What a section is about: what its heading names, else what the nearest heading above names that names anything."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from convergence_docs.claims.names import SUBJECTS, Names, find_term, names_of, parse_title
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.sections import Section, outline_of
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.regex import regex


class Subject(NamedTuple):
    """What something is said of: its name in the chapter, and the id of its term (``kind:id``), or an empty one."""

    name: str
    id: str


def subject_of(term: Term, name: str) -> Subject:
    """The subject that a term is, by the name that the chapter gives it."""
    return Subject(name, f"{term.kind}:{term.id}")


_NUMBER = regex(
    r"^\s*(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节部篇]|[一二三四五六七八九十百]+\s*[、.．：:]|[（(][0-9一二三四五六七八九十]+[)）]"
    r"|[0-9]+(?:\.[0-9]+)*(?![0-9A-Za-z%％年]))[\s、.．:：\-–—]*"
)
_ABOUT = regex(
    r"收敛|统治|主导|地位|定义|状态|现状|特征|原因|影响|优势|劣势|概述|概况|概览|简介|介绍|总览|总结|小结|结论|核心|关键|主要|要点|指标|数据|数字|情况|情形|表现|评估|评价|分析"
    r"|程度|架构|机制|驱动力|驱动|力量|案例|作用|效果|技术|产业|层级|级别|判定|是什么|什么是|一览|基本|当前|目前|整体|总体|本章|本节|本层|各|维度|理由|历史|背景|通行|说法|做法|实测|测试|验证|结果|评测|对比|比较|矩阵|总表|表格|目标|达标|详细|索引|预期|成果|性能|验收|监控|如下|以下|下表|情形|统计|估计"
    r"|(?:19|20)\d\d\s*年?|[的与和及之、，,：:（）()\s\-–—·“”\"'?？!！/]+"
    r"|(?i:overview|definition|status|state|summary|introduction|convergence|features?|conclusions?|the|of|and|in)\b"
)
_PAUSE = regex(r"[，；。]")
"""What makes a sentence of words that would else be a name."""
_COLON = regex(r"[：:]")
_VERSUS = regex(r"(?i)\bvs\b|对比|比较|与.*(?:关系|区别|差异)")


def strip_number(text: str) -> str:
    """A heading without the number that opens it."""
    return _NUMBER.sub("", text, count=1) or text


class Naming(NamedTuple):
    """What a heading names: a subject, nothing (so that the heading above counts), or several things at once."""

    subject: Subject | None
    is_open: bool
    """Whether the heading above may tell."""


class Sections:
    """The subjects of a chapter's sections."""

    def __init__(self, chapter: Chapter, vocabulary: Vocabulary | None) -> None:
        self._chapter = chapter
        self._vocabulary = vocabulary
        self._sections: tuple[Section, ...] = outline_of(chapter).sections
        self._starts = [section.heading.span.start for section in self._sections]
        self._known: dict[int, Subject | None] = {}

    def subject_at(self, offset: int) -> Subject | None:
        """What is spoken of at ``offset``; ``None`` where headings leave it open, or name several things."""
        return self._subject(bisect_right(self._starts, offset) - 1)

    def _subject(self, place: int | None) -> Subject | None:
        if place is None or place < 0:
            place = -1
        if place not in self._known:
            self._known[place] = self._find(place)
        return self._known[place]

    def _find(self, place: int) -> Subject | None:
        if place < 0:
            return read_heading(self._chapter.title, self._vocabulary).subject
        section = self._sections[place]
        reading = read_heading(section.heading.text, self._vocabulary)
        return self._subject(section.parent) if reading.is_open else reading.subject


def read_heading(text: str, vocabulary: Vocabulary | None) -> Naming:
    """What a heading, or a line that leads in a list, names."""
    words = strip_number(text).strip()
    title = parse_title(words)
    for name in (words, title.name) if title.aside.isascii() else (words,):
        term = find_term(vocabulary, name, *SUBJECTS)
        if term is not None:
            return Naming(subject_of(term, name), False)
    names = names_of(vocabulary) if vocabulary else None
    if names is not None:
        subject, is_several = _named(words, names)
        if is_several:
            return Naming(None, False)
        if subject is None and (colon := _COLON.search(words)):
            subject, _ = _named(words[: colon.start()], names)
        if subject is not None:
            return Naming(subject, False)
    if not words or _is_idle(_without_dimensions(words, names)):
        return Naming(None, True)
    return Naming(None if _PAUSE.search(words) else Subject(words, ""), False)


def _named(words: str, names: Names) -> tuple[Subject | None, bool]:
    """The one subject that ``words`` name besides words that name nothing, and whether they name several."""
    namings = list(names.subjects.find(words)) or list(names.levels.find(words))
    if len({naming.term.id for naming in namings}) > 1:
        return None, True
    if not namings or _VERSUS.search(words):
        return None, False
    first, last = namings[0], namings[-1]
    if not _is_idle(words[: first.start]) or not _is_idle(words[last.end :]):
        return None, False
    return subject_of(first.term, words[first.start : first.end]), False


def _without_dimensions(words: str, names: Names | None) -> str:
    if names is None:
        return words
    for naming in reversed(list(names.dimensions.find(words))):
        words = words[: naming.start] + words[naming.end :]
    return words


def _is_idle(words: str) -> bool:
    """Whether words say only what is told of a thing, and name none."""
    return not _ABOUT.sub("", words).strip()
