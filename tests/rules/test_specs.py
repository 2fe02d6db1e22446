"""Every rule's behaviour, as Markdown: ``tests/rules/<code>.md`` holds the cases of one rule.

A heading names a case. Each fenced block under it is a file: the fence's info string is ``md PATH`` (default
``chapter.md``; use four backticks around chapters that hold fences). ``file PATH`` declares a file that is not
Markdown; ``md-ENCODING PATH`` one in another encoding than UTF-8; ``yaml vocabulary`` holds a vocabulary, ``yaml
options`` the rule's options, ``yaml settings`` severities as in the settings, ``yaml site`` what the site's
configuration says (fields of `Site`).

A comment ``<!-- finds: CODE [case words] -->`` at the end of a line says that the rule finds a fault on that line, and
nothing else may be found by that rule in that case. The marker is cut before the file is checked. Words after the
code must occur in the English or Chinese message or hint.

``after PATH`` is what the rule's safe fixes make of a file; files without one must stay as they are, and no rule may
find anything in the mended files that it did not find before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from convergence_docs.config import Settings
from convergence_docs.config.document import Document
from convergence_docs.config.settings import read_settings
from convergence_docs.diagnostic import Edit
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.repair import choose, splice
from tests.worlds import findings

SPECS = sorted(Path(__file__).parent.glob("*.md"))
BLOCK = re.compile(r"^(?P<fence>`{3,}) ?(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.M | re.S)
MARKER = re.compile(r"[ ]?<!-- finds: (?P<code>[A-Z]{3}\d{3})(?P<words>[^>]*?) -->")


class World(NamedTuple):
    """What the fenced blocks of a case declare: files, findings as (path, line, code, words), and circumstances."""

    files: dict[str, str | bytes]
    expected: list[tuple[str, int, str, str]]
    circumstances: dict[str, Any]
    mended: dict[str, str]


def read_world(source: str, code: str) -> World:
    """The world of a case of the rule ``code``."""
    world = World({}, [], {}, {})
    for block in BLOCK.finditer(source):
        kind, _, path = block["info"].strip().partition(" ")
        path = path.strip() or "chapter.md"
        if kind == "file":
            world.files[path] = ""
        elif kind == "after":
            world.mended[path] = block["body"]
        elif kind == "yaml" and path == "vocabulary":
            text = read_markers(world, "vocabulary.yml", block["body"])
            world.circumstances["vocabulary"] = parse_vocabulary(text, "vocabulary.yml")
            world.files["vocabulary.yml"] = text
        elif kind == "yaml" and path == "options":
            world.circumstances["settings"] = Settings(options={code: yaml.safe_load(block["body"])})
        elif kind == "yaml" and path == "settings":
            world.circumstances["settings"] = read_settings(Document(yaml.safe_load(block["body"]), ()), ())
        elif kind == "yaml" and path == "site":
            world.circumstances.update(yaml.safe_load(block["body"]))
        elif kind.partition("-")[0] in ("md", ""):
            text = read_markers(world, path, block["body"])
            world.files[path] = text.encode(kind[3:]) if kind[3:] else text
    return world


def read_markers(world: World, path: str, body: str) -> str:
    """Add what the markers in a file expect; what comes back is the file without them."""
    for number, line in enumerate(body.split("\n"), 1):
        world.expected.extend((path, number, m["code"], m["words"].strip()) for m in MARKER.finditer(line))
    return MARKER.sub("", body)


def read_cases(spec: Path) -> list[tuple[str, World]]:
    """The cases of a spec: name and world."""
    cases = []
    text = spec.read_text(encoding="utf-8")
    inside = [range(block.start(), block.end()) for block in BLOCK.finditer(text)]
    heads = [
        m for m in re.finditer(r"^#{2,6} (.+)$", text, re.M) if not any(m.start() in covered for covered in inside)
    ]
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        world = read_world(text[head.end() : end], spec.stem.upper())
        if world.files:
            cases.append((head[1].strip(), world))
    return cases


CASES = [
    pytest.param(spec.stem.upper(), world, id=f"{spec.stem}: {name}")
    for spec in SPECS
    for name, world in read_cases(spec)
]


def test_there_are_specs() -> None:
    assert CASES, "no rule has a spec: nothing would be tested"


@pytest.mark.parametrize(("code", "world"), CASES)
def test_spec(code: str, world: World) -> None:
    files, expected, circumstances, _ = world
    found = findings(files, select=[code], **circumstances)
    assert [(f.path, f.line, f.code) for f in found] == sorted((p, n, c) for p, n, c, _ in expected), [
        (f.path, f.line, f.column, f.message.en) for f in found
    ]
    for path, line, _, words in expected:
        said = [
            f"{one.message.en} {one.message.zh} {one.hint.en} {one.hint.zh}"
            for one in found
            if (one.path, one.line) == (path, line)
        ]
        assert any(words in one for one in said), f"{words!r} is not in {said!r}"


MENDED = [case for case in CASES if case.values[1].mended]


@pytest.mark.parametrize(("code", "world"), MENDED)
def test_mended(code: str, world: World) -> None:
    before = world.files
    after = mended(code, world)
    assert after == {**{path: _data(text) for path, text in before.items()}, **_encoded(world.mended)}
    assert not _found(after, world) - _found(before, world), "a finding has come"
    assert mended(code, world._replace(files=dict(after))) == after


def test_every_rule_that_mends_shows_how() -> None:
    """Whatever a safe fix in any spec does, some case of its rule shows it."""
    mending = {
        code
        for code, world in (case.values for case in CASES)
        for one in findings(world.files, select=[code], **world.circumstances)
        if one.fix and one.fix.safe
    }
    assert mending
    assert mending <= {case.values[0] for case in MENDED}


def mended(code: str, world: World) -> dict[str, bytes]:
    """The files with the safe fixes of one rule applied until there is nothing left to apply."""
    files = {path: _data(text) for path, text in world.files.items()}
    for _ in range(5):
        found = findings(files, select=[code], **world.circumstances)
        fixes = [one.fix for one in found if one.fix and one.fix.safe]
        edits: dict[str, set[Edit]] = {}
        for index in choose(fixes):
            for edit in fixes[index].edits:
                edits.setdefault(edit.path, set()).add(edit)
        if not edits:
            return files
        files.update({path: splice(files[path], ours) for path, ours in edits.items()})
    raise AssertionError(f"{code} never comes to an end")


def _found(files: Mapping[str, str | bytes], world: World) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.code) for one in findings(files, **world.circumstances))


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def _data(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def test_every_case_set_has_a_fault_and_a_quiet_case() -> None:
    for spec in SPECS:
        cases = read_cases(spec)
        assert any(world.expected for _, world in cases), f"{spec.name} never finds anything"
        assert any(not world.expected for _, world in cases), f"{spec.name} never proves silence"
