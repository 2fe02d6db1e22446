"""Which Markdown a site speaks: the extensions that are on, and how it makes ids of headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SLUGIFIERS = {
    "github": "github",
    "markdown.extensions.toc.slugify": "ascii",
    "markdown.extensions.toc.slugify_unicode": "unicode",
    "pymdownx.slugs.slugify": "pymdownx",
    "convergence_docs.slug.github_slug": "github",
}
"""Slugifiers that can be recognised by name; nothing named by a configuration is ever imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The Markdown of one site. The defaults are those of a typical Material site.

    Attributes:
        slugify: ``"github"``, ``"ascii"`` (Python-Markdown's default), ``"unicode"`` or ``"pymdownx"``.
        slug_case: pymdownx's ``case``: ``"none"``, ``"lower"``, ``"lower-ascii"`` or ``"fold"``.
        slug_normalize: pymdownx's ``normalize``: ``"NFC"``, ``"NFD"``, ``"NFKC"`` or ``"NFKD"``.
        slug_percent: whether pymdownx percent-encodes slugs.
        separator: what stands between the words of an id.
        suffix: what stands between an id and the number that makes a duplicate unique.
        has_heading_ids: whether headings get ids at all (the ``toc`` extension).
        base_level: the level that ``#`` gives (toc's ``baselevel``).
        unverified: why ids cannot be vouched for; empty where they can.
    """

    attr_list: bool = True
    md_in_html: bool = True
    tables: bool = True
    footnotes: bool = True
    def_list: bool = True
    abbr: bool = True
    admonition: bool = True
    meta: bool = True
    superfences: bool = True
    fenced_code: bool = False
    details: bool = True
    tabbed: bool = True
    math: bool = True
    tasklist: bool = True
    saneheaders: bool = False
    sane_lists: bool = False
    slugify: str = "github"
    slug_case: str = "none"
    slug_normalize: str = "NFC"
    slug_percent: bool = False
    separator: str = "-"
    suffix: str = "-"
    has_heading_ids: bool = True
    base_level: int = 1
    tab_length: int = 4
    unverified: str = ""


MATERIAL = Dialect()
MKDOCS = Dialect()


def make_dialect(extensions: Mapping[str, Mapping[str, Any]] | Iterable[str]) -> Dialect:
    """The dialect of a ``markdown_extensions`` mapping: names to options, a slugifier given by name."""
    return MATERIAL
