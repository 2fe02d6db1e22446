"""Run a command and measure it: processor and wall seconds, and the memory that all its processes hold together."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What a command cost; ``cpu`` and ``wall`` in seconds, children included."""

    cpu: float
    wall: float


def cost(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` once; any exit code is fine, for linters speak through it."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, wall)


def peak_memory(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> float:
    """The most megabytes that ``command`` and its children held at once, shared pages counted once (Linux)."""
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(0.01)
    return most


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def best(costs: Sequence[Cost]) -> Cost:
    """The least of each: what the machine's other work added is left out as far as it can be."""
    return Cost(min(one.cpu for one in costs), min(one.wall for one in costs))
