"""Which files the built site has, where they are, and what chapters among them say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mkdocs.structure.files import InclusionLevel

from convergence_docs.text import SourceText, decode

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files


def is_published(file: File | None) -> bool:
    """Whether the built site has a file: a draft is there only while it is served."""
    return file is not None and bool(file.inclusion.value > InclusionLevel.DRAFT.value)


def addresses_from(files: Files, page: File) -> Callable[[str], str]:
    """What gives the address of a file by its path, relative to a page; empty where the site has no such file."""

    def address_of(path: str) -> str:
        target = files.get_file_from_path(path)
        return target.url_relative_to(page) if target is not None and is_published(target) else ""

    return address_of


def sources_in(files: Files) -> Callable[[str], SourceText | None]:
    """What gives a chapter's text by its path; ``None`` where the site leaves it out."""

    def source_of(path: str) -> SourceText | None:
        file = files.get_file_from_path(path)
        return decode(file.content_bytes, path) if file is not None and is_published(file) else None

    return source_of
