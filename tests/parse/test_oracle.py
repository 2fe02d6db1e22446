"""Held to Python-Markdown: chapters made to be hard, each of which the scanner reads as the site renders it."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_docs.parse import MATERIAL
from convergence_docs.text import decode
from convergence_docs.verify import Difference, compare, render, verify_chapter

FIXTURES = Path(__file__).parent / "oracle"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FIXTURES.glob("*.md"))
    for number, case in enumerate(path.read_text(encoding="utf-8").split("\n%%%\n"), 1)
]


def test_there_are_cases() -> None:
    assert len(CASES) > 25


@pytest.mark.parametrize("case", CASES)
def test_scanner_and_site_agree(case: str) -> None:
    assert verify_chapter(decode(case.encode(), "case.md"), MATERIAL) == ()


def test_the_oracle_can_see_a_difference() -> None:
    from tests.worlds import chapter

    rendered = render(
        decode(b"# a\n\n[b](c.md) ![d](e.png)\n\n|f|g|\n|-|-|\n|h|i|\n", "a.md"), {"toc": {}}, is_github=True
    )
    kinds = {difference.kind for difference in compare(rendered, chapter("nothing"))}
    assert kinds == {"heading", "id", "link", "image"}
    assert Difference("link", "c.md", "") in compare(rendered, chapter("nothing"))
