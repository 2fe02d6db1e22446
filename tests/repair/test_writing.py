"""Writing under adverse circumstances: killed at any line, every file is old or new, and the next run finishes."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from convergence_docs import writing
from convergence_docs.config import Config, find_configs
from convergence_docs.errors import Fault
from convergence_docs.mended import Rewritten
from convergence_docs.writing import write_all
from tests.folders import write

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
    kills, mixed, left_behind = 0, 0, 0
    while killed_at(config, kills + 1):
        kills += 1
        found = [(root / one.path).read_bytes() for one in FILES]
        assert all(data in (one.before, one.after) for data, one in zip(found, FILES, strict=True))
        mixed += 0 < sum(data == one.after for data, one in zip(found, FILES, strict=True)) < len(FILES)
        left_behind += bool(leftovers(root))
        rest = [one for one in FILES if (root / one.path).read_bytes() == one.before]
        assert write_all(config, rest) == ()
        assert [(root / one.path).read_bytes() for one in FILES] == [one.after for one in FILES]
        assert {stat.S_IMODE((root / one.path).stat().st_mode) for one in FILES} == {0o604}
        assert not rest or leftovers(root) == []
        for name in leftovers(root):
            os.unlink(next(root.rglob(name)))
        lay_out(root)
    assert kills >= 50
    assert mixed, "no kill fell between two files"
    assert left_behind, "no kill fell between a file's writing and its renaming"


def killed_at(config: Config, line: int) -> bool:
    """Write in a process that kills itself before the given line it comes to in the module; whether it came so far."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    seen = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal seen
        if frame.f_code.co_filename != writing.__file__:
            return None
        if event == "line":
            seen += 1
            if seen == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    try:
        sys.settrace(trace)
        write_all(config, FILES)
    finally:
        os._exit(0)


def test_what_the_system_refuses_half_way_is_told(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    root, real, calls = Path(config.docs_root), os.replace, []

    def replace(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr("os.replace", replace)
    with pytest.raises(Fault) as fault:
        write_all(config, FILES)
    assert "2 of 4 files are mended" in fault.value.title["en"]
    assert sum((root / one.path).read_bytes() == one.after for one in FILES) == 2
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
