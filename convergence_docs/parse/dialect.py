"""Which Markdown a site speaks: the extensions that are on, and how it makes ids of headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from convergence_docs import slug

if TYPE_CHECKING:
    from convergence_docs.config import Config

Slugifier = Literal["github", "ascii", "unicode", "pymdownx"]

SLUGIFIERS: Mapping[str, Slugifier] = {
    "markdown.extensions.toc.slugify": "ascii",
    "markdown.extensions.toc.slugify_unicode": "unicode",
    "pymdownx.slugs.slugify": "pymdownx",
    "convergence_docs.slug.github": "github",
    "convergence_docs.slug.github_slug": "github",
    "convergence_docs.site.slugify": "github",
}
"""Slugifiers known by name. Nothing that a configuration names is ever imported."""

_ADMONITIONS = ("admonition", "note", "attention", "caution", "danger", "error", "tip", "hint", "warning")

GITHUB_ANCHORS = "convergence_docs.site.anchors"
"""The extension that sets ids before ``toc`` would; so whatever ``toc`` is told of slugs does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The Markdown of one site. The defaults are those of a typical Material site, with GitHub's ids.

    Attributes:
        fenced_code: Python-Markdown's own fences; ``superfences`` replaces them.
        relaxed_headers: as in superfences: a fence's header may hold anything.
        blocks: names that ``/// name`` opens a block with (``pymdownx.blocks.*``).
        breaks_headings: whether ``#`` needs a space after it (``pymdownx.saneheaders``).
        slugify: which slugifier; ``slug_case``, ``slug_normalize`` and ``slug_percent`` are pymdownx's options.
        separator: what stands between the words of an id.
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
    relaxed_headers: bool = False
    details: bool = True
    tabbed: bool = True
    blocks: tuple[str, ...] = ()
    math: bool = True
    tasklist: bool = True
    sane_lists: bool = False
    breaks_headings: bool = False
    slugify: Slugifier = "github"
    slug_case: slug.Case = "none"
    slug_normalize: slug.Normalization = "NFC"
    slug_percent: bool = False
    separator: str = "-"
    has_heading_ids: bool = True
    base_level: int = 1
    unverified: str = ""

    def slugifier(self) -> slug.Slugify:
        """The function that makes a slug of a heading's text."""
        if self.slugify == "pymdownx":
            options: dict[str, Any] = {"case": self.slug_case, "normalize": self.slug_normalize}
            return partial(slug.pymdownx_slug, percent_encode=self.slug_percent, **options)
        functions: dict[str, slug.Slugify] = {"ascii": slug.markdown_slug, "unicode": slug.slugify_unicode}
        return functions.get(self.slugify, slug.github)

    def allocator(self, taken: Iterable[str]) -> slug.Allocator:
        """What makes ids unique on a page that already has the ids in ``taken``."""
        if self.slugify == "github":
            return slug.HyphenIds(taken, is_empty_allowed=False)
        return slug.UnderscoreIds(taken)


MATERIAL = Dialect()
"""Where no configuration says otherwise."""

FOLDER = Dialect(relaxed_headers=True)
"""Where no site governs the folder: as on GitHub, whatever stands behind the marks of a fence, it is one."""

MKDOCS = Dialect(
    attr_list=False,
    md_in_html=False,
    footnotes=False,
    def_list=False,
    abbr=False,
    admonition=False,
    meta=False,
    superfences=False,
    fenced_code=True,
    details=False,
    tabbed=False,
    math=False,
    tasklist=False,
    slugify="ascii",
)
"""MkDocs with no ``markdown_extensions``: ``toc``, ``tables`` and ``fenced_code``."""

_SWITCHES = {
    "attr_list": "attr_list",
    "md_in_html": "md_in_html",
    "footnotes": "footnotes",
    "def_list": "def_list",
    "abbr": "abbr",
    "admonition": "admonition",
    "meta": "meta",
    "tables": "tables",
    "fenced_code": "fenced_code",
    "sane_lists": "sane_lists",
    "pymdownx.superfences": "superfences",
    "pymdownx.details": "details",
    "pymdownx.tabbed": "tabbed",
    "pymdownx.arithmatex": "math",
    "pymdownx.tasklist": "tasklist",
    "pymdownx.saneheaders": "breaks_headings",
}
_BUNDLES = {
    "extra": ("fenced_code", "footnotes", "attr_list", "def_list", "tables", "abbr", "md_in_html"),
    "pymdownx.extra": ("pymdownx.superfences", "footnotes", "attr_list", "def_list", "tables", "abbr", "md_in_html"),
}
_BLOCKS = {
    "pymdownx.blocks.details": ("details",),
    "pymdownx.blocks.tab": ("tab",),
    "pymdownx.blocks.html": ("html",),
    "pymdownx.blocks.definition": ("define",),
    "pymdownx.blocks.caption": ("caption", "figure-caption", "table-caption"),
}


def make_dialect(extensions: Mapping[str, Mapping[str, Any] | None] | Iterable[str]) -> Dialect:
    """The dialect of a ``markdown_extensions`` mapping: names to options, with any slugifier given by name.

    MkDocs adds ``toc``, ``tables`` and ``fenced_code`` to whatever is named, and so does this. A slugifier may be a
    string or, for ``!!python/object/apply:`` forms, a mapping with ``name`` and ``kwds``.
    """
    named: dict[str, Mapping[str, Any]] = {}
    for name in extensions:
        options = extensions[name] if isinstance(extensions, Mapping) else {}
        name = name.removeprefix("markdown.extensions.")
        for part in _BUNDLES.get(name, (name,)):
            named[part] = options if isinstance(options, Mapping) and part == name else named.get(part, {})
    switches: dict[str, Any] = {field: True for name, field in _SWITCHES.items() if name in named}
    dialect = replace(MKDOCS, **switches, blocks=tuple(_block_names(named)))
    fences = named.get("pymdownx.superfences", {})
    dialect = replace(dialect, relaxed_headers=bool(fences.get("relaxed_headers", False)))
    dialect = _with_toc(dialect, named.get("toc", {}))
    return replace(dialect, slugify="github", separator="-", unverified="") if GITHUB_ANCHORS in named else dialect


def dialect_of(config: Config) -> Dialect:
    """The dialect that a site is written in; a folder that no site governs has one of its own."""
    return make_dialect(config.extensions) if config.is_mkdocs else FOLDER


def _block_names(named: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    for name, options in named.items():
        yield from _BLOCKS.get(name, ())
        types = options.get("types", ())
        if name in ("pymdownx.blocks.admonition", "pymdownx.blocks.details"):
            for item in types or (_ADMONITIONS if name.endswith("admonition") else ()):
                yield str(item["name"]) if isinstance(item, Mapping) else str(item)
            if name.endswith("admonition"):
                yield "admonition"


def _with_toc(dialect: Dialect, options: Mapping[str, Any]) -> Dialect:
    slugifier = options.get("slugify", "markdown.extensions.toc.slugify")
    arguments: Mapping[str, Any] = {}
    if isinstance(slugifier, Mapping):
        arguments = slugifier.get("kwds") or {}
        slugifier = slugifier.get("name", "")
    known = SLUGIFIERS.get(str(slugifier))
    level = options.get("baselevel", 1)
    return replace(
        dialect,
        slugify=known or "github",
        slug_case=arguments.get("case", "none"),
        slug_normalize=arguments.get("normalize", "NFC"),
        slug_percent=bool(arguments.get("percent_encode", False)),
        separator=str(options.get("separator", "-")),
        base_level=int(level) if str(level).isdigit() else 1,
        unverified="" if known else f"unknown slugify: {slugifier}",
    )
