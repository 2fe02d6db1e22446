"""Diagrams told in words: what a diagram shows, what leads to what, and the words in it, for readers and for search.

Told from Mermaid's own reading where there is one, else from what the checker's lenient grammar makes of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.reading import Complaint, Reading

KINDS: Final[Mapping[str, Wording]] = {
    "flowchart": Wording("Flowchart", "流程图"),
    "graph": Wording("Flowchart", "流程图"),
    "sequence": Wording("Sequence diagram", "时序图"),
    "class": Wording("Class diagram", "类图"),
    "state": Wording("State diagram", "状态图"),
    "er": Wording("Entity relationship diagram", "实体关系图"),
    "gantt": Wording("Gantt chart", "甘特图"),
    "pie": Wording("Pie chart", "饼图"),
    "journey": Wording("User journey", "用户旅程图"),
    "gitgraph": Wording("Git graph", "Git 提交图"),
    "mindmap": Wording("Mind map", "思维导图"),
    "timeline": Wording("Timeline", "时间线"),
    "quadrantchart": Wording("Quadrant chart", "象限图"),
    "requirement": Wording("Requirement diagram", "需求图"),
    "c4": Wording("C4 diagram", "C4 图"),
    "sankey": Wording("Sankey diagram", "桑基图"),
    "xychart": Wording("XY chart", "坐标图"),
    "block": Wording("Block diagram", "框图"),
    "packet": Wording("Packet diagram", "报文结构图"),
    "kanban": Wording("Kanban board", "看板"),
    "architecture": Wording("Architecture diagram", "架构图"),
    "radar": Wording("Radar chart", "雷达图"),
    "treemap": Wording("Treemap", "矩形树图"),
}
"""Names of Mermaid's types, by Mermaid's word for them without its endings."""

OTHER: Final = Wording("Diagram", "图")
DIRECTIONS: Final[Mapping[str, Wording]] = {
    "TB": Wording("top to bottom", "从上到下"),
    "TD": Wording("top to bottom", "从上到下"),
    "BT": Wording("bottom to top", "从下到上"),
    "LR": Wording("left to right", "从左到右"),
    "RL": Wording("right to left", "从右到左"),
}
LIMITS: Final[Mapping[str, Wording]] = {
    "seconds": Wording("it takes too long", "用时过长"),
    "characters": Wording("its source is too long", "源码过长"),
    "memory": Wording("it takes too much memory", "占用内存过多"),
}
OTHER_LIMIT: Final = Wording("it is too much for Mermaid", "超出了 Mermaid 的限度")
_ENDINGS = re.compile(r"-(?:v\d+|beta|elk|3d)$|diagram$")
_FEW = 3
"""Beginnings or ends of a diagram that its summary names."""
_LONG = 120
"""Characters of a label in a summary."""


class Way(NamedTuple):
    """Where a node leads along edges of one sort.

    ``sign`` is ``to``, ``both``, ``with`` (no head), ``maybe`` (a dotted edge with a head) or ``holds`` (a group and
    its members); ``label`` stands on the edges.
    """

    sign: str
    label: str
    targets: tuple[str, ...]


class Step(NamedTuple):
    """A node, by its words, and where it leads."""

    text: str
    ways: tuple[Way, ...]


class Telling(NamedTuple):
    """A diagram in words.

    ``kind`` is what sort of diagram it is, ``title`` and ``description`` are its author's, empty where there are none.
    ``steps`` say what leads to what and ``loose`` names the nodes without an edge; both are empty where nothing is
    known of edges. ``labels`` are all the words in it, each once. ``complaint`` is why Mermaid cannot draw it, and
    ``limit`` names the limit that Mermaid came to: a reader's browser would come to it too.
    """

    kind: Wording
    direction: str
    title: str
    description: str
    nodes: int
    edges: int
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    steps: tuple[Step, ...]
    loose: tuple[str, ...]
    labels: tuple[str, ...]
    complaint: Complaint | None = None
    limit: str = ""

    def fault(self, language: Language) -> str:
        """Why the diagram cannot be drawn, in one sentence; empty where it can."""
        if self.complaint:
            return complaint_text(self.complaint, language)
        return LIMITS.get(self.limit, OTHER_LIMIT).to(language) if self.limit else ""

    def name(self, language: Language) -> str:
        """What to call the diagram, in a few words."""
        if self.title:
            return self.title
        first = self.starts or self.labels[:1]
        kind = self.kind.to(language)
        return f"{kind}{_colon(language)}{_listed(first[:1], language)}" if first else kind

    def summary(self, language: Language) -> str:
        """What sort of diagram it is, how large, where it begins and ends."""
        kind = self.kind.to(language)
        if not self.nodes:
            return self.description or kind + _stop(language)
        comma = "，" if language == "zh" else ", "
        direction = DIRECTIONS.get(self.direction)
        head = f"{kind}{comma}{direction.to(language)}" if direction else kind
        said = [head + _colon(language) + _size(self.nodes, self.edges, language) + _stop(language)]
        if self.starts:
            said.append(Wording("Begins with", "起于").to(language) + _colon(language) + _few(self.starts, language))
        if self.ends:
            said.append(Wording("Ends with", "止于").to(language) + _colon(language) + _few(self.ends, language))
        whole = ("" if language == "zh" else " ").join(said)
        return f"{self.description} {whole}" if self.description else whole


class Link(NamedTuple):
    """An edge between two nodes by their ids."""

    source: str
    target: str
    label: str
    sign: str


def tell(reading: Reading | None, diagram: Diagram | None) -> Telling:
    """Tell a diagram from Mermaid's reading of it, and what that leaves out from the lenient one."""
    if reading and reading.graph:
        graph = reading.graph
        names = {node.id: node.text for node in graph.nodes} | {group.id: group.title for group in graph.groups}
        drawn = [edge for edge in graph.edges if edge.stroke != "invisible"]
        links = [Link(edge.source, edge.target, edge.text, _sign(edge.ends, edge.stroke)) for edge in drawn]
        links += [Link(one.id, member, "", "holds") for one in graph.groups for member in one.members if one.title]
        telling = _told(names, links, graph.direction)
    elif diagram and diagram.nodes and not (reading and reading.complaint):
        names = {node.id: node.text for node in diagram.nodes}
        telling = _told(names, [Link(one.source, one.target, one.text, "to") for one in diagram.edges], "")
    else:
        telling = _told({}, (), "")
    word = reading.kind if reading and reading.kind else diagram.kind if diagram else ""
    telling = telling._replace(kind=kind_of(word))
    if reading is None or reading.limit:
        return telling._replace(limit=reading.limit if reading else "")
    return telling._replace(
        title=reading.title or reading.caption,
        description=reading.description,
        labels=_once(reading.labels) or telling.labels,
        complaint=reading.complaint,
    )


