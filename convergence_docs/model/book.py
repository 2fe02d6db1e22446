"""A book: all chapters of a site, and what they need to know of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

from convergence_docs.model.allowance import Allowance, read_allowances
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.declaration import chapter_differences
from convergence_docs.model.claims.difference import Difference
from convergence_docs.model.claims.superlative import Superlative
from convergence_docs.model.claims.topic import topic_of
from convergence_docs.model.inclusion import is_taking_in_text
from convergence_docs.model.links.github_anchors import github_anchors
from convergence_docs.model.nodes import Definition, Link, LooseReference, NearLink
from convergence_docs.model.title import MissingTitle, missing_title
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import Span

T = TypeVar("T")


class Entry(NamedTuple):
    """What the rest of a book needs to know of a chapter. Small, and made of plain values, so that it can be cached.

    Rules that look across chapters see entries, never chapters: that is what lets an unchanged chapter stay unread.
    """

    path: str
    title: str
    headline: str
    """The first H1's text; empty where there is none."""
    number: tuple[str, ...] | None
    """The chapter number's parts, from the file name, else from the H1."""
    anchors: tuple[str, ...]
    """Every fragment that works on the site, in document order."""
    links: tuple[Link, ...]
    definitions: tuple[Definition, ...]
    loose_references: tuple[LooseReference, ...]
    near_links: tuple[NearLink, ...]
    has_generated_anchors: bool = False
    """Whether the build pulls in text that may bring anchors of its own (snippets, includes, API documentation)."""
    github_anchors: tuple[str, ...] = ()
    """Fragments that work on GitHub alone, which count where no site governs the folder."""
    toc: Span | None = None
    """The hand-written table of contents, whose entries the TOC rules answer for."""
    allowances: tuple[Allowance, ...] = ()
    """The comments that let findings stand."""
    missing_title: MissingTitle | None = None
    """Where a title is missed; ``None`` where there is one, or none is needed."""
    claims: tuple[Claim, ...] = ()
    """What the chapter states, in document order."""
    superlatives: tuple[Superlative, ...] = ()
    """What the chapter calls the highest or the lowest, in document order."""
    topic: str = ""
    """What the vocabulary knows it to be about, ``layer:architectural``; empty where its title names nothing known."""
    differences: tuple[Difference, ...] = ()
    """The differences on purpose that its front matter declares."""
    as_of: int | None = None
    """The year that its front matter says it describes."""
    unread_diagrams: int = 0
    """How many of its diagrams Mermaid was to be asked about and could not."""


class Columns(NamedTuple):
    """An entry in three parts, each in the order of the entry's fields.

    ``face`` is all that the links of other chapters may depend on, ``links`` what nobody else's depend on.
    """

    face: tuple[Any, ...]
    links: tuple[Any, ...]
    rest: tuple[Any, ...]


NO_LINKS: tuple[tuple[()], ...] = ((), (), (), ())
"""The ``links`` of an entry that has none."""


def in_columns(entry: Entry) -> Columns:
    """The parts of an entry."""
    return Columns(entry[:5] + entry[9:11], entry[5:9], entry[11:])


def from_columns(face: Sequence[Any], links: Sequence[Any], rest: Sequence[Any]) -> list[Any]:
    """The values of an entry's fields from its parts."""
    return [*face[:5], *links, *face[5:], *rest]


def without_links_of(entry: Entry) -> Entry:
    """The entry as if it had no links."""
    return entry._replace(links=(), definitions=(), loose_references=(), near_links=())


def only_face(face: Sequence[Any]) -> list[Any]:
    """The values of an entry's fields of which nothing is known but its face."""
    rest = [Entry._field_defaults[name] for name in Entry._fields[11:]]
    return from_columns(face, NO_LINKS, rest)


def make_entry(
    chapter: Chapter,
    claims: tuple[Claim, ...] = (),
    superlatives: tuple[Superlative, ...] = (),
    vocabulary: Vocabulary | None = None,
) -> Entry:
    """The entry of a chapter; ``claims`` and ``superlatives`` are what it states; ``vocabulary`` names its topic."""
    number = chapter.file_number or chapter.heading_number
    headline = next((heading.text for heading in chapter.headings if heading.level == 1), "")
    return Entry(
        path=chapter.path,
        title=chapter.title,
        headline=headline,
        number=number.parts if number else None,
        anchors=tuple([anchor.id for anchor in chapter.anchors]),
        links=chapter.links,
        definitions=chapter.definitions,
        loose_references=chapter.loose_references,
        near_links=chapter.near_links,
        has_generated_anchors=is_taking_in_text(chapter),
        github_anchors=github_anchors(chapter),
        toc=chapter.toc.span if chapter.toc else None,
        allowances=read_allowances(chapter),
        missing_title=missing_title(chapter),
        claims=claims,
        superlatives=superlatives,
        topic=topic_of(chapter, vocabulary),
        differences=chapter_differences(chapter, vocabulary),
        as_of=_year(chapter.front_matter.values.get("as_of")),
    )


def _year(value: object) -> int | None:
    text = str(value)
    return int(text[:4]) if text[:4].isdecimal() and text[4:5] in ("", "-") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What of the site's configuration decides where a link leads.

    Attributes:
        files: every file below the docs root, as POSIX paths, in the letter case of the disk.
        nav: paths named by the navigation, or ``None`` where there is no explicit navigation.
        use_directory_urls: as in MkDocs.
        absolute_links_from_docs: whether MkDocs is told to read a link ``/x.md`` from the docs root.
        is_mkdocs: whether a ``mkdocs.yml`` governs these files; else they are a plain folder, read on GitHub or disk.
        outside: paths outside the docs root that links name (as written from the root, ``../LICENSE``) and that exist.
        unlisted: chapters that need no place in the navigation (MkDocs' ``not_in_nav``).
        generators: folders of a plain folder with the other site generator that builds their pages, deeper ones first.
        is_untracked: tells of a missing path whether ``.gitignore`` names it, so that a build may well make it.
        anchors_unverified: why anchors cannot be vouched for; empty where they can.
    """

    files: frozenset[str]
    nav: tuple[str, ...] | None = None
    use_directory_urls: bool = True
    absolute_links_from_docs: bool = False
    is_mkdocs: bool = False
    outside: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()
    generators: tuple[tuple[str, str], ...] = ()
    is_untracked: Callable[[str], bool] = field(default=lambda path: False, repr=False, compare=False)
    anchors_unverified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All entries by path, in sorted order, and the site they form.

    ``differences`` are those that the vocabulary lets stand, for all chapters. ``reached`` are chapters to which links
    lead that the entries leave out, because it is known already what they come to.
    """

    entries: Mapping[str, Entry]
    site: Site
    differences: tuple[Difference, ...] = ()
    reached: frozenset[str] = frozenset()
    _memo: dict[str, object] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Derived indexes, made once when first asked for."""

    def derive(self, make: Callable[[Book], T]) -> T:
        """What ``make`` makes of this book; made once, however many ask."""
        key = f"{make.__module__}.{make.__qualname__}"
        if key not in self._memo:
            self._memo[key] = make(self)
        return cast(T, self._memo[key])
