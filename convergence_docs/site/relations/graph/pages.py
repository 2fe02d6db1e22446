"""The pages of the graph as Markdown: headings, with marks where drawings and lists go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.site.book.generated_pages import literal, mark
from convergence_docs.site.relations.graph.network import Part, Sections, Sheet

TITLE: Final = Wording("How chapters link", "章节关系")
_INTRO: Final = Wording(
    "Which chapters link to which. This page is made anew on every build.",
    "哪些章节链接到哪些章节。本页在每次构建时由章节自动生成。",
)
_BY_PARTS: Final = Wording(
    "The book holds {count} chapters, more than one drawing can show: it shows the parts of the book, and each leads "
    "to a drawing of its own.",
    "全书共 {count} 章，一张图画不下：这里画的是书的各个部分，每个部分另有一页。",
)
_LIST: Final = Wording("As a list", "列表")

_UNSAFE = re.compile(r"[^\w.-]+")


def page_names(parts: Sequence[Part]) -> dict[Sections, str]:
    """The file name of each part's page: its names, which stay when others come and go."""
    found: dict[Sections, str] = {}
    for part in parts:
        path = "/".join(_UNSAFE.sub("-", name).strip(".") or "-" for name in part.key)
        name = f"{path}.md" if part.key else "index.md"
        while name in found.values() or (name == "index.md" and part.key):
            name = f"{name[:-3]}-.md"
        found[part.key] = name
    return found


def graph_page(part: Part, sheet: Sheet, language: Language) -> str:
    """The page of a part, or of the whole book."""
    is_whole = not part.key
    count = str(len(part.every_chapter))
    intro = [_INTRO.to(language)] if is_whole else []
    if any(node.part for node in sheet.nodes):
        intro.append(_BY_PARTS.to(language).replace("{count}", count))
    lines = [
        "---\nhide: [toc]\n---" if is_whole else "---\nhide: [toc]\nsearch:\n  exclude: true\n---",
        f"# {TITLE.to(language) if is_whole else literal(part.name)}",
        *intro,
        mark("graph"),
    ]
    if sheet.groups:
        lines.append(f"## {_LIST.to(language)}")
    for at, group in enumerate(sheet.groups):
        if group.name and len(sheet.groups) > 1:
            lines.append(f"### {literal(group.name)}")
        lines.append(f'<div data-convergence="links" data-group="{at}"></div>')
    return "\n\n".join(lines) + "\n"


def sections_in(nav: object, around: Sections = ()) -> Mapping[str, Sections]:
    """Where each page of a navigation stands, in its order. A page in no section is a part of its own."""
    found: dict[str, Sections] = {}
    for item in nav if isinstance(nav, list) else ():
        pairs = item.items() if isinstance(item, dict) else (("", item),)
        for title, target in pairs:
            if isinstance(target, str):
                found.setdefault(target, around or ((str(title),) if title else ()))
            else:
                for path, place in sections_in(target, (*around, str(title))).items():
                    found.setdefault(path, place)
    return found
