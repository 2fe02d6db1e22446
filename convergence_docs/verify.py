"""Hold a `Chapter` to what Python-Markdown renders from the same text: the site's own parser as the oracle.

Far slower than the scanner, so it runs only when asked for. Python-Markdown and its extensions are imported here and
nowhere else in the core, and only when a function is called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from convergence_docs import slug
from convergence_docs.model.chapter import Chapter
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.parse.front_matter import split_front_matter
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MATERIAL_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "meta": {},
    "tables": {},
    "toc": {},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""What the default dialect stands for; the slugifier is GitHub's."""

FOLDER_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    **MATERIAL_EXTENSIONS,
    "pymdownx.superfences": {"relaxed_headers": True},
}
"""What a folder without a site is compared with."""

_WITHOUT_OWN_LINKS = {"permalink": False, "anchorlink": False, "marker": ""}
"""Options that keep ``toc`` from adding links, which no author wrote and no scanner reads."""

_GENERATED = ("__tabbed_", "__codelineno", "__span")


class RenderedHeading(NamedTuple):
    """A heading as the page shows it."""

    level: int
    id: str
    text: str


class Rendered(NamedTuple):
    """What a rendered page holds of the things that a scanner must find. ``tables`` are (columns, body rows)."""

    headings: tuple[RenderedHeading, ...]
    ids: tuple[str, ...]
    hrefs: tuple[str, ...]
    images: tuple[str, ...]
    tables: tuple[tuple[int, int], ...]


class Difference(NamedTuple):
    """Something that the page and the chapter do not agree on; one of the two sides may be empty.

    ``kind`` is ``"heading"``, ``"id"``, ``"link"``, ``"image"`` or ``"table"``.
    """

    kind: str
    rendered: str
    scanned: str


def verify_chapter(
    source: SourceText, dialect: Dialect, extensions: Mapping[str, Mapping[str, Any]] = MATERIAL_EXTENSIONS
) -> tuple[Difference, ...]:
    """Where the scanner and Python-Markdown disagree about ``source``; empty where they agree.

    Args:
        source: the file.
        dialect: what the scanner is told about the extensions.
        extensions: the extensions themselves, by name, with options as Python-Markdown takes them.

    Raises:
        ImportError: Python-Markdown or an extension is not installed.
    """
    chapter = parse_chapter(source, dialect, github=False)
    toc = extensions.get("toc")
    if toc is not None:
        slugify = toc.get("slugify")
        # A configuration names its slugifier; the dialect knows the function of that name.
        slugify = slugify if callable(slugify) else dialect.slugifier()
        extensions = {**extensions, "toc": {**toc, **_WITHOUT_OWN_LINKS, "slugify": slugify}}
    return compare(render(source, extensions, is_github=dialect.slugify == "github"), chapter)


def render(source: SourceText, extensions: Mapping[str, Mapping[str, Any]], *, is_github: bool) -> Rendered:
    """What Python-Markdown makes of ``source``; with ``is_github``, ids are GitHub's with ``-1`` suffixes."""
    import markdown
    from markdown.treeprocessors import Treeprocessor

    tables: list[tuple[int, int]] = []
    ids = slug.HyphenIds(is_empty_allowed=False)

    class TableCounter(Treeprocessor):
        def run(self, root: Element) -> None:
            tables.extend(_count_tables(root))

    class TakenIds(Treeprocessor):
        def run(self, root: Element) -> None:
            for element in root.iter():
                if "id" in element.attrib:
                    ids.take(element.attrib["id"])

    configs = {name: dict(options or {}) for name, options in extensions.items()}
    if is_github and "toc" in configs:
        configs["toc"]["slugify"] = lambda text, separator: ids.take(slug.github(text, separator))
    md = markdown.Markdown(extensions=list(configs), extension_configs=configs)
    md.treeprocessors.register(TableCounter(md), "count-tables", -1000)
    md.treeprocessors.register(TakenIds(md), "taken-ids", 5.5)  # right before toc
    _, body = split_front_matter(source.text)
    page = _Page()
    page.feed(md.convert(source.text[body:]))
    page.close()
    headings = tuple(_flatten(getattr(md, "toc_tokens", ())))
    return Rendered(headings, tuple(page.ids), tuple(page.hrefs), tuple(page.images), tuple(tables))


