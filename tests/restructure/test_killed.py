"""A process that is killed at any moment loses nothing: the next one finds the old book, or the new one."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from convergence_docs import engine
from convergence_docs.config import Config, find_configs
from convergence_docs.load import list_files, read_vocabulary
from convergence_docs.mended import Rewritten
from convergence_docs.rehearsal import rehearse
from convergence_docs.restructure.move import move
from convergence_docs.restructure.renumber import renumber
from convergence_docs.writing import sole_writer, write_all
from tests.folders import write
from tests.killing import killed_at

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

RUNS = 100
CHAPTERS = 6
BOOK = {
    f"书/{at}.md": f"# {at}\n\n## 一、起\n\n## 一、承\n\n[别](../{(at + 1) % CHAPTERS}.md#二转)\n\n## 二、转\n"
    for at in range(CHAPTERS)
}


def changed(config: Config, command: str) -> tuple[Rewritten, ...]:
    if command == "fix":
        return engine.mend(config, use_cache=False, jobs=1).files
    start = rehearse(config, list_files(config), read_vocabulary(config), use_cache=False, jobs=1)
    whole = engine.read_whole(config)
    if command == "renumber":
        return renumber(start, whole, lambda _: True).files
    return move(start, whole, "书", "册").files


def lay_out(root: Path, command: str) -> dict[str, bytes]:
    for path in root.rglob("*.md"):
        path.unlink()
    write(root, BOOK if command == "fix" else {path: text.replace("../", "") for path, text in BOOK.items()})
    return held(root)


def held(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.md"))}


def write_down(config: Config, files: tuple[Rewritten, ...]) -> None:
    with sole_writer(config):
        write_all(config, files, is_whole=True)


@pytest.mark.parametrize("command", ["fix", "renumber", "move"])
def test_nothing_is_lost(tmp_path: Path, command: str) -> None:
    before = lay_out(tmp_path, command)
    (config,) = find_configs([str(tmp_path)])
    files = changed(config, command)
    assert len(files) >= CHAPTERS
    lines = 1
    while killed_at(2 * lines, lambda: write_down(config, files)):
        lines *= 2
        lay_out(tmp_path, command)
    after = held(tmp_path)
    assert after != before
    seen = {"old": 0, "new": 0, "carried on": 0}
    chance = random.Random(7)
    for _ in range(RUNS):
        lay_out(tmp_path, command)
        killed_at(chance.randint(1, 2 * lines), lambda: write_down(config, files))
        is_mixed = held(tmp_path) not in (before, after)
        with sole_writer(config):
            pass
        found = held(tmp_path)
        assert found in (before, after), "some files are old and some are new"
        seen["new" if found == after else "old"] += 1
        seen["carried on"] += is_mixed
    assert all(seen.values()), seen
