"""GitHub's view of every chapter of both shared corpora, held to an independent reading."""

from __future__ import annotations

import pytest

from convergence_docs.verify_github import verify_github
from tests.corpus.archives import chapters

EXPLAINED: dict[str, dict[str, str]] = {"composed-zh": {}, "fastapi-docs": {}}
"""By corpus, each file in which the two readings differ, and the construct that explains it."""


@pytest.mark.parametrize("corpus", sorted(EXPLAINED))
def test_every_chapter_agrees_or_is_explained(corpus: str) -> None:
    seen, differing = 0, {}
    for source in chapters(corpus):
        seen += 1
        if differences := verify_github(source):
            differing[source.path] = differences
    assert seen > 200
    assert differing.keys() == EXPLAINED[corpus].keys(), differing
