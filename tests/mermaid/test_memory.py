"""The memory of readings: many processes write, none needs to end well, and what is damaged is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from convergence_docs.mermaid import memory as module
from convergence_docs.mermaid.memory import Memory


def stored(folder: Path) -> Path:
    return folder / "some.readings"


def test_what_was_put_is_there_for_the_next(own_cache: Path) -> None:
    memory = Memory("some.readings")
    assert memory.get("a") is None
    memory.put("a", "架构".encode())
    memory.put("b", b"")
    memory.put("a", b"later")
    for one in (memory, Memory("some.readings")):
        assert (one.get("a"), one.get("b"), one.get("c")) == (b"later", b"", None)


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_a_torn_line_costs_only_itself(own_cache: Path, cut: int) -> None:
    Memory("some.readings").put("a", b"first")
    Memory("some.readings").put("b", b"second, cut short")
    path = stored(own_cache)
    path.write_bytes(path.read_bytes()[:-cut])
    Memory("some.readings").put("c", b"third")
    memory = Memory("some.readings")
    assert (memory.get("a"), memory.get("c")) == (b"first", b"third")
    assert memory.get("b") in (None, b"second, cut short")  # the last byte cut is the line break


@pytest.mark.parametrize("data", [b"", b"\x00\xff\n\n\n", b"a b c\na\na 00000000 x\n", b"\n" * 1000])
def test_foreign_bytes_are_nothing(own_cache: Path, data: bytes) -> None:
    stored(own_cache).write_bytes(data)
    memory = Memory("some.readings")
    assert memory.get("a") is None
    memory.put("a", b"x")
    assert Memory("some.readings").get("a") == b"x"


def test_many_processes_may_write_at_once(own_cache: Path) -> None:
    code = """
import sys
from convergence_docs.mermaid.memory import Memory
memory = Memory("some.readings")
for number in range(200):
    memory.put(f"{sys.argv[1]}-{number}", sys.argv[1].encode() * 3000)
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "xyz"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    memory = Memory("some.readings")
    assert all(memory.get(f"{name}-{at}") == name.encode() * 3000 for name in "xyz" for at in range(200))


def test_what_has_grown_too_long_loses_its_older_half(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory("some.readings")
    for number in range(100):
        memory.put(str(number), b"v" * 100)
    monkeypatch.setattr(module, "_LONGEST", 8_000)
    again = Memory("some.readings")
    assert again.get("0") is None
    assert again.get("99") == b"v" * 100
    assert stored(own_cache).stat().st_size < 4_100
    assert os.listdir(own_cache) == ["some.readings"]


def test_without_a_place_to_write_this_process_remembers(own_cache: Path) -> None:
    own_cache.rmdir()
    own_cache.write_text("a file where the folder should be")
    memory = Memory("some.readings")
    memory.put("a", b"x")
    assert memory.get("a") == b"x"
    assert Memory("some.readings").get("a") is None
