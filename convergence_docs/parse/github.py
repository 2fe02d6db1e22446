"""A chapter as GitHub renders it: CommonMark with GitHub's extensions, by pulldown-cmark (through pyromark).

Two ways in. `parse_github` gives the whole view with spans; `parse_github_ids` gives only the fragments that work, at
several times the speed, for checks that ask no more. What GitHub linkifies without any markup (a bare URL) is left out:
it never points into a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pyromark

from convergence_docs.escapes import unescape
from convergence_docs.model.chapter import GithubHeading, GithubLink, GithubView
from convergence_docs.regex import regex
from convergence_docs.slug import HyphenIds, github_slug
from convergence_docs.text import SourceText, Span

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_MATH
)
_FRONT_MATTER_OPENING = regex(r"---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*(?:[^\s#:\-][^\n:]*:(?:[ \t\n])|---[ \t]*\n)")
_FRONT_MATTER_CLOSING = regex(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M)
_TAG = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_ATTRIBUTE = regex(r"""\s([a-zA-Z][\w:-]*+)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_RENDERED_HEADING = regex(r"<h([1-6])(?=[\s>])[^<>]*>")
_TAG_WITH_ID = regex(r"<([a-zA-Z][^<>]*\s(?:id|ID|name|NAME)\s*=[^<>]*)>")
_ANY_TAG = regex(r"<[^<>]*>")


def parse_github(source: SourceText) -> GithubView | None:
    """GitHub's view of a file, in time linear in its length; ``None`` where the Markdown library breaks down on it."""
    start = _front_matter_end(source.text)
    body = source.text[start:] if start else source.text
    reader = _Reader(body)
    try:
        reader.read(pyromark.events_with_range(body, options=_OPTIONS))
    except BaseException as error:
        if _is_panic(error):
            return None
        raise
    return reader.view(start)


def parse_github_ids(source: SourceText) -> frozenset[str] | None:
    """The fragments that work on GitHub, as in `GithubView.ids`; ``None`` where the Markdown library breaks down."""
    start = _front_matter_end(source.text)
    body = source.text[start:] if start else source.text
    try:
        page = pyromark.html(body, options=_OPTIONS)
    except BaseException as error:
        if _is_panic(error):
            return None
        raise
    page = _without_comments(page).replace("<H", "<h").replace("</H", "</h")
    slugs = HyphenIds()
    ids = {slugs.take(github_slug(words)) for words in _rendered_headings(page)}
    if _TAG_WITH_ID.search(body):
        for tag in _TAG_WITH_ID.findall(page):
            if not tag.startswith('div class="footnote-definition"'):
                ids.update(value for name, value in _attributes(tag) if name in ("id", "name"))
    return frozenset(ids)


def _rendered_headings(page: str) -> Iterator[str]:
    at = 0
    while opening := _RENDERED_HEADING.search(page, at):
        at = page.find("</h", opening.end())
        if at < 0:
            return
        yield unescape(_ANY_TAG.sub("", page[opening.end() : at]))


def _without_comments(page: str) -> str:
    kept, at = [], 0
    while (opening := page.find("<!--", at)) >= 0:
        kept.append(page[at:opening])
        closing = page.find("-->", opening + 2)
        at = closing + 3 if closing >= 0 else len(page)
    return "".join((*kept, page[at:])) if kept else page


def _is_panic(error: BaseException) -> bool:
    # A panic of the Rust library arrives as a BaseException whose class cannot be imported.
    return type(error).__name__ == "PanicException"


def _front_matter_end(text: str) -> int:
    """Where the content begins: after a YAML mapping between ``---`` lines, which GitHub shows as a table."""
    opening = _FRONT_MATTER_OPENING.match(text)
    if opening is None:
        return 0
    closing = _FRONT_MATTER_CLOSING.search(text, text.index("\n") + 1)
    return closing.end() if closing else 0


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(text):
        value = match[2]
        yield match[1].lower(), unescape(value[1:-1] if value[0] in "\"'" else value)


class _Open(NamedTuple):
    """A heading, link or image whose end has not come yet; offsets are bytes."""

    what: str
    start: int
    end: int
    detail: str
    words: list[str]


