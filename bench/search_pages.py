"""What a built site holds, read from its pages alone: the text of every section, and what queries want."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

import yaml

QUERIES = Path(__file__).with_name("queries")
VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
BLOCK = re.compile(
    "article|aside|blockquote|br|caption|d[dlt]|details|div|figcaption|figure|h[1-6]|hr|li|[ou]l|p|pre|section|summary"
    "|table|tbody|t[dhr]|thead"
)
UNSEEN = re.compile("annotation|button|script|style|svg|template")


class Section(NamedTuple):
    """A heading, and the text below it up to the next one; ``blocks`` are the pieces that a reader sees apart."""

    page: str
    anchor: str
    heading: str
    blocks: tuple[str, ...]


class Query(NamedTuple):
    """What somebody types, and the right answers: pages, each with the headings that are right or none."""

    kind: str
    ask: str
    want: Mapping[str, frozenset[str]]


class Article(HTMLParser):
    """Gathers the sections of a page's article."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.sections = page, [["", "", [""]]]
        self.open: list[tuple[str, bool]] = []  # tags inside the article, and whether their text is not seen
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = dict(attrs)
        names = (values.get("class") or "").split()
        if not self.open and not (tag == "article" and "md-content__inner" in names):
            return
        unseen = bool(self.open) and self.open[-1][1]
        unseen = unseen or UNSEEN.fullmatch(tag) is not None or "headerlink" in names or "md-icon" in names
        if BLOCK.fullmatch(tag):
            self._block()
        if re.fullmatch("h[1-6]", tag) and not unseen:
            self.sections.append([values.get("id") or "", "", [""]])
            self.heading = True
        if not VOID.fullmatch(tag):
            self.open.append((tag, unseen))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        if tag not in (name for name, _ in self.open):
            return
        while self.open.pop()[0] != tag:
            pass
        if BLOCK.fullmatch(tag):
            self._block()
        if re.fullmatch("h[1-6]", tag):
            self.heading = False

    def handle_data(self, data: str) -> None:
        """Take text that is seen."""
        if self.open and not self.open[-1][1]:
            self.sections[-1][2][-1] += data
            if self.heading:
                self.sections[-1][1] += data

    def _block(self) -> None:
        if self.sections[-1][2][-1].strip():
            self.sections[-1][2].append("")

    def result(self) -> Iterator[Section]:
        """The sections that hold anything."""
        for anchor, heading, blocks in self.sections:
            texts = tuple(filter(None, (squeezed(block) for block in blocks)))
            if texts:
                yield Section(self.page, anchor, squeezed(heading), texts)


def squeezed(text: str) -> str:
    """Text with single spaces, without what takes no room."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b\u2060¶]", "", text)).strip()


def folded(text: str) -> str:
    """Text as a search by substring may take it: letter case and a space between Chinese and other script aside."""
    text = squeezed(text).lower()
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[^\u3400-\u9fff])|(?<=[^\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text)


def read_site(site: Path) -> tuple[Section, ...]:
    """All sections of a site's pages."""
    found: list[Section] = []
    for path in sorted(site.rglob("index.html")):
        where = path.parent.relative_to(site).as_posix()
        article = Article("" if where == "." else f"{where}/")
        article.feed(path.read_text("utf-8"))
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
        Query(kind, str(entry["ask"]), _wanted(entry["want"], sources)) for kind, rows in data.items() for entry in rows
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
