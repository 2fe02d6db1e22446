"""Mermaid as the tests ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from convergence_docs.mermaid import EXTRA, Reader, available
from convergence_docs.model.diagrams.reading import Reading
from tests.conftest import IN_CI


@pytest.fixture(scope="session")
def engine() -> None:
    """Where the engine is missing a test is skipped, except in CI, where it fails."""
    if not available():
        message = f"no engine for Mermaid on this machine (pip install '{EXTRA}')"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture
def read(engine: None) -> Callable[[str], Reading]:
    """Reads a block, and nothing from memory."""
    reader = Reader(seconds=60, is_remembering=False)

    def read_now(text: str) -> Reading:
        reading = reader.read(text)
        assert reading is not None, reader.problem
        return reading

    return read_now
