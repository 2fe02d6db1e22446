"""Anchors that GitHub gives a chapter beside those that the site gives it.

In a plain folder a reader stands on GitHub, where ``{#id}`` is text and so part of the anchor, where each blank makes
a hyphen, and where a heading may show that the site's Markdown takes for code. Made from what the chapter holds
already: a parse of GitHub's own would cost every chapter what hardly one needs.
"""

from __future__ import annotations

import re

from convergence_docs.escapes import unquote
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Heading
from convergence_docs.regex import regex
from convergence_docs.slug import HyphenIds, github_slug

_SUFFIX = regex(r"-\d+\Z")
_HEADING_LINE = regex(r"^[ >]*#{1,6}[ \t]+([^\n]*)", re.MULTILINE)


def github_anchors(chapter: Chapter) -> tuple[str, ...]:
    """Fragments that work on GitHub and not on the site, sorted; empty for nearly every chapter.

    Those of headings with an id of their own are all there; others only where the chapter itself links to them.
    """
    anchors = {anchor.id for anchor in chapter.anchors}
    alive = set(map("#".__add__, anchors))
    dead = [one for one in {link.destination for link in chapter.links} - alive if one[:1] == "#"]
    has_explicit_ids = any(heading.has_explicit_id for heading in chapter.headings)
    if not dead and not has_explicit_ids:
        return ()
    found: set[str] = set()
    if has_explicit_ids:
        ids = HyphenIds()
        found.update(ids.take(github_slug(words_on_github(chapter, heading))) for heading in chapter.headings)
    wanted = {unquote(one[1:]) for one in dead} - anchors - found
    if wanted:
        lines = [line.rstrip(" \t#") for line in _HEADING_LINE.findall(chapter.source.text)]
        # An underscore may be part of a word, or mark emphasis and be gone.
        slugs = {github_slug(form) for line in lines for form in (line, line.replace("_", ""))}
        found.update(one for one in wanted if one in slugs or _SUFFIX.sub("", one) in slugs)
    return tuple(sorted(found - anchors))


def words_on_github(chapter: Chapter, heading: Heading) -> str:
    """A heading's words as GitHub shows them: with its attribute list."""
    if not heading.has_explicit_id:
        return heading.text
    attributes = chapter.source.text[heading.text_span.end : heading.span.end]
    return heading.text + attributes.rstrip("\n #")
