"""The exported model: valid against its schema, complete, and the same bytes every time."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convergence_docs import engine
from convergence_docs.config import find_configs
from convergence_docs.export import render_model, stream_model
from convergence_docs.model.book import Book, Site, make_entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.claim_row import ClaimRow
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.parse import parse_chapter
from convergence_docs.schemas import NAMES, read_schema
from convergence_docs.text import Span, decode
from tests.worlds import chapter

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
SCHEMA = json.loads(read_schema("model"))

EVERYTHING = """---
title: 样例
date: 2026-01-02
weights: [1, 2.5, .inf, null, true]
---
# 03.2.2-样例

## 目录

- [一、概述](#一概述)
  - [1.1 表](#11-表)

## 一、概述

**要点**：行内 $a_1$ 与 [链接](other.md "题"), [缺失](missing.md#x), <https://example.org/>，![图](图.png)，脚注[^1]与[^2]。

$$
C > 0.95
$$

### 1.1 表 {#table}

| 维度 | 数学层 | 架构层 |
| :--- | ---: | :-: |
| 采用率 | 100% | 95%以上 |
| 收敛度 | 98% |

| 因素 | 作用机制 | 收敛效果 |
| --- | --- | --- |
| **Scaling Law** | 规模效应 | 架构同质化 |

```mermaid
graph TD
    A["数学层<br>100%"] -->|推动| B[架构层]
    style A fill:#fff
```

- **采用率**：100%
    1. 里层

<a id="here"></a> [引用][ref]

[ref]: other.md#here
[^1]: 注
"""


def export(files: Mapping[str, str]) -> str:
    """The model of a folder in memory."""
    return render_model(*read({path: text.encode() for path, text in files.items()}))


def read(files: Mapping[str, bytes]) -> tuple[Book, dict[str, Chapter]]:
    """The book of some files."""
    chapters = {path: parse_chapter(decode(data, path)) for path, data in files.items()}
    entries = {path: make_entry(chapters[path], hand_made(chapters[path])) for path in sorted(chapters)}
    return Book(entries=entries, site=Site(files=frozenset(chapters))), chapters


def hand_made(chapter: Chapter) -> tuple[Claim, ...]:
    """A claim at every ``95%以上``: what is exported does not depend on what is found."""
    value = Value(ValueKind.PERCENTAGE, "95%以上", Interval(95.0, inf, False, True))
    places = [match.span() for match in re.finditer("95%以上", chapter.source.text)]
    return tuple(
        Claim(Span(*at), ClaimSource.TABLE, "架构层", "layer:architectural", "采用率", "adoption", value, year=2025)
        for at in places
    )


def complaints(model: object) -> list[str]:
    """What the schema has against a model."""
    found = Draft202012Validator(SCHEMA).iter_errors(model)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found][:10]


def test_a_chapter_with_everything_is_valid() -> None:
    model = json.loads(export({"03.2.2-样例.md": EVERYTHING, "other.md": "# 另一章\n"}))
    assert complaints(model) == []
    one = model["chapters"][0]
    empty = [key for key, value in one.items() if value in ([], None)]
    assert empty == [], "the fixture no longer shows these"
    assert one["number"] == "03.2.2"
    assert one["front_matter"]["values"]["date"] == "2026-01-02"
    assert [heading["text"] for heading in one["headings"]] == ["03.2.2-样例", "目录", "一、概述", "1.1 表"]
    assert one["headings"][2]["number"] == {"style": "chinese", "parts": [1], "text": "一、", "title": "概述"}
    assert one["headings"][3]["site_id"] == "table"
    targets = {link["destination"]: link["target"] for link in one["links"]}
    assert targets["other.md"] == {"kind": "chapter", "path": "other.md", "fragment": "", "fault": None}
    assert targets["missing.md#x"]["fault"] == "missing"
    assert one["layer_tables"][0]["orientation"] == "dimension-by-layer"
    assert [label["text"] for label in one["layer_tables"][0]["subjects"]] == ["数学层", "架构层"]
    assert one["driver_tables"][0]["rows"][0]["effect"]["text"] == "架构同质化"
    assert len(one["tables"][0]["rows"][1]["cells"]) == 2, "a ragged row stays ragged"
    (diagram,) = one["diagrams"]
    assert [(node["id"], node["text"]) for node in diagram["nodes"]] == [("A", "数学层 100%"), ("B", "架构层")]
    assert [(edge["source"], edge["target"], edge["text"]) for edge in diagram["edges"]] == [("A", "B", "推动")]
    (claim,) = one["claims"]
    assert (claim["line"], claim["column"], claim["end_column"]) == (25, 16, 21)
    assert (claim["text"], claim["low"], claim["high"], claim["high_open"]) == ("95%以上", 95, None, True)
    assert (claim["as_of"], claim["scope"], claim["source"]) == (2025, "", "table")


def test_places_are_lines_and_columns_in_characters() -> None:
    model = json.loads(export({"a.md": "# 甲\n\n见 [乙](乙.md)。\n"}))
    link = model["chapters"][0]["links"][0]
    assert (link["line"], link["column"], link["end_line"], link["end_column"]) == (3, 3, 3, 12)


def test_the_same_chapters_give_the_same_bytes() -> None:
    files = {"b.md": EVERYTHING, "a/c.md": "# C\n", "a.md": "# A\n"}
    assert export(files) == export(dict(reversed(files.items())))
    assert [one["path"] for one in json.loads(export(files))["chapters"]] == ["a.md", "a/c.md", "b.md"]


def test_an_empty_book_is_valid() -> None:
    assert complaints(json.loads(export({}))) == []


@pytest.mark.parametrize("folder", [ROOT / "docs", SEEDS], ids=["docs", "seeds"])
def test_real_chapters_are_valid(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.md"))}
    if folder == SEEDS and not files:
        pytest.skip("the founding documents are not beside this checkout")
    assert files
    model = json.loads(render_model(*read(files)))
    assert complaints(model) == []
    assert len(model["chapters"]) == len(files)
    assert all(one["headings"] for one in model["chapters"])


def objects(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object that a schema describes, by its place."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            yield where, schema
        for key, value in schema.items():
            yield from objects(value, f"{where}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from objects(value, f"{where}/{index}")


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_closed_and_say_what_everything_is(name: str) -> None:
    schema = json.loads(read_schema(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    described = list(objects(schema))
    assert described
    for where, one in described:
        assert one["additionalProperties"] is False, where
        assert one["required"] == list(one["properties"]), where
        assert one["description"], where
        for key, value in one["properties"].items():
            assert value.get("description") or "$ref" in value, f"{where}: {key} is not explained"


def test_the_schema_names_every_choice() -> None:
    """Every value that an enumeration of the model can take is one that the schema allows, and no other."""
    from convergence_docs.model import nodes, numbering
    from convergence_docs.model.claims import claim
    from convergence_docs.model.links import target
    from convergence_docs.model.tables import layer_table
    from convergence_docs.model.values import value

    definitions = SCHEMA["$defs"]
    for enumeration, choices in (
        (nodes.LinkKind, definitions["link"]["properties"]["kind"]["enum"]),
        (nodes.AnchorOrigin, definitions["anchor"]["properties"]["origin"]["enum"]),
        (numbering.NumberStyle, definitions["section_number"]["properties"]["style"]["enum"]),
        (target.TargetKind, definitions["target"]["properties"]["kind"]["enum"]),
        (target.LinkFault, definitions["target"]["properties"]["fault"]["enum"][1:]),
        (value.ValueKind, definitions["claim"]["properties"]["kind"]["enum"]),
        (claim.ClaimSource, definitions["claim"]["properties"]["source"]["enum"]),
        (layer_table.Orientation, definitions["layer_table"]["properties"]["orientation"]["enum"]),
    ):
        assert {one.value for one in enumeration} == set(choices), enumeration


def test_claims_have_the_columns_of_every_other_format() -> None:
    place = ["line", "column", "end_line", "end_column"]
    assert set(SCHEMA["$defs"]["claim"]["properties"]) == set(ClaimRow._fields) - {"path"}
    assert list(SCHEMA["$defs"]["claim"]["properties"]) == place + [
        one for one in ClaimRow._fields if one not in ("path", *place)
    ]


def test_every_field_of_a_chapter_is_exported() -> None:
    """A field that `Chapter` gains must be exported, or be named here with a reason."""
    merged_elsewhere = {
        "source": "the text itself",
        "blocks": "the text of diagrams, which fences hold too",
        "file_number": "number",
        "heading_number": "number",
        "github": "github_id of headings",
        "loose_references": "plain text on the site",
        "near_links": "plain text on the site",
        "comments": "not shown to readers",
    }
    fields = {name for name in Chapter.__slots__ if not name.startswith("_")}
    exported = set(SCHEMA["$defs"]["chapter"]["properties"])
    assert fields - exported - set(merged_elsewhere) == set()
    assert chapter("# A\n").title == "A"


def test_chapters_are_held_one_at_a_time(tmp_path: Path) -> None:
    """What a book takes in memory must not grow with it."""
    for number in range(30):
        (tmp_path / f"{number:02}.md").write_text(EVERYTHING, encoding="utf-8")
    (config,) = find_configs([str(tmp_path)])
    found = engine.read_book(config)
    gc.collect()
    before = held = sum(isinstance(one, Chapter) for one in gc.get_objects())
    pieces = 0
    for _ in stream_model(found.book, found.pages, found.vocabulary):
        held = max(held, sum(isinstance(one, Chapter) for one in gc.get_objects()))
        pieces += 1
    assert pieces == 32
    assert 1 <= held - before <= 2
