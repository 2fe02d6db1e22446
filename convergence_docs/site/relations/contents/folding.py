"""A hand-written table of contents in a page's HTML, put where it can be folded away."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from convergence_docs.parse.toc import is_toc_name

_TAG = re.compile(r'<(?:(?P<close>/?)(?P<list>[uo]l)\b[^<>]*|a\b[^<>]*?\shref="#(?P<href>[^"<>]*)"[^<>]*)>')
_HEADING = re.compile(
    r"<h(?P<level>[2-6])(?P<attributes>(?:\s[^<>]*)?)>(?P<words>(?:(?!</?h[1-6]\b).)*)</h(?P=level)>"
    r"(?P<between>(?:\s|<p>[^<>]*</p>)*)\Z",
    re.DOTALL,
)
_ID = re.compile(r'\sid="([^"<>]*)"')
_HEADERLINK = re.compile(r'<a class="headerlink"[^<>]*>.*?</a>', re.DOTALL)
_DESTINATION = re.compile(r"\]\(<?#([^()<>\s]+)")
_ANY_TAG = re.compile(r"<[^<>]*>")
_RULE = re.compile(r"\s*<hr\s*/?>")
_HEADING_WITHIN = 4000
"""Characters before the list in which its heading is looked for."""


class Folded(NamedTuple):
    """A page's HTML with its table of contents folded, and the id of the heading above; empty where it had none."""

    html: str
    anchor: str


def fold_contents(html: str, first: str, name: str, classes: str = "") -> Folded | None:
    """Fold the list whose first in-page link leads to ``first``, with its heading and the rule below it.

    The heading's id moves to the element around all of it, which is there even where it is folded away.

    Args:
        html: the page's content.
        first: the fragment of the list's first link.
        name: what the list is called where no heading names it, as HTML.
        classes: more classes for the element around it.

    Returns:
        ``None`` where the page has no such list.
    """
    found = _list_with(html, first)
    if found is None:
        return None
    begin, end = found
    start, words, anchor, between = begin, name, "", ""
    heading = _HEADING.search(html, max(begin - _HEADING_WITHIN, 0), begin)
    if heading is not None and is_toc_name(_words(heading["words"])):
        start, known = heading.start(), _ID.search(heading["attributes"])
        anchor = known[1] if known else ""
        attributes, inner = _ID.sub("", heading["attributes"]), _HEADERLINK.sub("", heading["words"])
        words = f"<h{heading['level']}{attributes}>{inner}</h{heading['level']}>"
        between = heading["between"]
    rule = _RULE.match(html, end)
    stop = rule.end() if rule else end
    own_id = f' id="{anchor}"' if anchor else ""
    folded = (
        f'<div class="cd-contents{classes}"{own_id} data-search-exclude><details class="cd-contents__box">'
        f"<summary>{words}</summary>{between}{html[begin:end]}</details>{html[end:stop]}</div>"
    )
    return Folded(f"{html[:start]}{folded}{html[stop:]}", unescape(anchor))


def destinations_in(written: str) -> list[str]:
    """The fragments that the links of a table of contents lead to, as it is written in Markdown."""
    return [unquote(match[1]) for match in _DESTINATION.finditer(written)]


def repeats(destinations: Collection[str], headings: Collection[str], anchors: Collection[str]) -> bool:
    """Whether a table of contents leads nowhere that the theme's does not: links that lead nowhere at all aside."""
    wanted = set(destinations) & set(anchors)
    return bool(wanted) and wanted <= set(headings)


def _list_with(html: str, first: str) -> tuple[int, int] | None:
    """Where the outermost list begins and ends that holds the first link to ``first``."""
    depth, start, is_it = 0, 0, False
    for tag in _TAG.finditer(html):
        if tag["list"] is None:
            is_it = is_it or (depth > 0 and unquote(unescape(tag["href"])) == first)
        elif tag["close"]:
            depth = max(depth - 1, 0)  # raw HTML may close what nobody opened
            if depth == 0 and is_it:
                return start, tag.end()
        else:
            start = tag.start() if depth == 0 else start
            depth += 1
    return None


def _words(html: str) -> str:
    return unescape(_ANY_TAG.sub("", _HEADERLINK.sub("", html))).strip()
