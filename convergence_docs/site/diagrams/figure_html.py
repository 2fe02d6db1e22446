"""A diagram on its page: the drawing in a box of its own, what it says in words, and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.site.diagrams.telling import Telling, Way

MORE: Final = Wording("Text and source", "文字说明与源码")
SOURCE: Final = Wording("Source", "源码")
LOOSE: Final = Wording("Not connected", "没有连线")
LABELS: Final = Wording("Words in it", "图中文字")
CANNOT: Final = Wording("This diagram cannot be drawn: ", "这张图无法绘制：")
OMITTED: Final = Wording("… and {n} more", "……另有 {n} 项")
SIGNS: Final = {
    "to": ("→", Wording("leads to", "通向")),
    "maybe": ("⇢", Wording("dotted, leads to", "虚线通向")),
    "both": ("↔", Wording("to and from", "双向连接")),
    "with": ("—", Wording("is connected with", "连接")),
    "holds": ("⊃", Wording("holds", "包括")),
}
_MOST = 300
"""Lines of a text alternative."""
_LARGEST = 1.5
"""Times its natural size that a drawing is shown at for the sake of small letters."""
_SVG = re.compile(r"<svg\b(?P<attributes>[^<>]*)>")
_TITLE = re.compile(r"<(title|desc)\b[^<>]*>[^<>]*</\1>")
_NAMING = re.compile(r'\s(?:role|aria-[\w-]+)="[^"]*"')
_STYLE = re.compile(r'\sstyle="([^"]*)"')


class Drawing(NamedTuple):
    """An SVG, its natural size in CSS pixels, and the size of its smallest letters, 0 without any."""

    svg: str
    width: float
    height: float
    smallest: float


class Plate(NamedTuple):
    """What a figure is made of. ``drawing`` is ``None`` where the reader's browser has to draw."""

    scope: str
    source: str
    telling: Telling
    drawing: Drawing | None


def figure(plate: Plate, language: Language) -> str:
    """A diagram as a figure: drawn already, to be drawn in the browser, or broken."""
    fault = plate.telling.fault(language)
    name, about = escape(plate.telling.name(language)), f"{plate.scope}-about"
    if plate.drawing:
        state, view = "drawn", _drawn(plate.drawing, name, about)
    elif fault:
        state = "broken"
        view = (
            f'<p class="cd-diagram__fault">{CANNOT.to(language)}{escape(fault, quote=False)}</p>'
            f'<pre class="cd-diagram__source" tabindex="0">{escape(plate.source, quote=False)}</pre>'
        )
    else:
        # What mermaid2's own fence writes, so that it, Material or the viewer draws it.
        state = "source"
        view = f'<pre class="mermaid"><code>{escape(plate.source, quote=False)}\n</code></pre>'
    more = "" if state == "broken" else _more(plate, about, language)
    return (
        f'<figure class="cd-diagram" data-cd-state="{state}" data-cd-name="{name}"{_direction(plate.telling)}>'
        f'<div class="cd-diagram__view">{view}</div>{more}</figure>'
    )


def _direction(telling: Telling) -> str:
    """Of what runs downwards or upwards the middle is shown first, where the box shows a part only."""
    return ' data-cd-middle=""' if telling.direction in ("TB", "TD", "BT") else ""


def _drawn(drawing: Drawing, name: str, about: str) -> str:
    """The SVG, named by its author's words or what was made of the graph, and free to be scaled by the style sheet."""
    svg = _TITLE.sub("", drawing.svg, count=2)  # a browser shows it under the pointer, over the drawing
    match = _SVG.match(svg)
    if match is None:
        return svg
    attributes = _NAMING.sub("", match["attributes"])
    style = _STYLE.search(attributes)
    declared = f"{style[1]};" if style else ""
    size = f"--cd-width:{drawing.width:g}px;--cd-ratio:{drawing.width:g}/{drawing.height:g}"
    size += f";--cd-least:{_least(drawing.smallest):.3g}"
    named = f' role="img" aria-label="{name}" aria-describedby="{about}" style="{declared}{size}"'
    attributes = _STYLE.sub("", attributes)
    return f"<svg{attributes}{named}>{svg[match.end() :]}"


def _least(smallest: float) -> float:
    """The scale at which the smallest letters are 12 px high, within bounds."""
    return min(_LARGEST, 12 / smallest) if smallest > 0 else 0.5


def _more(plate: Plate, about: str, language: Language) -> str:
    summary = escape(plate.telling.summary(language), quote=False)
    return (
        '<div class="cd-diagram__foot"><details class="cd-diagram__more">'
        f"<summary>{MORE.to(language)}</summary>"
        f'<p id="{about}">{summary}</p>{_words(plate.telling, language)}'
        f'<p class="cd-diagram__caption">{SOURCE.to(language)}</p>'
        f'<pre class="cd-diagram__source" tabindex="0">{escape(plate.source, quote=False)}</pre>'
        "</details></div>"
    )


def _words(telling: Telling, language: Language) -> str:
    """What leads to what, a line for each node; where no edges are known, the words alone."""
    lines = list(_lines(telling, language))
    if not lines:
        return ""
    omitted = len(lines) - _MOST
    if omitted > 0:
        lines[_MOST:] = [OMITTED.to(language).format(n=omitted)]
    return f'<ul class="cd-diagram__words">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _lines(telling: Telling, language: Language) -> Iterator[str]:
    for step in telling.steps:
        for way in step.ways:
            yield f"<b>{escape(step.text, quote=False)}</b> {_way(way, language)}"
    if telling.loose:
        yield f"{LOOSE.to(language)}{_colon(language)}{_listed(telling.loose, language)}"
    if not telling.steps and not telling.loose and telling.labels:
        yield f"{LABELS.to(language)}{_colon(language)}{_listed(telling.labels, language)}"


def _way(way: Way, language: Language) -> str:
    arrow, wording = SIGNS[way.sign]
    sign = f'<span class="cd-diagram__sign" role="img" aria-label="{wording.to(language)}">{arrow}</span>'
    label = f"<i>{escape(way.label, quote=False)}</i>{_colon(language)}" if way.label else ""
    return f"{sign} {label}{_listed(way.targets, language)}"


def _listed(texts: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(escape(text, quote=False) for text in texts)


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "
