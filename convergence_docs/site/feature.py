"""What a capability of the site is: a feature, told of each event of a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding, Language, Wording
from convergence_docs.site.settings import SiteSettings
from convergence_docs.text import SourceText, decode

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from convergence_docs.model.book import Book
    from convergence_docs.model.vocabulary import Vocabulary


@dataclass(slots=True, kw_only=True)
class Build:
    """What the features of one build share.

    Attributes:
        site: MkDocs' configuration.
        config: the checker's configuration of the same site; ``None`` where it is faulty, which was logged.
        settings: what is wanted of the site.
        language: of words that the build adds to pages, and of its log.
        log: logs a finding that only a rendered page shows, with the severity that the site has set for it.
        is_served: whether ``mkdocs serve`` builds, for the author's own browser.
        book: every chapter's entry; ``None`` before the check, and where no feature needs it.
        vocabulary: the site's vocabulary, from the check on.
    """

    site: MkDocsConfig
    config: Config | None
    settings: SiteSettings
    language: Language
    log: Callable[[Finding], None]
    is_served: bool = False
    book: Book | None = None
    vocabulary: Vocabulary | None = None

    @property
    def is_material(self) -> bool:
        """Whether the theme is Material for MkDocs or one that is made of it."""
        return "material" in (self.site.theme.name, *(str(name) for name in self.site.theme.get("extends") or ()))

    def say(self, wording: Wording) -> str:
        """A wording in the build's language."""
        return wording.to(self.language)


class Feature:
    """One capability of the site. Every event of a build is a method, which does nothing unless a feature needs it.

    The methods stand in the order in which MkDocs comes to them. Those that are given text return it, changed or not.

    Attributes:
        parts: the style sheets and scripts that it adds to the joined ones: names in ``assets`` without their suffix.
        first: which of them have a script that cannot wait for a sign of the reader (`delivery`).
        needs_book: whether it wants ``build.book``.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[frozenset[str]] = frozenset()
    needs_book: ClassVar[bool] = False

    def __init__(self, build: Build) -> None:
        self.build = build

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Whether a build has it."""
        return True

    def configure(self) -> None:
        """Change MkDocs' configuration (``on_config``)."""

    def add_files(self, files: Files) -> None:
        """Add what does not come from the book (``on_files``, before the check)."""

    def add_from_book(self, files: Files) -> None:
        """Add what is made from the book (``on_files``, after the check; ``build.book`` may be missing still)."""

    def finish_content(self, html: str, page: Page) -> str:
        """A rendered page's content (``on_page_content``)."""
        return html

    def prepare(self) -> None:
        """All pages are rendered, and none is written (``on_env``)."""

    def before_search(self, context: TemplateContext, page: Page) -> None:
        """Change a page before the search index reads it (``on_page_context``, first)."""

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Change what the template is given (``on_page_context``, last)."""

    def finish_output(self, output: str, page: Page) -> str:
        """A page's whole HTML (``on_post_page``)."""
        return output

    def finish_template(self, output: str, name: str) -> str:
        """What a template beside the pages gives, ``404.html`` (``on_post_template``)."""
        return output

    def finish_site(self) -> None:
        """All files are in the site's folder (``on_post_build``)."""


def has_material(build: Build, setting: str) -> bool:
    """Whether a feature that needs Material is wanted, by a setting of which ``None`` means with Material.

    Where it is asked for outright and the theme is another, the log says once a build why nothing comes of it.
    """
    wanted = getattr(build.settings, setting)
    if wanted and not build.is_material:
        from convergence_docs.site.log import LOG

        said = Wording("%s: needs Material for MkDocs; left out.", "%s：需要 Material 主题，已略去。")
        LOG.info(build.say(said), setting)
    return build.is_material and wanted is not False


def source_of(page: Page) -> SourceText:
    """A page's Markdown."""
    return decode(page.file.content_bytes, page.file.src_uri)


def plugin_names(site: MkDocsConfig) -> frozenset[str]:
    """The plugins of a site by their own names, ``material/search`` as ``search``."""
    plugins: Mapping[str, object] = site.plugins
    return frozenset(str(name).rpartition("/")[2] for name in plugins)
