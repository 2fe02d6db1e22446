"""What is commonly wrong with the frame of a block: its first line, its groups, its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.fault import Fault
from convergence_docs.model.diagrams.scan import scan, statements
from convergence_docs.regex import regex

KINDS = (
    "graph", "flowchart", "sequenceDiagram", "classDiagram", "stateDiagram-v2", "stateDiagram", "erDiagram", "journey",
    "gantt", "pie", "quadrantChart", "requirementDiagram", "gitGraph", "mindmap", "timeline", "sankey-beta",
    "xychart-beta", "block-beta", "packet-beta", "kanban", "architecture-beta", "radar-beta", "treemap-beta",
    "C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment",
)  # fmt: skip
"""Words that a block may open with (https://mermaid.js.org/intro/)."""
_SHORT = {"flow": "flowchart", "sequence": "sequenceDiagram", "class": "classDiagram", "state": "stateDiagram-v2"}
_SHORT |= {"er": "erDiagram", "mind": "mindmap", "git": "gitGraph", "uml": "classDiagram"}
_DIRECTIONS = ("TB", "TD", "BT", "LR", "RL")
_HEADER = regex(r"[ \t]*(?P<kind>[\w-]+)(?P<rest>[^\n]*)")
_GLUED = regex(r"(graph|flowchart)(TB|TD|BT|LR|RL)\b", re.I)
_FLOW = regex(r"[ \t]*(graph|flowchart)(?P<blank>[ \t]*)(?P<direction>[A-Za-z]*)(?P<rest>[^\n]*)", re.I)
_EDGE = regex(r"\S[ \t]*(?:-->|---|==>|-\.->)[ \t]*\S")
_MESSAGE = regex(r"[^\s:>-]+[ \t]*-{1,2}>>[ \t]*[^\s:]+[ \t]*:")
_OPENS = regex(r"[ \t]*(?:loop|alt|opt|par|critical|break|rect|box)\b")
_TITLE = regex(r"[ \t]*title[ \t:：]+(?P<words>\S[^\n]*?)[ \t]*$")
_WORDS = regex(r"[\s:：;；,，。]*$")


def header(text: str) -> Iterator[Fault]:
    """A first line that names no type of diagram, or names it with a slip."""
    first = next(statements(text), None)
    if first is None:
        return
    match = _HEADER.match(text, *first)
    words = match["kind"] if match else ""
    start = match.start("kind") if match else first.start
    if words == "mermaid" and match and not match["rest"].strip():
        yield Fault("word-mermaid", start, start + 7, (Patch(first.start, min(first.end + 1, len(text)), ""),))
    elif glued := _GLUED.match(words):
        patch = Patch(start, start + len(words), f"{glued[1].lower()} {glued[2].upper()}")
        yield Fault("header", start, patch.end, (patch,))
    elif words in KINDS:
        return
    elif (kind := _meant(words)) and kind != words:
        yield Fault("type", start, start + len(words), (Patch(start, start + len(words), kind),))
    elif _EDGE.search(text, *first):
        yield Fault("missing-header", start, first.end, (Patch(first.start, first.start, "graph TD\n"),))
    elif _MESSAGE.search(text, *first):
        yield Fault("missing-header", start, first.end, (Patch(first.start, first.start, "sequenceDiagram\n"),))


def prose(text: str) -> Iterator[Fault]:
    """Words above the line with the type, which belong into the chapter, or into a comment."""
    lines = [line for _, line in zip(range(5), statements(text), strict=False)]
    for number, line in enumerate(lines):
        match = _HEADER.match(text, *line)
        if match and match["kind"] in KINDS:
            patches = tuple(Patch(one.start, one.start, "%% ") for one in lines[:number])
            if patches:
                yield Fault("prose", lines[0].start, lines[number - 1].end, patches, is_sure=False)
            return


def _meant(words: str) -> str:
    """The type that is spelled nearly so; empty where there is none, or several."""
    for kind in KINDS:
        if kind.casefold() == words.casefold():
            return kind
    if short := _SHORT.get(words.casefold()):
        return short
    near = [kind for kind in KINDS if len(words) > 4 and _distance(kind.casefold(), words.casefold()) <= 2]
    near += [kind for kind in KINDS if kind.endswith("-beta") and kind[:-5] == words]
    return near[0] if len(near) == 1 else ""


def _distance(one: str, other: str) -> int:
    """How many characters must be put in, taken out, changed or swapped with the next one."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != its)))
            if older and j > 1 and char == other[j - 2] and one[i - 2] == its:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]


def after_header(text: str) -> Iterator[Fault]:
    """What stands in the first line beside the type and the direction, or a direction that there is not."""
    first = next(statements(text), None)
    match = _FLOW.match(text, *first) if first else None
    if match is None:
        if first and (mark := re.search(r"[:：；][ \t]*$", text[first.start : first.end])):
            yield Fault(
                "header", first.start + mark.start(), first.end, (Patch(first.start + mark.start(), first.end, ""),)
            )
        return
    direction, rest = match["direction"], match["rest"]
    if direction and direction.upper() not in _DIRECTIONS:
        turned = direction.upper()[::-1]
        if turned in _DIRECTIONS:
            yield Fault("direction", *match.span("direction"), (Patch(*match.span("direction"), turned),))
    elif direction and direction not in _DIRECTIONS:
        yield Fault("direction", *match.span("direction"), (Patch(*match.span("direction"), direction.upper()),))
    elif rest.strip(" \t;"):
        at = match.start("rest") + len(rest) - len(rest.lstrip(" \t:：；,，"))
        words = text[at : match.end()]
        new = "\n" + words.lstrip() if words.strip() else ""
        yield Fault("header", match.start("rest"), match.end(), (Patch(match.start("rest"), match.end(), new),))


def groups(text: str) -> Iterator[Fault]:
    """A group that is never closed, or an ``end`` with nothing to close."""
    found = scan(text)
    depth, opened, is_even = 0, [], True
    lines = [*statements(text)]
    for line in lines[1:]:
        words = text[line.start : line.end].strip().rstrip(";").rstrip()
        if words.startswith("subgraph") and words[8:9] in ("", " ", "\t"):
            depth += 1
            opened.append(line)
        elif words == "end":
            depth -= 1
            if depth < 0 and is_even:
                is_even = False
                yield Fault("surplus-end", line.start, line.end, (_line_gone(text, *line),))
            elif opened:
                opened.pop()
    if depth > 0 and found.lines and opened:
        last = lines[-1]
        indents = [_indent_of(text[line.start : line.end]) for line in opened]
        closing = "".join(f"\n{indent}end" for indent in reversed(indents))
        is_sure = depth == 1 and all(
            len(_indent_of(text[line.start : line.end])) > len(indents[0])
            for line in lines
            if line.start > opened[0].start
        )
        at = last.start + len(text[last.start : last.end].rstrip())
        yield Fault("missing-end", *opened[-1], (Patch(at, at, closing),), is_sure=is_sure)


def blocks_of_messages(text: str) -> Iterator[Fault]:
    """``loop``, ``alt`` and the like in a sequence, never closed, or an ``end`` with nothing to close."""
    lines = [*statements(text)]
    if not lines or "sequenceDiagram" not in text[lines[0].start : lines[0].end]:
        return
    depth, opened = 0, []
    for line in lines[1:]:
        if _OPENS.match(text, *line):
            depth += 1
            opened.append(line)
        elif text[line.start : line.end].strip() == "end":
            depth -= 1
            if depth < 0:
                yield Fault("surplus-end", line.start, line.end, (_line_gone(text, *line),))
                return
            opened.pop()
    if opened:
        last = lines[-1]
        at = last.start + len(text[last.start : last.end].rstrip())
        indent = _indent_of(text[opened[-1].start : opened[-1].end])
        yield Fault("missing-end", *opened[-1], (Patch(at, at, f"\n{indent}end" * len(opened)),), is_sure=False)


def title_statement(text: str) -> Iterator[Fault]:
    """``title words`` in a flowchart, which has its title in front matter."""
    found = scan(text)
    if found.header is None or text.lstrip().startswith("---"):
        return
    for line in found.lines:
        match = _TITLE.match(text, *line)
        if match:
            words = match["words"]
            front = Patch(0, 0, f"---\ntitle: {json.dumps(words, ensure_ascii=False)}\n---\n")
            yield Fault("title", line.start, line.end, (front, _line_gone(text, *line)))
            return


def _line_gone(text: str, start: int, end: int) -> Patch:
    if end < len(text):
        return Patch(start, end + 1, "")
    return Patch(max(start - 1, 0), end, "")


def _indent_of(line: str) -> str:
    """The blanks that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]
