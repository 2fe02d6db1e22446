"""One file of Markdown to one `Chapter`, as the site renders it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from convergence_docs.model.chapter import Chapter, ChapterNumber, FrontMatter, GithubView
from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.later import Later
from convergence_docs.model.nodes import Anchor, AnchorOrigin, Fence, Formula, Heading
from convergence_docs.parse.blocks import BlockParser
from convergence_docs.parse.dialect import MATERIAL, Dialect
from convergence_docs.parse.events import Scope, may_hold_formula
from convergence_docs.parse.fences import mask_fences
from convergence_docs.parse.front_matter import skip_metadata, split_front_matter
from convergence_docs.parse.html import Html, mask_html
from convergence_docs.parse.numerals import Numbered, parse_chapter_number, place_number, read_number
from convergence_docs.parse.reader import Reader
from convergence_docs.parse.toc import find_toc
from convergence_docs.parse.whitespace import Expansion, expand, flatten_blank_lines
from convergence_docs.text import SourceText, Span

_new = tuple.__new__  # see items.py


def parse_chapter(
    source: SourceText, dialect: Dialect = MATERIAL, *, github: bool = True, details: bool = True
) -> Chapter:
    """Read a file. Never fails: whatever the text holds, there is a chapter.

    Args:
        source: the file.
        dialect: the Markdown that the site speaks.
        github: whether to read the file once more as GitHub would.
        details: whether to read all there is. Without, which is quicker, there are no ``leads``, few ``list_items``
            but those with links, none of them with its words, and ``formulas`` are looked for when asked for.
    """
    front_matter, text = _without_metadata(source.text, dialect)
    masked, fences, ids = mask_fences(text, dialect)
    expansion = None
    if "\t" in masked or "\x02" in text or "\x03" in text:
        expansion = expand(text)
        text = expansion.text
        masked, fences, ids = mask_fences(text, dialect)
    html = mask_html(flatten_blank_lines(masked), dialect)
    page = _Page(SourceText(source.path, text) if expansion else source, dialect, html, fences)
    parser, reader = page.read(Scope.ALL if details else Scope.LINKS)
    tables = reader.read_tables()
    reader.anchors += ids
    for span in html.raw:
        reader.html.block(masked, span)
    headings, anchors = _with_ids(reader, html, masked)
    links = tuple(sorted(reader.links, key=lambda link: link.span))
    items = tuple(sorted(reader.items))
    drawn = [fence for fence in parser.fences.values() if fence.language == "mermaid"]
    chapter = Chapter(
        path=source.path,
        source=source,
        front_matter=front_matter,
        file_number=parse_chapter_number(source.path),
        heading_number=_heading_number(headings),
        headings=headings,
        anchors=anchors,
        links=links,
        definitions=tuple(parser.definitions),
        loose_references=tuple(sorted(reader.loose)),
        near_links=tuple(sorted(reader.near)),
        tables=tables,
        fences=tuple(parser.fences.values()),
        formulas=tuple(sorted(reader.formulas)) if details else page.formulas(),
        list_items=items,
        leads=tuple(reader.leads),
        footnotes=tuple(parser.footnotes),
        footnote_references=tuple(sorted(reader.footnote_references)),
        comments=tuple(sorted(reader.html.comments)),
        toc=find_toc(headings, links, items),
        diagrams=Later(lambda: _read_diagrams(text, drawn)) if drawn else (),
        blocks=Later(lambda: _read_blocks(source.text, drawn, expansion)) if drawn else (),
        github=_github(source) if github else None,
    )
    return expansion.restored(chapter) if expansion else chapter


def _without_metadata(text: str, dialect: Dialect) -> tuple[FrontMatter, str]:
    """The front matter, and the text with line breaks in its place."""
    front_matter, body = split_front_matter(text)
    body = skip_metadata(text, body) if dialect.meta else body
    return front_matter, "\n" * body + text[body:] if body else text


class _Page(NamedTuple):
    """A file whose fences and HTML are masked."""

    source: SourceText
    dialect: Dialect
    html: Html
    fences: list[Fence]

    def read(self, scope: Scope) -> tuple[BlockParser, Reader]:
        """Read the blocks, and what they hold."""
        fences = {fence.span.start: fence for fence in self.fences}
        parser = BlockParser(self.dialect, dict(self.html.elements), fences, self.source.text, scope=scope)
        parser.parse_document(self.html.text)
        reader = Reader(self.source, self.dialect, parser)
        reader.read()
        return parser, reader

    def formulas(self) -> Sequence[Formula]:
        """The formulas of a page that was read without them: looked for when somebody asks."""
        if not self.dialect.math or not may_hold_formula(self.source.text):
            return ()
        return Later(self._formulas)

    def _formulas(self) -> tuple[Formula, ...]:
        reader = self.read(Scope.FORMULAS)[1]
        reader.read_tables()
        return tuple(sorted(reader.formulas))


def _read_diagrams(text: str, drawn: Iterable[Fence]) -> tuple[Diagram, ...]:
    from convergence_docs.parse.mermaid import parse_diagram

    return tuple([parse_diagram(text, fence) for fence in drawn])


def _read_blocks(text: str, drawn: Iterable[Fence], expansion: Expansion | None) -> tuple[Block, ...]:
    from convergence_docs.parse.block_text import read_block

    return tuple([read_block(text, expansion.restore(fence) if expansion else fence) for fence in drawn])


def _github(source: SourceText) -> GithubView | None:
    from convergence_docs.parse import github

    return github.parse_github(source)


def _with_ids(reader: Reader, html: Html, text: str) -> tuple[tuple[Heading, ...], tuple[Anchor, ...]]:
    """The headings with the ids that the page gives them, and all anchors in the order of the file."""
    dialect = reader.dialect
    anchors = reader.anchors
    counts: dict[str, int] = {}
    for note in reader.parser.footnotes:
        anchors.append(Anchor(note.span, f"fn:{note.label}", AnchorOrigin.FOOTNOTE))
    for reference in reader.footnote_references:
        count = counts[reference.label] = counts.get(reference.label, 0) + 1
        mark = "" if count == 1 else str(count)
        anchors.append(Anchor(reference.span, f"fnref{mark}:{reference.label}", AnchorOrigin.FOOTNOTE))
    for element in html.headings:
        reader.element_heading(text, *element)
    taken = reader.page_ids + [anchor.id for anchor in anchors if anchor.origin is AnchorOrigin.FOOTNOTE]
    allocate, read_words, raised = dialect.allocator(taken).take, _words_reader(dialect), dialect.base_level - 1
    has_ids, origin = dialect.has_heading_ids, AnchorOrigin.HEADING
    headings = []
    for start, end, level, words, explicit, place in sorted(reader.headings) if html.headings else reader.headings:
        slug, numbered = read_words(words)
        site_id = explicit or (allocate(slug) if has_ids else "")
        number = place_number(numbered, start, text) if numbered else None
        level = min(level + raised, 6) if raised else level
        span = _new(Span, (start, end))
        headings.append(_new(Heading, (place, level, words, span, site_id, explicit is not None, number)))
        if site_id:
            anchors.append(_new(Anchor, (place, site_id, origin)))
    anchors.sort()
    return tuple(headings), tuple(anchors)


@lru_cache(maxsize=8)
def _words_reader(dialect: Dialect) -> Callable[[str], tuple[str, Numbered | None]]:
    """What tells of a heading's words the slug in a dialect and the number that opens them."""
    slugify, separator = dialect.slugifier(), dialect.separator

    @lru_cache(maxsize=4096)  # chapters of a book share half of their headings
    def read_words(words: str) -> tuple[str, Numbered | None]:
        return slugify(words, separator), read_number(words)

    return read_words


def _heading_number(headings: tuple[Heading, ...]) -> ChapterNumber | None:
    for heading in headings:
        if heading.level == 1 and (number := parse_chapter_number(heading.text, heading.text_span.start)):
            return number
    return None
