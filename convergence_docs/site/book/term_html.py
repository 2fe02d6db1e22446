"""The parts of a term's page in HTML: names, claims, factors, mentions, related terms."""

from __future__ import annotations

from collections.abc import Sequence

from convergence_docs.diagnostic import Wording
from convergence_docs.model.vocabulary import Term
from convergence_docs.site import words
from convergence_docs.site.book.chart import range_words
from convergence_docs.site.book.matrix import Stated
from convergence_docs.site.book.matrix_html import render_claims, render_stated
from convergence_docs.site.book.terms import About, Mentioned, level_range
from convergence_docs.site.frame import Frame, escape


def render_names(term: Term, home: str, frame: Frame) -> str:
    """What a term is called, the range of a level, and the chapter that is about it."""
    rows = []
    if term.english:
        rows.append((words.ENGLISH, f'<span lang="en">{escape(term.english)}</span>'))
    if len(term.names) > 1:
        separator = "、" if frame.language == "zh" else ", "
        rows.append((words.ALIASES, escape(separator.join(term.names[1:]))))
    if term.interval is not None:
        rows.append((words.NUMBER_RANGE, escape(range_words(level_range(term)))))
    if home:
        rows.append((words.HOME, frame.link(home, "", escape(frame.titles.get(home, home)))))
    items = "".join(f"<div><dt>{frame.say(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<dl class="cd-facts">{items}</dl>' if items else ""


def render_about(abouts: Sequence[About], frame: Frame) -> str:
    """The claims of a term by dimension."""
    return render_claims(((one.name, one.term, one.values) for one in abouts), frame)


def render_level(found: Sequence[tuple[Term, Stated]], frame: Frame) -> str:
    """The subjects at a level, each with the value that puts it there."""
    if not found:
        said = Wording("No subject is known to be at this level.", "目前没有对象处在这一层级。")
        return f'<p class="cd-note">{frame.say(said)}</p>'
    items = "".join(
        f'<li><span class="cd-at__name">{frame.term(term)}</span>{render_stated(stated, frame)}</li>'
        for term, stated in found
    )
    return f'<ul class="cd-at">{items}</ul>'


def render_mentions(mentions: Sequence[Mentioned], frame: Frame) -> str:
    """The chapters that mention a term, with the sections that do so most."""
    if not mentions:
        return f'<p class="cd-note">{frame.say(words.NOT_MENTIONED)}</p>'
    items = []
    for one in mentions:
        plural = "" if one.times == 1 else "s"
        counted = frame.say(Wording(f"{one.times} time{plural}", f"{one.times} 次"))
        chapter = frame.link(one.path, "", escape(one.title))
        named = [section for section in one.sections if section.heading != one.title]
        sections = "".join(f"<li>{frame.link(one.path, part.anchor, escape(part.heading))}</li>" for part in named)
        inner = f'<ul class="cd-sections">{sections}</ul>' if sections else ""
        items.append(f'<li><div>{chapter} <span class="cd-count">{counted}</span></div>{inner}</li>')
    return f'<ul class="cd-mentions">{"".join(items)}</ul>'


def render_related(related: Sequence[tuple[Term, int]], frame: Frame) -> str:
    """Terms that stand in the same sections."""
    items = []
    for term, count in related:
        plural = "" if count == 1 else "s"
        together = frame.say(Wording(f"{count} section{plural}", f"同在 {count} 节"))
        kind = frame.say(words.KIND_NAMES[term.kind])
        items.append(
            f'<li>{frame.term(term)} <small class="cd-limits">{kind}</small> '
            f'<span class="cd-count">{together}</span></li>'
        )
    return f'<ul class="cd-related">{"".join(items)}</ul>' if items else ""
