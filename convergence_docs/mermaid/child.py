"""A child process in which scripts run, and which is killed when they run too long.

A script that never ends cannot be stopped from within its process, and one that takes all memory takes the process
with it. So neither happens here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from convergence_docs.mermaid.installed import installed
from convergence_docs.mermaid.pipe import Inbox, framed

MEGABYTES = 700
"""What a script's objects may take, unless its caller says otherwise."""
_START_SECONDS = 60.0
"""What starting may take; a busy machine needs ten times as long as an idle one, which needs half a second."""
_PATIENCE = 8
"""How many times longer than allowed a child is waited for that does not get the processor."""
_BEFORE_PAGE = """
globalThis.__RegExp = RegExp;
globalThis.RegExp = Object.assign(function (...words) { return new __RegExp(...words); },
  { prototype: { exec: __RegExp.prototype.exec } });
"""
_AFTER_PAGE = "globalThis.RegExp = __RegExp; delete globalThis.__RegExp;"
"""The page comes with a substitute for what other engines lack in regular expressions. V8 lacks nothing, and with the
substitute all matching takes four times as long; so the page gets to change a stand-in only."""
_STEP = 0.25
"""Seconds after which the processor time that a child has used is looked at."""


class TimedOut(Exception):
    """A call took longer than allowed; the child was killed."""


class Died(Exception):
    """The child ended of itself: most often for want of memory."""


class NotStarted(Died):
    """There is no child: what it needs is not installed, or does not run here."""


class Refused(Exception):
    """The function threw an error; ``str`` of this is the error's message."""


class Child:
    """Scripts in V8, in a process of its own that starts with the first call.

    After Mermaid and its page come ``scripts``: a path is read by the child, a text is run as it stands. In a forked
    process a child of the parent's is none: the next call starts another.
    """

    def __init__(self, scripts: Sequence[str | Path], *, megabytes: int = MEGABYTES) -> None:
        self._scripts = tuple(scripts)
        self._bytes = megabytes * 1_000_000
        self._process: subprocess.Popen[bytes] | None = None
        self._inbox: Inbox | None = None
        self._end: finalize[[subprocess.Popen[bytes], int], Child] | None = None
        self._owner = 0

    def call(self, function: str, argument: str, *, seconds: float) -> str:
        """What a global function makes of a text: a text, or a promise of one.

        Args:
            function: its name.
            argument: its only argument.
            seconds: of processor time where the system tells that of other processes, else of time.

        Raises:
            TimedOut: it took longer.
            Died: the child ended; also where it could not be started (`NotStarted`).
            Refused: the function threw.
        """
        self._start()
        self._send({"function": function, "argument": argument})
        answer = self._answer(seconds)
        if not answer.get("clean", True):
            self.close()  # the text has left something behind that the next one could see
        if "died" in answer:
            self.close()
            raise Died(answer["died"])
        if "refusal" in answer:
            raise Refused(answer["refusal"])
        return str(answer["answer"])

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._process = self._inbox = None
        if self._end is not None:
            self._end()
            self._end = None

    def _start(self) -> None:
        if self._process is not None and self._owner == os.getpid():
            return
        self.close()
        found = installed()
        if found is None:
            raise NotStarted("not installed")
        command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("engine.py")), found.engine]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "TZ": "UTC"},  # a chart of days comes out the same everywhere
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise NotStarted(str(error)) from error
        self._owner = os.getpid()
        self._end = finalize(self, _end, self._process, self._owner)  # runs at the latest when this process ends
        assert self._process.stdout is not None
        self._inbox = Inbox(self._process.stdout)  # type: ignore[arg-type]  # a pipe is a BufferedReader
        page, mermaid = map(Path, found.page), Path(found.mermaid)
        all_scripts = (_BEFORE_PAGE, *page, _AFTER_PAGE, mermaid, *self._scripts)
        scripts = [_named(script) for script in all_scripts]
        try:
            self._send({"bytes": self._bytes, "scripts": scripts})
            answer = self._answer(_START_SECONDS)
        except (TimedOut, Died) as error:
            raise NotStarted(str(error)) from error
        if "ready" not in answer:
            self.close()
            raise NotStarted(str(answer.get("died", answer)))

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(framed(json.dumps(request).encode()))
            self._process.stdin.flush()
        except OSError as error:
            self.close()
            raise Died(str(error)) from error

    def _answer(self, seconds: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._inbox is not None
        pid = self._process.pid
        begun, used = time.monotonic(), _used(pid)
        while True:
            try:
                message = self._inbox.message(min(_STEP, seconds))
            except EOFError as error:
                self.close()
                raise Died("the process ended") from error
            if message is not None:
                return dict(json.loads(message))
            waited, now = time.monotonic() - begun, _used(pid)
            spent = waited if used is None or now is None else now - used
            if spent >= seconds or waited >= _PATIENCE * seconds:
                self.close()
                raise TimedOut(f"{seconds:g} s")


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    if owner == os.getpid():
        process.kill()
        process.wait()
    else:
        process.returncode = 0  # somebody else's: nobody here may wait for it
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _named(script: str | Path) -> tuple[str, str]:
    """A script as the child is told of it: its path, or else its text."""
    return (str(script), "") if isinstance(script, Path) else ("", script)


def _used(pid: int) -> float | None:
    """The processor time that a process has used, in seconds; ``None`` where the system does not tell."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None
