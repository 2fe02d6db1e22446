"""Hostile blocks: bounded, told, and without a trace in what is read next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from convergence_docs.mermaid import Reader
from convergence_docs.model.diagrams.reading import Reading

Read = Callable[[str], Reading]
SOUND = "graph TD\nA[安] --> B"
NODES = "graph TD\n" + "\n".join(f"n{at}[节点 {at}]" for at in range(5_000))
EDGES = "graph TD\n" + "\n".join(f"n{at} --> n{at + 1}" for at in range(600))


def test_a_block_that_is_too_long_is_not_read() -> None:
    reading = Reader(is_remembering=False).read("graph TD\n" + "A --> B\n" * 130_000)
    assert reading == Reading("", "", "", "", (), None, None, "characters")


def test_five_thousand_nodes_are_read_where_the_limits_allow_it(engine: None) -> None:
    reading = Reader(seconds=120, characters=200_000, is_remembering=False).read(NODES)
    assert reading is not None
    assert reading.graph is not None
    assert len(reading.graph.nodes) == len(reading.labels) == 5_000


@pytest.mark.parametrize(
    "text",
    [
        "radar-beta\naxis a, b, c\ncurve x{1,2,3}\nticks 999999999",
        "graph TD\nA@{ label: '"
        + "x" * 20
        + "', a: &a [1,2,3,4,5,6,7,8,9], "
        + ", ".join(
            f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join(f'*{chr(97 + at)}' for _ in range(9))}]" for at in range(9)
        )
        + " }",
        "graph TD" + "\n" * 49_000 + "A",
    ],
    ids=["ticks", "aliases", "blanks"],
)
def test_what_takes_too_long_ends_and_the_next_is_read(engine: None, read: Read, text: str) -> None:
    reading = Reader(seconds=0.5, is_remembering=False).read(text)
    assert reading is not None
    assert reading.limit in ("seconds", "memory") or reading.complaint is not None or reading.graph is not None
    assert read(SOUND).graph is not None


@pytest.mark.parametrize(
    "settings",
    [
        '"maxEdges": 100000',
        '"secure": [], "maxEdges": 100000, "maxTextSize": 100000000',
        '"securityLevel": "loose", "flowchart": {"maxEdges": 100000}',
    ],
)
def test_a_block_cannot_loosen_limits(read: Read, settings: str) -> None:
    for text in (f"%%{{init: {{{settings}}}}}%%\n{EDGES}", f"---\nconfig: {{{settings}}}\n---\n{EDGES}"):
        complaint = read(text).complaint
        assert complaint is not None
        assert "500" in complaint.message


@pytest.mark.parametrize(
    "hostile",
    [
        '%%{init: {"securityLevel": "loose", "theme": "dark", "flowchart": {"htmlLabels": false}}}%%\ngraph TD\nA',
        '%%{init: {"__proto__": {"x": 1}, "constructor": {"prototype": {"x": 1}}}}%%\ngraph TD\nA',
        "graph TD\n__proto__ --> constructor\nclassDef __proto__ fill:#f00",
        "graph TD\nA[",
        "nothing known",
        "",
    ],
)
def test_nothing_is_left_for_the_next_block(read: Read, hostile: str) -> None:
    before = read(SOUND)
    read(hostile)
    assert read(f"{SOUND} ")._replace() == before


@pytest.mark.parametrize(
    ("label", "seen"),
    [
        ("<img src=x onerror=alert(1)>图", "图"),
        ("<b onclick='alert(1)'>粗</b>", "粗"),
        ("a &lt;script&gt; b", "a <script> b"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_a_label_is_its_words(read: Read, label: str, seen: str) -> None:
    graph = read(f'graph TD\nA["{label}"]').graph
    assert graph is not None
    assert graph.nodes[0].text == seen


def test_a_script_in_a_label_is_no_text(read: Read) -> None:
    reading = read('graph TD\nA["<script>alert(1)</script>安"]\nclick A "javascript:alert(1)"')
    assert reading.labels == ("安",)
