"""Diagrams: nodes and edges by what a reader sees of them; ids, order and style count for nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from convergence_docs.diff.context import Context, Which
from convergence_docs.diff.pairing import best_pairs
from convergence_docs.model.change import ChangeKind, Spot
from convergence_docs.model.diagrams.diagram import Diagram, DiagramNode
from convergence_docs.text import Span

_KINDS = {"graph": "flowchart", "flowchart-elk": "flowchart"}
_DIGITS = re.compile(r"[\d.,%％★☆]+")
ALIKE = 0.3
"""Share of labels in common from which two diagrams are taken for one."""
MOST_PAIRS = 10_000
"""Diagrams of one chapter that are weighed against each other; beyond that they are taken in their order."""
ARROW = " → "


class Drawn(NamedTuple):
    """A diagram and the chapter in which it is drawn."""

    path: str
    diagram: Diagram


def tell_diagrams(context: Context) -> None:
    """Compare the diagrams of every chapter that is on both sides."""
    groups: dict[str, tuple[list[Drawn], list[Drawn]]] = defaultdict(lambda: ([], []))
    for path, chapter in context.changed(context.before):
        for diagram in chapter.diagrams:
            home = context.home(path, diagram.span.start)
            if home is not None:
                groups[home][0].append(Drawn(path, diagram))
    for path, chapter in context.changed(context.after):
        if not context.is_new(path):
            groups[path][1].extend(Drawn(path, diagram) for diagram in chapter.diagrams)
    for old, new in groups.values():
        for one, other in _paired(context, old, new):
            old.remove(one)
            new.remove(other)
            _Comparison(context, one, other).tell()
        for one in old:
            spot = context.before_spot(one.path, one.diagram.span.start)
            context.tell(ChangeKind.DIAGRAM_REMOVED, spot, None, old=_title(one.diagram), detail=one.diagram.kind)
        for one in new:
            spot = context.after_spot(one.path, one.diagram.span.start)
            context.tell(ChangeKind.DIAGRAM_ADDED, None, spot, new=_title(one.diagram), detail=one.diagram.kind)


def _title(diagram: Diagram) -> str:
    """The first labels, so that a reader knows which diagram is meant."""
    words = [node.text for node in diagram.nodes[:3]] or list(diagram.lines[:1])
    return "、".join(words)


def _paired(context: Context, old: list[Drawn], new: list[Drawn]) -> list[tuple[Drawn, Drawn]]:
    """Which diagram became which: equal ones, then those in the same section, then those with like labels."""
    if len(old) * len(new) > MOST_PAIRS:
        return list(zip(old, new, strict=False))
    weighed = []
    labels = {id(one): _labels(one.diagram) for one in (*old, *new)}
    for at, one in enumerate(old):
        section = context.section_now(one.path, one.diagram.span.start)
        for place, other in enumerate(new):
            if _kind(one.diagram) != _kind(other.diagram):
                continue
            is_here = context.after.section_at(other.path, other.diagram.span.start) is section
            shared = sum((labels[id(one)] & labels[id(other)]).values())
            likeness = 2 * shared / max(sum(labels[id(one)].values()) + sum(labels[id(other)].values()), 1)
            if likeness >= ALIKE or (is_here and (shared or other.diagram.lines)):
                weighed.append((-likeness, not is_here, abs(at - place), at, place))
    return best_pairs(old, new, weighed)


def _labels(diagram: Diagram) -> Counter[str]:
    return Counter([node.text for node in diagram.nodes] + list(diagram.lines))


def _kind(diagram: Diagram) -> str:
    return _KINDS.get(diagram.kind, diagram.kind)


class _Comparison:
    """Two diagrams that are one."""

    def __init__(self, context: Context, old: Drawn, new: Drawn) -> None:
        self.context = context
        self.old = old
        self.new = new
        self.words: dict[str, str] = {}
        """What an old node reads now, by its id."""

    def tell(self) -> None:
        """Say what differs."""
        old, new = self.old.diagram, self.new.diagram
        self._tell_nodes()
        self._tell_edges()
        if Counter(old.lines) != Counter(new.lines):
            gone, come = Counter(old.lines) - Counter(new.lines), Counter(new.lines) - Counter(old.lines)
            self.context.tell(
                ChangeKind.DIAGRAM_CHANGED,
                self._before(old.span),
                self._after(new.span),
                subject=_title(new),
                old=" / ".join(list(gone)[:3]),
                new=" / ".join(list(come)[:3]),
                detail=new.kind,
                extent=max(gone.total(), come.total()),
            )

    def _tell_nodes(self) -> None:
        waiting: dict[str, list[DiagramNode]] = defaultdict(list)
        for node in self.new.diagram.nodes:
            waiting[node.text].append(node)
        gone = []
        for node in self.old.diagram.nodes:
            if waiting[node.text]:
                waiting[node.text].pop(0)
                self.words[node.id] = node.text
            else:
                gone.append(node)
        come = {node.id: node for nodes in waiting.values() for node in nodes}
        for node in gone:
            now = come.pop(node.id, None)
            self.words[node.id] = now.text if now else node.text
            if now is None:
                self._tell(ChangeKind.NODE_REMOVED, node.span, None, subject=node.text, old=node.text)
            elif not self._is_told(node, now):
                self._tell(ChangeKind.NODE_CHANGED, node.span, now.span, subject=now.text, old=node.text, new=now.text)
        for node in come.values():
            self._tell(ChangeKind.NODE_ADDED, None, node.span, subject=node.text, new=node.text)

    def _is_told(self, old: DiagramNode, new: DiagramNode) -> bool:
        """Whether the label differs in a figure alone, and the change of that figure is told."""
        is_figure = _DIGITS.sub("", old.text) == _DIGITS.sub("", new.text)
        return is_figure and self.context.is_told(Which.AFTER, self.new.path, new.span)

    def _tell_edges(self) -> None:
        old, new = self._edges_before(), self._edges_after()
        gone = {ends: words for ends, words in old.items() if set(words) != set(new.get(ends, {}))}
        come = {ends: words for ends, words in new.items() if set(words) != set(old.get(ends, {}))}
        for ends, words in gone.items():
            now = come.pop(ends, None)
            edge = ARROW.join(ends)
            if now is None:
                for said, span in words.items():
                    self._tell(ChangeKind.EDGE_REMOVED, span, None, subject=edge, old=edge, detail=said)
            else:
                self._tell_words(edge, words, now)
        for ends, words in come.items():
            edge = ARROW.join(ends)
            for said, span in words.items():
                self._tell(ChangeKind.EDGE_ADDED, None, span, subject=edge, new=edge, detail=said)

    def _tell_words(self, edge: str, old: dict[str, Span], new: dict[str, Span]) -> None:
        gone = [said for said in old if said not in new]
        come = [said for said in new if said not in old]
        before = old[gone[0]] if gone else next(iter(old.values()))
        after = new[come[0]] if come else next(iter(new.values()))
        if not self.context.is_told(Which.AFTER, self.new.path, after):
            self._tell(ChangeKind.EDGE_CHANGED, before, after, subject=edge, old=" / ".join(gone), new=" / ".join(come))

    def _edges_before(self) -> dict[tuple[str, str], dict[str, Span]]:
        found: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
        for edge in self.old.diagram.edges:
            ends = self.words.get(edge.source, edge.source), self.words.get(edge.target, edge.target)
            found[ends].setdefault(edge.text, edge.span)
        return found

    def _edges_after(self) -> dict[tuple[str, str], dict[str, Span]]:
        words = {node.id: node.text for node in self.new.diagram.nodes}
        found: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
        for edge in self.new.diagram.edges:
            ends = words.get(edge.source, edge.source), words.get(edge.target, edge.target)
            found[ends].setdefault(edge.text, edge.span)
        return found

    def _tell(
        self,
        kind: ChangeKind,
        before: Span | None,
        after: Span | None,
        *,
        subject: str,
        old: str = "",
        new: str = "",
        detail: str = "",
    ) -> None:
        spots = self._before(before) if before else None, self._after(after) if after else None
        self.context.tell(kind, *spots, subject=subject, old=old, new=new, detail=detail)

    def _before(self, span: Span) -> Spot:
        return self.context.before_spot(self.old.path, span.start)

    def _after(self, span: Span) -> Spot:
        return self.context.after_spot(self.new.path, span.start)
