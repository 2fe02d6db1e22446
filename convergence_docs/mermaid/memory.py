"""Readings that earlier runs have made: an unchanged diagram costs nothing.

One file holds those of all sites, for a reading depends on nothing but the text, Mermaid and the limits. Every process
appends what it has read, a line at a time, so that many may write at once and none needs to end well. A line that is
torn or foreign is not there.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from zlib import crc32

from convergence_docs.cache import cache_folder

_LONGEST = 48_000_000
"""Bytes. A file that has grown longer is cut down to its newer half."""


class Memory:
    """Values by key, in a file of the user's cache folder. Keys hold no blanks, values no line breaks."""

    def __init__(self, name: str) -> None:
        self._path = os.path.join(cache_folder(), name)
        self._known: dict[bytes, bytes] | None = None

    def get(self, key: str) -> bytes | None:
        """What was put there, by whatever process, before this one first asked; or by this one."""
        if self._known is None:
            self._known = self._read()
        line = self._known.get(key.encode())
        return _value(line) if line is not None else None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value. Without a place to write, it is kept for this process alone."""
        rest = b"%08x %s" % (crc32(value), value)
        if self._known is None:
            self._known = self._read()
        self._known[key.encode()] = rest
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            try:
                # It starts with a line break too: what stood last may have been cut short.
                os.write(file, b"\n%s %s\n" % (key.encode(), rest))
            finally:
                os.close(file)

    def _read(self) -> dict[bytes, bytes]:
        try:
            with open(self._path, "rb") as file:
                data = file.read()
        except OSError:
            return {}
        if len(data) > _LONGEST:
            data = data[data.find(b"\n", len(data) - _LONGEST // 2) :]
            self._replace(data)
        known = {}
        for line in data.split(b"\n"):
            key, _, rest = line.partition(b" ")
            known[key] = rest
        return known

    def _replace(self, data: bytes) -> None:
        aside = f"{self._path}.{os.getpid()}.{time.monotonic_ns()}"
        with suppress(OSError):
            try:
                with open(aside, "xb") as file:
                    file.write(data)
                os.replace(aside, self._path)
            except OSError:
                with suppress(OSError):
                    os.unlink(aside)


def _value(line: bytes) -> bytes | None:
    mark, _, value = line.partition(b" ")
    return value if mark == b"%08x" % crc32(value) else None
