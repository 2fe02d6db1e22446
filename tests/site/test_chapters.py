"""Chapters are parsed once a build, and what came of them is kept while they stay as they are."""

from __future__ import annotations

import pytest

from convergence_docs.parse import FOLDER, MATERIAL
from convergence_docs.site import chapters
from convergence_docs.site.chapters import Kept, brief_chapter, forget_chapters
from convergence_docs.text import SourceText

SOURCE = SourceText("a.md", "# 甲\n\n文\n")


def test_a_chapter_is_parsed_once_until_the_build_ends() -> None:
    first = brief_chapter(SOURCE, FOLDER)
    assert brief_chapter(SourceText("a.md", SOURCE.text), FOLDER) is first
    assert brief_chapter(SourceText("a.md", "# 乙\n"), FOLDER).headings[0].text == "乙"
    again = brief_chapter(SOURCE, FOLDER)
    assert again == first
    assert brief_chapter(SOURCE, MATERIAL) is not again, "another dialect reads another chapter"
    kept = brief_chapter(SOURCE, MATERIAL)
    forget_chapters()
    assert brief_chapter(SOURCE, MATERIAL) is not kept


def test_what_is_held_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_chapters()
    monkeypatch.setattr(chapters, "_ROOM", 10)
    first = brief_chapter(SourceText("a.md", "# 一二三四五六七八\n"), FOLDER)
    brief_chapter(SourceText("b.md", "# 乙\n"), FOLDER)
    assert brief_chapter(SourceText("a.md", "# 一二三四五六七八\n"), FOLDER) is not first


def test_what_was_made_is_made_anew_only_where_anything_changed() -> None:
    kept: Kept[int] = Kept()
    made = iter(range(9))
    for path, made_of, expected in [("a", 1, 0), ("a", 1, 0), ("a", 2, 1), ("b", 2, 2), ("a", 2, 1), ("a", 1, 3)]:
        assert kept.get(path, made_of, lambda: next(made)) == expected
