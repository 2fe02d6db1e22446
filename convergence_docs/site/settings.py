"""What ``extra.convergence.site`` says: which of the site's additions are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from convergence_docs.diagnostic import Language
from convergence_docs.errors import ConfigFault

DrawingWay = Literal["build", "client", "off"]

_WHERE = "extra.convergence.site"
_VALUES = {
    "Language | None": "en | zh",
    "DrawingWay | bool | None": "build | client | off",
    "tuple[str, ...]": "a list of text",
}
"""How types are told that have names of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """The additions to a site.

    Attributes:
        check: check the chapters on every build.
        formulas: set formulas as MathML; ``None`` means unless the site loads MathJax or KaTeX.
        diagrams: where diagrams are drawn, if anywhere by this; ``True`` means ``build``, ``False`` means ``off``, and
            ``None`` means ``build`` where the mermaid2 plugin is on.
        styles: ship the style sheet and script for phones, dark diagrams and assistive technology.
        search: look for words as they stand, in Chinese too; ``None`` means with Material and its search plugin.
        rule_pages: folder, relative to the docs root, in which a page for each rule appears; ``None`` for none.
        matrix: folder in which the matrix of all claims appears, with the claims as CSV and JSON; ``None`` for none.
        terms: folder in which a page for each layer, level, driver, technology and model appears; ``None`` for none.
        graph: folder in which a page shows which chapters link to which; ``None`` for none.
        references: folder in which a page lists all sources that the chapters cite; ``None`` for none.
        term_index: folder in which a page lists all terms with the sections that mention them; ``None`` for none.
        tables: draw percentages in tables as bars, make tables sortable, and offer layer tables as CSV and JSON.
        backlinks: list at the end of each page the sentences of other chapters that link to it.
        previews: show what an internal link leads to when it is pointed at; ``None`` means with Material.
        number_order: let the chapters' numbers decide what comes before and after a numbered chapter.
        place: show under a chapter's title where it stands among the layers, levels or drivers.
        one_toc: show a hand-written table of contents only where Material's own is out of sight; ``None`` means with
            Material.
        print_page: folder in which a page holds all chapters, to be printed; ``None`` for none.
        print_pages: globs of the pages that it holds; all where there are none.
        csp: give each page a content security policy that lets it load nothing but the site's own files.
        csp_allow: what the policy allows beside that, ``img-src https://img.example`` each.
        metadata: tell search engines and those who show links what each page is, and give the sitemap true dates.
        dates: show when a page was last changed, where git knows it for sure.
        image: the picture shown where pages are linked to, relative to the docs root; ``None`` for none.
        feed: the file of the site in which changed chapters are told as an Atom feed; ``None`` for none.
        markdown: publish each page as Markdown, too.
        llms: publish ``llms.txt``, ``llms-full.txt`` and each page as Markdown.
        model: the file of the site that holds the whole model as JSON; ``None`` for none.
        redirects: lead old addresses to the new ones, from the list that ``redirects`` beside ``site`` names.
        language: of findings and generated pages; ``None`` means the theme's.
    """

    check: bool = True
    formulas: bool | None = None
    diagrams: DrawingWay | bool | None = None
    styles: bool = True
    search: bool | None = None
    rule_pages: str | None = None
    matrix: str | None = None
    terms: str | None = None
    graph: str | None = None
    references: str | None = None
    term_index: str | None = None
    tables: bool = False
    print_page: str | None = None
    print_pages: tuple[str, ...] = ()
    csp: bool = False
    csp_allow: tuple[str, ...] = ()
    backlinks: bool = True
    previews: bool | None = None
    number_order: bool = True
    place: bool = True
    one_toc: bool | None = None
    metadata: bool = True
    dates: bool = True
    image: str | None = None
    feed: str | None = None
    markdown: bool = False
    llms: bool = False
    model: str | None = None
    redirects: bool = True
    language: Language | None = None

    def drawing_way(self, *, has_mermaid2: bool) -> DrawingWay:
        """Where diagrams are drawn."""
        wanted = has_mermaid2 if self.diagrams is None else self.diagrams
        return wanted if isinstance(wanted, str) else "build" if wanted else "off"


def read_site_settings(values: Mapping[str, Any]) -> SiteSettings:
    """The settings that a mapping stands for.

    Raises:
        ConfigFault: a key is unknown, or a value is of the wrong type.
    """
    known = {field.name: str(field.type) for field in fields(SiteSettings)}
    for key, value in values.items():
        where = f"{_WHERE}.{key}"
        if key not in known:
            from difflib import get_close_matches  # 2 ms that a start seldom needs

            near = get_close_matches(str(key), known, 1)
            raise ConfigFault(
                en="There is no such setting.",
                zh="没有这个设置项。",
                hint_en=f"Did you mean {near[0]!r}?" if near else f"The settings are: {', '.join(known)}.",
                hint_zh=f"是否想写 {near[0]}？" if near else f"可用的设置项：{'、'.join(known)}。",
                where=where,
            )
        if not _fits(known[key], value):
            expected = _VALUES.get(known[key], known[key])
            raise ConfigFault(
                en=f"The value {value!r} does not fit; expected: {expected}.",
                zh=f"值 {value!r} 不合要求；应为：{expected}。",
                where=where,
            )
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return SiteSettings(**given)


def _fits(kind: str, value: object) -> bool:
    if kind == "Language | None":
        return value in (None, "en", "zh")
    if kind == "DrawingWay | bool | None":
        return value in (None, True, False, "build", "client", "off")
    if kind == "str | None":
        return value is None or isinstance(value, str)
    if kind == "tuple[str, ...]":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, bool) or (value is None and "None" in kind)
