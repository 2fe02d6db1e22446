"""Mermaid blocks: what a reader sees of a flowchart is what is read, with the exact place of every label."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.nodes import Fence
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.mermaid import parse_diagram
from convergence_docs.text import SourceText, Span
from tests.growth import assert_linear


def diagram(body: str) -> Diagram:
    whole = Span(0, len(body))
    return parse_diagram(body, Fence(whole, "mermaid", "mermaid", whole))


def chart(*lines: str) -> Diagram:
    return diagram("\n".join(("graph TD", *lines)) + "\n")


def nodes(found: Diagram) -> dict[str, str]:
    return {node.id: node.text for node in found.nodes}


def edges(found: Diagram) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.text, edge.target) for edge in found.edges]


SHAPES = [
    "A[架构 95%]",
    "A(架构 95%)",
    "A([架构 95%])",
    "A[[架构 95%]]",
    "A[(架构 95%)]",
    "A((架构 95%))",
    "A(((架构 95%)))",
    "A>架构 95%]",
    "A{架构 95%}",
    "A{{架构 95%}}",
    "A[/架构 95%/]",
    "A[\\架构 95%\\]",
    "A[/架构 95%\\]",
    "A[\\架构 95%/]",
    'A["架构 95%"]',
    'A[ "架构 95%" ]',
    'A{"架构 95%"}',
    'A["`架构 95%`"]',
    'A@{ shape: rect, label: "架构 95%" }',
    "A@{ label: 架构 95%, shape: rect }",
    "A[架构 95%]:::hot",
    "A[架构 95%];",
]


@pytest.mark.parametrize("statement", SHAPES)
@pytest.mark.parametrize("after", ["", " --> B", " & C --> B"])
def test_every_shape_has_its_label(statement: str, after: str) -> None:
    if statement.endswith(";") and after:
        statement = statement[:-1]
    body = f"flowchart LR\n  {statement}{after}\n"
    found = diagram(body)
    assert nodes(found)["A"] == "架构 95%"
    span = found.nodes[0].span
    assert body[span.start : span.end] == "架构 95%"
    assert found.lines == ()
    assert len(found.edges) == {"": 0, " --> B": 1, " & C --> B": 2}[after]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("A --> B", ""),
        ("A-->B", ""),
        ("A --- B", ""),
        ("A ----> B", ""),
        ("A ==> B", ""),
        ("A -.-> B", ""),
        ("A -..-> B", ""),
        ("A -.- B", ""),
        ("A <--> B", ""),
        ("A x--x B", ""),
        ("A --o B", ""),
        ("A e1@--> B", ""),
        ("A -->|占 95%| B", "占 95%"),
        ("A --> |占 95%|B", "占 95%"),
        ('A -->|"占 95%"| B', "占 95%"),
        ("A -- 占 95% --> B", "占 95%"),
        ("A--占 95%-->B", "占 95%"),
        ('A -- "占 95%" --- B', "占 95%"),
        ("A == 占 95% ==> B", "占 95%"),
        ("A -. 占 95% .-> B", "占 95%"),
        ("A -.占 95%.-> B", "占 95%"),
        ("A <-- 占 95% --> B", "占 95%"),
    ],
)
def test_every_arrow_has_its_words(statement: str, expected: str) -> None:
    body = f"graph TD;\n{statement}"
    found = diagram(body)
    assert edges(found) == [("A", expected, "B")]
    assert found.lines == ()
    span = found.edges[0].span
    written = body[span.start : span.end]
    assert written == expected if expected else not set(written) - set("e1@-=.<>xo")


def test_chains_and_groups() -> None:
    found = chart("A[甲] --> B(乙) --> C", "C & D --> E & F; G ~~~ H")
    assert [(one, other) for one, _, other in edges(found)] == [
        ("A", "B"),
        ("B", "C"),
        ("C", "E"),
        ("C", "F"),
        ("D", "E"),
        ("D", "F"),
    ]
    assert list(nodes(found)) == [*"ABCDEFGH"]


def test_a_line_break_in_a_label_is_a_space() -> None:
    found = chart("A[架构层收敛<br>收敛度 95%] --> B[甲<br/>乙\\n丙]", 'C["上\n  下"]', "D[左\n右] --> E")
    assert nodes(found) == {"A": "架构层收敛 收敛度 95%", "B": "甲 乙 丙", "C": "上 下", "D": "左 右", "E": "E"}
    assert edges(found) == [("A", "", "B"), ("D", "", "E")]


def test_entities_and_tags_are_what_they_show() -> None:
    assert nodes(chart('A["a #quot;b#quot; &amp; #35;1 <b>c</b> C > 0.95"]')) == {"A": 'a "b" & #1 c C > 0.95'}


def test_what_only_styles_is_no_content() -> None:
    found = diagram(
        "---\ntitle: x\n---\n%%{init: {\n'theme': 'dark'}\n}%%\n%% A[no]\nflowchart TB\n  direction LR\n"
        "  classDef hot fill:#f00\n  class A,B hot\n  style A fill:#bfb\n  linkStyle 0 stroke:red\n"
        '  click A "https://x.example" "tip"\n  A:::hot --> B:::hot\n  A e1@--> C\n  e1@{ animate: true }\n'
    )
    assert found.kind == "flowchart"
    assert nodes(found) == {"A": "A", "B": "B", "C": "C"}
    assert edges(found) == [("A", "", "B"), ("A", "", "C")]
    assert found.lines == ()


def test_groups_are_nodes() -> None:
    found = chart(
        'subgraph one ["第一组 95%"]',
        "A",
        "end",
        'subgraph "第二组"',
        "B",
        "end",
        "subgraph 第三组 说明",
        "end",
        "one --> B",
    )
    assert nodes(found) == {"one": "第一组 95%", "A": "A", "第二组": "第二组", "B": "B", "第三组 说明": "第三组 说明"}
    assert edges(found) == [("one", "", "B")]


def test_the_last_label_counts() -> None:
    assert nodes(chart("A[旧] --> B", "A[新]", "A --> C"))["A"] == "新"


def test_what_mermaid_refuses_is_read_where_it_is_plain_what_is_meant() -> None:
    found = chart("A[调用 f(x)] --> B(自注意力 (Attention))", 'C[说"是"] --> D', "E F[不是节点]")
    assert nodes(found) == {"A": "调用 f(x)", "B": "自注意力 (Attention)", "C": '说"是"', "D": "D", "E": "E"}
    assert found.lines == ("E F[不是节点]",)


def test_a_mind_map_is_a_tree() -> None:
    found = diagram(
        "mindmap\n  root((收敛))\n    架构\n      ::icon(fa fa-book)\n      Transformer[采用 95%]\n    数学\n"
    )
    assert [node.text for node in found.nodes] == ["收敛", "架构", "采用 95%", "数学"]
    assert [(one, other) for one, _, other in edges(found)] == [
        ("收敛", "架构"),
        ("架构", "采用 95%"),
        ("收敛", "数学"),
    ]


def test_other_kinds_keep_their_lines() -> None:
    found = diagram('pie title 占比\n  %% no\n  "甲" : 95\n\n  "乙" : 5\n')
    assert (found.kind, found.nodes, found.lines) == ("pie", (), ('"甲" : 95', '"乙" : 5'))
    assert diagram("").kind == diagram("\n%% x\n").kind == ""


def test_places_hold_in_a_quote_and_behind_tabs() -> None:
    text = "# 1\n\n> ```mermaid\n> graph TD\n> \tA[甲 95%] -->|五 %| B\n> ```\n"
    chapter = parse_chapter(SourceText("a.md", text))
    (found,) = chapter.diagrams
    assert [chapter.source.slice(node.span) for node in found.nodes] == ["甲 95%", "B"]
    assert [chapter.source.slice(edge.span) for edge in found.edges] == ["五 %"]


PIECES = [
    *"ABxo[](){}<>/\\|\"'`&;:@-=.~%#\n *_",
    "-->",
    " --> ",
    "==>",
    "-.->",
    " -- ",
    " & ",
    "((",
    "))",
    "[[",
    '["',
    '"]',
    "@{ label: ",
    "subgraph ",
    "end\n",
    "<br>",
    "&amp;",
    "#1;",
    "架构",
    "95%",
    ":::hot",
    "%%{",
    "---\n",
]


@settings(max_examples=500)
@given(st.sampled_from(["graph TD\n", "mindmap\n", "pie\n", ""]), st.lists(st.sampled_from(PIECES), max_size=50))
def test_whatever_it_holds_there_is_a_diagram_and_every_place_is_in_it(kind: str, pieces: list[str]) -> None:
    body = kind + "".join(pieces)
    found = diagram(body)
    ids = {node.id for node in found.nodes}
    for node in found.nodes:
        assert 0 <= node.span.start <= node.span.end <= len(body)
        assert node.text == " ".join(node.text.split())
    for edge in found.edges:
        assert 0 <= edge.span.start <= edge.span.end <= len(body)
        assert {edge.source, edge.target} <= ids


WORDS = st.text("架构层收敛度abc 0123456789%★.，（）", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6))
def test_what_is_written_is_read(rows: list[tuple[str, str, str]]) -> None:
    lines = [f'N{at}a["{one}"] -->|"{words}"| N{at}b("{other}")' for at, (one, words, other) in enumerate(rows)]
    found = chart(*lines)

    def shown(words: str) -> str:
        return " ".join(words.split())

    assert [node.text for node in found.nodes] == [shown(label) for one, _, other in rows for label in (one, other)]
    assert [edge.text for edge in found.edges] == [shown(words) for _, words, _ in rows]


HOSTILE = [
    "A[",
    "A[\n",
    'A["',
    'A["\n',
    "A@{\n",
    'A@{"\n',
    "A -- x\n",
    "A --",
    "A -. .",
    "-",
    ".",
    "A & ",
    "A & B --> ",
    "A-->B;",
    "A:::",
    "subgraph [\n",
    "((((",
    "A(((x\n",
    "A --> B |x",
    " \t",
    "a b\n",
    "x@",
    "<br ",
    "%%{\n",
]


@pytest.mark.parametrize("kind", ["graph TD\n", "mindmap\n"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(kind: str, piece: str) -> None:
    assert_linear(lambda count: partial(diagram, kind + piece * count), 2_000, 16_000)
