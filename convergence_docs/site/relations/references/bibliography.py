"""All sources of a book: each once, with the chapters that cite it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.model.book import Book, Entry
from convergence_docs.parse import Dialect, dialect_of
from convergence_docs.site.chapters import Kept, brief_chapter
from convergence_docs.site.relations.alphabet import OTHERS, letter_of, sort_key
from convergence_docs.site.relations.references.address import Address, read_address
from convergence_docs.site.relations.references.citations import (
    Citation,
    Place,
    Reading,
    may_cite,
    read_citations,
)
from convergence_docs.text import SourceText

_READINGS: Kept[Reading] = Kept()
_UNSAFE = re.compile(r"[^\w.]+")
_LONGEST_ID = 80
_NOT_WORDS = re.compile(r"[^\w]+")


class Source(NamedTuple):
    """A source.

    Attributes:
        id: its anchor, ``arxiv-1706.03762``.
        text: as most chapters write it.
        other_texts: as others do, where that is more than another comma.
        addresses: where it leads, the stable one first.
        places: where it is cited, by the chapters' paths.
        letter: the letter under which it stands.
    """

    id: str
    text: str
    other_texts: tuple[str, ...]
    addresses: tuple[Address, ...]
    places: Mapping[str, tuple[Place, ...]]
    letter: str


def collect(book: Book, config: Config, source_of: Callable[[str], SourceText | None]) -> tuple[Source, ...]:
    """The sources of a book in the order of their names. ``source_of`` gives a chapter's text by path, if the site
    has it.
    """
    dialect = dialect_of(config)
    cited: dict[str, list[tuple[str, Citation]]] = {}
    mentioned: dict[str, dict[str, tuple[Place, ...]]] = {}
    for path, entry in book.entries.items():
        source = source_of(path)
        if source is None:
            continue
        reading = _read(source, dialect) if may_cite(source.text) else _unread(entry)
        for citation in reading.citations:
            cited.setdefault(citation.key, []).append((path, citation))
        for key, place in reading.mentions:
            seen = mentioned.setdefault(key, {})
            seen[path] = (*seen.get(path, ()), place)
    return _named(_source(key, found, mentioned.get(key, {})) for key, found in cited.items())


def _read(source: SourceText, dialect: Dialect) -> Reading:
    made_of = (source.text, dialect)
    return _READINGS.get(source.path, made_of, lambda: read_citations(brief_chapter(source, dialect)))


def _unread(entry: Entry) -> Reading:
    """What a chapter that cites nothing links to; its sections are not known."""
    addresses = (read_address(link.destination) for link in entry.links if not link.is_image)
    return Reading((), tuple((key, Place("", "")) for key in dict.fromkeys(one.key for one in addresses if one)))


def _source(key: str, found: list[tuple[str, Citation]], mentioned: Mapping[str, tuple[Place, ...]]) -> Source:
    texts = Counter(citation.text for _, citation in found)
    text = max(texts, key=lambda one: (texts[one], len(one), one))
    seen = {_bare(text)}
    others = []
    for other in sorted(texts):
        if _bare(other) not in seen:
            seen.add(_bare(other))
            others.append(other)
    addresses = {one.key: one for _, citation in found for one in citation.addresses}
    stable = sorted(addresses.values(), key=lambda one: one.key != key)
    places: dict[str, dict[Place, None]] = {}
    for path, citation in found:
        places.setdefault(path, {}).update(dict.fromkeys(citation.places))
    for path, more in mentioned.items():
        known = places.setdefault(path, {})
        headings = {place.heading for place in known}
        known.update((place, None) for place in more if place.heading not in headings)
    in_order = {path: tuple(places[path]) for path in sorted(places)}
    return Source(key, text, tuple(others), tuple(stable), in_order, letter_of(text))


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text.casefold())


def _named(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources in order, each with an anchor of its own."""
    ordered = sorted(sources, key=lambda one: (one.letter == OTHERS, one.letter, sort_key(one.text), one.id))
    ids: Counter[str] = Counter()
    found = []
    for source in ordered:
        name = _UNSAFE.sub("-", source.id.removeprefix("web:")).strip("-")[:_LONGEST_ID]
        ids[name] += 1
        found.append(source._replace(id=f"{name}-{ids[name]}" if ids[name] > 1 else name))
    return tuple(found)
