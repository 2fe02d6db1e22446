"""Values in HTML: a bar for a percentage, words for assistive technology beside stars."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from math import inf

from convergence_docs.diagnostic import Language
from convergence_docs.model.values.quantity import Interval, render_number
from convergence_docs.model.values.rating import Rating, read_star_ratings
from convergence_docs.model.values.value import Value, ValueKind

_STAR = re.compile("[★☆⭐🌟✩]")
_RUN = re.compile("[★☆⭐🌟✩][★☆⭐🌟✩½⯨\ufe0f]+")
_OPAQUE = re.compile(
    r"<!--|<(pre|code|script|style|svg|math|textarea|title)(?=[\s>])[^<>]*>|<(span) class=\"cd-stars\"[^<>]*>"
)
"""Where elements begin whose text is not running text."""
_NOTE = re.compile(r"\[\^[^\]]*\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"\*+|`+|~~")


def render_value(value: Value, language: Language) -> str:
    """A value as a matrix or a term's table shows it."""
    shown = _stars(html.escape(plain_words(value.text), quote=False), language, value.size)
    if is_share(value):
        assert value.interval is not None
        return f'<span class="cd-share">{shown}{render_bar(value.interval)}</span>'
    return shown


def plain_words(text: str) -> str:
    """A value as a reader sees it: the marks of Markdown within it, links and footnotes gone."""
    return _EMPHASIS.sub("", _LINK.sub(r"\1", _NOTE.sub("", text))).strip()


def is_share(value: Value) -> bool:
    """Whether it is a percentage of a whole, which a bar can show; a change (提升 30%) is none, nor is 150%."""
    interval = value.interval
    return (
        value.kind is ValueKind.PERCENTAGE
        and interval is not None
        and not value.is_change
        and not value.problem
        and interval.low >= 0
        and interval.largest_named <= 100
    )


def render_bar(interval: Interval) -> str:
    """A bar from 0 to 100: solid as far as is certain, broken over what is only possible.

    It repeats what the text beside it says, so that it is hidden from assistive technology. Sizes are percentages of
    its own width: it scales without a script, and prints, which a background would not.
    """
    low, high = max(interval.low, 0.0), min(interval.high, 100.0)
    parts = ['<rect class="cd-bar__track" width="100%" height="100%" fill="currentColor" fill-opacity=".14"/>']
    if low > 0:
        parts.append(f'<rect class="cd-bar__sure" width="{_percent(low)}" height="100%" fill="currentColor"/>')
    if high > low:
        parts.append(
            f'<line class="cd-bar__open" x1="{_percent(low)}" x2="{_percent(high)}" y1="50%" y2="50%" '
            'stroke="currentColor" stroke-width="6" stroke-dasharray="2 2"/>'
        )
    return f'<svg class="cd-bar" width="100%" height="6" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def sort_key(value: Value) -> float | None:
    """The number by which a value is put in order: the middle of what it allows, an open end taken for its bound."""
    interval = value.interval
    if interval is None or value.problem:
        return None
    top = 100.0 if value.kind is ValueKind.PERCENTAGE and not value.is_change else inf
    high = min(interval.high, max(top, interval.low))
    if high == inf:
        return interval.low
    return (interval.low + high) / 2


def label_stars(page: str, language: Language, size: int = 0) -> str:
    """Give every rating in stars of a page's HTML its words, ``3 星，共 5 星``; code and formulas stay as they are.

    ``size`` is out of how many stars a rating is that shows no empty ones; 0 where nobody says.
    """
    runs = list(_RUN.finditer(page))
    if not runs:
        return page
    edges = [edge for span in _opaque_spans(page) for edge in span]
    parts, at = [], 0
    for run in runs:
        is_in_tag = page.rfind("<", at, run.start()) > page.rfind(">", at, run.start())
        if not is_in_tag and bisect_right(edges, run.start()) % 2 == 0:
            parts += [page[at : run.start()], _stars(run[0], language, size)]
            at = run.end()
    return "".join([*parts, page[at:]])


def _opaque_spans(page: str) -> Iterator[tuple[int, int]]:
    """What is no running text, in order; an element that nobody closes reaches to the end."""
    at = 0
    while tag := _OPAQUE.search(page, at):
        if tag[0].startswith("<!--"):
            end = page.find("-->", tag.end())
        else:
            end = page.find(f"</{tag[1] or tag[2]}", tag.end())
        at = end if end >= 0 else len(page)
        yield tag.start(), at


def _stars(text: str, language: Language, size: int) -> str:
    if not _STAR.search(text):
        return text
    parts, at = [], 0
    for rating in read_star_ratings(text):
        written = text[rating.span.start : rating.span.end]
        if len(written) < 2:
            continue  # one star alone marks a favourite or a footnote as often as it rates
        sized = rating if rating.size or rating.value > size else rating._replace(size=size)
        parts += [text[at : rating.span.start], star_span(written, sized, language)]
        at = rating.span.end
    return "".join([*parts, text[at:]])


def star_span(written: str, rating: Rating, language: Language) -> str:
    """Stars with the words that a screen reader says for them."""
    return f'<span class="cd-stars" role="img" aria-label="{star_words(rating, language)}">{written}</span>'


def star_words(rating: Rating, language: Language) -> str:
    """``3 星，共 5 星``; without a known size only ``3 星``."""
    value = render_number(float(rating.value))
    if language == "zh":
        return f"{value} 星，共 {rating.size} 星" if rating.size else f"{value} 星"
    return f"{value} of {rating.size} stars" if rating.size else f"{value} stars"


def _percent(number: float) -> str:
    return f"{render_number(round(number, 2))}%"
