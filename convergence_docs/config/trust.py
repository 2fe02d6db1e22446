"""Which extensions and plugins are understood, by name, and what the others leave in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from convergence_docs.config.record import PythonName
from convergence_docs.diagnostic import Wording

SLUGIFIERS = frozenset(
    {
        "markdown.extensions.toc.slugify",
        "markdown.extensions.toc.slugify_unicode",
        "pymdownx.slugs.slugify",
        "convergence_docs.slug.github",
        "convergence_docs.slug.github_slug",
        "convergence_docs.site.slugify",
    }
)
"""Functions that make ids of headings and that are known here by name."""

_MARKDOWN = "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em "
_MARKDOWN += "md_in_html meta nl2br sane_lists smarty tables toc"
_PYMDOWNX = "arithmatex b64 betterem blocks.admonition blocks.caption blocks.definition blocks.details blocks.html "
_PYMDOWNX += "blocks.tab caret critic details emoji escapeall extra highlight inlinehilite keys magiclink mark "
_PYMDOWNX += "progressbar quotes saneheaders smartsymbols striphtml superfences tabbed tasklist tilde"
UNDERSTOOD_EXTENSIONS = frozenset(
    {
        *_MARKDOWN.split(),
        *(f"markdown.extensions.{name}" for name in _MARKDOWN.split()),
        *(f"pymdownx.{name}" for name in _PYMDOWNX.split()),
        "convergence_docs.site.anchors",
        "mdx_math",
    }
)
"""Extensions that add no page, link or anchor beyond what the parser sees."""

_HARMLESS = """
search material/search tags material/tags social material/social privacy material/privacy offline material/offline
optimize material/optimize info material/info meta material/meta typeset material/typeset group material/group
minify git-revision-date git-revision-date-localized git-authors git-committers git-committers-2 glightbox mermaid2
redirects rss print-site with-pdf to-pdf pdf-export charts panzoom spellcheck htmlproofer badges tooltips
autolinks lightgallery video img2fig open-in-new-tab exclude-search linkcheck link-marker convergence
"""
HARMLESS_PLUGINS = frozenset(_HARMLESS.split())
"""Plugins that leave pages, anchors and links as the chapters have them."""


class Effect(NamedTuple):
    """What a plugin or extension does that the chapters do not show, and which certainties it takes away."""

    what: Wording
    doubts: tuple[str, ...] = ()


_PAGES = Wording("pages that it adds", "由它添加的页面")
_NAV = Wording("the navigation that it makes", "由它生成的导航")
_INCLUDED = Wording("text that it includes, and links and anchors in it", "由它引入的文本及其中的链接与锚点")
_LINKS = Wording("links that it makes", "由它生成的链接")
_REFERENCES = Wording("references and anchors that it defines", "由它定义的引用与锚点")
_LANGUAGES = Wording("pages of other languages and the files that stand for them", "其他语言的页面及其对应文件")

PLUGINS: Mapping[str, Effect] = {
    **dict.fromkeys(("gen-files", "gallery", "mkdocs-jupyter", "mknotebooks", "coverage"), Effect(_PAGES, ("pages",))),
    **dict.fromkeys(("api-autonav", "autoapi", "mkdocs-autoapi"), Effect(_PAGES, ("pages", "references"))),
    **dict.fromkeys(
        ("monorepo", "multirepo", "techdocs-core", "simple", "same-dir", "blog", "material/blog", "blogging"),
        Effect(_PAGES, ("pages", "nav")),
    ),
    **dict.fromkeys(("projects", "material/projects"), Effect(_PAGES, ("pages",))),
    **dict.fromkeys(
        ("awesome-pages", "awesome-nav", "literate-nav", "section-index", "include_dir_to_nav", "nav-weight"),
        Effect(_NAV, ("nav",)),
    ),
    **dict.fromkeys(("i18n", "static-i18n"), Effect(_LANGUAGES, ("pages", "nav"))),
    **dict.fromkeys(("exclude", "exclude-unused-files"), Effect(Wording("files that it leaves out", "被它排除的文件"))),
    **dict.fromkeys(("mkdocstrings", "autorefs"), Effect(_REFERENCES, ("references",))),
    "bibtex": Effect(_REFERENCES, ("references",)),
    **dict.fromkeys(("macros", "markdownextradata", "jinja"), Effect(_INCLUDED, ("anchors", "references"))),
    **dict.fromkeys(("include-markdown", "include", "snippets", "table-reader", "embed-file"), Effect(_INCLUDED)),
    **dict.fromkeys(("roamlinks", "ezlinks", "ezlinked", "obsidian-bridge", "alias"), Effect(_LINKS, ("references",))),
}
EXTENSIONS: Mapping[str, Effect] = {
    **dict.fromkeys(("pymdownx.snippets", "mdx_include", "markdown_include.include"), Effect(_INCLUDED)),
    **dict.fromkeys(("markdown_include_variants", "zensical.extensions.macros"), Effect(_INCLUDED)),
    **dict.fromkeys(("wikilinks", "markdown.extensions.wikilinks"), Effect(_LINKS, ("references",))),
    "pymdownx.pathconverter": Effect(Wording("paths that it rewrites", "由它改写的路径")),
}


class Trust(NamedTuple):
    """What cannot be vouched for, in words, and the certainties that are gone with the reason for each."""

    unverified: tuple[Wording, ...]
    doubts: dict[str, str]


def judge(
    extensions: Mapping[str, Mapping[str, Any]],
    plugins: Mapping[str, Mapping[str, Any]],
    hooks: Iterable[str],
    trusted: Iterable[str],
) -> Trust:
    """What of a site's configuration cannot be vouched for. ``trusted`` names what its author vouches for."""
    said: list[Wording] = []
    doubts: dict[str, str] = {}
    known = frozenset(trusted)
    for name, effect in (*_extensions(extensions), *_plugins(plugins)):
        if name not in known:
            said.append(_sentence(name, effect.what))
            for kind in effect.doubts:
                doubts.setdefault(kind, name)
    for hook in hooks:
        if hook not in known:
            said.append(_sentence(hook, Wording("what this hook does to the site", "该钩子对站点的改动")))
    return Trust(tuple(said), doubts)


def _extensions(extensions: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Effect]]:
    for name, options in extensions.items():
        if name in EXTENSIONS:
            yield name, EXTENSIONS[name]
        elif name not in UNDERSTOOD_EXTENSIONS:
            what = Wording("what this extension does to links and anchors", "该扩展对链接与锚点的改动")
            yield name, Effect(what)
        slugify = options.get("slugify") if name in ("toc", "markdown.extensions.toc") else None
        named = slugify.name if isinstance(slugify, PythonName) else slugify
        if isinstance(named, str) and named not in SLUGIFIERS:
            what = Wording("anchors of headings, which this slugifier makes", "标题锚点由该函数生成")
            yield named, Effect(what, ("anchors",))


def _plugins(plugins: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Effect]]:
    for name, options in plugins.items():
        if options.get("enabled") is False:
            continue
        if name in PLUGINS:
            yield name, PLUGINS[name]
        elif name not in HARMLESS_PLUGINS:
            yield (
                name,
                Effect(Wording("what this plugin does to pages, links and anchors", "该插件对页面、链接与锚点的改动")),
            )


def _sentence(name: str, what: Wording) -> Wording:
    return Wording(f"'{name}': {what.en}.", f"“{name}”：{what.zh}。")
