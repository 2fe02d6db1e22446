"""The generated pages as Markdown: headings and definitions, with marks where something made from the book goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.generated import (
    CLAIMS_CSV,
    CLAIMS_JSON,
    PAGE_KINDS,
    folder_of,
    term_page,
    terms_with_pages,
)
from convergence_docs.site import words
from convergence_docs.site.frame import title_of

if TYPE_CHECKING:
    from convergence_docs.model.vocabulary import Term, Vocabulary

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
"""Every ASCII sign: which of them mean something depends on the site's Markdown extensions."""


def matrix_page(language: Language, schemas: Iterable[str], *, has_chart: bool, model: str = "") -> str:
    """The page of the matrix and the way to the data.

    Args:
        language: of the words around the data.
        schemas: names of files beside it.
        has_chart: whether there is a degree of convergence to draw.
        model: where the whole model is, as seen from this page; empty where it is not published.
    """
    links = Wording(", ", "、").to(language).join(f"[{name}]({name})" for name in schemas)
    lines = [
        "---\nhide: [toc]\n---",
        f"# {words.MATRIX_TITLE.to(language)}",
        words.MATRIX_INTRO.to(language),
        *((f"## {words.CHART_TITLE.to(language)}", mark("chart")) if has_chart else ()),
        f"## {words.FIGURES_TITLE.to(language)}",
        mark("matrix"),
        f"## {words.DATA_TITLE.to(language)}",
        f"{words.ALL_CLAIMS.to(language)} [CSV]({CLAIMS_CSV}), [JSON]({CLAIMS_JSON})",
    ]
    if model:
        lines.append(f"{words.WHOLE_MODEL.to(language)} [JSON](<{model}>)")
    if links:
        lines.append(f"{words.SCHEMAS.to(language)} {links}")
    return "\n\n".join(lines) + "\n"


def term_pages(vocabulary: Vocabulary, language: Language, is_empty: Callable[[str, Term], bool]) -> dict[str, str]:
    """The pages of all terms by file name, the index among them.

    ``is_empty`` tells whether a term's page has nothing to show for a mark, so that it needs no section for it.
    """
    pages = {term_page(term): _term_page(term, language, is_empty) for term in terms_with_pages(vocabulary)}
    return {"index.md": _index(vocabulary, language), **pages}


def _index(vocabulary: Vocabulary, language: Language) -> str:
    lines = [f"# {words.TERMS_TITLE.to(language)}", words.TERMS_INTRO.to(language)]
    for kind in (*PAGE_KINDS, "dimension"):
        terms = vocabulary.of(kind)
        if not terms:
            continue
        lines.append(f"## {words.KIND_NAMES[kind].to(language)}")
        lines.append("\n".join(f"- {_entry(term, kind, language)}" for term in terms))
    return "\n\n".join(lines) + "\n"


def _entry(term: Term, kind: str, language: Language) -> str:
    name = literal(title_of(term))
    linked = f"[{name}]({term_page(term)})" if kind in PAGE_KINDS else f"**{name}**"
    if not term.definition:
        return linked
    return f"{linked}{Wording(': ', '：').to(language)}{literal(term.definition)}"


def _term_page(term: Term, language: Language, is_empty: Callable[[str, Term], bool]) -> str:
    key = f"{term.kind}:{term.id}"
    sections = [(words.CLAIMS_TITLE, "claims"), (words.MENTIONS_TITLE, "mentions"), (words.RELATED_TITLE, "related")]
    if term.kind == "driver":
        sections.insert(0, (words.FACTORS_TITLE, "factors"))
    if term.kind == "level":
        sections.insert(0, (words.AT_THIS_LEVEL, "subjects"))
    lines = [f"# {literal(title_of(term))}"]
    if term.definition:
        lines.append(literal(term.definition))
    lines.append(mark("names", key))
    for title, name in sections:
        if not is_empty(name, term):
            lines += [f"## {title.to(language)}", mark(name, key)]
    return "\n\n".join(lines) + "\n"


def mark(name: str, term: str = "") -> str:
    """What stands in the Markdown for something that is made from the book."""
    about = f' data-term="{escape(term)}"' if term else ""
    return f'<div data-convergence="{name}"{about}></div>'


def literal(text: str) -> str:
    """Text that no Markdown extension takes for markup: every sign an HTML entity."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def nav_with_terms(nav: object, folder: str, vocabulary: Vocabulary, language: Language) -> object:
    """The navigation with the terms' pages under the entry that names their index; unchanged where none does."""
    index = f"{folder_of(folder)}/index.md"
    entries = [
        {
            words.KIND_NAMES[kind].to(language): [
                {title_of(term): f"{folder_of(folder)}/{term_page(term)}"} for term in vocabulary.of(kind)
            ]
        }
        for kind in PAGE_KINDS
        if vocabulary.of(kind)
    ]
    return _expanded(nav, index, entries)


def _expanded(nav: object, index: str, entries: list[dict[str, list[dict[str, str]]]]) -> object:
    if isinstance(nav, list):
        return [_expanded(item, index, entries) for item in nav]
    if isinstance(nav, dict):
        return {
            title: [index, *entries] if target == index else _expanded(target, index, entries)
            for title, target in nav.items()
        }
    return nav


def named_in(nav: object) -> set[str]:
    """Every path that a navigation names."""
    if isinstance(nav, str):
        return {nav}
    items: Iterable[object] = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    return {path for item in items for path in named_in(item)}
