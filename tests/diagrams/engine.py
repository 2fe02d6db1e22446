"""Mermaid without a browser, where there is an engine for it."""

from __future__ import annotations

import pytest

from convergence_docs.mermaid import EXTRA, Reader, available
from convergence_docs.model.diagrams.reading import Reading
from tests.conftest import IN_CI


def need_engine() -> None:
    """Skip the test that asks where the engine is missing; in CI it fails."""
    if not available():
        message = f"no engine for Mermaid on this machine (pip install '{EXTRA}')"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)


def read(reader: Reader, text: str) -> Reading:
    """What the engine says; the test fails where it says nothing."""
    reading = reader.read(text)
    assert reading is not None, reader.problem
    return reading
