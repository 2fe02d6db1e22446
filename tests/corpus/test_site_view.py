"""The site's view of every chapter of both shared corpora, held to Python-Markdown."""

from __future__ import annotations

import pytest

from convergence_docs.parse import MATERIAL, make_dialect
from convergence_docs.verify import MATERIAL_EXTENSIONS, verify_chapter
from tests.corpus.archives import chapters

BLOCKS = {
    **{
        name: options for name, options in MATERIAL_EXTENSIONS.items() if name not in ("admonition", "pymdownx.details")
    },
    "pymdownx.blocks.admonition": {},
    "pymdownx.blocks.details": {},
    "pymdownx.blocks.tab": {"alternate_style": True},
}
SITES = {
    "composed-zh": (MATERIAL, MATERIAL_EXTENSIONS),
    "fastapi-docs": (make_dialect({**BLOCKS, "toc": {"slugify": "convergence_docs.slug.github"}}), BLOCKS),
}
EXPLAINED: dict[str, dict[str, str]] = {"composed-zh": {}, "fastapi-docs": {}}
"""By corpus, each file in which scanner and site differ, and the construct that explains it."""


@pytest.mark.parametrize("corpus", sorted(EXPLAINED))
def test_every_chapter_agrees_or_is_explained(corpus: str) -> None:
    dialect, extensions = SITES[corpus]
    seen, differing = 0, {}
    for source in chapters(corpus):
        seen += 1
        if differences := verify_chapter(source, dialect, extensions):
            differing[source.path] = differences
    assert seen > 200
    assert differing.keys() == EXPLAINED[corpus].keys(), differing
