"""What is said of diagrams without a browser, held to the same Mermaid in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from convergence_docs.mermaid import Reader
from convergence_docs.model.diagrams.reading import Reading
from tests.diagrams.chromium import ask, open_mermaid
from tests.diagrams.corpus_files import Case, cases
from tests.diagrams.engine import need_engine, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Mermaid without a browser, with all the patience of one."""
    need_engine()
    reader = Reader(seconds=60, is_remembering=False)
    yield reader
    reader.close()


@pytest.mark.parametrize("case", cases(), ids=str)
def test_verdict_and_line(reader: Reader, case: Case) -> None:
    reading = read(reader, case.text)
    assert not reading.limit
    complaint = reading.complaint
    assert (complaint is None) == case.is_sound, complaint
    if complaint:
        assert complaint.message
        assert complaint.line == case.line, complaint
        lines = case.text.split("\n")
        assert 0 <= complaint.line <= len(lines)
        assert 0 <= complaint.column <= len(lines[complaint.line - 1]) + 1
        assert reading._replace(kind="", complaint=None) == Reading("", "", "", "", (), None, None, "")


@pytest.mark.browser
def test_chromium_says_the_same_of_every_diagram(reader: Reader, chromium: Browser) -> None:
    page = open_mermaid(chromium)
    differing = {}
    corpus = cases()
    for case in corpus:
        reading, verdict = read(reader, case.text), ask(page, case.text)
        told = (reading.complaint is None, reading.kind if verdict.kind else "")
        if told != (verdict.is_sound, verdict.kind):
            differing[case.name] = (reading, verdict)
    page.close()
    assert len(corpus) > 100
    assert differing == {}
