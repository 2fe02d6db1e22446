"""Where the headings of a chapter can be reached before a change and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.links.github_anchors import words_on_github
from convergence_docs.slug import HyphenIds, github_slug

SITE, GITHUB = 0, 1
"""Which of a heading's two anchors."""


def anchor_changes(before: Chapter, after: Chapter, places: Sequence[int | None]) -> Mapping[str, str]:
    """The anchors that lead to another heading, or nowhere, once the chapter has changed; with the new ones.

    Args:
        before: the chapter as it was.
        after: the same chapter, changed.
        places: for every heading of ``before`` its index among those of ``after``; ``None`` where it is gone.
    """
    olds, news = list(anchors_of(before)), list(anchors_of(after))
    changes: dict[str, str] = {}
    for renderer in (GITHUB, SITE):  # where one name is two headings', the site's is meant
        for place, old in zip(places, olds, strict=True):
            if place is not None and old[renderer] and news[place][renderer]:
                changes[old[renderer]] = news[place][renderer]
    return {old: new for old, new in changes.items() if old != new}


def anchors_of(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """For every heading its anchor on the site and on GitHub; empty where it has none."""
    ids = HyphenIds()
    for heading in chapter.headings:
        yield heading.site_id, ids.take(github_slug(words_on_github(chapter, heading)))
