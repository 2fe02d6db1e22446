"""What the head of a page tells search engines, and those who show a link to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Language
from convergence_docs.site.publishing.catalogue import Facts

_END: Final = "</head>"
_DESCRIPTION: Final = re.compile(r'<meta name="description" content="[^"<>]*"\s*/?>')
_CANONICAL: Final = re.compile(r"""<link\b[^<>]*\brel=["']?canonical\b""")
_ROBOTS: Final = re.compile(r"""<meta name=["']?robots\b""")
_CARD: Final = re.compile(r"""<meta property=["']?og:""")
# Material takes each link[rel=alternate] for the site in another language, and asks for a sitemap beside it, which is
# not there for most pages. The blank hides the link from that selector, and is nothing to those who read the word.
_OTHER_FORM: Final = "alternate "
NOINDEX: Final = '<meta name="robots" content="noindex">'
_LOCALES: Final = {"zh": "zh_CN", "en": "en_US"}


class Alternate(NamedTuple):
    """The same in another form: its address as the page links to it, its type, and what it is called."""

    href: str
    type: str
    title: str


class Card(NamedTuple):
    """What a page shows where it is linked to.

    Attributes:
        site: the site's name.
        locale: the site's language.
        image: the address of a picture; empty where there is none.
    """

    site: str
    locale: str
    image: str = ""


def with_head(output: str, page: Facts | None, card: Card, alternates: tuple[Alternate, ...]) -> str:
    """A page's HTML with what its head lacks. What a theme or another plugin has put there already stays.

    Without ``page`` only the other forms are told.
    """
    head, end, rest = output.partition(_END)
    if not end:
        return output
    tags: list[str] = []
    if page is not None:
        head, tags = _described(head, page, card)
    tags += [
        f'<link rel="{_OTHER_FORM}" type="{one.type}" title="{escape(one.title)}" href="{escape(one.href)}">'
        for one in alternates
    ]
    return head + "".join(f"{tag}\n" for tag in tags) + end + rest


def _described(head: str, page: Facts, card: Card) -> tuple[str, list[str]]:
    """A head with its description put right, and the tags that it lacks."""
    description = f'<meta name="description" content="{escape(page.description)}">' if page.description else ""
    head, count = _DESCRIPTION.subn(lambda _: description, head, count=1)
    tags = [description] if description and not count else []
    if page.address and not _CANONICAL.search(head):
        tags.append(f'<link rel="canonical" href="{escape(page.address)}">')
    if page.robots and not _ROBOTS.search(head):
        tags.append(f'<meta name="robots" content="{escape(page.robots)}">')
    if not page.is_hidden and not _CARD.search(head):
        tags += _card(page, card)
    return head, tags


def with_noindex(output: str) -> str:
    """An error page's HTML, which no search engine is to list."""
    head, end, rest = output.partition(_END)
    return output if not end or _ROBOTS.search(head) else f"{head}{NOINDEX}\n{end}{rest}"


def locale_of(spoken: object, language: Language) -> str:
    """A language as Open Graph writes it: ``zh-TW`` and ``zh_TW`` as ``zh_TW``, ``zh`` as ``zh_CN``."""
    name, _, region = re.sub(r"[^A-Za-z_-]", "", str(spoken or language)).replace("-", "_").partition("_")
    if len(region) == 2:
        return f"{name.lower()}_{region.upper()}"
    if region.lower() == "hant":
        return "zh_TW"
    return _LOCALES.get(name.lower(), name.lower())


def _card(page: Facts, card: Card) -> Iterator[str]:
    title = card.site if page.is_home else page.title
    kind = "website" if page.is_home or page.is_generated else "article"
    values = [
        ("og:type", kind),
        ("og:site_name", card.site),
        ("og:title", title),
        ("og:description", page.description),
        ("og:url", page.address),
        ("og:locale", card.locale),
        ("og:image", card.image),
        ("article:modified_time", page.changed if kind == "article" else ""),
    ]
    yield from (f'<meta property="{name}" content="{escape(value)}">' for name, value in values if value)
    names = [
        ("twitter:card", "summary_large_image" if card.image else "summary"),
        ("twitter:title", title),
        ("twitter:description", page.description),
        ("twitter:image", card.image),
    ]
    yield from (f'<meta name="{name}" content="{escape(value)}">' for name, value in names if value)