class _Reader:
    """Gathers headings, links, tables and ids from the library's events. Offsets are bytes until `view`."""

    def __init__(self, body: str) -> None:
        self._data = body.encode()
        self._open: list[_Open] = []
        self._headings: list[tuple[int, int, int, str]] = []
        self._links: list[tuple[int, int, bool, str, str]] = []
        self._tables: list[tuple[int, int]] = []
        self._ids: set[str] = set()
        self._html_heading: _Open | None = None
        self._footnotes: dict[str, int] = {}

    def read(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Take all events in."""
        collecting = False
        for event, place in events:
            if type(event) is str:
                if collecting and event in ("SoftBreak", "HardBreak"):
                    self._say("\n")
                continue
            ((kind, value),) = event.items()
            # Most events are text outside of anything gathered, and containers: they must cost next to nothing.
            if kind == "Start":
                if type(value) is str and value != "HtmlBlock":
                    continue
                self._start(value, place)
            elif kind == "InlineHtml":
                self._html(place["start"], place["end"])
            elif kind == "FootnoteReference":
                # GitHub's anchor of a heading holds the number that the reference is shown as.
                number = self._footnotes.setdefault(value.casefold(), len(self._footnotes) + 1)
                if collecting:
                    self._say(str(number))
            elif not collecting:
                continue
            elif kind == "End":
                if value == "Link" or value == "Image" or (type(value) is dict and "Heading" in value):
                    self._close()
            elif kind in ("Text", "Code", "InlineMath", "DisplayMath"):
                self._say(value)
            collecting = bool(self._open) or self._html_heading is not None

    def _say(self, words: str) -> None:
        if self._html_heading is not None:
            self._html_heading.words.append(words)
        for opened in reversed(self._open):
            opened.words.append(words)
            if opened.what == "image":  # its alternative text is no part of the text around it
                break

    def _start(self, tag: Any, place: Mapping[str, int]) -> None:
        if type(tag) is str:
            self._html(place["start"], place["end"])
            return
        ((name, value),) = tag.items()
        if name == "Heading":
            self._open.append(_Open("heading", place["start"], place["end"], value["level"], []))
        elif name in ("Link", "Image"):
            scheme = "mailto:" if value["link_type"] == "Email" else ""
            self._open.append(_Open(name.lower(), place["start"], place["end"], scheme + value["dest_url"], []))
        elif name == "Table":
            self._tables.append((place["start"], place["end"]))

    def _close(self) -> None:
        if not self._open:
            return
        opened = self._open.pop()
        words = "".join(opened.words)
        if opened.what == "heading":
            self._headings.append((opened.start, opened.end, int(opened.detail[1:]), words))
        else:
            self._links.append((opened.start, opened.end, opened.what == "image", words, opened.detail))

    def _html(self, start: int, end: int) -> None:
        """Raw HTML: its ids, its links, and its headings, which GitHub gives anchors too."""
        text = self._data[start:end].decode()
        at = done = 0
        while (at := text.find("<", at)) >= 0:
            if text.startswith("<!--", at):
                closing = text.find("-->", at + 2)
                at = closing + 3 if closing >= 0 else len(text)
                continue
            tag = _TAG.match(text, at)
            if tag is None:
                at += 1
                continue
            start += len(text[done:at].encode())
            done, at = at, tag.end()
            self._tag(tag, start, start + len(tag[0].encode()))
            if self._html_heading is not None:
                following = text.find("<", at)
                self._html_heading.words.append(unescape(text[at : following if following >= 0 else len(text)]))

    def _tag(self, tag: re.Match[str], start: int, end: int) -> None:
        name = tag[2].lower()
        opened = self._html_heading
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            if tag[1] and opened is not None:
                self._headings.append((opened.start, end, int(opened.detail[1:]), "".join(opened.words)))
            self._html_heading = None if tag[1] else _Open("heading", start, end, name, [])
        if tag[1]:
            return
        attributes = dict(_attributes(tag[3]))
        self._ids.update(attributes[key] for key in ("id", "name") if key in attributes)
        if name == "a" and "href" in attributes:
            self._links.append((start, end, False, "", attributes["href"]))
        elif name == "img" and "src" in attributes:
            self._links.append((start, end, True, attributes.get("alt", ""), attributes["src"]))

    def view(self, shift: int) -> GithubView:
        """What was gathered, placed in characters, all of them ``shift`` further on."""
        self._links.sort(key=lambda link: (link[0], -link[1]))
        spans = self._spans(shift)
        slugs = HyphenIds()
        headings = tuple(
            GithubHeading(spans[start, end], level, " ".join(words.split()), slugs.take(github_slug(words)))
            for start, end, level, words in self._headings
        )
        return GithubView(
            headings=headings,
            links=tuple(
                GithubLink(spans[start, end], is_image, " ".join(words.split()), destination)
                for start, end, is_image, words, destination in self._links
            ),
            tables=tuple(spans[place] for place in self._tables),
            ids=frozenset(self._ids.union(heading.id for heading in headings)),
        )

    def _spans(self, shift: int) -> dict[tuple[int, int], Span]:
        """Byte ranges as character spans, trailing line ends cut, in one walk through the text."""
        data = self._data
        ranges = [(one[0], one[1]) for group in (self._headings, self._links, self._tables) for one in group]
        characters: dict[int, int] = {}
        last = count = 0
        for offset in sorted({offset for place in ranges for offset in place}):
            count += len(data[last:offset].decode())
            last = offset
            characters[offset] = count
        spans = {}
        for start, end in ranges:
            cut = end
            while cut > start and data[cut - 1] in b"\r\n":
                cut -= 1
            spans[start, end] = Span(characters[start] + shift, characters[end] - (end - cut) + shift)
        return spans
