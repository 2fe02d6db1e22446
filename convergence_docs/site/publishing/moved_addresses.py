"""Old addresses, of pages and of anchors, lead to where things are now."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from convergence_docs.diagnostic import Finding, Wording
from convergence_docs.errors import Fault
from convergence_docs.incident import BROKEN_REDIRECT, incident_at
from convergence_docs.restructure.redirects import Redirect, Redirects, read_redirects
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.gates import page_anchors
from convergence_docs.site.log import log_fault
from convergence_docs.site.publications import FOLDER, add_asset
from convergence_docs.site.published import is_published
from convergence_docs.site.publishing.catalogue import encoded, plain
from convergence_docs.site.publishing.head import locale_of
from convergence_docs.site.publishing.places import taken_places, write
from convergence_docs.site.publishing.redirect_map import Address, Problem, RedirectMap, make_map
from convergence_docs.site.publishing.redirect_page import Destination, Surroundings, moved, render_redirect
from convergence_docs.site.security.policy import Policy, policy_meta

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

SCRIPT: Final = f"{FOLDER}/redirect.js"
_WRONG: Final = {
    "malformed": Wording(
        "'{old}: {new}' is no pair of addresses such as chapter.md or chapter.md#anchor.",
        "“{old}: {new}”不是一对地址，应写成 chapter.md 或 chapter.md#锚点。",
    ),
    "live": Wording(
        "The old address {old} is still there, so nobody is led away from it.",
        "旧地址 {old} 仍然存在，因此不会引向别处。",
    ),
    "circle": Wording("The old address {old} leads in a circle.", "旧地址 {old} 绕成了圈。"),
    "nowhere": Wording(
        "The old address {old} leads to {new}, and there is no such place.",
        "旧地址 {old} 通向 {new}，而那里什么也没有。",
    ),
    "pageless": Wording(
        "The old address {old} is on a page that is gone, and the list does not say where to.",
        "旧地址 {old} 所在的页面已不存在，而列表没有写明它移到了哪里。",
    ),
}
_HINT: Final = Wording("Correct this line, or take it out.", "请改正或删去这一行。")
_PAGE_HINT: Final = Wording("Add a line for the page itself.", "请为该页面本身加上一行。")


class MovedAddresses(Feature):
    """A page at every old address of a page, and for every page what its old anchors are called now."""

    parts: ClassVar[tuple[str, ...]] = ("moved",)
    first: ClassVar[frozenset[str]] = frozenset(parts)

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._files: Files | None = None
        self._taken: dict[str, File] = {}
        self._pages: dict[str, Address] = {}
        self._anchors: dict[str, dict[str, Address]] = {}

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Where there is a list of old addresses."""
        config = build.config
        if config is None or not build.settings.redirects or config.settings.redirects is None:
            return False
        return os.path.isfile(os.path.join(config.docs_root, config.settings.redirects))

    def add_files(self, files: Files) -> None:
        """Add the script of pages at old addresses."""
        self._files = files
        add_asset(files, self.build.site, SCRIPT)

    def prepare(self) -> None:
        """All pages and their anchors are known: find where the old ones lead."""
        assert self.build.config is not None
        assert self._files is not None
        try:
            listed = read_redirects(self.build.config)
        except Fault as fault:
            log_fault(fault, self.build.language)
            return
        self._taken = taken_places(self._files)
        found = make_map(listed.entries, lambda path: self._file(path) is not None, self._has_anchor())
        problems = [*found.problems, *self._sort(found, {one.old: one for one in listed.entries})]
        for problem in sorted(problems, key=lambda one: one.redirect.span):
            self.build.log(_finding(problem, listed))

    def _has_anchor(self) -> Callable[[str, str], bool]:
        known: dict[str, set[str]] = {}

        def has_anchor(path: str, anchor: str) -> bool:
            if path not in known:
                file = self._file(path)
                known[path] = page_anchors(file.page) if file else set()
            return anchor in known[path]

        return has_anchor

    def _sort(self, found: RedirectMap, lines: Mapping[str, Redirect]) -> Iterator[Problem]:
        """Keep what leads on, by the places of the site: two paths may be one address, ``a.md`` and ``a/index.md``."""
        for path, address in found.pages.items():
            owner = self._taken.get(self._old(path).dest_uri)
            if owner is None:
                self._pages[path] = address
            elif owner.src_uri != address.page:
                yield Problem(lines[path], "live")
        for path, anchors in found.anchors.items():
            self._anchors.setdefault(self._old(path).dest_uri, {}).update(anchors)

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Tell a page where its old anchors are. It goes with the content, so that instant navigation brings it."""
        anchors = self._anchors.get(page.file.dest_uri)
        if anchors:
            told = moved(self._addresses(anchors, page.file))
            page.content = f'{page.content or ""}\n<div class="cd-moved" hidden data-moved="{told}"></div>\n'

    def finish_site(self) -> None:
        """Write the pages at old addresses."""
        site, build = self.build.site, self.build
        spoken = locale_of(site.theme.get("language") or site.theme.locale, build.language).replace("_", "-")
        policy = policy_meta(Policy()) if build.settings.csp else ""
        around = Surroundings(site.site_name, spoken, build.language, policy)
        for path, address in self._pages.items():
            old, new = self._old(path), self._file(address.page)
            if new is None or new.page is None:
                continue
            title = plain(new.page.title or address.page)
            to = Destination(self._address(address, old), encoded(new.page.canonical_url or ""), title)
            anchors = self._addresses(self._anchors.get(old.dest_uri, {}), old)
            text = render_redirect(to, anchors, get_relative_url(SCRIPT, old.url), around)
            write(build, self._taken, old.dest_uri, text.encode("utf-8"))

    def _file(self, path: str) -> File | None:
        """The page at a path."""
        file = self._files.get_file_from_path(path) if self._files else None
        return file if file and file.page and is_published(file) else None

    def _old(self, path: str) -> File:
        site = self.build.site
        return File(path, site.docs_dir, site.site_dir, site.use_directory_urls)

    def _addresses(self, anchors: Mapping[str, Address], here: File) -> dict[str, str]:
        return {anchor: self._address(address, here) for anchor, address in anchors.items()}

    def _address(self, address: Address, here: File) -> str:
        """An address as a page links to it."""
        fragment = f"#{quote(address.anchor)}" if address.anchor else ""
        if address.page == here.src_uri:
            return fragment
        file = self._file(address.page)
        return f"{get_relative_url(file.url, here.url) if file else ''}{fragment}"


def _finding(problem: Problem, listed: Redirects) -> Finding:
    redirect, kind = problem
    message = _WRONG[kind].filled({"old": redirect.old, "new": redirect.new})
    hint = _PAGE_HINT if kind == "pageless" else _HINT
    return incident_at(BROKEN_REDIRECT, listed.source, redirect.span, message, hint)
