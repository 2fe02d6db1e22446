"""Work shared among processes: all of it is done, once, whatever becomes of a child."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from convergence_docs.workers import Team, Work, usable_jobs

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="work is shared on Linux only")


def answer(results: Sequence[int], question: bytes) -> bytes:
    """How many results a process has, and what it was asked."""
    return b"%d %b" % (len(results), question)


def team(items: Sequence[int], do: Callable[[int], int], jobs: int) -> Team[int, int]:
    """Work on numbers, which cross as their digits."""
    return Team(items, Work(do, lambda number: str(number).encode(), int, answer), jobs)


def share(items: Sequence[int], do: Callable[[int], int], jobs: int) -> list[int]:
    """All results of a team, which is let go."""
    shared = team(items, do, jobs)
    try:
        return list(shared.results())
    finally:
        shared.dismiss()


def test_children_do_a_part_and_everything_comes_back() -> None:
    parent = os.getpid()

    def do(number: int) -> int:
        time.sleep(0.01)
        return number if os.getpid() == parent else number + 1000

    done = share(range(60), do, 3)
    assert sorted(number % 1000 for number in done) == list(range(60))
    assert any(number >= 1000 for number in done)
    assert any(number < 1000 for number in done)


def test_what_a_killed_child_leaves_undone_is_done_here() -> None:
    parent = os.getpid()

    def do(number: int) -> int:
        time.sleep(0.005)
        if os.getpid() != parent and number % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert sorted(share(range(60), do, 3)) == list(range(60))


def test_what_a_child_raises_is_raised_here() -> None:
    def do(number: int) -> int:
        raise LookupError(number)

    with pytest.raises(LookupError):
        share(range(10), do, 2)


def test_more_items_than_a_pipe_holds() -> None:
    assert sorted(share(range(20_000), lambda number: number, 2)) == list(range(20_000))


def slow(number: int) -> int:
    """Work that takes long enough for every child to get a part of it."""
    time.sleep(0.01)
    return number


def test_children_answer_for_what_they_have_done() -> None:
    shared = team(range(60), slow, 3)
    assert sorted(shared.results()) == list(range(60))
    question = bytes(range(256)) * 1000  # more than a pipe holds
    shared.ask(question)
    counts = []
    for said in shared.answers():
        count, _, heard = said.partition(b" ")
        assert heard == question
        counts.append(int(count))
    assert len(counts) == 2
    assert all(counts)
    assert sum(counts) < 60, "this process has done a part"


def test_a_child_that_is_killed_gives_no_answer() -> None:
    shared = team(range(30), slow, 3)
    assert sorted(shared.results()) == list(range(30))
    os.kill(shared._children[0].pid, signal.SIGKILL)
    shared.ask(b"how many")
    assert len(list(shared.answers())) == 1
    assert not shared._children


def test_who_is_not_asked_is_let_go() -> None:
    shared = team(range(30), slow, 3)
    assert sorted(shared.results()) == list(range(30))
    pids = [child.pid for child in shared._children]
    assert len(pids) == 2
    shared.dismiss()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_children_do_not_outlive_their_parent() -> None:
    pipe, told = os.pipe()
    pid = os.fork()
    if not pid:  # a parent that dies between the work and the question
        shared = team(range(30), slow, 3)
        list(shared.results())
        os.write(told, b"".join(child.pid.to_bytes(4, "big") for child in shared._children))
        os._exit(0)
    os.close(told)
    os.waitpid(pid, 0)
    said = os.read(pipe, 100)
    os.close(pipe)
    children = [int.from_bytes(said[at : at + 4], "big") for at in range(0, len(said), 4)]
    assert len(children) == 2
    limit = time.monotonic() + 30
    while any(map(is_running, children)) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not any(map(is_running, children))


def is_running(pid: int) -> bool:
    """Whether a process runs still: one that has ended may wait for somebody to ask about it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_little_work_is_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests' browsers leave threads behind
    assert usable_jobs(None, 10_000) == 1
    assert usable_jobs(1, 10**9) == 1
    assert usable_jobs(3, 10**9) == 3


def test_beside_other_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert usable_jobs(3, 10**9) == 1
