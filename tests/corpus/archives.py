"""Real Markdown that others wrote, from the archives beside the checkout."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergence_docs.text import SourceText, decode

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def chapters(corpus: str) -> Iterator[SourceText]:
    """Every chapter of an archive; the test that asks is skipped where the archive is not there."""
    archive = CORPORA / f"{corpus}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"the corpus {corpus} is not beside this checkout")
    with tarfile.open(archive) as files:
        for member in files:
            if member.isfile() and member.name.endswith(".md") and (content := files.extractfile(member)):
                yield decode(content.read(), member.name)
