"""The sentence in which a link stands, as plain words: what stands before the link, its own words, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

MOST: Final = 80
"""Characters kept on either side of a link."""
_LEAST: Final = 4
"""Letters beside a link's own words without which the sentence before says what it is about."""

_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)】\"]*|\.(?=\s+[^\sa-z])")
_CLAUSE_END = re.compile(r"[，、；：—,;:]+|\s+")
_WIDE = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
_LOOSE_SPACE = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")
_WIDE_CHARACTER = re.compile(_WIDE)
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(r"[^\W\d_]+")
_WAYMARKS = re.compile(
    r"[上下前后][一1]?[章节篇页个步]|返回|回到|目录|首页|主页|索引|导航|总览|相关(?:主题|阅读|章节|文档|内容|页面)"
    r"|参见|参考|参阅|另见|详见|请见|延伸阅读|见"
    r"|\b(?:previous|prev|next|back|home|index|contents|top|up|see|also|to|read|more|related|links?|the|and|or)\b",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """A sentence with a link in it."""

    before: str
    words: str
    after: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.words + self.after


def sentence_around(before: str, words: str, after: str) -> Passage:
    """The sentence of a block in which a link stands; the one before it too where the link is nearly all of it.

    Args:
        before: what the block says before the link, white space at its end kept.
        words: what the link says.
        after: what the block says after it.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(before) if before[match.end() :].strip()]
    stop = _SENTENCE_END.search(after)
    tail = after[: stop.end()] if stop else after
    head = before[ends[-1] :] if ends else before
    if ends and _letters(head + tail) < _LEAST:
        head = before[ends[-2] if len(ends) > 1 else 0 :]
    return Passage(_shortened_start(tidy(head).lstrip()), tidy(words).strip(), _shortened_end(tidy(tail).rstrip()))


def telling_words(beside: str) -> tuple[str, ...]:
    """The words beside the links of a block that say more than where to go, as 上一章, 返回目录 or See also do."""
    return tuple(dict.fromkeys(run[0] for run in _RUN.finditer(_WAYMARKS.sub(" ", beside))))


def is_waymark(telling: Iterable[str], words: str) -> bool:
    """Whether a block only shows the way: it tells nothing, or only once more the words of its link."""
    letters = 0
    for run in telling:
        letters += len(run) if run not in words else 0
        if letters >= 2:
            return False
    return True


def tidy(text: str) -> str:
    """Text with the spaces gone that a line break left between two Chinese characters."""
    return _LOOSE_SPACE.sub("", text)


def is_wide(character: str) -> bool:
    """Whether a character is Chinese, or its punctuation, so that no space stands beside it."""
    return _WIDE_CHARACTER.match(character) is not None


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


def _shortened_start(text: str) -> str:
    if len(text) <= MOST:
        return text
    kept = text[-MOST:]
    clause = _CLAUSE_END.search(kept, 0, MOST // 2)
    return f"…{kept[clause.end() :] if clause else kept}"


def _shortened_end(text: str) -> str:
    if len(text) <= MOST:
        return text
    kept = text[:MOST]
    clauses = [match.start() for match in _CLAUSE_END.finditer(kept, MOST // 2)]
    return f"{kept[: clauses[-1]] if clauses else kept}…"
