"""What a chapter is about: the one thing of the vocabulary that its title, or its front matter, names."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import Term, Vocabulary

KINDS = ("layer", "level", "driver", "factor", "technology", "model")
"""What a chapter can be about."""
_NUMBER = "0123456789. -–—:：、"
_FRAMES = (
    "的概述",
    "概述",
    "综述",
    "的现状",
    "现状",
    "收敛状态",
    "状态",
    "收敛分析",
    "分析",
    "收敛",
    "详解",
    "简介",
    "总览",
    "研究",
    "专题",
)


def topic_of(chapter: Chapter, vocabulary: Vocabulary | None) -> str:
    """The key of what a chapter is about, ``layer:architectural``; empty where its title names nothing known.

    ``layer: architectural`` in the front matter says it outright; else the first H1 counts, then the title, without
    number, bracket and words such as 概述.
    """
    if vocabulary is None:
        return ""
    values = chapter.front_matter.values
    for kind in KINDS:
        said = values.get(kind)
        if isinstance(said, str) and (term := _named(said, kind, vocabulary)):
            return key_of(term)
    headline = next((heading.text for heading in chapter.headings if heading.level == 1), "")
    for text in dict.fromkeys((headline, chapter.title)):
        term = _found(text, vocabulary)
        if term is not None:
            return key_of(term)
    return ""


def key_of(term: Term) -> str:
    """A term as claims name their subject: ``layer:architectural``."""
    return f"{term.kind}:{term.id}"


def _named(text: str, kind: str, vocabulary: Vocabulary) -> Term | None:
    by_id = next((term for term in vocabulary.of(kind) if term.id == text), None)
    return by_id or vocabulary.find(text, kind)


def _found(text: str, vocabulary: Vocabulary) -> Term | None:
    plain = text.lstrip(_NUMBER) or text
    short = plain
    if plain.endswith(("）", ")")):
        short = plain[: max(plain.rfind("（"), plain.rfind("("), 0)].rstrip() or plain
    bare = next((short.removesuffix(frame) for frame in _FRAMES if short.endswith(frame)), short)
    for form in (plain, short, bare):
        term = vocabulary.find(form, *KINDS)
        if term is not None:
            return term
    return None
