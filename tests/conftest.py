"""What every test gets: a cache folder of its own, and no trace of the machine's settings."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for this test alone; times of files are trusted, as on a desk."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("CONVERGENCE_DOCS_CACHE", str(folder))
    monkeypatch.delenv("CI", raising=False)
    return folder
