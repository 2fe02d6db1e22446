"""The adapter as a MkDocs plugin, for any site: ``plugins: [convergence]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from convergence_docs.site.adapter import SiteAdapter

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """The plugin has none: all settings stand under ``extra.convergence``, where every door reads them."""


class ConvergencePlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # as above
    """Checks the chapters on every build and finishes the pages."""

    def __init__(self) -> None:
        self.adapter = SiteAdapter()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether the pages are for their author alone. With this, MkDocs keeps the plugin for all builds."""
        self.adapter.is_served = command == "serve"

    @event_priority(100)  # before mermaid2 looks for Mermaid among the scripts
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build."""
        self.adapter.configure(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add generated files, and check the chapters."""
        self.adapter.add_files(files)
        self.adapter.check(files)
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Finish a rendered page."""
        return self.adapter.finish_content(html, page)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """All pages are rendered, and none is written."""
        self.adapter.prepare()

    @event_priority(100)
    def _before_search(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        self.adapter.before_search(context, page)

    @event_priority(-100)
    def _after_search(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        self.adapter.after_search(context, page)

    on_page_context = CombinedEvent(_before_search, _after_search)

    @event_priority(-100)  # after mermaid2, which parses whole pages
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Finish a page's whole HTML."""
        return self.adapter.finish_output(output, page)

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish what a template beside the pages gives."""
        return self.adapter.finish_template(output_content, template_name)

    @event_priority(-100)  # after the search plugin, which writes its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """End a build."""
        self.adapter.finish_site()
