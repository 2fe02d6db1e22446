"""A Markdown extension that gives headings GitHub's anchors, so that a link works on the site and on GitHub alike.

Name ``convergence_docs.site.anchors`` under ``markdown_extensions``. A custom ``slugify`` is not enough: ``toc`` tells
duplicates apart by ``_1`` where GitHub writes ``-1``, and leaves no say in it. So the ids are set before ``toc`` runs,
which keeps every id it finds.
"""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags
from markdown.treeprocessors import Treeprocessor

from convergence_docs.slug import HyphenIds, github

_HEADING = re.compile("[Hh][1-6]$")
# After attr_list (8), which sets explicit ids, and before toc (5).
_PRIORITY = 6


class GithubAnchors(Treeprocessor):
    """Sets the ids of headings that have none."""

    def run(self, root: Element) -> None:
        """Give each heading without an id GitHub's slug of its words, unique in the page."""
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        ids = HyphenIds(
            (element.attrib["id"] for element in elements if "id" in element.attrib), is_empty_allowed=False
        )
        for element in elements:
            if _HEADING.match(element.tag) and "id" not in element.attrib:
                words = strip_tags(render_inner_html(remove_fnrefs(element), self.md))
                element.set("id", ids.take(github(html.unescape(words))))


class GithubAnchorsExtension(Extension):
    """The extension that installs `GithubAnchors`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the treeprocessor with ``md``."""
        md.treeprocessors.register(GithubAnchors(md), "github-anchors", _PRIORITY)


def makeExtension(**settings: Any) -> GithubAnchorsExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls to load the extension."""
    return GithubAnchorsExtension(**settings)
