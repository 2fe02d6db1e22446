"""The strip that tells where a chapter stands, as HTML: a list of ways to the chapters around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from convergence_docs.diagnostic import Wording
from convergence_docs.model.generated import term_page
from convergence_docs.model.values.quantity import Interval, render_number
from convergence_docs.model.vocabulary import Term
from convergence_docs.site.frame import Frame, escape, title_of
from convergence_docs.site.relations.place.strip import Step, Strip

_NAMES: Final[Mapping[str, Wording]] = {
    "layer": Wording("Where this chapter stands: layers", "本章所在的层"),
    "level": Wording("Where this chapter stands: levels", "本章所在的层级"),
    "driver": Wording("Where this chapter stands: drivers", "本章所在的驱动力"),
}
_DEGREE: Final = Wording("Degree ", "收敛度 ")


def render_strip(strip: Strip, homes: Mapping[str, str], frame: Frame) -> str:
    """The strip; ``homes`` are the chapters that are about a subject, by its key."""
    steps = "".join(_step(step, step.term == strip.here, homes, frame) for step in strip.steps)
    return (
        f'<nav class="cd-place cd-place--{strip.kind}" aria-label="{frame.say(_NAMES[strip.kind])}" '
        f"data-search-exclude><ol>{steps}</ol></nav>"
    )


def _step(step: Step, is_here: bool, homes: Mapping[str, str], frame: Frame) -> str:
    name = escape(title_of(step.term))
    if is_here:
        shown = f'<strong class="cd-place__name" aria-current="page">{name}</strong>'
    else:
        shown = _linked(step.term, step.home, name, frame)
    here = " cd-place__step--here" if is_here else ""
    return f'<li class="cd-place__step{here}">{_bar(step)}{shown}{_value(step, homes, frame)}</li>'


def _linked(term: Term, home: str, name: str, frame: Frame) -> str:
    """A term's name as a link to the chapter about it, else to its own page, else as it is."""
    named = ' class="cd-place__name"'
    for path in (home, f"{frame.terms}/{term_page(term)}" if frame.terms else ""):
        if path and frame.address_of(path):
            return frame.link(path, "", name, named)
    return f"<span{named}>{name}</span>"


def _value(step: Step, homes: Mapping[str, str], frame: Frame) -> str:
    if step.degree is None:
        return ""
    said = f'<span class="cd-hidden">{frame.say(_DEGREE)}</span>{escape(step.degree.text)}'
    level = step.degree.level
    if level is not None:
        said += f" {_linked(level, homes.get(f'level:{level.id}', ''), escape(level.id), frame)}"
    return f'<span class="cd-place__value">{said}</span>'


def _bar(step: Step) -> str:
    """A line above the name: of a degree how far it reaches, of a level the stretch that it covers."""
    if step.degree is None:
        return '<svg class="cd-place__bar" width="100%" height="4" aria-hidden="true" focusable="false"></svg>'
    low, high = _within(step.degree.interval)
    if step.term.kind == "level":
        parts = f'<rect class="cd-place__sure" x="{_at(low)}" width="{_at(high - low)}" height="4"/>'
    else:
        open_part = f'<rect class="cd-place__open" x="{_at(low)}" width="{_at(high - low)}" height="4"/>'
        parts = f'<rect class="cd-place__sure" width="{_at(low)}" height="4"/>' + (open_part if high > low else "")
    return f'<svg class="cd-place__bar" width="100%" height="4" aria-hidden="true" focusable="false">{parts}</svg>'


def _within(interval: Interval) -> tuple[float, float]:
    return max(interval.low, 0.0), min(interval.high, 100.0)


def _at(number: float) -> str:
    return f"{render_number(round(number, 2))}%"
