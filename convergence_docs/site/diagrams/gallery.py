"""One build's diagrams: found in the pages, drawn or left to the browser, and put back with words and source.

A diagram takes three steps through MkDocs' events, so that everybody on the way sees what he can use: other plugins
the fence's own HTML, the search index the words in the diagram once and nothing of SVG, mermaid2 only what is left for
the browser to draw.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.diagnostic import Language
from convergence_docs.model.nodes import Fence
from convergence_docs.parse.mermaid import parse_diagram
from convergence_docs.site.diagrams.figure_html import Drawing, Plate, figure
from convergence_docs.site.diagrams.telling import Telling, tell
from convergence_docs.site.diagrams.workshop import Workshop
from convergence_docs.text import Span

_BLOCK = re.compile(
    r'<pre [^<>]*class="mermaid"[^<>]*><code>(?P<code>[^<>]*)</code></pre>'
    r'|<div [^<>]*class="mermaid"[^<>]*>(?P<text>[^<>]*)</div>'
)
_MARK = re.compile(r"""<p data-cd-diagram=["']?(\d+)["']?>.*?</p>""", re.DOTALL)


BETWEEN_LABELS = "\u2029"
"""What parts the words of a diagram: white space, but not such as stands in a text."""


class Hung(NamedTuple):
    """A diagram of a page."""

    source: str
    telling: Telling
    drawing: Callable[[str], Drawing] | None


class Gallery:
    """The diagrams of one build."""

    def __init__(self, language: Language, workshop: Workshop) -> None:
        self.language = language
        self._workshop = workshop
        self._hung: dict[str, list[Hung]] = {}
        self._expected: dict[str, None] = {}

    def expect(self, content: str) -> None:
        """Note which diagrams a rendered page holds."""
        if 'class="mermaid"' in content:
            self._expected.update((_source(match), None) for match in _BLOCK.finditer(content))

    def prepare(self) -> None:
        """Draw all that is expected."""
        self._workshop.prepare(self._expected)

    def close(self) -> None:
        """End the build."""
        self._workshop.close()

    def take_down(self, content: str, page: str) -> str:
        """A page's content with each diagram's words in its place, for the search index."""
        if 'class="mermaid"' not in content:
            return content
        hung = self._hung[page] = []

        def replace(match: re.Match[str]) -> str:
            hung.append(self._hang(_source(match)))
            telling = hung[-1].telling
            words = [text for text in (telling.title, telling.description, *telling.labels) if text]
            text = BETWEEN_LABELS.join(words) or hung[-1].source
            return f'<p data-cd-diagram="{len(hung) - 1}">{html.escape(text, quote=False)}</p>'

        return _BLOCK.sub(replace, content)

    def put_up(self, content: str, page: str) -> str:
        """A page's content with the diagrams that the reader's browser draws, for the template."""
        return self._placed(content, page, is_last=False)

    def finish(self, output: str, page: str) -> str:
        """A page's HTML with the diagrams that were drawn already."""
        output = self._placed(output, page, is_last=True)
        self._hung.pop(page, None)
        return output

    def _placed(self, text: str, page: str, *, is_last: bool) -> str:
        hung = self._hung.get(page)
        if not hung or "data-cd-diagram" not in text:
            return text

        def replace(match: re.Match[str]) -> str:
            number = int(match[1])
            if number >= len(hung):
                return match[0]
            source, telling, drawing = hung[number]
            if not is_last and drawing:
                return match[0]
            scope = f"cd-d{number + 1}"
            plate = Plate(scope, source, telling, drawing(scope) if drawing else None)
            return figure(plate, self.language)

        return _MARK.sub(replace, text)

    def _hang(self, source: str) -> Hung:
        telling = tell(self._workshop.read(source), parse_diagram(source, whole(source)))
        if telling.complaint or telling.limit:
            return Hung(source, telling, None)
        work = self._workshop.draw(source)
        return Hung(source, telling._replace(limit=work.limit), work.drawing)


def open_gallery(config: Config | None, language: Language, *, draws: bool) -> Gallery:
    """The gallery of a build. ``draws``: whether diagrams are drawn now rather than in the browser."""
    return Gallery(language, Workshop(config, draws=draws))


def whole(source: str) -> Fence:
    """A source as a fence that holds nothing else."""
    span = Span(0, len(source))
    return Fence(span, "mermaid", "mermaid", span)


def _source(match: re.Match[str]) -> str:
    """What Mermaid is given for a block. Superfences and mermaid2 end it with a line break, which is not its own."""
    return html.unescape(match["code"] if match["code"] is not None else match["text"]).strip("\n")
