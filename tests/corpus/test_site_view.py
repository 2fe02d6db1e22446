"""The site's view of every chapter of both shared corpora, held to Python-Markdown."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergence_docs.parse import MATERIAL, make_dialect
from convergence_docs.text import SourceText, decode
from convergence_docs.verify import MATERIAL_EXTENSIONS, verify_chapter

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
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


def chapters(archive: Path) -> Iterator[SourceText]:
    with tarfile.open(archive) as files:
        for member in files:
            if member.isfile() and member.name.endswith(".md") and (content := files.extractfile(member)):
                yield decode(content.read(), member.name)


@pytest.mark.parametrize("corpus", sorted(EXPLAINED))
def test_every_chapter_agrees_or_is_explained(corpus: str) -> None:
    archive = CORPORA / f"{corpus}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"the corpus {corpus} is not beside this checkout")
    dialect, extensions = SITES[corpus]
    seen, differing = 0, {}
    for source in chapters(archive):
        seen += 1
        if differences := verify_chapter(source, dialect, extensions):
            differing[source.path] = differences
    assert seen > 200
    assert differing.keys() == EXPLAINED[corpus].keys(), differing
