"""Chapters as one page: ids that are unique in it, links that stay in it, and a table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from mkdocs.utils import get_relative_url

_TAG: Final = re.compile(r"""<[A-Za-z][^\s/>"']*+(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE: Final = re.compile(
    r"""(?<=[\s"'/])(?P<name>id|name|for|href|xlink:href|src|poster|data|headers|clip-path|mask|filter|fill|stroke"""
    r"""|marker-start|marker-mid|marker-end|aria-labelledby|aria-describedby|aria-controls|aria-owns|aria-details)"""
    r"""\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))"""
)
_LISTS: Final = frozenset(
    ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details")
)
_ADDRESSES: Final = frozenset(("href", "xlink:href", "src", "poster", "data"))
_LOCAL: Final = re.compile(r"url\(\s*(?:&quot;|&#39;)?#([^)\"'&]+)(?:&quot;|&#39;)?\s*\)")
_SCRIPT: Final = re.compile(r"<script\b[^>]*>.*?</script\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)


class Leaf(NamedTuple):
    """A chapter as it was made: its address in the site, its title, its sections (anchor and title), and its HTML."""

    url: str
    title: str
    sections: tuple[tuple[str, str], ...]
    html: str


def bind(leaves: Iterable[Leaf], url: str) -> str:
    """The chapters, one after the other, for the page at ``url``."""
    leaves = tuple(leaves)
    places = {unquote(leaf.url): f"c{number}" for number, leaf in enumerate(leaves, 1)}
    return "".join(
        f'<section class="cd-book__chapter" id="c{number}">{_rebound(leaf, places, url)}</section>\n'
        for number, leaf in enumerate(leaves, 1)
    )


def contents(leaves: Iterable[Leaf], name: str) -> str:
    """The table of contents: chapters, and the sections in them."""
    return f'<nav class="cd-book__contents" aria-label="{escape(name)}"><ol>{"".join(_entries(leaves))}</ol></nav>'


def _entries(leaves: Iterable[Leaf]) -> Iterator[str]:
    for number, leaf in enumerate(leaves, 1):
        sections = "".join(
            f'<li><a href="#{_fragment(f"c{number}", anchor)}">{escape(title)}</a></li>'
            for anchor, title in leaf.sections
        )
        inner = f"<ol>{sections}</ol>" if sections else ""
        yield f'<li><a href="#c{number}">{escape(leaf.title)}</a>{inner}</li>'


def _rebound(leaf: Leaf, places: Mapping[str, str], url: str) -> str:
    scope = places[unquote(leaf.url)]

    def attribute(match: re.Match[str]) -> str:
        name = match["name"].lower()
        value = next(match[group] for group in ("double", "single", "bare") if match[group] is not None)
        plain = unescape(value)
        if name in ("id", "name"):
            changed = f"{scope}-{plain}" if plain else plain
        elif name in _LISTS:
            changed = " ".join(f"{scope}-{one}" for one in plain.split())
        elif name in _ADDRESSES:
            changed = _address(plain, leaf.url, scope, places, url)
        else:
            changed = _LOCAL.sub(rf"url(#{scope}-\1)", plain)
        return f'{match["name"]}="{escape(changed)}"' if changed != plain else match[0]

    return _each_tag(_SCRIPT.sub("", leaf.html), lambda tag: _ATTRIBUTE.sub(attribute, tag))


def _each_tag(html: str, change: Callable[[str], str]) -> str:
    parts, done = [], 0
    while (start := html.find("<", done)) >= 0:
        parts.append(html[done:start])
        match = _TAG.match(html, start)
        done = match.end() if match else start + 1
        is_named = match is not None and not match[0].startswith(("<meta", "<param"))
        parts.append(change(match[0]) if match and is_named else html[start:done])
    parts.append(html[done:])
    return "".join(parts)


def _address(address: str, base: str, scope: str, places: Mapping[str, str], url: str) -> str:
    """Where a link of a chapter leads from the page of the whole book."""
    if address.startswith("#"):
        return f"#{_fragment(scope, address[1:])}" if address != "#" else f"#{scope}"
    split = urlsplit(address)
    if split.scheme or split.netloc or address.startswith("/"):
        return address
    target, _, fragment = urljoin(f"/{base}", address).lstrip("/").partition("#")
    place = places.get(unquote(target).removesuffix("index.html"), places.get(unquote(target)))
    if place is not None and not split.query:
        return f"#{_fragment(place, fragment)}" if fragment else f"#{place}"
    relative = get_relative_url(target or ".", url)
    return f"{relative}#{fragment}" if fragment else relative


def _fragment(scope: str, anchor: str) -> str:
    return quote(f"{scope}-{unquote(anchor)}", safe="!$&'()*+,;=:@/?-._~")
