"""A chapter: one file, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.nodes import (
    Anchor,
    Comment,
    Definition,
    Fence,
    FootnoteDefinition,
    FootnoteReference,
    Formula,
    Heading,
    Lead,
    Link,
    ListItem,
    LooseReference,
    NearLink,
    Table,
    Toc,
)
from convergence_docs.text import SourceText, Span


class FrontMatter(NamedTuple):
    """The block of YAML (or MultiMarkdown metadata) at the top of a file.

    ``values`` is empty and ``error`` says why (a span and a message as the YAML library words it) where it can't be
    read. ``span`` covers the block with its delimiters; it is empty where there is none.
    """

    span: Span
    values: Mapping[str, Any]
    error: tuple[Span, str] | None


class ChapterNumber(NamedTuple):
    """A chapter's number such as 03.2.2, where it is written: ``parts`` are ``("03", "2", "2")``, zeros kept."""

    parts: tuple[str, ...]
    text: str
    span: Span | None
    """Where in the text; ``None`` for the number in the file name."""


class GithubHeading(NamedTuple):
    """A heading as GitHub renders it, with GitHub's anchor."""

    span: Span
    level: int
    text: str
    id: str


class GithubLink(NamedTuple):
    """A link or image as GitHub renders it."""

    span: Span
    is_image: bool
    text: str
    destination: str


class GithubView(NamedTuple):
    """The same file as GitHub sees it: another dialect, so another parse.

    ``ids`` are all fragments that work there: heading anchors and HTML ``id``/``name`` attributes.
    """

    headings: tuple[GithubHeading, ...]
    links: tuple[GithubLink, ...]
    tables: tuple[Span, ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One Markdown file as the site renders it, every piece with its exact place, in document order."""

    path: str
    source: SourceText
    front_matter: FrontMatter
    file_number: ChapterNumber | None
    heading_number: ChapterNumber | None
    headings: tuple[Heading, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]
    definitions: tuple[Definition, ...]
    loose_references: tuple[LooseReference, ...]
    near_links: tuple[NearLink, ...]
    tables: tuple[Table, ...]
    fences: tuple[Fence, ...]
    formulas: Sequence[Formula]
    list_items: tuple[ListItem, ...]
    leads: tuple[Lead, ...]
    """Bold words that open a paragraph outside lists."""
    footnotes: tuple[FootnoteDefinition, ...]
    footnote_references: tuple[FootnoteReference, ...]
    comments: tuple[Comment, ...]
    toc: Toc | None
    diagrams: Sequence[Diagram]
    """What the Mermaid blocks show."""
    blocks: Sequence[Block]
    """The texts of the Mermaid blocks, one for each of ``diagrams``."""
    github: GithubView | None
    """GitHub's view, or ``None`` where the parse was told to leave it out."""

    @property
    def title(self) -> str:
        """The front matter's title, else the first H1's text, else the file name without its extension."""
        title = self.front_matter.values.get("title")
        if isinstance(title, str) and title.strip():
            return title.strip()
        for heading in self.headings:
            if heading.level == 1:
                return heading.text
        return self.path.rpartition("/")[2].rpartition(".")[0]
