"""The page at an old address, and what a page that is still there knows of anchors that are not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from convergence_docs.diagnostic import Language, Wording

_TITLE = Wording("This page has moved", "本页已移动")
_SENTENCE = Wording("This page has moved to {}.", "本页已移到 {}。")


class Destination(NamedTuple):
    """Where a page is now: its address as the old one sees it, its whole address (may be empty), and its title."""

    href: str
    address: str
    title: str


class Surroundings(NamedTuple):
    """What all pages at old addresses share, but for addresses.

    Attributes:
        site: the site's name.
        spoken: the language of the site, as HTML names it.
        language: of the words.
        policy: the tag of the content security policy; empty where the site has none.
    """

    site: str
    spoken: str
    language: Language
    policy: str


def render_redirect(to: Destination, anchors: Mapping[str, str], script: str, around: Surroundings) -> str:
    """The page at an old address.

    With scripts it leads on with the fragment that was asked for, or to where that anchor is now; without, to the page;
    where neither works, by a link.

    Args:
        to: where the page is now.
        anchors: where anchors that have moved are, by their old names.
        script: the address of ``redirect.js`` as this page sees it.
        around: what all such pages share.
    """
    language = around.language
    canonical = f'<link rel="canonical" href="{escape(to.address)}">\n' if to.address else ""
    link = f'<a href="{escape(to.href)}">{escape(to.title)}</a>'
    return (
        f'<!doctype html>\n<html lang="{escape(around.spoken)}">\n<head>\n<meta charset="utf-8">{around.policy}\n'
        f"<title>{_TITLE.to(language)} - {escape(around.site)}</title>\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"{canonical}"
        f'<script src="{escape(script)}" data-to="{escape(to.href)}" data-moved="{moved(anchors)}"></script>\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={escape(to.href)}"></noscript>\n'
        f"</head>\n<body>\n<main><p>{_SENTENCE.to(language).format(link)}</p></main>\n</body>\n</html>\n"
    )


def moved(anchors: Mapping[str, str]) -> str:
    """Where anchors are now, as an attribute's value."""
    return escape(json.dumps(dict(sorted(anchors.items())), ensure_ascii=False, separators=(",", ":")))
