"""What Mermaid makes of a block: a graph, or a complaint with its place in the block as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergence_docs.mermaid import Reader, reader
from convergence_docs.mermaid.child import Child, Died
from convergence_docs.model.diagrams.reading import Edge, Group, Node, Reading, StyleClass

Read = Callable[[str], Reading]

CHART = """\
---
title: 总览
---
%%{init: {"theme": "dark"}}%%
flowchart LR
    accTitle: 四层
    accDescr: 从架构到应用
    A["架构<br>收敛度 95%"]:::hot -->|是| B(训练 #quot;稳定#quot;)
    B -.-> C
    subgraph S [组 一]
        direction TB
        A
        subgraph T
            E
        end
    end
    C ==> D["`**粗** 字`"]
    A & B --- D
    classDef hot fill:#f00,color:#fff
    style C fill:#bfb, stroke:#333
    linkStyle 0 stroke:#f00
"""


def test_a_flowchart_as_mermaid_holds_it(read: Read) -> None:
    reading = read(CHART)
    assert reading[:4] == ("flowchart-v2", "四层", "从架构到应用", "总览")
    assert (reading.complaint, reading.limit) == (None, "")
    graph = reading.graph
    assert graph is not None
    assert graph.direction == "LR"
    assert graph.nodes == (
        Node("A", "架构 收敛度 95%", True, "square", "S", ("hot",), ()),
        Node("B", '训练 "稳定"', True, "round", "", (), ()),
        Node("C", "C", False, "", "", (), ("fill:#bfb", "stroke:#333")),
        Node("E", "E", False, "", "T", (), ()),
        Node("D", "粗 字", True, "square", "", (), ()),
    )
    assert [(edge.source, edge.target, edge.text, edge.stroke, edge.ends) for edge in graph.edges] == [
        ("A", "B", "是", "normal", "arrow_point"),
        ("B", "C", "", "dotted", "arrow_point"),
        ("C", "D", "", "thick", "arrow_point"),
        ("A", "D", "", "normal", "arrow_open"),
        ("B", "D", "", "normal", "arrow_open"),
    ]
    assert isinstance(graph.edges[0], Edge)
    assert "stroke:#f00" in graph.edges[0].styles
    assert graph.groups == (Group("T", "T", "", ("E",), (), ()), Group("S", "组 一", "TB", ("A", "T"), (), ()))
    assert graph.classes == (StyleClass("hot", ("fill:#f00", "color:#fff"), ("color:#fff",)),)
    assert reading.labels == ("架构 收敛度 95%", "是", '训练 "稳定"', "C", "组 一", "T", "E", "粗 字")


@pytest.mark.parametrize(
    ("text", "kind", "labels"),
    [
        ("sequenceDiagram\nparticipant A as 甲\nA->>B: 问\nNote over A,B: 注", "sequence", "甲 B 问 注"),
        ("classDiagram\nclass 动物{\n+吃() bool\n}\n动物 <|-- 鸭 : 继承", "class", "动物 +吃() : bool 鸭 继承"),
        ("stateDiagram-v2\n[*] --> 静止\n静止 --> 运动: 推", "stateDiagram", "静止 运动 推"),
        ("erDiagram\n客户 ||--o{ 订单 : 下单", "er", "客户 订单 下单"),
        ("gantt\ndateFormat YYYY-MM-DD\nsection 一\n任务 :a, 2024-01-01, 3d", "gantt", "一 任务"),
        ('pie title 饼\n"甲" : 40\n"乙" : 60', "pie", "甲 乙"),
        ("mindmap\n  中心\n    甲\n    乙", "mindmap", "中心 甲 乙"),
        ("timeline\nsection 一\n2002 : 甲 : 乙", "timeline", "一 2002 甲 乙"),
        ("sankey-beta\n\na,b,10\nb,c,5", "sankey", "a b c"),
        ("kanban\n待办\n  t1[写]\n完成\n  t2[读]", "kanban", "待办 写 完成 读"),
    ],
)
def test_labels_in_order(read: Read, text: str, kind: str, labels: str) -> None:
    reading = read(text)
    assert (reading.kind, " ".join(reading.labels), reading.graph) == (kind, labels, None)


@pytest.mark.parametrize(
    ("text", "place", "token"),
    [
        ("graph TD\nA[架构(95%)] --> B", (2, 5), "("),
        ("graph TD\n%% 注\n\nA --> B\nB[x(y)]", (5, 4), "("),
        ('%%{init: {\n"theme": "dark"\n}}%%\n\ngraph TD\nA[(](x)]', (6, 4), "]"),
        ("---\ntitle: x\n---\n\n\ngraph TD\nA{x}\n\n\nB[(x(]", (10, 5), "("),
        ('graph TD\nA["😀😀"] --> B[x(1)]', (2, 16), "("),
        ("graph TD\nA[#quot;x#35;] --> B[x(1)]", (2, 23), "("),
        ("graph TD\nA“x” --> B", (2, 2), "“"),
        ("graph TD\nsubgraph X\nA\n\n", (3, 2), ""),
        ("---\ntitle: [x\n---\ngraph TD\nA", (2, 10), ""),
        ("sequenceDiagram\nA->>B", (2, 6), "\n"),
        ('pie\n\n%% 注\n"甲" : x', (4, 7), "x"),
        ("gitGraph\ncommit x", (2, 8), "x"),
        ("gantt\ndateFormat YYYY-MM-DD\n甲 :a, 2024-13-45, 3d\n乙 :b, 2024-01-01, 3d", (3, 7), "2024-13-45"),
        ("你好\ngraph TD", (1, 1), "你好"),
        ("graph TD\nA --> B\nlinkStyle 5 stroke:#f00\nC --> D", (3, 0), ""),
        ("graph TD\n\nA@{ shape: nope }\nB", (3, 0), ""),
        ("", (0, 0), ""),
        ("%% nothing else", (0, 0), ""),
    ],
)
def test_a_complaint_has_its_place(read: Read, text: str, place: tuple[int, int], token: str) -> None:
    complaint = read(text).complaint
    assert complaint is not None
    assert ((complaint.line, complaint.column), complaint.token) == (place, token)
    assert complaint.message
    if complaint.column:
        assert complaint.end_column == complaint.column + len(token.rstrip("\n"))


PADDING = [
    "%% 注 A[x(y)]",
    "",
    "   ",
    "A --> B",
    'A["😀 #quot;#35;"] --> B{x}',
    "B{好} ",
    "classDef a fill:#fff;",
    "style A fill:#abc;",
    "subgraph S [组]\nend",
    'C["<b class="x">粗</b>"]',
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["", "---\ntitle: 题\n---\n", '%%{init: {"theme": "dark"}}%%\n', "\n\n"]),
    st.lists(st.sampled_from(PADDING), max_size=6),
    st.sampled_from(["", "  ", "A --> "]),
    st.lists(st.sampled_from(PADDING), max_size=3),
)
def test_places_are_those_of_the_block_as_written(
    read: Read, head: str, before: list[str], indent: str, after: list[str]
) -> None:
    lines = [*f"{head}graph TD".split("\n"), *"\n".join(before).split("\n"), f"{indent}X[坏(处)]", *after]
    complaint = read("\n".join(lines)).complaint
    assert complaint is not None
    row = next(at for at, line in enumerate(lines) if line.endswith("X[坏(处)]"))
    assert (complaint.line, complaint.column) == (row + 1, lines[row].index("(") + 1)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the child process is asked about."""
    asked: list[str] = []
    call = Child.call

    def noted(child: Child, function: str, argument: str, *, seconds: float) -> str:
        asked.append(argument)
        return call(child, function, argument, seconds=seconds)

    monkeypatch.setattr(Child, "call", noted)
    return asked


def test_an_unchanged_diagram_is_not_read_again(engine: None, calls: list[str]) -> None:
    first = Reader().read(CHART)
    assert calls == [CHART]
    assert Reader().read(CHART) == first
    assert calls == [CHART]
    Reader(seconds=4).read(CHART)  # under other limits it might read otherwise
    Reader(is_remembering=False).read(CHART)
    assert len(calls) == 3


def test_a_damaged_memory_is_read_over(engine: None, own_cache: Path, calls: list[str]) -> None:
    first = Reader().read("graph TD\nA")
    path = own_cache / "diagrams.readings"
    path.write_bytes(path.read_bytes().replace(b"flowchart", b"flowshart"))
    assert Reader().read("graph TD\nA") == first
    assert len(calls) == 2


def test_two_processes_say_the_same(engine: None) -> None:
    readings = []
    for _ in range(2):
        one = Reader(is_remembering=False)
        readings.append([one.read(text) for text in (CHART, "graph TD\nA[x(y)]", "mindmap\n  a\n    b")])
        one.close()
    assert readings[0] == readings[1]


def test_without_mermaid_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "installed", lambda: None)
    assert Reader().read("graph TD\nA") is None


def test_an_engine_that_does_not_start_is_asked_once(engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Child(["no script at all"])
    monkeypatch.setattr(reader, "_child", lambda: broken)
    one = Reader(is_remembering=False)
    assert (one.read("graph TD\nA"), one.read("graph TD\nB")) == (None, None)
    assert "SyntaxError" in one.problem


def test_a_child_that_dies_twice_names_the_memory(engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> str:
        raise Died("no memory")

    monkeypatch.setattr(Child, "call", die)
    reading = Reader(is_remembering=False).read("graph TD\nA")
    assert reading is not None
    assert reading.limit == "memory"
