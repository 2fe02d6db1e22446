"""MkDocs' events, answered: the one object behind both the hook and the plugin.

MkDocs builds, this gathers: it asks the engine for a report on the same files through the same door as the command
line, logs what it says, and tells the site's features of every event.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from convergence_docs import engine
from convergence_docs.config import Config, find_configs
from convergence_docs.config.baseline import find_baseline
from convergence_docs.diagnostic import Finding, Language, Report
from convergence_docs.errors import Fault
from convergence_docs.incident import INCIDENTS
from convergence_docs.site.diagrams.feature import Diagrams
from convergence_docs.site.duplicates import quiet
from convergence_docs.site.feature import Build, Feature, source_of
from convergence_docs.site.features import first_of, parts_of, wanted_features
from convergence_docs.site.gates import other_anchors, page_anchors
from convergence_docs.site.log import log_fault, log_finding, log_report
from convergence_docs.site.publications import add_joined, join_scripts
from convergence_docs.site.settings import SiteSettings, read_site_settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class SiteAdapter:
    """One MkDocs build after another: `configure` begins a build anew."""

    def __init__(self) -> None:
        self.is_served = False
        self.build: Build | None = None
        self.features: tuple[Feature, ...] = ()
        self.anchors: Mapping[str, tuple[str, ...]] = {}

    def configure(self, site: MkDocsConfig) -> None:
        """Read the settings, choose the features, and let them change the site's configuration."""
        quiet(())
        self.anchors = {}
        self.build = build = self._begin(site)
        # Its notes on every page say nothing of use, and one asks for a setting that would call a third party.
        logging.getLogger("mkdocs.plugins.mermaid2.util").setLevel(logging.WARNING)
        self.features = tuple(wanted_features(build))
        has_mermaid = any(isinstance(feature, Diagrams) for feature in self.features)
        join_scripts(site, parts_of(self.features), has_mermaid=has_mermaid)
        for feature in self.features:
            feature.configure()

    def _begin(self, site: MkDocsConfig) -> Build:
        spoken = site.theme.get("language") or site.theme.locale  # Material's word, and MkDocs' own
        language: Language = "zh" if str(spoken).startswith("zh") else "en"
        config, settings = None, SiteSettings()
        try:
            config = find_configs((), site.config_file_path)[0]
            settings = read_site_settings(config.settings.site)
        except Fault as fault:
            log_fault(fault, language)
            config = None
        return Build(
            site=site,
            config=config,
            settings=settings,
            language=settings.language or language,
            log=self._log,
            is_served=self.is_served,
        )

    def add_files(self, files: Files) -> None:
        """Add the generated pages and assets that do not come from the book."""
        if self.build is None:
            return
        add_joined(files, self.build.site, parts_of(self.features), first_of(self.features))
        for feature in self.features:
            feature.add_files(files)

    def check(self, files: Files) -> None:
        """Check all chapters, log what was found, and add what is made from the book."""
        build = self.build
        if build is None:
            return
        wants_book = any(feature.needs_book for feature in self.features)
        if build.config is not None and (build.settings.check or wants_book):
            self._check(build, build.config, with_book=wants_book)
        for feature in self.features:
            feature.add_from_book(files)
        if wants_book:
            from convergence_docs.site.chapters import forget_chapters  # loads the parser, which has been needed then

            forget_chapters()

    def _check(self, build: Build, config: Config, *, with_book: bool) -> None:
        try:
            checked = engine.check_site(config, with_book=with_book)
            report = _new_in(checked.report, config) if build.settings.check else checked.report
        except Fault as fault:
            log_fault(fault, build.language)
            return
        if build.settings.check:
            log_report(report, config.docs_root, build.language)
            quiet(checked.report.findings)  # known ones too: MkDocs would stop at them
            self.anchors = checked.anchors
        build.book, build.vocabulary = checked.book, checked.vocabulary

    def finish_content(self, html: str, page: Page) -> str:
        """Verify a page's anchors against those that were checked, and finish its content."""
        modelled = self.anchors.get(page.file.src_uri)
        if modelled is not None:
            difference = other_anchors(source_of(page), modelled, page_anchors(page))
            if difference:
                self._log(difference)
        return reduce(lambda text, feature: feature.finish_content(text, page), self.features, html)

    def prepare(self) -> None:
        """All pages are rendered, and none is written."""
        for feature in self.features:
            feature.prepare()

    def before_search(self, context: TemplateContext, page: Page) -> None:
        """Change a page before the search index reads it."""
        for feature in self.features:
            feature.before_search(context, page)

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Change what the template is given."""
        for feature in self.features:
            feature.after_search(context, page)

    def finish_output(self, output: str, page: Page) -> str:
        """Finish a page's whole HTML."""
        return reduce(lambda text, feature: feature.finish_output(text, page), self.features, output)

    def finish_template(self, output: str, name: str) -> str:
        """Finish what a template beside the pages gives."""
        return reduce(lambda text, feature: feature.finish_template(text, name), self.features, output)

    def finish_site(self) -> None:
        """End the build."""
        for feature in self.features:
            feature.finish_site()

    def _log(self, finding: Finding) -> None:
        if self.build is None or self.build.config is None:
            return
        config = self.build.config
        info = next(info for info in INCIDENTS if info.code == finding.code)
        severity = config.settings.severity_of(info, finding.path)
        if severity is not None:
            log_finding(replace(finding, severity=severity), config.docs_root, self.build.language)


def _new_in(report: Report, config: Config) -> Report:
    """The report on what no baseline holds."""
    where = find_baseline(config)
    if where is None:
        return report
    from convergence_docs.ratchet import with_baseline  # loads the parser

    return with_baseline(config, report, os.path.relpath(where))
