"""What is known of each page of one build: its title, description, date, addresses, and who is to see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from convergence_docs.history import LastChange
from convergence_docs.site.published import is_published
from convergence_docs.site.publishing.describing import from_headings, joined, shortened

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One page.

    Attributes:
        path: of its source, relative to the docs root.
        title: as plain text.
        description: a sentence or two as plain text, of this page's own; empty where there is nothing to say.
        url: its address, relative to the site's root; empty for the first page.
        address: its whole address; empty where the site does not say where it is published.
        twin: the file that holds it as Markdown, relative to the site's root.
        change: its last change, where git knows it for sure.
        is_generated: whether no file of the docs folder stands behind it.
        is_hidden: whether search engines and feeds are not to list it.
        is_home: whether it is the first page.
        robots: what its front matter says to search engines.
    """

    path: str
    title: str
    description: str
    url: str
    address: str
    twin: str
    change: LastChange | None
    is_generated: bool
    is_hidden: bool
    is_home: bool
    robots: str

    @property
    def changed(self) -> str:
        """When it was last changed, in UTC and RFC 3339; empty where that is unknown."""
        return moment(self.change.time) if self.change else ""


def moment(time: int) -> str:
    """A time in UTC and RFC 3339."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(text: object) -> str:
    """A title as plain text on one line, without what XML cannot hold."""
    return clean(Markup(str(text)).striptags())


def clean(text: str) -> str:
    """Text on one line, without what XML cannot hold."""
    return " ".join(_INVISIBLE.sub("", text).split())


def encoded(address: str) -> str:
    """An address in ASCII, as sitemaps want it: what is percent-encoded stays so."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")


def make_catalogue(
    files: Files, site: MkDocsConfig, paragraphs: Mapping[str, tuple[str, ...]], changes: Mapping[str, LastChange]
) -> dict[str, Facts]:
    """The facts of all pages by path, in MkDocs' order.

    Args:
        files: of the build, its pages rendered.
        site: MkDocs' configuration.
        paragraphs: the first paragraphs of each page, by path.
        changes: the last changes of pages, by path.
    """
    pages = [file.page for file in files.documentation_pages() if file.page is not None and is_published(file)]
    told = {page.file.src_uri: _candidates(page, site, paragraphs.get(page.file.src_uri, ())) for page in pages}
    counted = Counter(text for texts in told.values() for text in texts)
    return {page.file.src_uri: _facts(page, site, told[page.file.src_uri], counted, changes) for page in pages}


def _facts(
    page: Page,
    site: MkDocsConfig,
    told: tuple[str, ...],
    counted: Mapping[str, int],
    changes: Mapping[str, LastChange],
) -> Facts:
    title = plain(page.meta.get("title") or page.title or "") or site.site_name
    robots = page.meta.get("robots")
    said = clean(robots) if isinstance(robots, str) else ""
    return Facts(
        path=page.file.src_uri,
        title=title,
        description=_distinct(title, told, counted),
        url=page.url,
        address=encoded(page.canonical_url or ""),
        twin=page.file.dest_uri.removesuffix(".html") + ".md",
        change=changes.get(page.file.src_uri),
        is_generated=page.file.generated_by is not None,
        is_hidden="noindex" in said or "none" in said.split(","),
        is_home=page.is_homepage,
        robots=said,
    )


def _candidates(page: Page, site: MkDocsConfig, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """What the author says of the page; else of the site, on its first page; else what the page begins with."""
    own = page.meta.get("description")
    if isinstance(own, str) and own.strip():
        return (clean(joined(own)),)
    if page.is_homepage and site.site_description:
        return (clean(site.site_description),)
    begins = tuple(dict.fromkeys(filter(None, map(clean, paragraphs))))
    return begins or tuple(filter(None, [from_headings(plain(page.title), map(plain, _headings(page.toc)))]))


def _headings(entries: Iterable[AnchorLink]) -> Iterator[str]:
    for entry in entries:
        yield entry.title
        yield from _headings(entry.children)


def _distinct(title: str, told: tuple[str, ...], counted: Mapping[str, int]) -> str:
    """The first words that no other page has; where all are said elsewhere, the title goes before them."""
    alone = next((text for text in told if counted[text] == 1), "")
    return alone or (shortened(f"{title}：{told[0]}") if told else "")
