"""Ids for the links of a page, so that a backlink leads to the very place and not to its section alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import Final

Linked = Mapping[str, tuple[str, Mapping[str, int]]]
"""By a chapter's address as a page's links write it: its path, and how often the page links to it in which words."""

PREFIX: Final = "cd-link-"

_LINK = re.compile(r"<a(?P<attributes>\s[^<>]*)>(?P<inner>(?:(?!<a\b).)*?)</a>", re.DOTALL)
_HREF = re.compile(r'\shref="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")


def with_landings(html: str, linked: Linked) -> tuple[str, dict[tuple[str, str, int], str]]:
    """A page's HTML whose links to chapters have ids, and these ids by chapter, words and count from 0.

    Links whose words the page shows more often, or less, than the chapter has them are left as they are: nobody can
    tell which is which. What has an id keeps it.
    """
    if not linked:
        return html, {}
    links = [(match, key) for match in _LINK.finditer(html) if (key := _key(match, linked))]
    shown = Counter(key for _, key in links)
    known = {(path, words): count for path, counts in linked.values() for words, count in counts.items()}
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str, int], str] = {}
    parts, at = [], 0
    for match, key in links:
        if known.get(key) != shown[key]:
            continue
        own = _ID.search(match["attributes"])
        name = unescape(own[1]) if own else f"{PREFIX}{len(found) + 1}"
        found[(*key, seen[key])] = name
        seen[key] += 1
        if own is None:
            start = match.start("attributes")
            parts += [html[at:start], f' id="{name}"']
            at = start
    return "".join([*parts, html[at:]]), found


def _key(match: re.Match[str], linked: Linked) -> tuple[str, str] | None:
    href = _HREF.search(match["attributes"])
    chapter = linked.get(unescape(href[1]).partition("#")[0]) if href else None
    return (chapter[0], " ".join(unescape(_TAG.sub("", match["inner"])).split())) if chapter else None
