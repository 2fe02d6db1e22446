"""The content security policy in every page."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from convergence_docs.diagnostic import Wording
from convergence_docs.errors import ConfigFault
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.log import LOG, log_fault
from convergence_docs.site.publications import STYLES
from convergence_docs.site.security.markup import foreign_loads, inline_parts, without_attributes, without_scripts
from convergence_docs.site.security.policy import Policy, hash_of, parse_allowance, policy_meta
from convergence_docs.site.security.sheet import Sheet

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_HEAD: Final = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
_LOAD = Wording(
    '{page}: the content security policy blocks {origin}. To allow it, add to csp_allow: "{directive} {origin}"',
    "{page}：内容安全策略会拦下 {origin}。要放行，请在 csp_allow 中加上：“{directive} {origin}”",
)
_SCRIPT = Wording(
    "{page}: the content security policy blocks the chapter's own inline script. Move it to a file that"
    " extra_javascript names.",
    "{page}：内容安全策略会拦下正文里的内联脚本。请把它移到文件里，由 extra_javascript 列出。",
)
_HANDLER = Wording(
    "{page}: the content security policy blocks the event handler {name}. Attach it in a script file.",
    "{page}：内容安全策略会拦下事件处理属性 {name}。请在脚本文件里绑定。",
)
_HEADLESS = Wording(
    "{page}: there is no <head> that could hold a content security policy.", "{page}：没有 <head>，无处写内容安全策略。"
)


class Security(Feature):
    """Allows a page its own site's files, the theme's inline scripts by their hashes, and nothing else.

    Must be the last feature: it judges pages as they are written.
    """

    parts: ClassVar[tuple[str, ...]] = ("security",)

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._policy = Policy(self._allowances())
        self._sheet = Sheet()
        self._mark = f"<!--{secrets.token_hex(16)}-->"
        self._written: dict[Path, str] = {}
        own = urlsplit(build.site.site_url or "")
        self._own = f"{own.scheme}://{own.netloc}"

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Only where asked for: what a page's scripts will load from others cannot be seen before they run.

        Not under ``mkdocs serve``, whose inline script reloads the page, and is another after every change.
        """
        return build.settings.csp and not build.is_served

    def finish_content(self, html: str, page: Page) -> str:
        """Keep scripts out of what templates take from a chapter: they write it into pages as it stands."""
        page.meta = without_scripts(page.meta)
        title = without_scripts(page.title)
        if title != page.title:
            page.title = title
        return html

    def after_search(self, context: TemplateContext, page: Page) -> None:
        """Mark where a chapter begins and ends: its own scripts are not the theme's."""
        if page.content:
            page.content = f"{self._mark}{page.content}{self._mark}"

    def finish_output(self, output: str, page: Page) -> str:
        """Give a page the policy as known so far."""
        start, end = output.find(self._mark), output.rfind(self._mark) - len(self._mark)
        output = output.replace(self._mark, "")
        content = page.content = (page.content or "").replace(self._mark, "")
        theirs = [part for part in inline_parts(output) if part.kind == "script"]
        if start >= 0:
            theirs = [part for part in theirs if start <= part.start <= end]
        else:  # a plugin has left out the marks
            texts = {part.text for part in inline_parts(content)}
            theirs = [part for part in theirs if part.text in texts]
        return self._secured(output, page.file.dest_uri, page.file.src_uri, frozenset(part.text for part in theirs))

    def finish_template(self, output: str, name: str) -> str:
        """The same for pages that no chapter stands behind."""
        return self._secured(output, name, name) if name.endswith((".html", ".htm")) else output

    def finish_site(self) -> None:
        """Give early pages what later ones have added to the policy, and write the rules of ``style`` attributes."""
        final = str(self._policy)
        for path, policy in self._written.items():
            if policy != final and path.is_file():
                text = path.read_text("utf-8").replace(policy_meta(policy), policy_meta(final), 1)
                path.write_text(text, "utf-8", newline="")
        rules = str(self._sheet)
        if rules:
            with Path(self.build.site.site_dir, STYLES).open("a", encoding="utf-8", newline="") as file:
                file.write(rules)

    def _secured(self, output: str, target: str, name: str, theirs: frozenset[str] = frozenset()) -> str:
        head = _HEAD.search(output)
        if head is None:
            self._warn(_HEADLESS, page=name)
            return output
        output, handlers = without_attributes(output, self._sheet.class_of)
        self._judge(output, name, theirs, handlers)
        policy = str(self._policy)
        self._written[Path(self.build.site.site_dir, target)] = policy
        return output[: head.end()] + policy_meta(policy) + output[head.end() :]

    def _judge(self, output: str, name: str, theirs: frozenset[str], handlers: tuple[str, ...]) -> None:
        """Allow what the theme has put into a page, and tell what will not work."""
        for part in inline_parts(output):
            if part.text in theirs and part.kind == "script":
                self._warn(_SCRIPT, page=name)
            else:
                self._policy.allow(f"{part.kind}-src", hash_of(part.text))
        for load in foreign_loads(output):
            if load.origin != self._own and not self._policy.allows(load.directive, load.origin):
                self._warn(_LOAD, page=name, origin=load.origin, directive=load.directive)
        for handler in handlers:
            self._warn(_HANDLER, page=name, name=handler)

    def _allowances(self) -> list[tuple[str, tuple[str, ...]]]:
        found = []
        for line in self.build.settings.csp_allow:
            try:
                found.append(parse_allowance(line))
            except ConfigFault as fault:
                log_fault(fault, self.build.language)
        return found

    def _warn(self, wording: Wording, **values: str) -> None:
        LOG.warning("%s", self.build.say(wording).format(**values))