def scan(chapter: Chapter) -> Rendered:
    """The same of a chapter."""
    links = [link for link in chapter.links if not link.is_image]
    return Rendered(
        tuple(RenderedHeading(one.level, one.site_id, _heading_text(one.text)) for one in chapter.headings),
        tuple(anchor.id for anchor in chapter.anchors),
        tuple(link.destination for link in links),
        tuple(link.destination for link in chapter.links if link.is_image),
        tuple((len(table.header.cells), len(table.rows)) for table in chapter.tables),
    )


def compare(rendered: Rendered, chapter: Chapter) -> tuple[Difference, ...]:
    """Where a rendered page and a chapter disagree."""
    scanned = scan(chapter)
    differences = [
        *_ordered("heading", rendered.headings, scanned.headings),
        *_ordered("table", rendered.tables, scanned.tables),
        *_unordered("id", set(rendered.ids), set(scanned.ids)),
        *_unordered("link", map(_plain, rendered.hrefs), map(_plain, scanned.hrefs)),
        *_unordered("image", map(_plain, rendered.images), map(_plain, scanned.images)),
    ]
    return tuple(differences)


def _heading_text(text: str) -> str:
    # Formulas reach the page in the notation of the typesetter, whatever they were written in.
    return " ".join(text.replace("\\(", "$").replace("\\)", "$").split())


def _plain(destination: str) -> str:
    return unescape(destination).strip()


def _ordered(kind: str, rendered: Sequence[Any], scanned: Sequence[Any]) -> Iterable[Difference]:
    if rendered == scanned:
        return
    left, right = [_words(item) for item in rendered], [_words(item) for item in scanned]
    for index in range(max(len(left), len(right))):
        one = left[index] if index < len(left) else ""
        other = right[index] if index < len(right) else ""
        if one != other:
            yield Difference(kind, one, other)


def _words(item: tuple[Any, ...]) -> str:
    return " ".join(" ".join(str(part).split()) for part in item)


def _unordered(kind: str, rendered: Iterable[str], scanned: Iterable[str]) -> Iterable[Difference]:
    left, right = Counter(rendered), Counter(scanned)
    yield from (Difference(kind, one, "") for one in sorted((left - right).elements()))
    yield from (Difference(kind, "", one) for one in sorted((right - left).elements()))


def _flatten(tokens: Iterable[Mapping[str, Any]]) -> Iterable[RenderedHeading]:
    stack = list(reversed(list(tokens)))
    while stack:
        token = stack.pop()
        # A label for the table of contents hides the heading's own words.
        name = re.sub(r"<[^<>]*>", "", token["html"]) if token["data-toc-label"] else token["name"]
        yield RenderedHeading(token["level"], token["id"], _heading_text(unescape(name)))
        stack.extend(reversed(token["children"]))


def _count_tables(root: Element) -> Iterable[tuple[int, int]]:
    for table in root.iter("table"):
        head = table.find("thead/tr")
        body = table.findall("tbody/tr")
        if head is not None:
            is_empty = len(body) == 1 and not any(cell.text or len(cell) for cell in body[0])
            yield len(head), 0 if is_empty else len(body)


class _Page(HTMLParser):
    """Collects ids, link targets and images of a page; footnote marks, generated ids and the ``[TOC]`` are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.images: list[str] = []
        self._toc_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        classes = values.get("class", "").split()
        if tag == "div" and (self._toc_depth or classes == ["toc"]):
            self._toc_depth += 1
        if self._toc_depth:
            return
        names = [values.get("id", "")] + ([values.get("name", "")] if tag == "a" else [])
        self.ids += [name for name in names if name and not name.startswith(_GENERATED)]
        if tag == "a" and "href" in values and not {"footnote-ref", "footnote-backref"} & set(classes):
            self.hrefs.append(values["href"])
        elif tag == "img" and "src" in values:
            self.images.append(values["src"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._toc_depth:
            self._toc_depth -= 1
