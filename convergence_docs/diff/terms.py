"""Words of the vocabulary: what they are called, what they mean, and within which limits."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs.diff.context import Context
from convergence_docs.model.change import ChangeKind, Spot, Words
from convergence_docs.model.vocabulary import Term

Name = tuple[str, str]


def tell_terms(context: Context) -> None:
    """Compare the vocabularies, where both sides have one."""
    old, new = context.before.side.words, context.after.side.words
    if old is None or new is None or old.source.text == new.source.text:
        return
    before, after = _by_name(old), _by_name(new)
    for name, term in before.items():
        now = after.get(name)
        if now is None:
            context.tell(ChangeKind.TERM_REMOVED, _spot(old, term), None, subject=term.name, old=term.name)
        else:
            _tell_parts(context, old, term, new, now)
    for name, term in after.items():
        if name not in before:
            context.tell(ChangeKind.TERM_ADDED, None, _spot(new, term), subject=term.name, new=term.name)


def _tell_parts(context: Context, old: Words, term: Term, new: Words, now: Term) -> None:
    was, parts = _parts(term), _parts(now)
    for part, said in parts.items():
        if was[part] != said:
            context.tell(
                ChangeKind.TERM_CHANGED,
                _spot(old, term),
                _spot(new, now),
                subject=now.name,
                old=was[part],
                new=said,
                detail=part,
            )


def _by_name(words: Words) -> Mapping[Name, Term]:
    return {(term.kind, term.id): term for term in words.vocabulary.terms}


def _parts(term: Term) -> dict[str, str]:
    return {
        "name": term.name,
        "aliases": "、".join(sorted(term.names[1:])),
        "english": term.english,
        "scale": term.scale + (f" ({', '.join(term.steps)})" if term.steps else ""),
        "interval": _interval(term),
        "definition": term.definition,
        "driver": term.driver,
    }


def _interval(term: Term) -> str:
    if term.interval is None:
        return ""
    low, high, low_open, high_open = term.interval
    return f"{'(' if low_open else '['}{low:g}%, {high:g}%{')' if high_open else ']'}"


def _spot(words: Words, term: Term) -> Spot:
    return Spot(words.source.path, *words.source.position(min(term.span.start, len(words.source.text))), "")
