"""Diagrams in words, from Mermaid's reading and without it."""

from __future__ import annotations

import pytest

from convergence_docs.model.diagrams.reading import Complaint, Edge, Graph, Group, Node, Reading
from convergence_docs.parse.mermaid import parse_diagram
from convergence_docs.site.diagrams.gallery import whole
from convergence_docs.site.diagrams.telling import Step, Telling, Way, complaint_text, kind_of, tell

FLOW = """flowchart LR
    A["收敛度<br>大于 0.95"] -->|否| B["L3"]
    A -->|是| C["L4"]
    B -.-> D
    X["孤立"]
"""


def leniently(source: str) -> Telling:
    return tell(None, parse_diagram(source, whole(source)))


def node(key: str, text: str, group: str = "") -> Node:
    return Node(key, text, text != key, "rect", group, (), ())


def reading(graph: Graph | None = None, **others: object) -> Reading:
    empty = Reading(
        kind="flowchart-v2",
        title="",
        description="",
        caption="",
        labels=(),
        graph=graph,
        complaint=None,
        limit="",
    )
    return empty._replace(**others)  # type: ignore[arg-type]  # a test's shorthand


def test_what_leads_to_what_is_told_without_an_engine() -> None:
    telling = leniently(FLOW)
    assert telling.steps == (
        Step("收敛度 大于 0.95", (Way("to", "否", ("L3",)), Way("to", "是", ("L4",)))),
        Step("L3", (Way("to", "", ("D",)),)),
    )
    assert telling.loose == ("孤立",)
    assert (telling.starts, telling.ends) == (("收敛度 大于 0.95",), ("L4", "D"))
    assert telling.labels == ("收敛度 大于 0.95", "L3", "L4", "D", "孤立", "否", "是")
    assert telling.name("zh") == "流程图：收敛度 大于 0.95"
    assert telling.summary("zh") == "流程图：5 个节点，3 条连线。起于：收敛度 大于 0.95。止于：L4、D。"
    assert telling.summary("en") == "Flowchart: 5 nodes, 3 edges. Begins with: 收敛度 大于 0.95. Ends with: L4, D."


def test_mermaids_own_reading_comes_first() -> None:
    graph = Graph(
        direction="TB",
        nodes=(node("a", "甲"), node("b", "乙", "g"), node("c", "丙", "g"), node("d", "丁")),
        edges=(
            Edge("a", "g", "", "dotted", "arrow_point", ()),
            Edge("b", "c", "", "normal", "arrow_open", ()),
            Edge("c", "b", "", "thick", "double_arrow_point", ()),
            Edge("a", "d", "", "invisible", "arrow_open", ()),
        ),
        groups=(Group("g", "组", "", ("b", "c"), (), ()),),
        classes=(),
    )
    telling = tell(reading(graph, title="名称", description="说明。", labels=("甲", "乙", "甲")), None)
    assert telling.steps == (
        Step("甲", (Way("maybe", "", ("组",)),)),
        Step("乙", (Way("with", "", ("丙",)),)),
        Step("丙", (Way("both", "", ("乙",)),)),
        Step("组", (Way("holds", "", ("乙", "丙")),)),
    )
    assert telling.loose == ("丁",)
    assert telling.name("zh") == "名称"
    assert telling.summary("zh").startswith("说明。 流程图，从上到下：4 个节点，3 条连线。")
    assert telling.labels == ("甲", "乙")


def test_a_circle_has_neither_beginning_nor_end() -> None:
    telling = leniently("graph TD\nA[甲] --> B[乙] --> A\n")
    assert (telling.starts, telling.ends) == ((), ())
    assert telling.name("zh") == "流程图：甲"
    assert telling.summary("zh") == "流程图：2 个节点，2 条连线。"


def test_of_other_types_the_words_are_told() -> None:
    telling = tell(reading(kind="pie", labels=("猫", "狗")), None)
    assert (telling.steps, telling.labels) == ((), ("猫", "狗"))
    assert telling.name("zh") == "饼图：猫"


def test_a_mind_map_is_told_as_a_tree() -> None:
    telling = leniently("mindmap\n  根\n    枝一\n    枝二\n")
    assert telling.steps == (Step("根", (Way("to", "", ("枝一", "枝二")),)),)
    assert telling.kind.zh == "思维导图"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("flowchart-v2", "流程图"),
        ("flowchart-elk", "流程图"),
        ("stateDiagram-v2", "状态图"),
        ("sequenceDiagram", "时序图"),
        ("xychart-beta", "坐标图"),
        ("C4Context", "C4 图"),
        ("gitGraph", "Git 提交图"),
        ("", "图"),
        ("nonsense", "图"),
    ],
)
def test_types_have_names(word: str, name: str) -> None:
    assert kind_of(word).zh == name


def test_of_a_broken_diagram_the_reason_is_told() -> None:
    complaint = Complaint("Parse error on line 2:\n...", 2, 8, 9, "(", ("SQE",))
    telling = tell(reading(complaint=complaint), parse_diagram(FLOW, whole(FLOW)))
    assert telling.complaint == complaint
    assert complaint_text(complaint, "zh") == "第 2 行：读不懂“(”"
    assert complaint_text(complaint._replace(line=0), "zh") == "Parse error on line 2:"
