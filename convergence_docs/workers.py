"""Share work among processes where that gains time: forked children, which start with everything already loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import chain
from typing import BinaryIO, Generic, NamedTuple, TypeVar

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
    """What to do with an item, and how a result crosses from one process to another, as bytes without line feeds.

    ``answer`` is what a process gives, knowing all results of its own, to a question that is asked once every item is
    done.
    """

    def __init__(
        self,
        do: Callable[[Item], Result],
        pack: Callable[[Result], bytes],
        unpack: Callable[[bytes], Result],
        answer: Callable[[Sequence[Result], bytes], bytes],
    ) -> None:
        self.do = do
        self.pack = pack
        self.unpack = unpack
        self.answer = answer


class Team(Generic[Item, Result]):
    """Processes that share items, and can then be asked about what each has done.

    This process works too. What a child leaves undone, because it was killed, is done here; an answer that it does not
    give is missing.
    """

    def __init__(self, items: Sequence[Item], work: Work[Item, Result], jobs: int) -> None:
        self._work = work
        size = -(-len(items) // _PIPE_ITEMS) or 1
        self._blocks = [items[at : at + size] for at in range(0, len(items), size)]
        self._children: list[_Child] = []
        self._jobs = min(jobs, len(self._blocks))

    def results(self) -> Iterator[Result]:
        """What the work makes of every item, in no particular order."""
        if self._jobs <= 1:
            yield from map(self._work.do, chain.from_iterable(self._blocks))
            return
        take, give = os.pipe()
        os.write(give, b"".join(number.to_bytes(_TOKEN, "big") for number in range(len(self._blocks))))
        os.close(give)
        done = set()
        try:
            for _ in range(self._jobs - 1):
                self._children.append(_start(take, self._blocks, self._work, self._children))
            while number := _next(take):
                done.add(number - 1)
                yield from map(self._work.do, self._blocks[number - 1])
            for child in self._children:
                for number, lines in _finished(child.results()):
                    done.add(number)
                    yield from map(self._work.unpack, lines)
        except BaseException:
            self.dismiss()
            raise
        finally:
            os.close(take)
        for number in set(range(len(self._blocks))) - done:
            yield from map(self._work.do, self._blocks[number])

    def ask(self, question: bytes) -> None:
        """Ask every child that there is; this process can do its own part until it wants the answers."""
        for child in self._children:
            child.ask(question)

    def answers(self) -> Iterator[bytes]:
        """The answers of those children that were asked and lived to give one."""
        while self._children:
            answer = self._children[-1].answer()
            self._children.pop().end()
            if answer:
                yield answer

    def dismiss(self) -> None:
        """Let all children go, whatever they are doing."""
        while self._children:
            self._children.pop().end()


class _Child(NamedTuple):
    """A process that works for this one: what it tells is in files; it rings when there is something to read."""

    pid: int
    question: BinaryIO
    bell: int
    told: BinaryIO
    said: BinaryIO

    def results(self) -> BinaryIO:
        """What it has done, once it has done all; what it could do, where it was killed."""
        os.read(self.bell, 1)
        return BytesIO(os.pread(self.told.fileno(), os.fstat(self.told.fileno()).st_size, 0))

    def ask(self, question: bytes) -> None:
        """Ask; who is gone hears nothing."""
        with suppress(BrokenPipeError), self.question:
            self.question.write(question)

    def answer(self) -> bytes:
        """Its answer; empty where it is gone without one."""
        if not os.read(self.bell, 1):
            return b""
        self.said.seek(0)
        return self.said.read()

    def end(self) -> None:
        """Let it go, whatever it is doing."""
        from signal import SIGKILL

        os.kill(self.pid, SIGKILL)
        os.waitpid(self.pid, 0)
        with suppress(BrokenPipeError):
            self.question.close()
        os.close(self.bell)
        self.told.close()
        self.said.close()


def _start(take: int, blocks: Sequence[Sequence[Item]], work: Work[Item, Result], siblings: Sequence[_Child]) -> _Child:
    heard, question = os.pipe()
    bell, ring = os.pipe()
    told, said = _file(), _file()
    pid = os.fork()
    if pid:
        os.close(heard)
        os.close(ring)
        return _Child(pid, os.fdopen(question, "wb"), bell, told, said)
    code = 1
    try:
        for end in (question, *(sibling.question.fileno() for sibling in siblings)):
            os.close(end)  # else nobody would notice that the parent is gone
        results = _work_off(take, blocks, work, told)
        os.write(ring, b".")
        with os.fdopen(heard, "rb") as pipe:
            asked = pipe.read()
        if asked:
            said.write(work.answer(results, asked))
            said.flush()
            os.write(ring, b".")
        code = 0
    finally:
        os._exit(code)


def _work_off(take: int, blocks: Sequence[Sequence[Item]], work: Work[Item, Result], told: BinaryIO) -> list[Result]:
    """Do what others leave of the blocks, and tell of each."""
    results: list[Result] = []
    while number := _next(take):
        done = [work.do(item) for item in blocks[number - 1]]
        told.write(b"%d %d\n" % (number - 1, len(done)))
        told.writelines(work.pack(one) + b"\n" for one in done)
        results += done
    told.flush()
    return results


def _file() -> BinaryIO:
    """A file without a name."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("told"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def _next(take: int) -> int:
    """The number of the next block plus one; 0 when none is left."""
    token = os.read(take, _TOKEN)
    return int.from_bytes(token, "big") + 1 if len(token) == _TOKEN else 0


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
