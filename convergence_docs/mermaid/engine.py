"""The program of the child process: V8 with some scripts in it, which answers calls of their functions.

It is run as a file of its own, with nothing of this package at hand. It reads requests from its input and writes
answers to its output, each as JSON after its length in four bytes. The first request names the scripts; every other
one names a function and gives its argument. When the input ends, whatever is going on, the process ends.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, BinaryIO

_PAGE = """
(() => {
  let seed = 1, answer = "";
  // What one text has put where all objects look for their properties would be there for the next one.
  const isClean = () => Object.getOwnPropertyNames(Object.prototype).length === known;
  const say = (kind, text) => { answer = JSON.stringify([kind, text, isClean()]); };
  // Mermaid asks for chance where it makes ids: the same text shall give the same answer.
  Math.random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const known = Object.getOwnPropertyNames(Object.prototype).length;
  globalThis.__ask = (name, argument) => {
    seed = 1;
    answer = "";
    new Promise((settle) => settle(globalThis[name](argument))).then(
      (value) => say("answer", String(value)),
      (error) => say("refusal", String((error && error.message) || error)),
    );
  };
  globalThis.__answer = () => answer;
})();
"""
_HEAD = struct.Struct(">I")


def main() -> None:
    """Answer requests until there are none."""
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process decides when it ends
    sys.path.append(sys.argv[1])
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    try:
        page = _Page(requests.get())
        _send(answers, {"ready": True})
        while True:
            request = requests.get()
            _send(answers, page.call(request["function"], request["argument"]))
    except BaseException as error:
        with suppress(OSError):
            _send(answers, {"died": f"{type(error).__name__}: {error}"[:1000]})
    os._exit(1)  # a script that never ends would keep the interpreter from ending


def _receive(source: BinaryIO, requests: SimpleQueue[dict[str, Any]]) -> None:
    try:
        while head := source.read(_HEAD.size):
            (size,) = _HEAD.unpack(head)
            requests.put(json.loads(source.read(size)))
    finally:
        os._exit(0)


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    answers.write(_HEAD.pack(len(data)) + data)
    answers.flush()


class _Page:
    """V8 with scripts in it, and no more memory than allowed."""

    def __init__(self, request: dict[str, Any]) -> None:
        limit = int(request["bytes"])
        _limit_memory(limit)
        from py_mini_racer import MiniRacer

        self._context = MiniRacer()
        self._context.set_hard_memory_limit(limit)
        for path, code in request["scripts"]:
            if path:
                with open(path, encoding="utf-8") as file:
                    code = file.read()
            self._context.eval(code)
        self._context.eval(_PAGE)

    def call(self, function: str, argument: str) -> dict[str, Any]:
        """What a function makes of its argument, once its promise is settled: timers run as fast as they can."""
        run = self._context.eval
        run(f"__ask({json.dumps(function)}, {json.dumps(argument)})")
        while not (answer := run("__answer()")):
            if not run("globalThis.__runNextTimer ? __runNextTimer() : false"):
                answer = run("__answer()") or '["refusal", "no answer", false]'
                break
        kind, text, is_clean = json.loads(str(answer))
        return {kind: text, "clean": is_clean}


def _limit_memory(limit: int) -> None:
    """Let the system stop this process where V8's own limit does not: twice the limit and what it needs itself."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        most = 2 * limit + 256_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
