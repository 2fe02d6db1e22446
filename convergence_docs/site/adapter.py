"""MkDocs' events, answered: the one object behind both the hook and the plugin.

MkDocs builds, this gathers: it asks the engine for a report on the same files through the same door as the command
line, logs what it says, and adds to the pages what the settings want.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from convergence_docs import engine
from convergence_docs.config import Config, find_configs
from convergence_docs.config.baseline import find_baseline
from convergence_docs.diagnostic import Finding, Language, Report, Wording
from convergence_docs.errors import Fault
from convergence_docs.incident import INCIDENTS
from convergence_docs.load import read_vocabulary
from convergence_docs.site.diagrams import escape_sources
from convergence_docs.site.duplicates import quiet
from convergence_docs.site.gates import broken_formula, other_anchors, page_anchors
from convergence_docs.site.log import LOG, log_fault, log_finding, log_report
from convergence_docs.site.publications import (
    SCRIPT,
    SCRIPT_ALIAS,
    SEARCH,
    STYLES,
    add_assets,
    add_generated,
    add_rule_pages,
    deferred_script,
    mermaid_script,
    nav_with_rules,
)
from convergence_docs.site.settings import SiteSettings, read_site_settings
from convergence_docs.text import SourceText, decode

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from convergence_docs.site.exhibits import Exhibits
    from convergence_docs.site.formula_memory import FormulaMemory
    from convergence_docs.site.gallery import Gallery

_MATH_SCRIPT = re.compile(r"mathjax|katex", re.IGNORECASE)
_NO_MERMAID = Wording(
    "Mermaid's script is not installed, so diagrams come from a third party: pip install 'convergence-docs[site]'",
    "没有安装 Mermaid 的脚本，图会从第三方加载。请执行 pip install 'convergence-docs[site]'",
)
_SEARCH_WORKER = re.compile(r'("search": ")([^"]*?)assets/javascripts/workers/search\.\w+\.min\.js"')
_SEARCH_DIALOG = 'data-md-component="search" role="dialog">'


class SiteAdapter:
    """One MkDocs build after another: `configure` begins a build anew."""

    def __init__(self) -> None:
        self.settings = SiteSettings()
        self.language: Language = "zh"
        self.config: Config | None = None
        self.anchors: Mapping[str, tuple[str, ...]] = {}
        self.has_formulas = self.has_diagrams = self.has_search = False
        self.exhibits: Exhibits | None = None
        self.formulas: FormulaMemory | None = None
        self.gallery: Gallery | None = None

    def configure(self, site: MkDocsConfig) -> None:
        """Read the settings, and add the style sheet and scripts to the site's configuration."""
        self.settings, self.config, self.anchors, self.exhibits = SiteSettings(), None, {}, None
        self.formulas = self.gallery = None
        quiet(())
        language = site.theme.get("language") or site.theme.locale  # Material's word, and MkDocs' own
        self.language = "zh" if str(language).startswith("zh") else "en"
        try:
            self.config = find_configs((), site.config_file_path)[0]
            self.settings = read_site_settings(self.config.settings.site)
        except Fault as fault:
            log_fault(fault, self.language)
            self.config = None
        self.language = self.settings.language or self.language
        # Its notes on every page say nothing of use, and one asks for a setting that would call a third party.
        logging.getLogger("mkdocs.plugins.mermaid2.util").setLevel(logging.WARNING)
        self._choose_additions(site)
        if self.settings.rule_pages and site.nav:
            site.nav = nav_with_rules(site.nav, self.settings.rule_pages, self.language)
        if self.settings.terms and site.nav:
            self._add_terms_to_nav(site, self.settings.terms)

    def _choose_additions(self, site: MkDocsConfig) -> None:
        scripts = [str(script) for script in site.extra_javascript]
        wants_formulas = self.settings.formulas
        others = any(_MATH_SCRIPT.search(script) for script in scripts)
        self.has_formulas = not others if wants_formulas is None else wants_formulas
        way = self.settings.drawing_way(has_mermaid2="mermaid2" in site.plugins)
        self.has_diagrams = way != "off"
        has_material = site.theme.name == "material" and not {"search", "material/search"}.isdisjoint(site.plugins)
        self.has_search = has_material if self.settings.search is None else self.settings.search
        if self.has_diagrams and mermaid_script() is None:
            LOG.warning("%s", _NO_MERMAID.to(self.language))
            self.has_diagrams = False
        if self.has_diagrams:
            from convergence_docs.site.gallery import open_gallery  # only a site with diagrams needs it

            self.gallery = open_gallery(self.config, self.language, draws=way == "build")
            escape_sources(site)
        if self.settings.styles or self.settings.wants_book or self.has_diagrams:
            is_alone = not any("mermaid" in script.lower() for script in scripts)
            name = SCRIPT_ALIAS if self.has_diagrams and is_alone else SCRIPT
            _append(site.extra_css, STYLES)
            _append(site.extra_javascript, deferred_script(name))

    def add_files(self, files: Files, site: MkDocsConfig) -> None:
        """Add the generated pages and assets."""
        scripts = site.extra_javascript
        scripts[:] = [deferred_script(SCRIPT) if str(script) == SCRIPT_ALIAS else script for script in scripts]
        add_assets(
            files,
            site,
            has_styles=self.settings.styles,
            has_figures=self.settings.wants_book,
            has_diagrams=self.has_diagrams,
            has_search=self.has_search,
        )
        if self.settings.rule_pages:
            add_rule_pages(files, site, self.settings.rule_pages, self.language)

    def check(self, files: Files, site: MkDocsConfig) -> None:
        """Check all chapters, log what was found, and add what is made from the book."""
        if self.config is None or not (self.settings.check or self.settings.wants_book):
            return
        try:
            checked = engine.check_site(self.config, with_book=self.settings.wants_book)
            report = _new_in(checked.report, self.config) if self.settings.check else checked.report
        except Fault as fault:
            log_fault(fault, self.language)
            return
        if self.settings.check:
            log_report(report, self.config.docs_root, self.language)
            quiet(checked.report.findings)  # known ones too: MkDocs would stop at them
            self.anchors = checked.anchors
        if checked.book is not None:
            from convergence_docs.site.exhibits import Exhibits  # loads parser and reports

            self.exhibits = Exhibits(checked.book, checked.vocabulary, self.config, self.settings, files, self.language)
            add_generated(files, site, self.exhibits.contents())

    def finish_page(self, html: str, page: Page) -> str:
        """Verify a page's anchors against those that were checked, fill its marks, and note its diagrams."""
        modelled = self.anchors.get(page.file.src_uri)
        if modelled is not None:
            difference = other_anchors(_source(page), modelled, page_anchors(page))
            if difference:
                self._log(difference)
        if self.exhibits is not None:
            html = self.exhibits.finish(html, page.file)
        if self.gallery is not None:
            self.gallery.expect(html)
        return html

    def prepare_diagrams(self) -> None:
        """Draw what all pages together want drawn: many are drawn sooner than one after the other."""
        if self.gallery is not None:
            self.gallery.prepare()

    def before_search(self, page: Page) -> None:
        """Leave the search index the words in a page's diagrams."""
        if self.gallery is not None and page.content:
            page.content = self.gallery.take_down(page.content, page.file.src_uri)

    def after_search(self, page: Page) -> None:
        """Give the template the diagrams that the browser draws."""
        if self.gallery is not None and page.content:
            page.content = self.gallery.put_up(page.content, page.file.src_uri)

    def finish_output(self, output: str, page: Page) -> str:
        """Set formulas, hang diagrams, point Material to this search, and give its dialog the name that it lacks."""
        # Formulas come last: MathML is long, and mermaid2 and the search index parse what they are given.
        if self.has_formulas and 'class="arithmatex"' in output:
            from convergence_docs.site.formulas import typeset  # loads the reader of XML

            output, broken = typeset(output, self._formula_memory().mathml)
            for formula in broken:
                self._log(broken_formula(formula, _source(page)))
        if self.gallery is not None:
            output = self.gallery.finish(output, page.file.src_uri)
        if self.has_search:
            output = _SEARCH_WORKER.sub(rf'\1\2{SEARCH}"', output, count=1)
        if self.settings.styles:
            label = Wording("Search", "搜索").to(self.language)
            output = output.replace(_SEARCH_DIALOG, f'{_SEARCH_DIALOG[:-1]} aria-label="{label}">', 1)
        return output

    def finish_build(self) -> None:
        """Remember for the next build what this one has set."""
        if self.formulas is not None:
            self.formulas.save()
        if self.gallery is not None:
            self.gallery.close()

    def _formula_memory(self) -> FormulaMemory:
        if self.formulas is None:
            from convergence_docs.site.formula_memory import FormulaMemory

            self.formulas = FormulaMemory(self.config.config_file or "" if self.config else "")
        return self.formulas

    def _add_terms_to_nav(self, site: MkDocsConfig, folder: str) -> None:
        if self.config is None:
            return
        path = self.config.settings.vocabulary
        if path is None:
            return
        from convergence_docs.parse.vocabulary import parse_vocabulary  # loads the YAML library
        from convergence_docs.site.generated_pages import nav_with_terms

        try:
            vocabulary = parse_vocabulary(decode(read_vocabulary(self.config), path).text, path)
        except Fault:  # the check says so
            return
        site.nav = nav_with_terms(site.nav, folder, vocabulary, self.language)

    def _log(self, finding: Finding) -> None:
        if self.config is None:
            return
        info = next(info for info in INCIDENTS if info.code == finding.code)
        severity = self.config.settings.severity_of(info, finding.path)
        if severity is not None:
            log_finding(replace(finding, severity=severity), self.config.docs_root, self.language)


def _source(page: Page) -> SourceText:
    return decode(page.file.content_bytes, page.file.src_uri)


def _append(values: list[Any], value: object) -> None:
    if str(value) not in (str(known) for known in values):
        values.append(value)


def _new_in(report: Report, config: Config) -> Report:
    """The report on what no baseline holds."""
    where = find_baseline(config)
    if where is None:
        return report
    from convergence_docs.ratchet import with_baseline  # loads the parser

    return with_baseline(config, report, os.path.relpath(where))
