"""Recognise site generators other than MkDocs by the files that they are configured with. Nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from convergence_docs.diagnostic import Wording
from convergence_docs.regex import regex

_MARKERS: Mapping[str, str] = {
    ".vitepress": "VitePress",
    ".vuepress": "VuePress",
    "docusaurus.config.js": "Docusaurus",
    "docusaurus.config.mjs": "Docusaurus",
    "docusaurus.config.ts": "Docusaurus",
    "hugo.toml": "Hugo",
    "hugo.yaml": "Hugo",
    "hugo.yml": "Hugo",
    "hugo.json": "Hugo",
    "_index.md": "Hugo",
    "book.toml": "mdBook",
    "_toc.yml": "Jupyter Book",
    "myst.yml": "MyST",
    "conf.py": "Sphinx",
    "_config.yml": "Jekyll",
    "astro.config.js": "Astro",
    "astro.config.mjs": "Astro",
    "astro.config.ts": "Astro",
    "next.config.js": "Next.js",
    "next.config.mjs": "Next.js",
    "next.config.ts": "Next.js",
    "nuxt.config.js": "Nuxt",
    "nuxt.config.ts": "Nuxt",
    "gatsby-config.js": "Gatsby",
    "gatsby-config.ts": "Gatsby",
    ".eleventy.js": "Eleventy",
    "eleventy.config.js": "Eleventy",
    "mint.json": "Mintlify",
    "_sidebar.md": "docsify",
    "_coverpage.md": "docsify",
    "zensical.toml": "Zensical",
}
"""What stands in a generator's folder; where several do, the first of this list counts."""
_OTHER_MKDOCS = regex(r"mkdocs[-._][\w.-]+\.ya?ml\Z")
_SHOWN = 4


class Generator(NamedTuple):
    """A site generator and the folder, relative to the docs root, whose pages it builds; ``""`` is the root itself."""

    folder: str
    name: str


def generator_above(folder: str, boundary: str) -> str:
    """The generator that is configured in ``folder`` or nearest above it, not beyond ``boundary``; else empty."""
    while True:
        with suppress(OSError):
            if name := _named(os.listdir(folder)):
                return name
        parent = os.path.dirname(folder)
        if folder == boundary or parent == folder:
            return ""
        folder = parent


def find_generators(above: str, files: Iterable[str], skipped: Iterable[str]) -> tuple[Generator, ...]:
    """All generators of a plain folder, deeper folders first.

    Args:
        above: the generator that governs the whole, or empty.
        files: all files, relative to the docs root.
        skipped: folders that were not looked into, likewise.
    """
    names: dict[str, list[str]] = {}
    for path in (*files, *skipped):
        folder, _, name = path.rpartition("/")
        if name in _MARKERS or (name.startswith("mkdocs") and _OTHER_MKDOCS.match(name)):
            names.setdefault(folder, []).append(name)
    found = {"": above} if above else {}
    for folder in sorted(names):
        name = _named(names[folder])
        if name != _nearest(folder, found):
            found[folder] = name
    return tuple(Generator(folder, found[folder]) for folder in sorted(found, key=lambda one: (-len(one), one)))


def not_verified(generators: Collection[Generator]) -> tuple[Wording, ...]:
    """What nobody here can vouch for where these generators build the pages."""
    folders: dict[str, list[str]] = {}
    for one in generators:
        folders.setdefault(one.name, []).append(one.folder or ".")
    return tuple(
        Wording(
            f"{_listed(where)}: page addresses and anchors, which {name} makes in its own way.",
            f"{_listed(where)}：页面地址与锚点，它们由 {name} 按自己的规则生成。",
        )
        for name, where in folders.items()
    )


def _named(names: Collection[str]) -> str:
    for marker, name in _MARKERS.items():
        if marker in names:
            return name
    return "MkDocs" if any(map(_OTHER_MKDOCS.match, names)) else ""


def _nearest(folder: str, found: Mapping[str, str]) -> str:
    return next((found[one] for one in _upwards(folder) if one in found), "")


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _listed(folders: list[str]) -> str:
    return ", ".join(sorted(folders)[:_SHOWN]) + (", ..." if len(folders) > _SHOWN else "")
