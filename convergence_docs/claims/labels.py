"""Claims of diagram labels: ``架构层收敛<br>收敛度 95%``, and a node ``收敛度: 95%`` whose owner the arrows tell.

A label that states a dimension alone belongs to the one node that leads to it; where several do, to the node from which
all of them come, if that states the same dimension itself. Everything else has no owner that is sure, and is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from convergence_docs.claims.names import SUBJECTS, find_term
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.signs import HAS_FIGURE, Signs
from convergence_docs.claims.subject import Subject, read_heading, subject_of
from convergence_docs.claims.words import Words
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.degree import degree_dimension
from convergence_docs.model.diagrams.diagram import Diagram, DiagramNode
from convergence_docs.model.nodes import Fence
from convergence_docs.model.values.qualifier import qualifiers_after
from convergence_docs.model.values.value import Reading, read_values
from convergence_docs.model.vocabulary import Term
from convergence_docs.regex import regex

_LEVEL = regex(r"\bL[0-9]\b")
_DEGREE = regex(r"(?<![A-Za-z])C(?![A-Za-z])")
_LINK = regex(r"\s*(?:约?[为是]|达到?|[:：=])?\s*")
_GLUE = " \t\n:：-–—|·,，(（"
_END = regex(r"[\s)）。]*")


class _Label(NamedTuple):
    """What a label states: of what (``None`` where it names nothing), in which dimension, and the value."""

    subject: Subject | None
    dimension: Term
    name: str
    words: Words
    reading: Reading


def label_claims(page: Page, signs: Signs) -> Iterator[Claim]:
    """The claims of a chapter's diagrams; none without a vocabulary. Diagrams without figures are not even read."""
    if page.names is None:
        return
    told = [fence.span for fence in page.chapter.fences if fence.language == "mermaid" and _is_told(page, fence, signs)]
    if told:
        for diagram in page.chapter.diagrams:
            if diagram.span in told:
                yield from _diagram_claims(page, diagram)


def _is_told(page: Page, fence: Fence, signs: Signs) -> bool:
    """Whether a diagram may state something: there are figures or levels in it, and a dimension, or C, is named."""
    if not signs.within(fence.span) and _LEVEL.search(page.text, *fence.body_span) is None:
        return False
    body = page.text[fence.body_span.start : fence.body_span.end]
    return page.names is not None and (page.names.dimensions.is_in(body) or _DEGREE.search(body) is not None)


def _diagram_claims(page: Page, diagram: Diagram) -> Iterator[Claim]:
    labels: dict[str, _Label] = {}
    for node in diagram.nodes:
        if (HAS_FIGURE.search(node.text) or _LEVEL.search(node.text)) and (label := _read(page, node)):
            labels[node.id] = label
    if not labels:
        return
    sources = _sources(diagram)
    nodes = {node.id: node for node in diagram.nodes}
    for id, label in labels.items():
        subject = label.subject or _owner(page, id, label, sources, nodes, labels)
        if subject is None:
            continue
        reading = label.reading
        yield page.claim(
            label.words.span(*reading.span),
            ClaimSource.DIAGRAM,
            subject,
            Named(label.name, label.dimension.id),
            reading.value,
            reading.scope,
            reading.year,
            nodes[id].span,
        )


def _read(page: Page, node: DiagramNode) -> _Label | None:
    """What a label states, if it is a dimension with one value, and perhaps a subject before it, and nothing else."""
    assert page.names is not None
    words = page.glass.words(*node.span)
    text = words.text
    for named in page.names.dimensions.find(text):
        readings = read_values(text[named.end :], named.end, named.term)
        if len(readings) != 1 or readings[0].value.interval is None:
            continue
        reading = readings[0]
        if not _LINK.fullmatch(text, named.end, reading.span.start) or not _ends(text, reading):
            continue
        before = text[: named.start].strip(_GLUE)
        term = find_term(page.vocabulary, before, *SUBJECTS)
        if before and term is None:
            return None
        subject = subject_of(term, before) if term else None
        return _Label(subject, named.term, text[named.start : named.end], words, reading)
    return _interval(page, words)


def _interval(page: Page, words: Words) -> _Label | None:
    """What a label states that gives an interval of C to something: ``L4 完全收敛<br>0.95 < C ≤ 1``."""
    vocabulary, text = page.vocabulary, words.text
    degree = degree_dimension(vocabulary) if vocabulary and _DEGREE.search(text) else None
    readings = read_values(text, 0, degree) if degree else ()
    if degree is None or len(readings) != 1 or not _ends(text, readings[0]):
        return None
    if not _DEGREE.search(readings[0].value.text) or readings[0].value.interval is None:
        return None
    subject = read_heading(text[: readings[0].span.start].strip(_GLUE), vocabulary).subject
    return _Label(subject, degree, degree.name, words, readings[0]) if subject and subject.id else None


def _ends(text: str, reading: Reading) -> bool:
    return _END.fullmatch(text, qualifiers_after(text, reading.span.end).end) is not None


def _sources(diagram: Diagram) -> Mapping[str, tuple[str, ...]]:
    """By node, the nodes from which arrows lead to it."""
    found: dict[str, list[str]] = {}
    for edge in diagram.edges:
        sources = found.setdefault(edge.target, [])
        if edge.source not in sources and edge.source != edge.target:
            sources.append(edge.source)
    return {target: tuple(sources) for target, sources in found.items()}


def _owner(
    page: Page,
    id: str,
    label: _Label,
    sources: Mapping[str, Sequence[str]],
    nodes: Mapping[str, DiagramNode],
    labels: Mapping[str, _Label],
) -> Subject | None:
    """Of what a label speaks that names nothing."""
    feeding = sources.get(id, ())
    if len(feeding) == 1:
        stated = labels.get(feeding[0])
        return stated.subject if stated else _named(page, nodes.get(feeding[0]))
    origins = {source for node in feeding for source in sources.get(node, ("",))}
    if len(feeding) < 2 or len(origins) != 1:
        return None
    stated = labels.get(origins.pop())
    return stated.subject if stated and stated.dimension.id == label.dimension.id else None


def _named(page: Page, node: DiagramNode | None) -> Subject | None:
    term = find_term(page.vocabulary, node.text, *SUBJECTS) if node else None
    return subject_of(term, node.text) if node and term else None
