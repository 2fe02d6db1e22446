"""Work shared among processes: all of it is done, once, whatever becomes of a child."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from convergence_docs.workers import Work, share, usable_jobs

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="work is shared on Linux only")


def work(do: Callable[[int], int]) -> Work[int, int]:
    """Work on numbers, which cross as their digits."""
    return Work(do, lambda number: str(number).encode(), int)


def test_children_do_a_part_and_everything_comes_back() -> None:
    parent = os.getpid()

    def do(number: int) -> int:
        time.sleep(0.01)
        return number if os.getpid() == parent else number + 1000

    done = list(share(range(60), work(do), 3))
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

    assert sorted(share(range(60), work(do), 3)) == list(range(60))


def test_what_a_child_raises_is_raised_here() -> None:
    def do(number: int) -> int:
        raise LookupError(number)

    with pytest.raises(LookupError):
        list(share(range(10), work(do), 2))


def test_more_items_than_a_pipe_holds() -> None:
    assert sorted(share(range(20_000), work(lambda number: number), 2)) == list(range(20_000))


def test_little_work_is_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests' browsers leave threads behind
    assert usable_jobs(None, 10_000) == 1
    assert usable_jobs(1, 10**9) == 1
    assert usable_jobs(3, 10**9) == 3


def test_beside_other_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert usable_jobs(3, 10**9) == 1
