"""The proof that a search finds what it should: every heading, bold lead, header cell and term of the vocabulary is
looked for, as a person would type it, in the index as it was packed.

What is written with marks that a page shows in another way (formulas, footnotes, HTML, macros) is not judged.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from convergence_docs.diagnostic import Finding, Wording
from convergence_docs.incident import NOT_FINDABLE, incident_at
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.site.chapters import Kept
from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import Index
from convergence_docs.text import SourceText, Span

_MARKED = re.compile(r"""[$\\`*_~^=+<>&{}\[\]"'|:#]|--|\.\.\.|!\[""")
"""Signs with which words may come out in another way than they are written: smart quotes, symbols, formulas, macros."""
_PROSE = re.compile(r"^(?!\s*(?:[#>|`~:!]|\d+\.|[-+*=]{3}|    |\t))[^<>\[\]`{}$\\*_\n]+$", re.MULTILINE)
"""Lines of nothing but words."""
_ESCAPE = re.compile(rb'\\([nr"\\])')
_ESCAPED = {b"n": b"\n", b"r": b"\r", b'"': b'"', b"\\": b"\\"}

_KINDS = {
    "heading": Wording("heading", "标题"),
    "lead": Wording("bold lead", "粗体引导"),
    "header": Wording("table header", "表头"),
    "term": Wording("term", "术语"),
}


class Wish(NamedTuple):
    """What somebody may look for, and where it is written. ``kind`` is a key of `_KINDS`."""

    kind: str
    text: str
    span: Span


_WISHES: Kept[tuple[Wish, ...]] = Kept()


def wishes(source: SourceText, dialect: Dialect, vocabulary: Vocabulary | None) -> tuple[Wish, ...]:
    """All that a chapter should be found by."""
    return _WISHES.get(source.path, (source.text, dialect, vocabulary), lambda: _wishes(source, dialect, vocabulary))


def _wishes(source: SourceText, dialect: Dialect, vocabulary: Vocabulary | None) -> tuple[Wish, ...]:
    chapter = parse_chapter(source, dialect, github=False)
    return tuple(dict.fromkeys((*_written(chapter), *(_terms(chapter, vocabulary) if vocabulary else ()))))


def unfound(wanted: Iterable[Wish], page: Iterable[str], left_out: str) -> Iterator[Wish]:
    """What the normalised texts of a page's sections do not hold, and its author has not left out himself."""
    text = "\x1e".join(page)
    for wish in wanted:
        typed = normalise(wish.text)
        if typed and typed in text:
            continue
        if (typed and typed in left_out) or _MARKED.search(wish.text):
            continue
        yield wish


def not_findable(wish: Wish, source: SourceText) -> Finding:
    """The finding that nobody can find what stands here."""
    kind, text = _KINDS[wish.kind], wish.text.strip()
    return incident_at(
        NOT_FINDABLE,
        source,
        wish.span,
        Wording(
            f"The search does not find this {kind.en} as it is typed: {text!r}.",
            f"搜索按原样输入找不到这个{kind.zh}：“{text}”。",
        ),
        Wording(
            "See which plugin or template takes it off the page; mark what is to be left out with data-search-exclude.",
            "看看是哪个插件或模板把它从页面上去掉了；确实不想被搜到的，用 data-search-exclude 标出。",
        ),
    )


def packed_texts(index: Index) -> list[list[str]]:
    """The normalised texts of every page's sections, read back from the packed files as the worker reads them."""
    files: Mapping[str, bytes] = {file.name: file.content for file in index.files}
    directory = json.loads(_unpacked(files[index.directory]))
    bodies = iter([body for name in directory["shards"] for body in _unpacked(files[name]).split("\x1e")])
    pages: list[list[str]] = []
    if not directory["shards"]:
        return pages
    for line, heads in zip(directory["pages"].split("\n"), directory["heads"].split("\n"), strict=True):
        title = line.partition("\t")[2]
        sections = []
        for number, head in enumerate(heads.split("\t")):
            heading = head.partition(" ")[2]
            name = f"{title}\n{heading}" if number == 0 and heading else heading or title * (number == 0)
            body = re.sub("[\x11-\x17]", "", re.sub("[\x01-\x07]", "\n", next(bodies)))
            sections.append(normalise(name + body))
        pages.append(sections)
    return pages


def _unpacked(content: bytes) -> str:
    literal = content[content.index(b'","') + 3 : -2]
    return zlib.decompress(_ESCAPE.sub(lambda match: _ESCAPED[match[1]], literal)).decode()


def _written(chapter: Chapter) -> Iterator[Wish]:
    for heading in chapter.headings:
        yield Wish("heading", heading.text, heading.text_span)
    for lead in chapter.leads:
        yield Wish("lead", lead.text, lead.span)
    for table in chapter.tables:
        for cell in table.header.cells:
            if cell.text:
                yield Wish("header", cell.text, cell.span)


def _terms(chapter: Chapter, vocabulary: Vocabulary) -> Iterator[Wish]:
    """The vocabulary's names where they stand in lines of nothing but words, each once."""
    text = chapter.source.text
    names = {name for term in vocabulary.terms for name in (*term.names, term.english) if name and name in text}
    hidden = [chapter.front_matter.span, *(fence.span for fence in chapter.fences)]
    hidden += [comment.span for comment in chapter.comments]
    for line in _PROSE.finditer(text) if names else ():
        if any(span.start <= line.start() < span.end for span in hidden):
            continue
        for name in sorted(name for name in names if name in line[0]):
            start = line.start() + line[0].index(name)
            names.discard(name)
            yield Wish("term", name, Span(start, start + len(name)))
