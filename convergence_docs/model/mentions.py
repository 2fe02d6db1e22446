"""Section numbers that running text names: 见第七节, 参见 7.2, 7.2 节."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex
from convergence_docs.text import Span

_CHINESE = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3})+"
_MENTION = regex(
    rf"第[ ]?({_CHINESE}|{_DECIMAL}|\d{{1,3}})[ ]?(?=[节節]|小节|部分(?!的?[一二三四五六七八九]))"
    rf"|(?:参见|详见|参阅|参考|参照|见)[ ]?(?:(?:本[章文]|[上下前后]文)(?:的)?[ ]?)?({_DECIMAL})(?![\d.%％])"
    rf"|(?<![\d.])({_DECIMAL})[ ]?(?=小?节)"
)
_OWN = regex(r"(?:本[章文]|[上下前后]文)(?:的|中的?)?[ ]?\Z")
_FOREIGN = regex(
    r"(?:[》」』”`\])）]|et al\.?|等人?|论文|文献|原文|报告|教材|书中?|手册|标准|规范|文档|附录|[章卷册]|[A-Za-z]{2,}"
    r"|\d+(?:\.\d+)+(?:[-—－][^\s，。；]+)?)[ ]?(?:[（(]?\d{4}[)）]?)?[ ]?(?:的|中的?|之|里的?)?[ ]?\Z"
)
"""What shows that a number behind it is that of another text's section."""
_FOLLOWING = regex(rf"[ ]?(?:一[章文])?(?:的|中的?|之|里的?)?[ ]?(?={_MENTION.pattern})")
_REACH = 40
_WORDS = ("节", "節", "见", "部分", "参考", "参阅", "参照")


class Mention(NamedTuple):
    """A section number in running text. ``span`` covers the numeral alone, ``numeral`` is it as written.

    ``is_own`` tells that nothing before it points to another text.
    """

    span: Span
    numeral: str
    is_own: bool


def mentions_of(chapter: Chapter) -> Iterator[Mention]:
    """The section numbers that the running text of a chapter names, in order; none in headings, links and code."""
    text = chapter.source.text
    if not any(word in text for word in _WORDS):
        return
    silent = _Silent(chapter)
    for match in _MENTION.finditer(text):
        group = match.lastindex or 1
        if silent.holds(match.start()):
            continue
        before = text[max(0, text.rfind("\n", 0, match.start()) + 1, match.start() - _REACH) : match.start()]
        is_own = _OWN.search(before) is not None or _FOREIGN.search(before) is None
        yield Mention(Span(*match.span(group)), match[group], is_own)


def mention_after(text: str, offset: int) -> Mention | None:
    """The section number that is named right behind a place, as in ``[架构层](x.md)的第七节``, or ``None``."""
    joint = _FOLLOWING.match(text, offset)
    match = _MENTION.match(text, joint.end()) if joint else None
    if match is None:
        return None
    group = match.lastindex or 1
    return Mention(Span(*match.span(group)), match[group], False)


def mentions_in(text: str, span: Span) -> Iterator[Mention]:
    """The section numbers that a piece of text names, such as the words of a link."""
    for match in _MENTION.finditer(text, *span):
        group = match.lastindex or 1
        yield Mention(Span(*match.span(group)), match[group], True)


class _Silent:
    """The places of a chapter that are no running text."""

    def __init__(self, chapter: Chapter) -> None:
        spans = [chapter.front_matter.span]
        for pieces in (
            chapter.headings,
            chapter.links,
            chapter.fences,
            chapter.formulas,
            chapter.comments,
            chapter.definitions,
        ):
            spans += [piece.span for piece in pieces]
        self._spans: list[Span] = []
        for span in sorted(spans):
            if not self._spans or span.end > self._spans[-1].end:
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]
        self._text = chapter.source.text

    def holds(self, offset: int) -> bool:
        """Whether a place lies in one of them, or between backquotes."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._spans[at].end:
            return True
        line = self._text[self._text.rfind("\n", 0, offset) + 1 : offset]
        return line.count("`") % 2 == 1
