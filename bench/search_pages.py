"""What a built site holds, read from its pages alone: the text of every section, and what queries want."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

import yaml

QUERIES = Path(__file__).with_name("queries")
VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
BLOCK = re.compile(
    "article|aside|blockquote|br|caption|d[dlt]|details|div|figcaption|figure|h[1-6]|hr|li|[ou]l|p|pre|section|summary"
    "|table|tbody|t[dhr]|thead"
)
UNSEEN = re.compile("annotation|button|script|style|svg|template")
ASIDE = frozenset(
    {
        "headerlink",
        "footnote-ref",
        "footnote-backref",
        "cd-diagram__foot",
        "cd-download",
        "linenos",
        "md-code__nav",
        "md-icon",
    }
)
NO_INDEX = '<meta name="robots" content="noindex"'
QUIET = frozenset({"math", "cd-diagram__source"})
"""What a search may find and need not: formulas, looked for as they are written, and the source of diagrams."""


class Section(NamedTuple):
    """A heading, and the text below it up to the next one.

    ``blocks`` are the pieces that a reader sees apart; what is in ``quiet`` need not be found.
    """

    page: str
    anchor: str
    heading: str
    blocks: tuple[str, ...]
    quiet: tuple[str, ...]


class Query(NamedTuple):
    """What somebody types, and the right answers: pages, each with the headings that are right or none.

    ``also`` are pages that the build makes of the book, on the very thing that was asked for.
    """

    kind: str
    ask: str
    want: Mapping[str, frozenset[str]]
    also: frozenset[str]


class Open(NamedTuple):
    """An element of a page; ``text`` tells what becomes of the text in it."""

    tag: str
    text: Literal["seen", "quiet", "dropped"]


class Draft:
    """A section that is read."""

    def __init__(self, anchor: str) -> None:
        self.anchor, self.heading, self.blocks, self.quiet = anchor, "", [""], [""]


class Article(HTMLParser):
    """Gathers the sections of a page's article."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.drafts = page, [Draft("")]
        self.open: list[Open] = []
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = dict(attrs)
        names = set((values.get("class") or "").split())
        if not self.open and not (tag == "article" and "md-content__inner" in names):
            return
        text = self.open[-1].text if self.open else "seen"
        if UNSEEN.fullmatch(tag) or names & ASIDE or "hidden" in values or "data-search-exclude" in values:
            text = "dropped"
        elif text == "seen" and ({tag} | names) & QUIET:
            text = "quiet"
            self.drafts[-1].quiet.append(values.get("alttext") or "")
        if BLOCK.fullmatch(tag):
            self._block()
        if re.fullmatch("h[1-6]", tag) and text == "seen":
            self.drafts.append(Draft(values.get("id") or ""))
            self.heading = True
        if not VOID.fullmatch(tag):
            self.open.append(Open(tag, text))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        if tag not in (one.tag for one in self.open):
            return
        while self.open.pop().tag != tag:
            pass
        if BLOCK.fullmatch(tag):
            self._block()
        if re.fullmatch("h[1-6]", tag):
            self.heading = False

    def handle_data(self, data: str) -> None:
        """Take text that is seen."""
        if not self.open or self.open[-1].text == "dropped":
            return
        draft = self.drafts[-1]
        if self.open[-1].text == "quiet":
            draft.quiet[-1] += data
            draft.blocks.append("")  # what stands round a formula is no run of text
            return
        draft.blocks[-1] += data
        if self.heading:
            draft.heading += data

    def _block(self) -> None:
        for blocks in (self.drafts[-1].blocks, self.drafts[-1].quiet):
            if blocks[-1].strip():
                blocks.append("")

    def result(self) -> Iterator[Section]:
        """The sections that hold anything."""
        for draft in self.drafts:
            blocks, quiet = (tuple(filter(None, map(squeezed, texts))) for texts in (draft.blocks, draft.quiet))
            if blocks:
                yield Section(self.page, draft.anchor, squeezed(draft.heading), blocks, quiet)


def squeezed(text: str) -> str:
    """Text with single spaces, without what takes no room."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b\u2060¶]", "", text)).strip()


def folded(text: str) -> str:
    """Text as a search by substring may take it: case, width and a space between Chinese and other script aside."""
    text = squeezed(unicodedata.normalize("NFKC", text)).lower()
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[^\u3400-\u9fff])|(?<=[^\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text)


def read_site(site: Path) -> tuple[Section, ...]:
    """All sections of a site's pages, without those that are not for search."""
    found: list[Section] = []
    for path in sorted(site.rglob("index.html")):
        text = path.read_text("utf-8")
        if NO_INDEX in text:
            continue
        where = path.parent.relative_to(site).as_posix()
        article = Article("" if where == "." else f"{where}/")
        article.feed(text)
        found += article.result()
    return tuple(found)


def read_queries(name: str, docs: Path) -> tuple[Query, ...]:
    """The queries for a collection, their right answers as addresses of pages.

    Raises:
        SystemExit: where a right answer is no page, or several.
    """
    sources = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")] + ["matrix/index.md"]
    data: Any = yaml.safe_load((QUERIES / f"{name}.yml").read_text("utf-8"))
    return tuple(
        Query(kind, str(entry["ask"]), _wanted(entry["want"], sources), frozenset(entry.get("also", ())))
        for kind, rows in data.items()
        for entry in rows
    )


def _wanted(want: list[str], sources: list[str]) -> dict[str, frozenset[str]]:
    pages: dict[str, frozenset[str]] = {}
    for one in want:
        part, _, heading = one.partition("#")
        paths = [path for path in sources if part in path]
        if len(paths) != 1:
            raise SystemExit(f"{one} is in {len(paths)} paths")
        page = address(paths[0])
        pages[page] = pages.get(page, frozenset()) | ({plain(heading)} if heading else set())
    return pages


def address(source: str) -> str:
    """Where MkDocs puts a page."""
    path = PurePosixPath(source).with_suffix("")
    path = path.parent if path.name in ("index", "README") else path
    return "" if path == PurePosixPath(".") else f"{path}/"


def page_of(location: str) -> tuple[str, str]:
    """The page and the anchor that an address leads to."""
    rest, _, anchor = location.partition("#")
    return unquote(rest.partition("?")[0]).removesuffix("index.html").lstrip("/"), unquote(anchor)


def plain(heading: str) -> str:
    """A heading without signs that markup may change."""
    return re.sub(r"[\W_]+", "", heading).lower()


def substrings(sections: tuple[Section, ...], count: int, seed: int) -> list[str]:
    """Random pieces of the text: two to twelve signs out of one block, as a reader may copy them."""
    pick = random.Random(seed)
    blocks = [block for section in sections for block in section.blocks if len(block) > 1]
    weights = [min(len(block), 400) for block in blocks]
    found: list[str] = []
    while len(found) < count:
        (block,) = pick.choices(blocks, weights)
        length = pick.randint(2, 12)
        start = pick.randrange(max(1, len(block) - length + 1))
        piece = block[start : start + length].strip()
        if len(piece) > 1 and re.search(r"\w", piece):
            found.append(piece)
    return found