def kind_of(word: str) -> Wording:
    """What sort of diagram Mermaid's word for it means (``flowchart-v2``, ``stateDiagram``)."""
    plain = word.lower()
    while (shorter := _ENDINGS.sub("", plain)) != plain:
        plain = shorter
    return KINDS.get("c4" if plain.startswith("c4") else plain, OTHER)


def complaint_text(complaint: Complaint, language: Language) -> str:
    """Why Mermaid cannot draw a diagram, in one sentence."""
    first = complaint.message.strip().partition("\n")[0]
    if complaint.line and complaint.token.strip():
        token = complaint.token.strip()
        wording = Wording(f"line {complaint.line}: unexpected “{token}”", f"第 {complaint.line} 行：读不懂“{token}”")
    elif complaint.line:
        wording = Wording(f"line {complaint.line}: {first}", f"第 {complaint.line} 行：{first}")
    else:
        wording = Wording(first, first)
    return wording.to(language)


def _told(names: Mapping[str, str], links: Sequence[Link], direction: str) -> Telling:
    """A telling of nodes and edges; an id without a label stands for itself."""
    plain = {key: " ".join(text.split()) or key for key, text in names.items()}
    edges = [link for link in links if link.sign != "holds"]
    ways: dict[str, dict[tuple[str, str], list[str]]] = {key: {} for key in plain}
    for link in links:
        label = " ".join(link.label.split())
        ways.setdefault(link.source, {}).setdefault((link.sign, label), []).append(plain.get(link.target, link.target))
    sources, targets = {link.source for link in edges}, {link.target for link in edges}
    holders = {link.source for link in links if link.sign == "holds"}
    steps = tuple(
        Step(plain.get(key, key), tuple(Way(sign, label, tuple(texts)) for (sign, label), texts in sorts.items()))
        for key, sorts in ways.items()
        if sorts
    )
    loose = tuple(text for key, text in plain.items() if key not in sources | targets | holders)
    return Telling(
        kind=OTHER,
        direction=direction,
        title="",
        description="",
        nodes=len(plain.keys() - holders),
        edges=len(edges),
        starts=tuple(plain[key] for key in plain if key in sources - targets),
        ends=tuple(plain[key] for key in plain if key in targets - sources),
        steps=steps,
        loose=loose,
        labels=_once([*plain.values(), *(link.label for link in edges)]),
    )


def _sign(ends: str, stroke: str) -> str:
    if ends.startswith("double"):
        return "both"
    if ends.endswith("open"):
        return "with"
    return "maybe" if stroke == "dotted" else "to"


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (" ".join(one.split()) for one in texts) if text))


def _size(nodes: int, edges: int, language: Language) -> str:
    if language == "zh":
        return f"{nodes} 个节点，{edges} 条连线"
    return f"{nodes} {'node' if nodes == 1 else 'nodes'}, {edges} {'edge' if edges == 1 else 'edges'}"


def _few(texts: Sequence[str], language: Language) -> str:
    rest = "" if len(texts) <= _FEW else " 等" if language == "zh" else " and others"
    return _listed(texts[:_FEW], language) + rest + _stop(language)


def _listed(texts: Iterable[str], language: Language) -> str:
    short = (text if len(text) <= _LONG else text[: _LONG - 1] + "…" for text in texts)
    return ("、" if language == "zh" else ", ").join(short)


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "


def _stop(language: Language) -> str:
    return "。" if language == "zh" else "."
