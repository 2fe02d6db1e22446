"""Mermaid blocks as diagrams: nodes and edges of flowcharts, lines of everything else."""

from __future__ import annotations

from convergence_docs.model.diagram import Diagram
from convergence_docs.model.nodes import Fence
from convergence_docs.text import Span


def parse_diagram(text: str, fence: Fence) -> Diagram:
    """The diagram in a fence of ``text``; whatever it holds, there is one."""
    body = text[fence.body_span.start : fence.body_span.end]
    lines = tuple(line.strip() for line in body.splitlines() if line.strip() and not line.lstrip().startswith("%%"))
    kind = lines[0].split()[0] if lines else ""
    return Diagram(Span(*fence.span), kind, (), (), lines[1:])
