"""What a diagram shows, in words: an accessible title and description for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.reading import Graph, Reading
from convergence_docs.model.diagrams.scan import statements
from convergence_docs.regex import regex

DESCRIBABLE = frozenset(
    (
        "flowchart-v2", "sequence", "class", "classDiagram", "stateDiagram", "er", "gantt", "pie", "journey",
        "requirement", "gitGraph", "quadrantChart", "xychart", "timeline", "packet", "radar", "architecture", "treemap",
    )
)  # fmt: skip
"""Kinds that take ``accTitle`` and ``accDescr`` (Mermaid 11.16; others refuse them or draw them as words)."""
LONGEST = 300
"""Characters of a description; a longer one is cut, for it is heard in one go."""
_CHINESE = regex("[\u4e00-\u9fff]")
_MARKS = regex(r"[\s{}#;]+|%%+")
_KINDS: Mapping[str, tuple[str, str]] = {
    "flowchart-v2": ("Flowchart", "流程图"),
    "sequence": ("Sequence diagram", "时序图"),
    "stateDiagram": ("State diagram", "状态图"),
    "classDiagram": ("Class diagram", "类图"),
    "class": ("Class diagram", "类图"),
    "er": ("Entities and relations", "实体关系图"),
    "gantt": ("Schedule", "甘特图"),
    "pie": ("Pie chart", "饼图"),
    "timeline": ("Timeline", "时间线"),
}


def described(block: Block, reading: Reading, heading: str) -> Patch | None:
    """The lines to put below the block's first one, so that it has both; ``None`` where it has, or cannot have, them.

    Args:
        block: the block.
        reading: what Mermaid makes of it.
        heading: the heading above it, which becomes its title where it has none of its own.
    """
    if reading.kind not in DESCRIBABLE or (reading.title and reading.description):
        return None
    is_chinese = _CHINESE.search(" ".join((*reading.labels, heading))) is not None
    lines = []
    if not reading.title:
        lines.append(f"accTitle: {_plain(reading.caption or heading) or _KINDS.get(reading.kind, _OTHER)[is_chinese]}")
    if not reading.description:
        lines.append(f"accDescr: {_plain(describe(reading, is_chinese=is_chinese))}")
    rows = iter(statements(block.text))
    first, second = next(rows, None), next(rows, None)
    if first is None:
        return None
    below = block.text[second.start : second.end] if second else "    "
    indent = below[: len(below) - len(below.lstrip())] or "    "
    return Patch(first.end, first.end, "".join(f"\n{indent}{line}" for line in lines))


_OTHER = ("Diagram", "图")


def describe(reading: Reading, *, is_chinese: bool) -> str:
    """What a diagram shows, in one or more sentences of at most `LONGEST` characters."""
    kind = _KINDS.get(reading.kind, _OTHER)[is_chinese]
    parts = _steps(reading.graph, is_chinese) if reading.graph and reading.graph.edges else [*reading.labels]
    colon, comma, end, more = (": ", "; ", ".", " and more")
    if is_chinese:
        colon, comma, end, more = ("：", "；" if reading.graph else "、", "。", "等")
    said, left = "", LONGEST - len(kind) - 8
    for part in parts:
        if len(part) + len(comma) > left:
            return kind + colon + said + more + end
        said += (comma if said else "") + part
        left -= len(part) + len(comma)
    return kind + colon + said + end if said else kind + end


def _steps(graph: Graph, is_chinese: bool) -> Sequence[str]:
    """What leads to what, a node at a time in the order of the diagram."""
    names = {node.id: node.text or node.id for node in graph.nodes} | {one.id: one.title for one in graph.groups}
    targets: dict[str, list[str]] = {}
    for edge in graph.edges:
        if edge.stroke == "invisible":
            continue
        said = _quoted(names.get(edge.target, edge.target), is_chinese)
        words = (f"（{edge.text}）" if is_chinese else f" ({edge.text})") if edge.text else ""
        targets.setdefault(edge.source, []).append(said + words)
    leads, comma = ("指向", "、") if is_chinese else (" leads to ", ", ")
    begin = {source: _quoted(names.get(source, source), is_chinese) for source in targets}
    return [f"{begin[source]}{leads}{comma.join(ends)}" for source, ends in targets.items()]


def _quoted(words: str, is_chinese: bool) -> str:
    return f"“{words}”" if is_chinese else f"'{words}'"


def _plain(words: str) -> str:
    """Words as they can stand in a line of their own: without what would end it or open a block."""
    return _MARKS.sub(" ", words).strip()
