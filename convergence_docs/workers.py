"""Share work among processes where that gains time: forked children, which start with everything already loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_TOKEN = 4
"""Bytes that hold the number of an item on the shared pipe."""
_PIPE_ITEMS = 8000
"""Items whose numbers surely fit into a pipe that nobody has read from yet."""


def usable_jobs(jobs: int | None, text_bytes: int) -> int:
    """How many processes to use.

    Args:
        jobs: what was asked for; ``None`` leaves it to the amount of work.
        text_bytes: bytes to parse. A fork and its results cost about as much as parsing half a megabyte.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or _has_threads():
        return 1
    if jobs is not None:
        return max(jobs, 1)
    if text_bytes < 1_000_000:
        return 1
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)


def _has_threads() -> bool:
    """Whether a fork would leave threads behind; whoever has made one has loaded their module."""
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


class Work(Generic[Item, Result]):
    """What to do with an item, and how a result crosses from one process to another, as bytes without line feeds."""

    def __init__(
        self, do: Callable[[Item], Result], pack: Callable[[Result], bytes], unpack: Callable[[bytes], Result]
    ) -> None:
        self.do = do
        self.pack = pack
        self.unpack = unpack


def share(items: Sequence[Item], work: Work[Item, Result], jobs: int) -> Iterator[Result]:
    """What ``work`` makes of every item, in no particular order.

    This process works too. What a child leaves undone, because it was killed, is done here.
    """
    if jobs <= 1 or len(items) < 2:
        yield from map(work.do, items)
        return
    size = -(-len(items) // _PIPE_ITEMS)
    blocks = [items[at : at + size] for at in range(0, len(items), size)]
    take, give = os.pipe()
    os.write(give, b"".join(number.to_bytes(_TOKEN, "big") for number in range(len(blocks))))
    os.close(give)
    children = [_start(take, blocks, work) for _ in range(min(jobs, len(blocks)) - 1)]
    done = set()
    try:
        while number := _next(take):
            done.add(number - 1)
            yield from map(work.do, blocks[number - 1])
        while children:
            child, results = children.pop()
            os.waitpid(child, 0)
            results.seek(0)
            for number, lines in _finished(results):
                done.add(number)
                yield from map(work.unpack, lines)
            results.close()
    finally:
        os.close(take)
        for child, results in children:  # none is left unless something was raised here
            from signal import SIGKILL

            os.kill(child, SIGKILL)
            os.waitpid(child, 0)
            results.close()
    for number in set(range(len(blocks))) - done:
        yield from map(work.do, blocks[number])


def _next(take: int) -> int:
    """The number of the next block plus one; 0 when none is left."""
    token = os.read(take, _TOKEN)
    return int.from_bytes(token, "big") + 1 if len(token) == _TOKEN else 0


def _start(take: int, blocks: Sequence[Sequence[Item]], work: Work[Item, Result]) -> tuple[int, BinaryIO]:
    from tempfile import TemporaryFile

    # No `with` (SIM115): parent and child share the file, and the parent reads it after the child has ended.
    results: BinaryIO = (
        os.fdopen(os.memfd_create("results"), "w+b") if hasattr(os, "memfd_create") else TemporaryFile()  # noqa: SIM115
    )
    child = os.fork()
    if child:
        return child, results
    code = 1
    try:
        while number := _next(take):
            lines = [work.pack(work.do(item)) for item in blocks[number - 1]]
            results.write(b"%d %d\n" % (number - 1, len(lines)))
            results.writelines(line + b"\n" for line in lines)
        results.flush()
        code = 0
    finally:
        os._exit(code)


def _finished(results: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """Blocks that a child finished; one that was cut short does not count."""
    while header := results.readline():
        number, _, size = header.partition(b" ")
        if not size.endswith(b"\n"):
            return
        lines = [results.readline() for _ in range(int(size))]
        if not all(line.endswith(b"\n") for line in lines):
            return
        yield int(number), [line[:-1] for line in lines]
