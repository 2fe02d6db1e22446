"""The list of backlinks at the end of a page, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from convergence_docs.diagnostic import Wording
from convergence_docs.site.frame import Frame, escape
from convergence_docs.site.relations.backlinks.citing import Citing
from convergence_docs.site.relations.backlinks.passages import Mention

MOST_CHAPTERS: Final = 12
MOST_PLACES: Final = 3
"""How many chapters, and how many places of one chapter, are shown before the others are folded away."""

_TITLE: Final = Wording("Where this page is mentioned", "提到本页的章节")
_TITLE_ID: Final = "cd-backlinks"
_START: Final = Wording("Beginning of the page", "页首")
T = TypeVar("T")


def render_backlinks(citing: Sequence[Citing], frame: Frame) -> str:
    """The chapters that link to a page, with the sentences that do; nothing where the site has none of them."""
    known = [one for one in citing if frame.address_of(one.path)]
    if not known:
        return ""
    more = Wording("{} more chapters", "另有 {} 章")
    listed = _folded(known, MOST_CHAPTERS, lambda one: _chapter(one, frame), more, frame)
    return (
        f'\n<section class="cd-backlinks" aria-labelledby="{_TITLE_ID}" data-search-exclude>'
        f'<h2 id="{_TITLE_ID}">{frame.say(_TITLE)}</h2>{listed}</section>'
    )


def _chapter(citing: Citing, frame: Frame) -> str:
    title = frame.link(citing.path, "", escape(citing.title), ' class="cd-backlinks__chapter"')
    more = Wording("{} more places", "另有 {} 处")
    places = _folded(citing.mentions, MOST_PLACES, lambda one: _place(citing, one, frame), more, frame)
    return f"<li>{title}{places}</li>"


def _place(citing: Citing, mention: Mention, frame: Frame) -> str:
    before, words, after = map(escape, mention.passage)
    # The title stands above already: a heading that repeats it names no section.
    heading = mention.heading if mention.heading != citing.title else ""
    inner = (
        f'<span class="cd-backlinks__section">{escape(heading) or frame.say(_START)}</span>'
        f'<span class="cd-backlinks__sentence">{before}<mark>{words}</mark>{after}</span>'
    )
    return f"<li>{frame.link(citing.path, mention.anchor, inner)}</li>"


def _folded(items: Sequence[T], most: int, render: Callable[[T], str], more: Wording, frame: Frame) -> str:
    """A list, what is past ``most`` folded away; one single item is not worth it."""
    shown = items if len(items) <= most + 1 else items[:most]
    first = f"<ul>{''.join(map(render, shown))}</ul>"
    rest = items[len(shown) :]
    if not rest:
        return first
    said = frame.say(more).format(len(rest))
    return f"{first}<details><summary>{said}</summary><ul>{''.join(map(render, rest))}</ul></details>"
