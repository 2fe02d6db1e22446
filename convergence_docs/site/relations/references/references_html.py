"""The references page: its Markdown, and its lists in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as quote
from itertools import groupby
from typing import Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.site.frame import Frame, escape
from convergence_docs.site.relations.alphabet import OTHERS
from convergence_docs.site.relations.references.address import Address
from convergence_docs.site.relations.references.bibliography import Source
from convergence_docs.site.relations.references.citations import Place

TITLE: Final = Wording("References", "参考文献")
LETTERS_FROM: Final = 25
"""So many entries are told apart by letters."""
_INTRO: Final = Wording(
    "All sources that the chapters cite, each once, by name, with the places that cite it. This page is made anew on "
    "every build.",
    "各章引用的全部文献，每种只列一次，按名称排列，并列出引用它的地方。本页在每次构建时由章节自动生成。",
)
_NOTHING: Final = Wording("The chapters cite no source.", "各章没有引用文献。")
_COUNT: Final = Wording("{sources} sources, cited by {chapters} chapters.", "共 {sources} 种，{chapters} 章引用。")
_CITED_BY: Final = Wording("Cited in", "引用处")
_ALSO: Final = Wording("Also written", "另写作")
_OTHERS: Final = Wording("Others", "其他")


def by_letter(sources: Sequence[Source]) -> list[tuple[str, tuple[Source, ...]]]:
    """Sources in groups; few of them make one group without a letter."""
    if len(sources) < LETTERS_FROM:
        return [("", tuple(sources))] if sources else []
    return [(letter, tuple(group)) for letter, group in groupby(sources, key=lambda one: one.letter)]


def references_page(sources: Sequence[Source], language: Language) -> str:
    """The page as Markdown: a heading for each letter, with a mark for its sources."""
    lines = [f"# {TITLE.to(language)}", _INTRO.to(language)]
    if not sources:
        lines.append(_NOTHING.to(language))
    else:
        chapters = {path for source in sources for path in source.places}
        counted = _COUNT.to(language).replace("{sources}", str(len(sources)))
        lines.append(counted.replace("{chapters}", str(len(chapters))))
    for at, (letter, _) in enumerate(by_letter(sources)):
        if letter:
            lines.append(f"## {_OTHERS.to(language) if letter == OTHERS else letter}")
        lines.append(f'<div data-convergence="references" data-group="{at}"></div>')
    return "\n\n".join(lines) + "\n"


def render_sources(sources: Iterable[Source], frame: Frame) -> str:
    """A list of sources."""
    return f'<ul class="cd-sources">{"".join(_item(source, frame) for source in sources)}</ul>'


def _item(source: Source, frame: Frame) -> str:
    links = " · ".join(_outward(address) for address in source.addresses)
    also = ""
    if source.other_texts:
        separator = "；" if frame.language == "zh" else "; "
        said = separator.join(map(escape, source.other_texts))
        also = f'<div class="cd-sources__also">{frame.say(_ALSO)}{frame.say(Wording(": ", "："))}{said}</div>'
    label = f'<span class="cd-sources__label">{frame.say(_CITED_BY)}</span>'
    places = "".join(f"<li>{place}</li>" for place in _places(source.places, frame))
    return (
        f'<li id="{quote(source.id)}"><div class="cd-sources__text">{escape(source.text)} {links}</div>{also}'
        f'<div class="cd-sources__cited" data-search-exclude>{label}<ul>{places}</ul></div></li>'
    )


def _outward(address: Address) -> str:
    return f'<a href="{quote(address.url)}">{escape(address.label)}</a>'


def _places(places: Mapping[str, Sequence[Place]], frame: Frame) -> Iterator[str]:
    """Each chapter with its sections."""
    separator = "、" if frame.language == "zh" else ", "
    for path, found in places.items():
        chapter = frame.link(path, "", escape(frame.titles.get(path, path)))
        named = [frame.link(path, place.anchor, escape(place.heading)) for place in found if place.heading]
        yield f"{chapter}{frame.say(Wording(': ', '：'))}{separator.join(named)}" if named else chapter
