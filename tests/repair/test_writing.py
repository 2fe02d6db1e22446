"""Writing under adverse circumstances: killed at any line, every file is old or new, and the next run finishes."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from convergence_docs import journal
from convergence_docs.config import Config, find_configs
from convergence_docs.errors import Fault
from convergence_docs.mended import Rewritten
from convergence_docs.writing import sole_writer, write_all
from tests.folders import write
from tests.killing import killed_at

FILES = [
    Rewritten(f"{folder}{name}.md", f"# old {name}\n".encode() * 50, f"# new {name}\r\n".encode() * 60)
    for folder in ("", "深/")
    for name in "甲乙"
]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    lay_out(tmp_path)
    (config,) = find_configs([str(tmp_path)])
    return config


def lay_out(root: Path) -> None:
    write(root, {one.path: one.before for one in FILES})
    for one in FILES:
        os.chmod(root / one.path, 0o604)


def leftovers(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file() and not path.name.endswith(".md"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_killed_at_any_line(config: Config) -> None:
    root = Path(config.docs_root)
    kills, mixed, resumed, left_behind = 0, 0, 0, 0
    while killed_at(kills + 1, lambda: write_all(config, FILES)):
        kills += 1
        found = [(root / one.path).read_bytes() for one in FILES]
        assert all(data in (one.before, one.after) for data, one in zip(found, FILES, strict=True))
        is_mixed = 0 < sum(data == one.after for data, one in zip(found, FILES, strict=True)) < len(FILES)
        mixed += is_mixed
        left_behind += bool(leftovers(root))
        with sole_writer(config):
            pass
        new = [(root / one.path).read_bytes() == one.after for one in FILES]
        assert all(new) or not any(new), "the change is done in part"
        assert all(new) or not is_mixed, "what was begun was not brought to its end"
        resumed += is_mixed
        if not all(new):
            assert write_all(config, FILES) == ()
        assert [(root / one.path).read_bytes() for one in FILES] == [one.after for one in FILES]
        assert {stat.S_IMODE((root / one.path).stat().st_mode) for one in FILES} == {0o604}
        assert leftovers(root) == []
        lay_out(root)
    assert kills >= 50
    assert mixed, "no kill fell between two files"
    assert resumed
    assert left_behind, "no kill fell between a file's writing and its renaming"


def test_what_the_system_refuses_half_way_is_undone(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    root, real = Path(config.docs_root), os.replace
    refused = os.path.realpath(root / FILES[2].path)

    def replace(source: str, target: str) -> None:
        if target == refused:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr("os.replace", replace)
    with pytest.raises(Fault) as fault:
        write_all(config, FILES)
    assert "Nothing was changed." in fault.value.title["en"]
    assert [(root / one.path).read_bytes() for one in FILES] == [one.before for one in FILES]
    assert leftovers(root) == []


def test_files_that_belong_together_change_together_or_not_at_all(config: Config) -> None:
    root = Path(config.docs_root)
    (root / FILES[1].path).write_text("changed meanwhile")
    with pytest.raises(Fault, match="changed meanwhile"):
        write_all(config, FILES, is_whole=True)
    assert (root / FILES[0].path).read_bytes() == FILES[0].before
    assert leftovers(root) == []


def test_files_are_created_and_removed(config: Config) -> None:
    root = Path(config.docs_root)
    files = [Rewritten("new/deep.md", None, b"# new\n"), FILES[0]._replace(after=None)]
    assert write_all(config, files, is_whole=True) == ()
    assert (root / "new/deep.md").read_bytes() == b"# new\n"
    assert not (root / FILES[0].path).exists()
    with pytest.raises(Fault, match="changed meanwhile"):
        write_all(config, files[:1], is_whole=True)


def test_a_journal_of_somebody_else_s_making_changes_nothing_outside(config: Config, tmp_path: Path) -> None:
    root = Path(config.docs_root)
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_bytes(b"mine")
    step = [f"../{outside.name}", "", journal.digest_of(b"mine"), ""]
    (root / journal.NAME).write_text(json.dumps([step, ["x"], 7]))
    with sole_writer(config):
        pass
    assert outside.read_bytes() == b"mine"
    assert leftovers(root) == []


def test_other_people_s_files_are_not_swept(config: Config) -> None:
    root = Path(config.docs_root)
    write(root, {".convergence-docs-1-0.tmp": "left by a killed run", ".convergence-docs-notes.tmp": "mine"})
    assert write_all(config, FILES) == ()
    assert leftovers(root) == [".convergence-docs-notes.tmp"]


def test_a_link_put_in_a_file_s_place_is_not_followed(config: Config) -> None:
    root = Path(config.docs_root)
    write(root, {"other.txt": FILES[0].before})
    (root / FILES[0].path).unlink()
    (root / FILES[0].path).symlink_to("other.txt")
    assert [one.path for one in write_all(config, FILES)] == [FILES[0].path]
    assert (root / "other.txt").read_bytes() == FILES[0].before
