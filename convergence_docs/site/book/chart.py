"""A chart of one percentage by subject, drawn when the site is built: bars over the bands of the levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from convergence_docs.diagnostic import Wording
from convergence_docs.model.values.quantity import Interval, render_number
from convergence_docs.model.vocabulary import Term
from convergence_docs.site import words
from convergence_docs.site.frame import Frame, escape

_HEAD = 24
"""Pixels above the first bar: the names of the bands."""
_ROW = 52
_BAR = 14
_FOOT = 22
"""Pixels below the last bar: the scale."""


class Bar(NamedTuple):
    """A value of a subject: its text, its interval in percent, its scope, whether another place contradicts it."""

    text: str
    interval: Interval
    scope: str = ""
    is_disputed: bool = False


class Line(NamedTuple):
    """A subject and its values, mostly one."""

    name: str
    bars: tuple[Bar, ...]


class Band(NamedTuple):
    """A level: its short name, its full name, and the stretch of the scale that it covers, in percent."""

    id: str
    name: str
    interval: Interval


def bands_of(levels: Sequence[Term]) -> tuple[Band, ...]:
    """The bands of those levels that have an interval."""
    return tuple(Band(level.id, level.name, Interval(*level.interval)) for level in levels if level.interval)


def render_chart(title: str, lines: Sequence[Line], bands: Sequence[Band], frame: Frame, name: str = "cd-chart") -> str:
    """The chart as a figure with inline SVG. ``name`` is unique in the page: ids begin with it.

    Positions are percentages of the figure's own width and letters keep their size, so that it is as legible on a
    phone as on a desk. Colours are the style sheet's custom properties.
    """
    bars = [(line, bar) for line in lines for bar in line.bars]
    if not bars:
        return f'<p class="cd-note">{frame.say(words.NO_CLAIMS)}</p>'
    height = _HEAD + _ROW * len(bars) + _FOOT
    spoken = _description(lines, bands, frame)
    drawn = "".join(_bar(line, bar, _HEAD + _ROW * at, frame) for at, (line, bar) in enumerate(bars))
    return (
        f'<figure class="cd-chart"><svg width="100%" height="{height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(spoken)}</desc>{_bands(bands, height)}{_scale(height)}{drawn}</svg>'
        f"<figcaption>{escape(title)}{_legend(lines, bands, frame)}</figcaption></figure>"
    )


def _bands(bands: Sequence[Band], height: int) -> str:
    parts = []
    for at, band in enumerate(bands):
        low, high = max(band.interval.low, 0.0), min(band.interval.high, 100.0)
        middle = (low + high) / 2
        parts.append(
            f'<rect class="cd-band cd-band--{at % 2}" x="{_at(low)}" y="0" width="{_at(high - low)}" '
            f'height="{height - _FOOT}" fill="currentColor" fill-opacity="{".05" if at % 2 else ".11"}"/>'
            f'<text class="cd-chart__band" x="{_at(middle)}" y="16" text-anchor="middle" font-size="12">'
            f"{escape(band.id)}</text>"
        )
    return "".join(parts)


def _scale(height: int) -> str:
    base, parts = height - _FOOT, []
    for number, anchor in ((0, "start"), (25, "middle"), (50, "middle"), (75, "middle"), (100, "end")):
        parts.append(
            f'<line class="cd-chart__tick" x1="{number}%" x2="{number}%" y1="{base}" y2="{base + 5}" '
            f'stroke="currentColor"/><text class="cd-chart__number" x="{number}%" y="{height - 4}" '
            f'text-anchor="{anchor}" font-size="12">{number}%</text>'
        )
    return "".join(parts)


def _bar(line: Line, bar: Bar, top: int, frame: Frame) -> str:
    low, high = max(bar.interval.low, 0.0), min(bar.interval.high, 100.0)
    y = top + 26
    middle = y + _BAR // 2
    parts = []
    if low > 0:
        parts.append(
            f'<rect class="cd-chart__sure" x="0" y="{y}" width="{_at(low)}" height="{_BAR}" fill="currentColor"/>'
        )
    if high > low:
        parts.append(
            f'<line class="cd-chart__open" x1="{_at(low)}" x2="{_at(high)}" y1="{middle}" y2="{middle}" '
            f'stroke="currentColor" stroke-width="{_BAR}" stroke-dasharray="3 3"/>'
        )
        parts += (_end(at, middle, is_open) for at, is_open in _ends(bar.interval))
    flag = f" ≠ {words.DISPUTED.to(frame.language)}" if bar.is_disputed else ""
    scope = f"（{bar.scope}）" if bar.scope else ""
    parts.append(
        f'<text class="cd-chart__name" x="4" y="{top + 18}" font-size="14">{escape(line.name)} '
        f'<tspan class="cd-chart__value" font-weight="700">{escape(bar.text)}</tspan>{escape(scope)}'
        f'<tspan class="cd-chart__flag">{escape(flag)}</tspan></text>'
    )
    return "".join(parts)


def _ends(interval: Interval) -> Iterator[tuple[float, bool]]:
    """The two ends of a range, and whether each is open; an end at the scale's own end needs no mark."""
    if interval.low > 0:
        yield interval.low, interval.low_open
    if interval.high == inf:
        yield 100.0, True
    else:
        yield min(interval.high, 100.0), interval.high_open


def _end(at: float, middle: int, is_open: bool) -> str:
    """A hollow ring for an open end, a stop for a closed one."""
    if is_open:
        return (
            f'<circle class="cd-chart__end cd-chart__end--open" cx="{_at(at)}" cy="{middle}" r="5" '
            'fill="none" stroke="currentColor" stroke-width="2"/>'
        )
    return (
        f'<line class="cd-chart__end" x1="{_at(at)}" x2="{_at(at)}" y1="{middle - 11}" y2="{middle + 11}" '
        'stroke="currentColor" stroke-width="3"/>'
    )


def _legend(lines: Sequence[Line], bands: Sequence[Band], frame: Frame) -> str:
    names = "，".join(f"{band.id} {band.name} {range_words(band.interval)}" for band in bands)
    has_ranges = any(not bar.interval.is_point for line in lines for bar in line.bars)
    parts = [frame.say(words.SOLID)] if has_ranges else []
    if names:
        parts.append(frame.say(Wording(f"Bands: {names}.", f"底色分段：{names}。")))
    return f'<small class="cd-chart__legend">{frame.gap.join(parts)}</small>' if parts else ""


def range_words(interval: Interval) -> str:
    """A level's range, ``80%–95%`` with the open end marked: ``>80%–95%``."""
    low = f"{'>' if interval.low_open else ''}{render_number(interval.low)}"
    return f"{low}–{'<' if interval.high_open else ''}{render_number(interval.high)}%"


def _description(lines: Sequence[Line], bands: Sequence[Band], frame: Frame) -> str:
    said = []
    for line in lines:
        for bar in line.bars:
            level = next((band for band in bands if _is_within(bar.interval, band.interval)), None)
            at = f"（{level.id}）" if level else ""
            flag = f" {words.DISPUTED.to(frame.language)}" if bar.is_disputed else ""
            said.append(f"{line.name} {bar.text}{at}{flag}")
    return ("；" if frame.language == "zh" else "; ").join(said)


def _is_within(value: Interval, band: Interval) -> bool:
    return band.encloses(value.capped(100.0))


def _at(number: float) -> str:
    return f"{render_number(round(number, 2))}%"
