"""YAML: same values as the safe loader, and refusal of everything dangerous or ambiguous, in its place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.yaml_document import YamlProblem, read_yaml

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_reads_what_the_safe_loader_reads(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert read_yaml(text).value == yaml.safe_load(text)


def test_aliases_and_merges_are_read() -> None:
    text = "base: &b {x: 1}\nmore: {<<: *b, y: 2}\n"
    assert read_yaml(text).value == {"base": {"x": 1}, "more": {"x": 1, "y": 2}}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join(['*' + before] * 9)}]}}\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("标题: 你好\n标题: 再见\n", "duplicate-key", 7),
        ("a: [1, 2\nb: 3\n", "syntax", 10),
        ("a: b: c\n", "syntax", 4),
        ("a: \x01\n", "syntax", 3),
        ("a: *nobody\n", "syntax", 3),
        ("a: 1\n---\nb: 2\n", "syntax", 5),
        ("a: &a [*a]\n", "cycle", 3),
        ("a: &a {b: *a}\n", "cycle", 3),
        (BOMB, "too-large", None),
        (MERGE_BOMB, "too-large", None),
        ("[" * 100_000, "too-deep", 40),
        ("- " * 100_000 + "a", "too-deep", 80),
        ("date: 2026-02-31\n", "value", 6),
        ("n: " + "9" * 5000 + "\n", "value", 3),
        ("? [a]\n: b\n", "value", None),
        ("x: !!python/object/apply:os.system [ls]\n", "tag", 3),
        ("x: !mine y\n", "tag", 3),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_refuses_by_name_and_place(text: str, kind: str, at: int | None) -> None:
    with pytest.raises(YamlProblem) as caught:
        read_yaml(text, offset=100)
    assert caught.value.kind == kind
    if at is not None:
        assert caught.value.span.start == at + 100
    assert caught.value.span.end <= len(text) + 100


@given(st.text(alphabet="a:-[]{}&*!|>'\"#\n ,?<%@`\t\\1中", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    span = None
    try:
        read_yaml(text)
    except YamlProblem as problem:
        span = problem.span
    assert span is None or 0 <= span.start <= span.end <= len(text)


def test_unknown_tags_are_handed_over_with_plain_values() -> None:
    seen: list[tuple[str, object]] = []

    def tags(tag: str, value: object) -> object:
        seen.append((tag, value))
        if tag == "!bad":
            raise ValueError("no")
        return f"<{tag}>"

    text = "a: !ENV [X, y]\nb: !!python/name:m.f\nc: !!python/name:m.g {case: lower}\nd: !ENV Z\n"
    assert read_yaml(text, tags=tags).value["d"] == "<!ENV>"
    assert seen == [
        ("!ENV", ["X", "y"]),
        ("tag:yaml.org,2002:python/name:m.f", ""),
        ("tag:yaml.org,2002:python/name:m.g", {"case": "lower"}),
        ("!ENV", "Z"),
    ]
    with pytest.raises(YamlProblem) as caught:
        read_yaml("a: !bad 1\n", tags=tags)
    assert (caught.value.kind, caught.value.span.start) == ("value", 3)
