"""The page of the index: its Markdown, and what stands under each letter in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape as quote
from typing import Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.generated import term_page
from convergence_docs.model.vocabulary import Term
from convergence_docs.site import words
from convergence_docs.site.frame import Frame, escape, title_of
from convergence_docs.site.relations.alphabet import OTHERS
from convergence_docs.site.relations.term_index.index import Item, Letter, Mention, See

TITLE: Final = Wording("Index of terms", "术语索引")
SHOWN: Final = 6
"""Sections that are listed before the rest unfolds."""
_INTRO: Final = Wording(
    "All terms in alphabetical order, each with the sections that mention it, the most telling first. This page is "
    "made anew on every build.",
    "全部术语按拼音与字母排列，并列出提到它的各节，最相关的在前。本页在每次构建时由词汇表与章节自动生成。",
)
_OTHERS: Final = Wording("Others", "其他")
_SEE: Final = Wording("see", "见")


def index_page(letters: Sequence[Letter], language: Language) -> str:
    """The page as Markdown: a heading for each letter, with a mark for its terms."""
    lines = [f"# {TITLE.to(language)}", _INTRO.to(language)]
    for at, one in enumerate(letters):
        lines.append(f"## {_OTHERS.to(language) if one.letter == OTHERS else one.letter}")
        lines.append(f'<div data-convergence="index" data-group="{at}"></div>')
    return "\n\n".join(lines) + "\n"


def render_letter(letter: Letter, frame: Frame) -> str:
    """What stands under a letter."""
    items = (_see(one, frame) if isinstance(one, See) else _item(one, frame) for one in letter.entries)
    return f'<ul class="cd-index">{"".join(items)}</ul>'


def _see(see: See, frame: Frame) -> str:
    to = f'<a href="#{quote(_id(see.term))}">{escape(title_of(see.term))}</a>'
    return f'<li class="cd-index__see">{_written(see.name, see.term)} <small>{frame.say(_SEE)}</small> {to}</li>'


def _written(name: str, term: Term) -> str:
    return f'<span lang="en">{escape(name)}</span>' if name == term.english and name.isascii() else escape(name)


def _item(item: Item, frame: Frame) -> str:
    term = item.term
    notes = [frame.say(words.KIND_NAMES.get(term.kind, words.KIND_NAMES["other"]))]
    if term.english and term.english != item.name:
        notes.append(_written(term.english, term))
    separator = "、" if frame.language == "zh" else ", "
    aliases = [name for name in term.names if name not in (item.name, term.name)]
    if aliases:
        notes.append(separator.join(map(escape, aliases)))
    about = f'<small class="cd-limits">{" · ".join(notes)}</small>'
    return (
        f'<li id="{quote(_id(term))}"><div class="cd-index__name">{frame.term(term)} {about}</div>'
        f"{_mentions(item.mentions, frame)}</li>"
    )


def _id(term: Term) -> str:
    return f"term-{term_page(term).removesuffix('.md')}"


def _mentions(mentions: Sequence[Mention], frame: Frame) -> str:
    if not mentions:
        return f'<p class="cd-note">{frame.say(words.NOT_MENTIONED)}</p>'
    shown = SHOWN if len(mentions) > SHOWN + 1 else len(mentions)
    listed = _list(mentions[:shown], frame)
    rest = mentions[shown:]
    if not rest:
        return listed
    said = frame.say(Wording(f"{len(rest)} more sections", f"另有 {len(rest)} 节"))
    return (
        f'{listed}<details class="cd-index__more"><summary><span>{said}</span></summary>{_list(rest, frame)}</details>'
    )


def _list(mentions: Iterable[Mention], frame: Frame) -> str:
    items = "".join(f"<li>{one}</li>" for one in _by_chapter(mentions, frame))
    return f'<ul class="cd-index__places" data-search-exclude>{items}</ul>'


def _by_chapter(mentions: Iterable[Mention], frame: Frame) -> Iterator[str]:
    """Each chapter with its sections, in the order in which the first of them comes."""
    chapters: dict[str, list[Mention]] = {}
    for mention in mentions:
        chapters.setdefault(mention.path, []).append(mention)
    separator = "、" if frame.language == "zh" else ", "
    for path, found in chapters.items():
        title = frame.titles.get(path, path)
        chapter = frame.link(path, "", escape(title))
        named = [
            frame.link(path, one.anchor, escape(one.heading)) for one in found if one.heading and one.heading != title
        ]
        yield f"{chapter}{frame.say(Wording(': ', '：'))}{separator.join(named)}" if named else chapter
