"""Whether a hand-written table of contents is just what the chapter asks for: nearly every one is."""

from __future__ import annotations

from collections.abc import Sequence

from convergence_docs.model.chapter import Chapter

_latest: tuple[Chapter | None, bool] = (None, True)


def is_faithful(chapter: Chapter) -> bool:
    """Whether a quick look shows that no rule about tables of contents has anything to say.

    That is so without a table, and where its entries are all headings from some one before its end on: one by one with
    their anchors, words and depths.
    ``False`` says nothing: only `contents_of` tells what the entries mean.
    """
    global _latest
    if _latest[0] is not chapter:
        _latest = (chapter, chapter.toc is None or _is_faithful(chapter))
    return _latest[1]


def _is_faithful(chapter: Chapter) -> bool:
    toc, headings = chapter.toc, chapter.headings
    assert toc is not None
    start, end = toc.span
    first = len(headings) - len(toc.entries)
    if first < 0 or (first and headings[first - 1].span.start >= end) or chapter.source.text.find("%", start, end) >= 0:
        return False
    # Transposed, so that whole columns are compared: a book has as many entries as headings, and nothing else of which
    # there is as much is looked at one by one.
    _, depths, links = zip(*toc.entries, strict=True)
    _, _, words, _, destinations, _, _, _, _ = zip(*links, strict=True)
    _, levels, texts, _, ids, _, _ = zip(*headings[first:], strict=True)
    return (
        words == texts
        and destinations == tuple(map("#".__add__, ids))
        and len(frozenset(ids)) == len(ids)
        and "" not in ids
        and depths == _depths(levels)
    )


def _depths(levels: Sequence[int]) -> tuple[int, ...]:
    """How deep headings of these levels lie within each other."""
    enclosing: list[int] = []
    depths = []
    for level in levels:
        while enclosing and enclosing[-1] >= level:
            enclosing.pop()
        depths.append(len(enclosing))
        enclosing.append(level)
    return tuple(depths)
