"""Feeds of changed chapters: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from convergence_docs.site.publishing.catalogue import Facts

MOST = 50
"""Entries of a feed; readers come back more often than a book changes that many times."""


class Feed(NamedTuple):
    """A feed.

    Attributes:
        title: what it is called.
        subtitle: what the site says of itself; may be empty.
        author: who writes.
        language: of the site, as BCP 47 has it.
        home: the whole address of the site.
        self: the whole address of the feed; its JSON form has an address of its own.
        json: the whole address of that form.
    """

    title: str
    subtitle: str
    author: str
    language: str
    home: str
    self: str
    json: str


class Entry(NamedTuple):
    """A changed chapter, and the parts of a text that says what changed; empty where that is unknown."""

    page: Facts
    changes: tuple[str, ...] = ()


def latest(pages: Iterable[Facts]) -> list[Facts]:
    """The pages that a feed tells of, last changed first; those of one moment in the order of their addresses."""
    dated = [page for page in pages if page.change and page.address and not page.is_hidden and not page.is_generated]
    return sorted(dated, key=lambda page: (-(page.change.time if page.change else 0), page.address))[:MOST]


def render_atom(feed: Feed, entries: Sequence[Entry]) -> str:
    """A feed as Atom. An entry's id is its page's address, which stays while the page does."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(feed.language)}">',
        f"<title>{escape(feed.title)}</title>",
        *([f"<subtitle>{escape(feed.subtitle)}</subtitle>"] if feed.subtitle else []),
        f"<id>{escape(feed.self)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(feed.self)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(feed.home)}"/>',
        f"<updated>{entries[0].page.changed}</updated>",
        f"<author><name>{escape(feed.author)}</name></author>",
    ]
    for page, changes in entries:
        lines += [
            "<entry>",
            f"<title>{escape(page.title)}</title>",
            f"<id>{escape(page.address)}</id>",
            f'<link rel="alternate" type="text/html" href="{escape(page.address)}"/>',
            f"<updated>{page.changed}</updated>",
            *([f"<summary>{escape(page.description)}</summary>"] if page.description else []),
            *([f'<content type="html">{escape(_html(changes))}</content>'] if changes else []),
            "</entry>",
        ]
    return "\n".join((*lines, "</feed>")) + "\n"


def render_json_feed(feed: Feed, entries: Sequence[Entry]) -> str:
    """A feed as JSON Feed 1.1 (jsonfeed.org)."""
    items = []
    for page, changes in entries:
        item = {"id": page.address, "url": page.address, "title": page.title, "date_modified": page.changed}
        if page.description:
            item["summary"] = page.description
        # One of the two contents must be there.
        item |= {"content_html": _html(changes)} if changes else {"content_text": page.description or page.title}
        items.append(item)
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        **({"description": feed.subtitle} if feed.subtitle else {}),
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": items,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _html(changes: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(change)}</li>" for change in changes) + "</ul>"
