"""Hold GitHub's view of a chapter to a second, independent reading: markdown-it-py, and GitHub's slugs written anew.

It renders the page and reads the HTML back, so that it shares neither parser nor slug nor way of extraction with
`parse_github`. Far slower, so it runs only when asked for; its libraries are imported only then.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.parse.github import parse_github
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FOOTNOTE_CLASSES = {"footnote-ref", "footnote-backref", "footnote-item", "footnote-anchor"}


class GithubDifference(NamedTuple):
    """Something that the two readings do not agree on; one of the two sides may be empty.

    ``kind`` is ``"panic"``, ``"heading"``, ``"id"``, ``"link"``, ``"image"`` or ``"table"``.
    """

    kind: str
    rendered: str
    parsed: str


def verify_github(source: SourceText) -> tuple[GithubDifference, ...]:
    """Where `parse_github` and markdown-it-py disagree about ``source``; empty where they agree.

    Raises:
        ImportError: markdown-it-py or mdit-py-plugins is not installed.
    """
    view = parse_github(source)
    if view is None:
        return (GithubDifference("panic", "", "the Markdown library broke down"),)
    md = _renderer()
    tokens = md.parse(_body(source.text))
    page = _Page()
    page.feed(md.renderer.render(tokens, md.options, {}))
    page.close()
    tables = sum(token.type == "table_open" for token in tokens)
    ids = page.ids.union(heading.rpartition("#")[2] for heading in page.headings)
    parsed = [f"h{heading.level} {heading.text}#{heading.id}" for heading in view.headings]
    return (
        *_differences("heading", Counter(page.headings), Counter(parsed)),
        *_differences("id", Counter(ids), Counter(view.ids)),
        *_differences("link", page.links, Counter(link.destination for link in view.links if not link.is_image)),
        *_differences("image", page.images, Counter(link.destination for link in view.links if link.is_image)),
        *_differences("table", Counter({"table": tables}), Counter({"table": len(view.tables)})),
    )


def _differences(kind: str, rendered: Counter[str], parsed: Counter[str]) -> Iterator[GithubDifference]:
    yield from (GithubDifference(kind, one, "") for one in sorted((rendered - parsed).elements()))
    yield from (GithubDifference(kind, "", one) for one in sorted((parsed - rendered).elements()))


def _body(text: str) -> str:
    from convergence_docs.yaml_document import YamlProblem, read_yaml

    block = _FRONT_MATTER.match(text)
    if block is None:
        return text
    try:
        values = read_yaml(block["yaml"]).value
    except YamlProblem:
        return text[block.end() :]
    return text[block.end() :] if values is None or isinstance(values, dict) else text


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 1000}).enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False, move_to_end=True)
    md.use(dollarmath_plugin, allow_space=False, allow_digits=True, allow_labels=False, double_inline=True)
    md.disable("math_block")  # it swallows fences and headings up to the next "$$", which GitHub does not
    # A mark is its number, and nothing else about it is compared.
    md.add_render_rule("footnote_ref", lambda self, tokens, at, options, env: str(tokens[at].meta["id"] + 1))
    # The destination as written: percent-encoding and GitHub's own filter for schemes are not in question here.
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]  # the documented way
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way
    return md


def _slug(text: str) -> str:
    """GitHub's slug, from github-slugger's documentation: word characters, marks, hyphens, and blanks as hyphens."""
    kept = []
    for character in text.lower():
        category = unicodedata.category(character)
        is_other_number = category == "No"
        is_circled_letter = category == "So" and unicodedata.name(character, "").find(" LETTER ") > 0
        is_word = re.match(r"\w", character) and not is_other_number
        if is_word or category.startswith("M") or category == "Pc" or character in "- " or is_circled_letter:
            kept.append("-" if character == " " else character)
    return "".join(kept)


class _Page(HTMLParser):
    """Collects headings, ids, link targets and images of a rendered page; footnote marks are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[str] = []
        self.ids: set[str] = set()
        self.links: Counter[str] = Counter()
        self.images: Counter[str] = Counter()
        self._seen: dict[str, int] = {}
        self._heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._heading = []
        if _FOOTNOTE_CLASSES & set(values.get("class", "").split()):
            return
        self.ids.update(values[name] for name in ("id", "name") if values.get(name))
        if tag == "a" and "href" in values:
            self.links[values["href"]] += 1
        elif tag == "img" and "src" in values:
            self.images[values["src"]] += 1

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)

    def handle_endtag(self, tag: str) -> None:
        if len(tag) != 2 or tag[0] != "h" or tag[1] not in "123456" or self._heading is None:
            return
        text = "".join(self._heading)
        self._heading = None
        slug = unique = _slug(text)
        while unique in self._seen:
            self._seen[slug] += 1
            unique = f"{slug}-{self._seen[slug]}"
        self._seen[unique] = 0
        self.headings.append(f"{tag} {' '.join(text.split())}#{unique}")
