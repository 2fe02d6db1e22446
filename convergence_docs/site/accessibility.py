"""What Material's pages lack for keyboards and assistive technology, mended in the HTML that is built.

The theme's own templates stay as they are: each mend knows one tag of theirs, whatever the order of its attributes
(another plugin may have written the page anew), and leaves what it does not know. The rest is in ``assets/access.*``.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, ClassVar

from convergence_docs.diagnostic import Wording
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.languages import mark_english

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_SEARCH = Wording("Search", "搜索")
_MENU = Wording("Menu", "导航菜单")
_ON_THIS_PAGE = Wording("On this page", "本页目录")
_TASK = Wording("Done", "已完成")
_SKIP = Wording("Skip to content", "跳到正文")
_NOT_FOUND = Wording("There is no such page", "没有这一页")
_PERHAPS = Wording(
    "The address may be mistyped, or the page has moved. Search for it, or begin at the ",
    "地址可能有误，或者页面已移走。可以搜索，或者从",
)
_HOME = Wording("home page", "首页")
_AGAIN = Wording(".", "重新开始。")

_TAG = re.compile(r"<(?:a|div|input|label|nav)\s[^<>]*>")
_DISABLED = re.compile(r"\sdisabled\b")
_SKIP_LINK = re.compile(r'(<a\s[^<>]*\bclass="md-skip"[^<>]*>)[^<]*(</a>)')
_SKIP_PLACE = re.compile(r'<div data-md-component="skip">[^<]*(?:<a\s[^<>]*>[^<]*</a>[^<]*)?</div>')
_BODY = re.compile(r"<body\b[^<>]*>")
_SECTION = re.compile(r'<label class="md-nav__title" for="(__nav_\w+)">\s*<span[^<>]*></span>([^<]*)</label>')
_BARE_LABEL = re.compile(
    r'(<label\s[^<>]*\bid="(__nav_\w+?)_label"[^<>]*>)(\s*<span class="md-nav__icon md-icon"></span>)'
)
_NOT_FOUND_CONTENT = "<h1>404 - Not found</h1>"
_HOME_ADDRESS = re.compile(r'<a\s(?=[^<>]*\bclass="md-header__button md-logo")[^<>]*\bhref="([^"]*)"')
_TITLE = re.compile(r"<title>([^<]*)</title>")


class Accessibility(Feature):
    """Names, roles and keys for Material's own parts."""

    parts: ClassVar[tuple[str, ...]] = (
        "hidden",
        "access",
    )

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, unless the site does without our style sheet."""
        return build.settings.styles and build.is_material

    def finish_content(self, html: str, page: Page) -> str:
        """Have English parts of a Chinese page say so."""
        return mark_english(html) if self.build.language == "zh" else html

    def finish_output(self, output: str, page: Page) -> str:
        """Mend a page."""
        return self._mend(output)

    def finish_template(self, output: str, name: str) -> str:
        """Mend the page for addresses that lead nowhere, and have it say so in the site's language."""
        if name != "404.html":
            return output
        home = _HOME_ADDRESS.search(output)
        link = f'<a href="{home[1] if home else "/"}">{self._say(_HOME)}</a>'
        title = self._say(_NOT_FOUND)
        content = f"<h1>{title}</h1>\n<p>{self._say(_PERHAPS)}{link}{self._say(_AGAIN)}</p>"
        if _NOT_FOUND_CONTENT in output:
            output = _TITLE.sub(lambda found: f"<title>{title} - {found[1].strip()}</title>", output, count=1)
        return self._mend(output.replace(_NOT_FOUND_CONTENT, content, 1))

    def _mend(self, output: str) -> str:
        labels = dict(_SECTION.findall(output))
        labelled = {f"{name}_label" for name in labels}
        output = _TAG.sub(lambda found: self._mend_tag(found[0], labelled), output)
        output = _BARE_LABEL.sub(lambda found: _with_words(found[1], labels.get(found[2], ""), found[3]), output)
        output = _SKIP_LINK.sub(rf"\g<1>{self._say(_SKIP)}\g<2>", output, count=1)
        return _skip_first(output)

    def _mend_tag(self, tag: str, labelled: set[str]) -> str:
        if 'data-md-component="search"' in tag:
            return _with(tag, "aria-label", self._say(_SEARCH))
        if 'id="__drawer"' in tag:
            return _with(tag, "aria-label", self._say(_MENU))
        if tag.startswith("<input") and 'type="checkbox"' in tag and _DISABLED.search(tag):
            return _with(tag, "aria-label", self._say(_TASK))  # of a task list; what is to be done stands beside it
        if 'id="__toc"' in tag:
            return _with(_with_class(tag, "cd-toggle"), "aria-label", self._say(_ON_THIS_PAGE))
        if "md-nav__toggle" in tag and (name := _value(tag, "id")) and f"{name}_label" in labelled:
            return _with(_with_class(tag, "cd-toggle"), "aria-labelledby", f"{name}_label")
        if tag.startswith("<label") and "md-nav__link" in tag:
            return _without(tag, "tabindex")  # its checkbox is what keys reach, and what has a state
        if tag.startswith("<nav") and "aria-labelledby" in tag and "data-md-level" in tag:
            # A list within a list of one landmark, not a landmark of its own.
            return _with(_without(_without(tag, "aria-labelledby"), "aria-expanded"), "role", "presentation")
        return tag

    def _say(self, wording: Wording) -> str:
        return html.escape(self.build.say(wording))


def _skip_first(output: str) -> str:
    """The link that skips what all pages share, before anything else that the tab key reaches."""
    body, skip = _BODY.search(output), _SKIP_PLACE.search(output)
    if not body or not skip or skip.start() < body.end():
        return output
    middle = output[body.end() : skip.start()]
    return f"{output[: body.end()]}\n    {skip[0]}{middle}{output[skip.end() :]}"


def _with_words(label: str, words: str, icon: str) -> str:
    """A section's label that shows an arrow only, with the section's name for those who do not see it."""
    return f'{label}<span class="cd-hidden">{words.strip()}</span>{icon}'


def _with(tag: str, name: str, value: str) -> str:
    """A tag with an attribute, unless it has it."""
    if re.search(rf"\s{name}=", tag):
        return tag
    end = "/>" if tag.endswith("/>") else ">"
    return f'{tag[: -len(end)].rstrip()} {name}="{value}"{end}'


def _without(tag: str, name: str) -> str:
    return re.sub(rf'\s{name}="[^"]*"', "", tag, count=1)


def _with_class(tag: str, name: str) -> str:
    return re.sub(r'\bclass="([^"]*?)\s*"', rf'class="\g<1> {name}"', tag, count=1)


def _value(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""
