"""How differences on purpose are declared, and what they cover.

In the vocabulary, for the whole book::

    differences:
      - subject: 架构层
        dimension: 采用率
        values: [95%以上, 90%]
        reason: 前者只算新产品，后者包括旧系统。

In a chapter's front matter, in the same form, for that chapter's figures alone.
"""

from __future__ import annotations

from typing import Any

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.difference import Difference
from convergence_docs.model.claims.topic import KINDS, key_of
from convergence_docs.model.values.qualifier import comparable_scope
from convergence_docs.model.vocabulary import Vocabulary, normalise
from convergence_docs.text import Span


def is_covering(difference: Difference, path: str, claim: Claim) -> bool:
    """Whether a claim of the chapter ``path`` may differ from the others."""
    return (
        bool(difference.subject)
        and claim.key == (difference.subject, difference.dimension)
        and (not difference.paths or path in difference.paths or path.rpartition("/")[2] in difference.paths)
        and (not difference.values or normalise(claim.value.text) in difference.values)
        and (not difference.scope or comparable_scope(claim.scope) == comparable_scope(difference.scope))
        and (difference.year is None or claim.year == difference.year)
    )


def make_difference(values: dict[str, Any], span: Span, vocabulary: Vocabulary | None) -> Difference:
    """A difference from what is declared; what it names is resolved by the vocabulary, by name or alias."""
    subject, dimension = _text(values.get("subject")), _text(values.get("dimension"))
    topic = vocabulary.find(subject, *KINDS) if vocabulary else None
    known = vocabulary.find(dimension, "dimension") if vocabulary else None
    year = _text(values.get("year"))
    return Difference(
        span=span,
        subject=key_of(topic) if topic else normalise(subject),
        dimension=known.id if known else normalise(dimension),
        values=tuple(map(normalise, _texts(values.get("values")))),
        scope=_text(values.get("scope")),
        year=int(year) if year.isdecimal() else None,
        paths=_texts(values.get("chapters")),
        reason=_text(values.get("reason")),
    )


def chapter_differences(chapter: Chapter, vocabulary: Vocabulary | None = None) -> tuple[Difference, ...]:
    """The differences that a chapter declares in its front matter, for its own figures.

    One that is no mapping, or names no subject, covers nothing, and so is found as one that is not needed.
    """
    declared = chapter.front_matter.values.get("differences")
    if not declared:
        return ()
    items = declared if isinstance(declared, list) else [declared]
    spans = _places(chapter, items)
    return tuple(
        make_difference(item if isinstance(item, dict) else {}, span, vocabulary)._replace(paths=(chapter.path,))
        for item, span in zip(items, spans, strict=True)
    )


def _places(chapter: Chapter, items: list[Any]) -> list[Span]:
    """The line of each item's subject: YAML's values have lost their places, but keep their order."""
    text, (at, end) = chapter.source.text, chapter.front_matter.span
    at = max(at, text.find("differences", at, end))
    spans = []
    for item in items:
        subject = _text(item.get("subject")) if isinstance(item, dict) else ""
        found = text.find(subject, at, end) if subject else at
        found = at if found < 0 else found
        spans.append(Span(found, found + (len(subject) or len("differences"))))
        at = spans[-1].end
    return spans


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(text for text in map(_text, items) if text)
