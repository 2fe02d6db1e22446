"""Begin a chapter: a heading that fits the file's name, a table of contents, the sections that are asked for."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import replace

from convergence_docs.errors import Fault
from convergence_docs.load import MARKDOWN
from convergence_docs.mended import Rewritten
from convergence_docs.model.links.proposal import plain_number
from convergence_docs.model.numbering import format_chinese
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.parse.numerals import parse_chapter_number
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.restructure.move import config_name, must_not_be_worse
from convergence_docs.restructure.navigation import with_chapter
from convergence_docs.restructured import Restructured
from convergence_docs.text import SourceText

SECTIONS = ("概述", "核心结论", "参考文档")
"""What a chapter begins with where the settings do not say which sections it needs."""


def new_chapter(start: Rehearsal, whole: Whole, path: str, title: str, jobs: int | None = None) -> Restructured:
    """A new chapter in memory, named in the navigation behind the chapter whose number comes before.

    Raises:
        Fault: something stands there already, the name is no chapter's, or the book would be worse for it.
    """
    root = os.path.realpath(start.config.docs_root)
    if not path.endswith(MARKDOWN) or path.startswith("../"):
        raise Fault(
            en="A chapter is a Markdown file in the docs folder.",
            zh="章节必须是文档目录中的 Markdown 文件。",
            where=path,
        )
    if os.path.lexists(os.path.join(root, path)):
        raise Fault(en="Something stands there already.", zh="那里已有文件。", where=path)
    title = " ".join(title.split()) or posixpath.splitext(posixpath.basename(path))[0]
    number = parse_chapter_number(path)
    if number and parse_chapter_number(title, 0) is None:
        title = f"{number.text}-{title}"
    text = scaffolded(path, title, _sections(start), whole.dialect).encode()
    before = _before(whole, path)
    navigation = with_chapter(start.config, path, title, before, config_name(start.config)) if before else None
    nav = start.config.nav
    config = replace(start.config, nav=(*nav, path)) if navigation and nav is not None else start.config
    final = start.with_files({}, {path: text}, config, jobs)
    must_not_be_worse(start, final, {}, besides=path)
    files = (Rewritten(path, None, text), *((navigation,) if navigation else ()))
    return Restructured(files, (), 0, (), {}, final.report.unverified, {})


def scaffolded(path: str, title: str, sections: Sequence[str], dialect: Dialect) -> str:
    """The text of a new chapter."""
    names = [f"{format_chinese(at)}、{name}" if at < 100 else name for at, name in enumerate(sections, 1)]
    body = "".join(f"## {name}\n\n" for name in names).rstrip("\n") + "\n"
    headings = parse_chapter(SourceText(path, f"# {title}\n\n## 目录\n\n{body}"), dialect, github=False).headings[2:]
    contents = "".join(f"- [{heading.text}](#{heading.site_id})\n" for heading in headings)
    return f"# {title}\n\n## 目录\n\n{contents}\n{body}"


def _sections(start: Rehearsal) -> Sequence[str]:
    options = start.config.settings.options
    said = {**options.get("missing-section", {}), **options.get("DOC006", {})}.get("sections")
    return [str(one).partition("|")[0] for one in said] if said else SECTIONS


def _before(whole: Whole, path: str) -> str:
    """The chapter in the same folder whose number comes right before; empty where there is none."""
    number, folder = parse_chapter_number(path), posixpath.dirname(path)
    if number is None:
        return ""
    order = tuple(map(int, plain_number(number.parts)))
    earlier = [
        (found, other)
        for other, chapter in whole.chapters.items()
        if posixpath.dirname(other) == folder and chapter.file_number
        for found in [tuple(map(int, plain_number(chapter.file_number.parts)))]
        if found < order
    ]
    return max(earlier)[1] if earlier else ""
