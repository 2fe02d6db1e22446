"""The exported model: what Mermaid holds, with the places of the lenient grammar; else what the grammar reads."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convergence_docs import engine as front
from convergence_docs.config import find_configs
from convergence_docs.database import write_database
from convergence_docs.export import stream_model
from convergence_docs.mermaid import reader
from convergence_docs.schemas import read_schema
from tests.folders import write

CHAPTERS = {
    "a.md": """\
# 一

> ```mermaid
> flowchart LR
>     accTitle: 两层
>     A["架构层<br>收敛度 95%"]:::hot --> B
>     subgraph S [组]
>         B
>     end
>     subgraph 无 名
>         B
>     end
>     C@{ shape: rect, label: "孤" }
>     classDef hot fill:#f00
> ```

```mermaid
graph TD
A[坏(处)] --> B
```

```mermaid
pie title 饼
"甲" : 40
```
"""
}


def exported(root: Path) -> list[dict[str, Any]]:
    """The diagrams of the first chapter, in a model that its schema allows."""
    read = front.read_book(find_configs([str(root)])[0])
    model = json.loads("".join(stream_model(read.book, read.pages, read.vocabulary)))
    Draft202012Validator(json.loads(read_schema("model"))).validate(model)
    found: list[dict[str, Any]] = model["chapters"][0]["diagrams"]
    return found


def test_the_graph_is_mermaids(engine: None, tmp_path: Path) -> None:
    sound, broken, other = exported(write(tmp_path, CHAPTERS))
    assert [one["source"] for one in (sound, broken, other)] == ["mermaid", "grammar", "mermaid"]
    nodes = [(node["id"], node["text"], node["line"], node["column"]) for node in sound["nodes"]]
    assert nodes == [
        ("A", "架构层 收敛度 95%", 6, 10),
        ("B", "B", 6, 37),
        ("S", "组", 7, 19),
        ("subGraph1", "无 名", 10, 16),
        ("C", "孤", 13, 32),
    ]
    assert [(edge["source"], edge["target"], edge["line"]) for edge in sound["edges"]] == [("A", "B", 6)]
    said = sound["mermaid"]
    assert (said["type"], said["title"], said["graph"]["direction"]) == ("flowchart-v2", "两层", "LR")
    assert said["graph"]["classes"] == [{"name": "hot", "styles": ["fill:#f00"], "text_styles": []}]
    assert [node["group"] for node in said["graph"]["nodes"]] == ["", "S", ""]
    complaint = broken["mermaid"]["complaint"]
    assert (complaint["line"], complaint["column"], complaint["token"]) == (19, 4, "(")
    assert [node["text"] for node in broken["nodes"]] == ["坏(处)", "B"]
    assert (other["mermaid"]["caption"], other["mermaid"]["labels"]) == ("饼", ["甲"])


def test_without_mermaid_the_grammar_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "installed", lambda: None)
    diagrams = exported(write(tmp_path, CHAPTERS))
    assert [(one["source"], one["mermaid"]) for one in diagrams] == [("grammar", None)] * 3
    assert [node["id"] for node in diagrams[0]["nodes"]] == ["A", "B", "S", "无 名", "C"]


def test_the_database_tells_it_too(engine: None, tmp_path: Path) -> None:
    read = front.read_book(find_configs([str(write(tmp_path / "book", CHAPTERS))])[0])
    file = str(tmp_path / "book.sqlite")
    write_database(file, read.book, read.pages, read.vocabulary)
    with closing(sqlite3.connect(file)) as book:
        diagrams = book.execute("SELECT source, type, direction, labels, complaint_line FROM diagrams").fetchall()
        nodes = book.execute("SELECT name, parent, is_group, classes FROM nodes WHERE diagram_id = 1").fetchall()
        edges = book.execute("SELECT source, target, stroke, ends FROM edges").fetchall()
    assert diagrams == [
        ("mermaid", "flowchart-v2", "LR", "架构层 收敛度 95%\nB\n组\n无 名\n孤", None),
        ("grammar", "flowchart-v2", None, "", 19),
        ("mermaid", "pie", None, "甲", None),
    ]
    assert nodes == [
        ("A", None, 0, "hot"),
        ("B", "S", 0, ""),
        ("S", None, 1, ""),
        ("subGraph1", None, 1, ""),
        ("C", None, 0, ""),
    ]
    assert edges == [("A", "B", "normal", "arrow_point"), ("A", "B", None, None)]
