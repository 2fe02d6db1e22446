"""Patches, as git takes them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergence_docs.repair import render_patch


def git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    return subprocess.run(["git", *words], cwd=folder, input=given, capture_output=True, check=True).stdout


def apply(folder: Path, path: str, before: bytes, after: bytes) -> bytes:
    """What a patch makes of a file, in the hands of git."""
    where = folder / path
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(before)
    git(folder, "apply", "--whitespace=nowarn", "-", given=render_patch(path, before, after))
    return where.read_bytes()


PATHS = ["a.md", "书/第 一 章.md", "a\tb.md", 'q"uote\\.md', "-x.md", "a\nb.md", "deep/er/a b.md"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nx\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nx\r\n"),
        (b"a\nb", b"a\nx"),
        (b"a\nb", b"a\nb\nc"),
        (b"\xef\xbb\xbfa\r\nb\rc\n", b"\xef\xbb\xbfa\r\nb\rx\n"),
        (b"1\n" * 40 + b"x\n" + b"2\n" * 40 + b"y", b"1\n" * 40 + b"X\n" + b"2\n" * 40 + b"Y"),
        (b"a\n", b"a\n\n\n"),
        (b"a\nb\n", b"b\n"),
    ],
)
def test_git_makes_the_same_of_it(tmp_path: Path, path: str, before: bytes, after: bytes) -> None:
    git(tmp_path, "init", "-q")
    assert apply(tmp_path, path, before, after) == after


LINES = st.lists(
    st.sampled_from([b"", b"a", "架构".encode(), b"-", b"+", b"\\ x", b"@@", b"a\r", b" "]), min_size=1, max_size=24
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES)
def test_any_two_texts(tmp_path: Path, before: list[bytes], after: list[bytes]) -> None:
    if not (tmp_path / ".git").exists():
        git(tmp_path, "init", "-q")
    old, new = b"\n".join((b"#", *before)), b"\n".join((b"#", *after))
    if old != new:
        assert apply(tmp_path, "章.md", old, new) == new
    else:
        assert render_patch("章.md", old, new) == b""


@pytest.mark.parametrize("data", [b"a\nb\n", b"a", b"", "# 架构层\n".encode()])
def test_a_file_is_made_and_taken_away(tmp_path: Path, data: bytes) -> None:
    git(tmp_path, "init", "-q")
    where = tmp_path / "书/a b.md"
    git(tmp_path, "apply", "--whitespace=nowarn", "-", given=render_patch("书/a b.md", None, data))
    assert where.read_bytes() == data
    git(tmp_path, "apply", "--whitespace=nowarn", "-", given=render_patch("书/a b.md", data, None))
    assert not where.exists()
