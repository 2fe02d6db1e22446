"""The text of a Mermaid block is the one that the site hands to Mermaid, and each character leads to its place."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.model.diagrams.block import Block
from convergence_docs.parse import MATERIAL, parse_chapter
from convergence_docs.text import SourceText

PREFIXES = ["", "> ", ">", "    ", "  ", "> > ", "\t", ">\t", "  > "]
LINES = [
    "graph TD",
    "A[架构] --> B",
    "\tA\t--> B\t%% x",
    "",
    "   ",
    "\t",
    "  B --> C",
    "a\u0002b",
    "> C",
    "mindmap",
    "😀\t|",
]
blocks = st.tuples(
    st.sampled_from(PREFIXES), st.lists(st.sampled_from(LINES), max_size=6), st.sampled_from(["```", "~~~~"])
)


def fenced(prefix: str, lines: list[str], mark: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in (f"{mark}mermaid", *lines, mark))


documents = st.lists(blocks, min_size=1, max_size=3).map(
    lambda many: "".join(f"- item\n\n{fenced(*one)}\ntext\n\n" for one in many)
)


def handed_over(text: str) -> list[str]:
    """What superfences gives to the function that makes the HTML."""
    taken: list[str] = []

    def take(source: str, *_: Any, **__: Any) -> str:
        taken.append(source)
        return "<pre></pre>"

    fence = {"name": "mermaid", "class": "mermaid", "format": take}
    markdown.markdown(
        text,
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": [fence]}},
    )
    return taken


def places(block: Block) -> list[tuple[str, int]]:
    rows = block.text.split("\n")
    assert len(rows) == len(block.starts)
    return [(sign, block.offset(row, at)) for row, line in enumerate(rows, 1) for at, sign in enumerate(line, 1)]


@settings(max_examples=300)
@given(documents)
def test_text_and_places(text: str) -> None:
    chapter = parse_chapter(SourceText("a.md", text), MATERIAL, github=False)
    assert [block.text for block in chapter.blocks] == handed_over(text)
    assert [block.span for block in chapter.blocks] == [diagram.span for diagram in chapter.diagrams]
    for block in chapter.blocks:
        last = block.span.start
        for sign, offset in places(block):
            assert last <= offset < block.span.end
            # Of the blanks that stand for a tab, the first leads to it, the others to what follows it.
            assert text[offset] == sign or (sign == " " and "\t" in text[offset - 1 : offset + 1])
            last = offset


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("```mermaid\n```\n", ""),
        ("```mermaid\n\n```\n", ""),
        ("```mermaid\npie\n```\n", "pie"),
        ("- a\n\n    ```mermaid\n    pie\n      x\n    ```\n", "pie\n  x"),
        ("> ```mermaid\n> pie\n>   x\n> ```\n", "pie\n  x"),
        ("!!! note\n\n\t```mermaid\n\tpie\n\t```\n", "pie"),
        ("> ```mermaid\n>\tpie\n> ```\n", "  pie"),
    ],
)
def test_marks_and_indent_are_gone(text: str, block: str) -> None:
    (found,) = parse_chapter(SourceText("a.md", text), MATERIAL, github=False).blocks
    assert [found.text] == [block] == handed_over(text)


def test_a_place_beside_the_text_leads_to_the_nearest() -> None:
    text = "> ```mermaid\n> pie\n> x\n> ```\n"
    (block,) = parse_chapter(SourceText("a.md", text), MATERIAL, github=False).blocks
    assert text[block.offset(0, 1)] == "p"
    assert block.offset(1, 99) == text.index("pie") + 3
    assert block.offset(9, 1) == text.index("x\n")


def test_places_after_a_tab() -> None:
    text = "```mermaid\nA\t--> B\t%% x\n```\n"
    (block,) = parse_chapter(SourceText("a.md", text), MATERIAL, github=False).blocks
    for sign in "A-B%x":
        assert text[block.offset(1, block.text.index(sign) + 1)] == sign
