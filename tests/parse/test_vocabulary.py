"""A vocabulary is read whole, or refused with line, column and what to do."""

from __future__ import annotations

import pytest

from convergence_docs.errors import ConfigFault
from convergence_docs.parse.vocabulary import parse_vocabulary

WORDS = """\
layers:
  - {id: architectural, name: 架构层, aliases: [架构层收敛], english: architectural layer, definition: 结构的选择。}
levels:
  - id: L4
    name: 完全收敛
    interval: "(0.95, 1]"
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
  - {id: certainty, name: 确定性, type: rating, scale: 5}
  - {id: controversy, name: 争议度, type: ordinal, scale: [无争议, 有争议]}
  - {id: status, name: 2025, aliases: [on]}
drivers:
  - id: technical
    name: 技术
    factors:
      - {id: scaling, name: Scaling Law}
technologies:
"""


def test_reads_every_kind() -> None:
    words = parse_vocabulary(WORDS, "vocabulary.yml")
    layer = words.find("架构层收敛")
    assert layer is not None
    assert (layer.kind, layer.name, layer.english) == ("layer", "架构层", "architectural layer")
    assert layer.definition == "结构的选择。"
    assert [term.interval for term in words.of("level")] == [(95.0, 100.0, True, False)]
    assert {term.id: (term.scale, term.steps) for term in words.of("dimension")} == {
        "adoption": ("percentage", ()),
        "certainty": ("rating", ("5",)),
        "controversy": ("ordinal", ("无争议", "有争议")),
        "status": ("", ()),
    }
    assert [(term.id, term.driver) for term in words.of("factor")] == [("scaling", "technical")]
    assert words.find("2025") is words.find("on")


def test_an_empty_file_is_an_empty_vocabulary() -> None:
    assert parse_vocabulary("# nothing yet\n", "v.yml").terms == ()


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("layer:\n  - {id: a, name: b}\n", "v.yml:1:1", "did you mean 'layers'?"),
        ("layers:\n  - {id: a, nmae: b}\n", "v.yml:2:13", "did you mean 'name'?"),
        ("layers:\n  - {id: a}\n", "v.yml:2:5", "without 'name'"),
        ("layers:\n  - {id: a, name: b, interval: '[0, 1]'}\n", "v.yml:2:22", "no key 'interval'"),
        ("layers: 3\n", "v.yml:1:9", "list"),
        ("layers: [架构层]\n", "v.yml:1:10", "mapping"),
        ("- a\n", "v.yml:1:1", "mapping"),
        ("layers:\n  - {id: a, name: [b]}\n", "v.yml:2:19", "word"),
        ("levels:\n  - {id: a, name: b, interval: 0-1}\n", "v.yml:2:32", "interval"),
        ("levels:\n  - {id: a, name: b, interval: '[2, 1]'}\n", "v.yml:2:32", "interval"),
        ("levels:\n  - {id: a, name: b, interval: '[0.5, 95%]'}\n", "v.yml:2:32", "in percent"),
        ("levels:\n  - {id: a, name: b, interval: '[0, 20]'}\n", "v.yml:2:32", "in percent"),
        ("levels:\n  - {id: a, name: b, interval: '(0.5, 0.5]'}\n", "v.yml:2:32", "in percent"),
        ("differences:\n  - {subject: a}\n", "v.yml:2:5", "without 'dimension'"),
        (f"{WORDS}differences:\n  - {{subject: 架构, dimension: 采用率}}\n", "v.yml:19:15", "did you mean '架构层'?"),
        (f"{WORDS}differences:\n  - {{subject: 架构层, dimension: 采用}}\n", "v.yml:19:31", "did you mean '采用率'?"),
        (f"{WORDS}differences:\n  - {{subject: 架构层, why: x}}\n", "v.yml:19:20", "no key 'why'"),
        (
            "layers:\n  - {id: a, name: b, aliases: [c]}\n  - {id: c, name: c, aliases: [b]}\n",
            "v.yml:3:5",
            "'c' already names 'b'",
        ),
        ("dimensions:\n  - {id: a, name: b, type: percent}\n", "v.yml:2:28", "percentage"),
        ("dimensions:\n  - {id: a, name: b, type: rating, scale: [x]}\n", "v.yml:2:43", "scale"),
        ("layers:\n  - {id: a, name: b}\n  - {id: a, name: c}\n", "v.yml:3:10", "'a' is taken"),
        (
            "layers:\n  - {id: a, name: b}\nmodels:\n  - {id: c, name: d, aliases: [B]}\n",
            "v.yml:4:5",
            "'B' already names 'b'",
        ),
        ("layers: []\nlayers: []\n", "v.yml:2:1", "'layers' occurs twice"),
        ("layers:\n  - {id: a, name: b\n", "v.yml:3:1", "not YAML"),
        ("a: &a [*a]\n", "v.yml:1:4", "holds itself"),
        ("[" * 50_000, "v.yml:1:41", "nesting"),
    ],
)
def test_refuses_with_place_and_advice(text: str, where: str, says: str) -> None:
    with pytest.raises(ConfigFault) as caught:
        parse_vocabulary(text, "v.yml")
    fault = caught.value
    assert fault.where == where
    assert says in f"{fault.title['en']} {fault.hint['en']}"
    assert any("\u4e00" <= char <= "\u9fff" for char in fault.title["zh"])
    assert fault.hint["en"]
    assert fault.hint["zh"]


def test_levels_may_meet_and_may_leave_gaps() -> None:
    text = "levels:\n  - {id: a, name: b, interval: '[0, 0.5]'}\n  - {id: c, name: d, interval: '(0.5, 0.6)'}\n"
    assert len(parse_vocabulary(f"{text}  - {{id: e, name: f, interval: '[0.9, 1]'}}\n", "v.yml").terms) == 3


def test_anchors_and_aliases_may_save_typing() -> None:
    words = parse_vocabulary("layers:\n  - {id: a, name: b, aliases: &x [c]}\n", "v.yml")
    assert words.find("c") is words.find("b")


def test_differences_on_purpose_are_read() -> None:
    words = parse_vocabulary(
        f"{WORDS}differences:\n  - subject: 架构层收敛\n    dimension: adoption\n    values: [95%以上, 90 %]\n"
        "    chapters: x.md\n    year: 2024\n    scope: 新产品\n    reason: 口径不同。\n"
        "  - {subject: 架构层, dimension: 确定性}\n".replace("dimension: adoption", "dimension: 采用率"),
        "v.yml",
    )
    first, second = words.differences
    assert first[1:] == ("layer:architectural", "adoption", ("95%以上", "90%"), "新产品", 2024, ("x.md",), "口径不同。")
    assert (second.reason, second.values, second.paths) == ("", (), ())


def test_terms_know_where_they_are_written() -> None:
    words = parse_vocabulary(WORDS, "words.yml")
    level = words.of("level")[0]
    assert words.path == "words.yml"
    assert WORDS[slice(*level.span)] == '"(0.95, 1]"'
    assert WORDS[words.of("layer")[0].span.start :].startswith("{id: architectural")
