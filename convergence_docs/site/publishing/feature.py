"""What the site tells search engines, feed readers and other programs, and when each page was last changed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convergence_docs.diagnostic import Wording
from convergence_docs.errors import Fault
from convergence_docs.schemas import file_name, read_schema
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.log import LOG, log_fault
from convergence_docs.site.publications import add_copy, add_generated
from convergence_docs.site.published import is_published
from convergence_docs.site.publishing import dates, feed, head, sitemap
from convergence_docs.site.publishing.catalogue import Facts, clean, make_catalogue
from convergence_docs.site.publishing.describing import describe
from convergence_docs.site.publishing.places import file_named, taken_places, whole_address, write
from convergence_docs.site.publishing.twin import relative
from convergence_docs.site.publishing.twins import Twins

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_FEED: Final = Wording("Recent changes", "最近修改")
_MODEL: Final = Wording("Model of the book", "全书模型")
_MODEL_NOTE: Final = Wording("everything that was read from the chapters, as JSON", "从各章读出的全部内容，JSON 格式")
_SCHEMA: Final = Wording("Schema of the model", "模型的格式")
_NO_ADDRESS: Final = Wording(
    "There is no feed: without site_url its entries would have no addresses.",
    "没有生成订阅源：没有 site_url，条目就没有网址。",
)
_NO_DATES: Final = Wording(
    "There is no feed: it is not known when any page was last changed.",
    "没有生成订阅源：没有一页的修改时间是已知的。",
)
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif")


class Publishing(Feature):
    """Heads of pages, sitemap, dates, feeds, Markdown twins, ``llms.txt`` and the model as a file."""

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        settings = build.settings
        self._files: Files | None = None
        self._paragraphs: dict[str, tuple[str, ...]] = {}
        self._pages: dict[str, Facts] = {}
        self._descriptions: dict[str, object] = {}
        self._feed = file_named(settings.feed, build, "feed")
        self._model = file_named(settings.model, build, "model")
        self._twins = Twins(build) if settings.markdown or settings.llms else None

    def add_files(self, files: Files) -> None:
        """Keep what the build holds."""
        self._files = files

    def add_from_book(self, files: Files) -> None:
        """Add the model."""
        config = self.build.config
        if not self._model or config is None:
            return
        from convergence_docs.site.publishing.model_file import model_file  # loads parser and export

        try:
            add_copy(files, self.build.site, self._model, model_file(config))
        except Fault as fault:
            log_fault(fault, self.build.language)
            self._model = ""
        else:
            add_generated(files, self.build.site, {self._schema: read_schema("model")})

    def finish_content(self, html: str, page: Page) -> str:
        """See what a page begins with."""
        self._paragraphs[page.file.src_uri] = describe(html)
        return html

    def prepare(self) -> None:
        """All pages are known: describe them, each in words of its own, and ask when they were changed."""
        build = self.build
        assert self._files is not None
        pages = [file for file in self._files.documentation_pages() if is_published(file)]
        changes = dates.last_changes(pages, build.site.docs_dir, build.language) if build.settings.dates else {}
        self._pages = make_catalogue(self._files, build.site, self._paragraphs, changes)
        if self._twins:
            self._twins.begin(self._files, self._pages)
        if self._feed and not build.site.site_url:
            LOG.info("%s", build.say(_NO_ADDRESS))
            self._feed = ""
        elif self._feed and not feed.latest(self._pages.values()):
            LOG.info("%s", build.say(_NO_DATES))
            self._feed = ""

    def before_search(self, context: TemplateContext, page: Page) -> None:
        """Read a page with all that was made from the book, and nothing around it yet."""
        if self._twins:
            self._twins.see(page)
            self._twins.nav = context["nav"]

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Show the date, and let the theme say the description in its own place, which it does not escape."""
        facts = self._pages.get(page.file.src_uri)
        if facts is None:
            return
        if facts.change:
            self._show(dates.shown(facts.change, self.build.language), page)
        if self.build.settings.metadata and facts.description:
            self._descriptions[facts.path] = page.meta.get("description")
            page.meta["description"] = escape(facts.description)

    def finish_output(self, output: str, page: Page) -> str:
        """Write what the head lacks."""
        facts = self._pages.get(page.file.src_uri)
        if facts is None:
            return output
        if facts.path in self._descriptions:
            page.meta["description"] = self._descriptions.pop(facts.path)
        is_told = self.build.settings.metadata
        return head.with_head(output, facts if is_told else None, self._card(page), tuple(self._alternates(facts)))

    def finish_template(self, output: str, name: str) -> str:
        """The sitemap with true dates, and error pages that nobody lists."""
        if not self.build.settings.metadata:
            return output
        if name == sitemap.NAME and self.build.site.site_url:
            return sitemap.render_sitemap(self._pages.values())
        return head.with_noindex(output) if name == "404.html" else output

    def finish_site(self) -> None:
        """Write what stands beside the pages."""
        folder = Path(self.build.site.site_dir)
        plain, packed = folder / sitemap.NAME, folder / f"{sitemap.NAME}.gz"
        if self.build.settings.metadata and plain.is_file() and packed.is_file():
            packed.write_bytes(sitemap.zipped(plain.read_bytes()))
        assert self._files is not None
        taken = taken_places(self._files)
        for name, text in self._texts():
            write(self.build, taken, name, text.encode("utf-8"))

    def _texts(self) -> Iterator[tuple[str, str]]:
        if self._feed:
            yield from self._feeds()
        if self._twins:
            yield from self._twins.texts()
            if self.build.settings.llms:
                yield from self._twins.lists(tuple(self._data()))

    def _feeds(self) -> Iterator[tuple[str, str]]:
        build, site = self.build, self.build.site
        about = feed.Feed(
            title=f"{site.site_name} · {build.say(_FEED)}",
            subtitle=clean(site.site_description or ""),
            author=clean(site.site_author or "") or site.site_name,
            language=head.locale_of(site.theme.get("language") or site.theme.locale, build.language).replace("_", "-"),
            home=whole_address(build, ""),
            self=whole_address(build, self._feed),
            json=whole_address(build, self._json_feed),
        )
        pages = feed.latest(self._pages.values())
        changed = self._what_changed(pages)
        entries = [feed.Entry(page, changed.get(page.path, ())) for page in pages]
        yield self._feed, feed.render_atom(about, entries)
        yield self._json_feed, feed.render_json_feed(about, entries)

    def _what_changed(self, pages: list[Facts]) -> dict[str, tuple[str, ...]]:
        config = self.build.config
        if config is None:
            return {}
        from convergence_docs.site.publishing.recent import what_changed  # loads parser, comparison and reports

        try:
            return what_changed(config, {page.path: page.change for page in pages if page.change}, self.build.language)
        except Fault as fault:
            LOG.info("%s", fault.title[self.build.language])
            return {}

    @property
    def _json_feed(self) -> str:
        stem, suffix = posixpath.splitext(self._feed)
        return f"{self._feed}.json" if suffix == ".json" else f"{stem}.json"

    @property
    def _schema(self) -> str:
        return posixpath.join(posixpath.dirname(self._model), file_name("model"))

    def _data(self) -> Iterator[tuple[str, str, str]]:
        say = self.build.say
        if self._model:
            yield say(_MODEL), self._model, say(_MODEL_NOTE)
            yield say(_SCHEMA), self._schema, "JSON Schema"
        if self._feed:
            yield say(_FEED), self._feed, "Atom"

    def _alternates(self, page: Facts) -> Iterator[head.Alternate]:
        """The same in other forms, as seen from a page."""
        folder, say = posixpath.dirname(page.twin), self.build.say
        if self._feed:
            yield head.Alternate(relative(self._feed, folder), "application/atom+xml", say(_FEED))
            yield head.Alternate(relative(self._json_feed, folder), "application/feed+json", say(_FEED))
        if self._twins and self._twins.has(page):
            yield head.Alternate(relative(page.twin, folder), "text/markdown", "Markdown")
        if self._model and page.is_home:
            yield head.Alternate(relative(self._model, folder), "application/json", say(_MODEL))

    def _card(self, page: Page) -> head.Card:
        site, build = self.build.site, self.build
        locale = head.locale_of(site.theme.get("language") or site.theme.locale, build.language)
        return head.Card(site.site_name, locale, self._image(page))

    def _image(self, page: Page) -> str:
        """The picture that the page's front matter names, else the site's: a file of the site, or none."""
        for path in (page.meta.get("image"), self.build.settings.image):
            if isinstance(path, str) and path.lower().endswith(_PICTURES) and self._files is not None:
                file = self._files.get_file_from_path(posixpath.normpath(path.strip("/")))
                if file is not None and self.build.site.site_url:
                    return whole_address(self.build, file.dest_uri)
        return ""

    def _show(self, date: str, page: Page) -> None:
        if self.build.is_material:
            page.meta.setdefault("revision_date", date)
        else:
            page.content = f'{page.content or ""}\n<p class="cd-changed">{date}</p>\n'
