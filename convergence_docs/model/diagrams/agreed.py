"""A diagram as Mermaid holds it, with the places that the lenient grammar has found."""

from __future__ import annotations

from convergence_docs.model.diagrams.diagram import Diagram, DiagramEdge, DiagramNode
from convergence_docs.model.diagrams.reading import Graph, Reading
from convergence_docs.text import Span


def agreed(diagram: Diagram, reading: Reading) -> Diagram:
    """The diagram with Mermaid's reading; of a sound flowchart with the nodes and edges that Mermaid holds.

    What only Mermaid has found stands where the whole block does.
    """
    if reading.graph is None:
        return diagram._replace(reading=reading)
    return diagram._replace(nodes=_nodes(diagram, reading.graph), edges=_edges(diagram, reading.graph), reading=reading)


def _nodes(diagram: Diagram, graph: Graph) -> tuple[DiagramNode, ...]:
    """Nodes and groups in the order in which they appear in the text."""
    held = {node.id: node.text for node in graph.nodes} | {group.id: group.title for group in graph.groups}
    unnamed = {group.title: group.id for group in graph.groups}  # Mermaid names a group itself where it has no name
    places: dict[str, Span] = {}
    for node in diagram.nodes:
        name = node.id if node.id in held else unnamed.get(node.text)
        if name is not None:
            places.setdefault(name, node.span)
    order = [*places, *(name for name in held if name not in places)]
    return tuple(DiagramNode(places.get(name, diagram.span), name, held[name]) for name in order)


def _edges(diagram: Diagram, graph: Graph) -> tuple[DiagramEdge, ...]:
    places: dict[tuple[str, str], list[Span]] = {}
    for edge in reversed(diagram.edges):
        places.setdefault((edge.source, edge.target), []).append(edge.span)
    found = []
    for one in graph.edges:
        ends = one.source, one.target
        found.append(DiagramEdge(places[ends].pop() if places.get(ends) else diagram.span, *ends, one.text))
    return tuple(found)
