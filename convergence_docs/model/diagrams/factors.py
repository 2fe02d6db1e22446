"""The factors of a chapter in its diagram and in its table of drivers, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convergence_docs.model.diagrams.diagram import Diagram, DiagramNode
from convergence_docs.model.tables.layer_table import DriverTable, Label
from convergence_docs.model.vocabulary import normalise


class Difference(NamedTuple):
    """Factors that the table alone names, and nodes that the diagram alone has among those of the factors."""

    diagram: Diagram
    missing: tuple[Label, ...]
    surplus: tuple[DiagramNode, ...]


def differing_factors(table: DriverTable, diagrams: Sequence[Diagram]) -> Difference | None:
    """How the diagram of a table's factors differs from it; ``None`` where it agrees, or there is no such diagram.

    It is the one in which most factors hang from one node, side by side: two at least, and half of them.
    """
    factors = {normalise(row.factor.text): row.factor for row in table.rows if row.factor.text}
    best: tuple[int, Diagram, tuple[DiagramNode, ...]] | None = None
    for diagram in diagrams:
        nodes = {node.id: node for node in diagram.nodes}
        children: dict[str, dict[str, DiagramNode]] = {}
        for edge in diagram.edges:
            if edge.target in nodes and edge.source != edge.target:
                children.setdefault(edge.source, {})[edge.target] = nodes[edge.target]
        for siblings in children.values():
            shared = sum(normalise(node.text) in factors for node in siblings.values())
            if shared >= 2 and shared * 2 >= len(factors) and (best is None or shared > best[0]):
                best = shared, diagram, tuple(siblings.values())
    if best is None:
        return None
    _, diagram, beside = best
    shown = {normalise(node.text) for node in diagram.nodes}
    missing = tuple(label for words, label in factors.items() if not any(words in one for one in shown))
    surplus = tuple(node for node in beside if not _is_named(normalise(node.text), factors))
    return Difference(diagram, missing, surplus) if missing or surplus else None


def _is_named(words: str, factors: dict[str, Label]) -> bool:
    return any(words in one or one in words for one in factors)
