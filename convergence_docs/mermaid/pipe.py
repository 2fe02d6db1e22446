"""Messages that come through a pipe, waited for no longer than wanted."""

from __future__ import annotations

import os
import struct
import sys
import threading
from queue import Empty, SimpleQueue
from typing import BinaryIO

_HEAD = struct.Struct(">I")
_LONGEST = 64_000_000
"""Bytes; what claims to be longer is no message."""


def framed(message: bytes) -> bytes:
    """A message as it goes through a pipe."""
    return _HEAD.pack(len(message)) + message


class Inbox:
    """The end of a pipe from which messages come.

    Where the system cannot wait for a pipe (Windows), a thread waits. Elsewhere there is none, for a process with
    threads cannot well be forked.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._buffer = bytearray()
        self._pieces: SimpleQueue[bytes] | None = None
        if sys.platform == "win32":
            self._pieces = SimpleQueue()
            threading.Thread(target=self._pump, args=(self._pieces,), daemon=True).start()

    def message(self, seconds: float) -> bytes | None:
        """The next message; ``None`` where not all of it has come within ``seconds``.

        Raises:
            EOFError: the other end is closed.
        """
        while (message := self._whole()) is None:
            piece = self._piece(seconds)
            if piece is None:
                return None
            if not piece:
                raise EOFError
            self._buffer += piece
        return message

    def _whole(self) -> bytes | None:
        if len(self._buffer) < _HEAD.size:
            return None
        (size,) = _HEAD.unpack_from(self._buffer)
        if size > _LONGEST:
            raise EOFError
        end = _HEAD.size + size
        if len(self._buffer) < end:
            return None
        message = bytes(self._buffer[_HEAD.size : end])
        del self._buffer[:end]
        return message

    def _piece(self, seconds: float) -> bytes | None:
        if self._pieces is not None:
            try:
                return self._pieces.get(timeout=seconds)
            except Empty:
                return None
        from select import select

        return self._read() if select([self._source], [], [], seconds)[0] else None

    def _read(self) -> bytes:
        try:
            return os.read(self._source.fileno(), 1 << 16)
        except (OSError, ValueError):
            return b""

    def _pump(self, pieces: SimpleQueue[bytes]) -> None:
        while piece := self._read():
            pieces.put(piece)
        pieces.put(b"")
