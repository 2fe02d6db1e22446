"""Mermaid blocks as diagrams: nodes and edges of flowcharts and mind maps, lines of everything else.

The grammar is that of Mermaid 11 (https://mermaid.js.org/syntax/flowchart.html, .../mindmap.html), read leniently: what
Mermaid itself refuses, such as bare parentheses in a label, is read as its author meant it where that is plain.
"""

from __future__ import annotations

from collections.abc import Iterator

from convergence_docs.model.diagrams.diagram import Diagram, DiagramEdge, DiagramNode
from convergence_docs.model.nodes import Fence
from convergence_docs.parse.flowchart import Flowchart
from convergence_docs.parse.mermaid_label import label_at, visible_label
from convergence_docs.regex import regex
from convergence_docs.text import Span

FLOWCHARTS = frozenset({"graph", "flowchart", "flowchart-elk"})

_LINE = regex(r"[ \t>]*([^\n]*)\n?")
"""A line without the marks of a quote that holds the block; in Mermaid no line begins with ``>``."""
_HEADER = regex(r"([\w-]+)(?:[ \t]+(?:TB|TD|BT|RL|LR|[<>^v]))?[ \t]*(?:;|$)")
_ITEM = regex(r"[^\s\[\](){}]*(?=\(\(|\)\)|\{\{|[\[(){])")
"""The id of a mind map's node, where a shape follows."""


def parse_diagram(text: str, fence: Fence) -> Diagram:
    """The diagram in a fence of ``text``; whatever it holds, there is one."""
    lines = list(_lines(text, fence.body_span))
    if not lines:
        return Diagram(fence.span, "", (), (), ())
    first = lines[0]
    opening = text[first.start : first.end]
    kind = opening.split(None, 1)[0]
    header = _HEADER.match(text, first.start, first.end)
    if header and header[1] in FLOWCHARTS:
        chart = Flowchart(text, fence.body_span.end)
        chart.read([Span(header.end(), first.end), *lines[1:]])
        return Diagram(fence.span, header[1], tuple(chart.nodes.values()), tuple(chart.edges), tuple(chart.unread))
    if kind == "mindmap":
        nodes, edges = _mind_map(text, lines[1:])
        return Diagram(fence.span, kind, nodes, edges, ())
    return Diagram(fence.span, kind, (), (), tuple(text[line.start : line.end] for line in lines[1:]))


def _lines(text: str, body: Span) -> Iterator[Span]:
    """The lines that count: no blank ones, comments, directives, and no front matter."""
    at, end = body
    is_first, is_front_matter, is_directive = True, False, False
    while at < end:
        match = _LINE.match(text, at, end)
        if match is None or match.end() == at:
            return
        at, line = match.end(), match[1].rstrip()
        if is_front_matter:
            is_front_matter = line != "---"
        elif is_directive:
            is_directive = "}%%" not in line
        elif is_first and line == "---":
            is_front_matter, is_first = True, False
        elif line.startswith("%%"):
            is_directive = line.startswith("%%{") and "}%%" not in line
        elif line:
            is_first = False
            start = match.start(1)
            yield Span(start, start + len(line))


def _mind_map(text: str, lines: list[Span]) -> tuple[tuple[DiagramNode, ...], tuple[DiagramEdge, ...]]:
    """A tree written by indentation. Each line is a node of its own; its id is what it reads."""
    nodes: list[DiagramNode] = []
    edges: list[DiagramEdge] = []
    above: list[tuple[int, DiagramNode]] = []
    done = 0
    for line in lines:
        if line.start < done or text.startswith((":::", "::icon("), line.start):
            continue
        indent = line.start - text.rfind("\n", 0, line.start)
        item = _ITEM.match(text, line.start, line.end)
        label = label_at(text, item.end(), line.end) if item else None
        if label is None:
            node = DiagramNode(line, (words := visible_label(text[line.start : line.end])), words)
        else:
            node = DiagramNode(label.span, label.text, label.text)
            done = label.end
        while above and above[-1][0] >= indent:
            above.pop()
        if above:
            edges.append(DiagramEdge(node.span, above[-1][1].id, node.id, ""))
        above.append((indent, node))
        nodes.append(node)
    return tuple(nodes), tuple(edges)
