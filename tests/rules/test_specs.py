"""Every rule's behaviour, as Markdown: ``tests/rules/<code>.md`` holds the cases of one rule.

A heading names a case. Each fenced block under it is a file: the fence's info string is ``md PATH`` (default
``chapter.md``; use four backticks around chapters that hold fences). ``file PATH`` declares a file that is not
Markdown. A comment ``<!-- finds: CODE [case words] -->`` at the end of a line says that the rule finds a fault on
that line, and nothing else may be found by that rule in that case. The marker is cut before the file is checked.
Words after the code must occur in the English or Chinese message or hint.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.worlds import findings

SPECS = sorted(Path(__file__).parent.glob("*.md"))
BLOCK = re.compile(r"^(?P<fence>`{3,}) ?(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.M | re.S)
MARKER = re.compile(r"[ ]?<!-- finds: (?P<code>[A-Z]{3}\d{3})(?P<words>[^>]*?) -->")


def read_cases(spec: Path) -> list[tuple[str, dict[str, str], list[tuple[str, int, str, str]]]]:
    """The cases of a spec: name, files, expected findings as (path, line, code, words)."""
    cases = []
    text = spec.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    inside = [range(block.start(), block.end()) for block in blocks]
    heads = [
        m for m in re.finditer(r"^#{2,6} (.+)$", text, re.M) if not any(m.start() in covered for covered in inside)
    ]
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        files: dict[str, str] = {}
        expected: list[tuple[str, int, str, str]] = []
        for block in blocks:
            if not head.end() <= block.start() < end:
                continue
            kind, _, path = block["info"].strip().partition(" ")
            path = path.strip() or "chapter.md"
            if kind == "file":
                files[path] = ""
                continue
            lines = block["body"].split("\n")
            for number, line in enumerate(lines, 1):
                expected += [(path, number, m["code"], m["words"].strip()) for m in MARKER.finditer(line)]
            files[path] = MARKER.sub("", block["body"])
        if files:
            cases.append((head[1].strip(), files, expected))
    return cases


CASES = [
    pytest.param(spec.stem.upper(), files, expected, id=f"{spec.stem}: {name}")
    for spec in SPECS
    for name, files, expected in read_cases(spec)
]


def test_there_are_specs() -> None:
    assert CASES, "no rule has a spec: nothing would be tested"


@pytest.mark.parametrize(("code", "files", "expected"), CASES)
def test_spec(code: str, files: dict[str, str], expected: list[tuple[str, int, str, str]]) -> None:
    found = findings(files, select=[code])
    assert [(f.path, f.line, f.code) for f in found] == sorted((p, n, c) for p, n, c, _ in expected), [
        (f.path, f.line, f.column, f.message.en) for f in found
    ]
    for finding, (_, _, _, words) in zip(found, sorted(expected), strict=True):
        said = f"{finding.message.en} {finding.message.zh} {finding.hint.en} {finding.hint.zh}"
        assert words in said, f"{words!r} is not in {said!r}"


def test_every_case_set_has_a_fault_and_a_quiet_case() -> None:
    for spec in SPECS:
        cases = read_cases(spec)
        assert any(expected for _, _, expected in cases), f"{spec.name} never finds anything"
        assert any(not expected for _, _, expected in cases), f"{spec.name} never proves silence"
