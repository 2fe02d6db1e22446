"""The corpus itself: large enough, of every type, and true by the Mermaid that readers get, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.diagrams.chromium import ask, kinds, open_mermaid
from tests.diagrams.corpus_files import FOLDER, cases

if TYPE_CHECKING:
    from playwright.sync_api import Browser

UNDRAWN = {
    "error": "what Mermaid draws in place of a broken diagram",
    "---": "front matter that is never closed",
    "flowchart": "what `graph` is under a renderer that is gone; it is `flowchart-v2` now",
    "state": "what `stateDiagram` is under a renderer that is gone; it is `stateDiagram` now",
}
"""Mermaid's types of which there is no sound diagram, and what they are."""


def test_the_corpus_is_large_and_each_case_has_its_own_name() -> None:
    corpus = cases()
    assert sum(case.is_sound for case in corpus) >= 60
    assert sum(not case.is_sound for case in corpus) >= 40
    assert len({case.name for case in corpus}) == len(corpus)
    assert len(corpus) == sum(path.read_text("utf-8").count("```mermaid\n") for path in FOLDER.glob("*.md"))


@pytest.mark.browser
def test_chromium_says_of_every_diagram_what_the_corpus_says(chromium: Browser) -> None:
    page = open_mermaid(chromium)
    verdicts = {case: ask(page, case.text) for case in cases()}
    assert verdicts
    assert {case.name: verdict for case, verdict in verdicts.items() if verdict.is_sound != case.is_sound} == {}
    drawn = {verdict.kind for verdict in verdicts.values() if verdict.is_sound}
    assert kinds(page) - drawn == UNDRAWN.keys()
    page.close()
