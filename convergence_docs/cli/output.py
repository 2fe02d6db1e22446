"""The only place that writes: to standard output, to standard error, to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from convergence_docs.errors import Fault

PLAIN_WIDTH, NARROWEST = 120, 40
"""Cells of a line where there is no terminal to ask, and the least that still shows anything."""


def emit(text: str, file: str | None = None) -> None:
    """Write text for people, or UTF-8 to ``file``. A reader that has gone away is no fault.

    A stream that cannot encode a character gets its escape instead: a check must not fail for want of a font.

    Raises:
        Fault: the file cannot be written.
    """
    if file is None:
        _write(sys.stdout, text)
        return
    _to_file((text,), file)


def emit_utf8(text: str, file: str | None = None) -> None:
    """Write text for programs: UTF-8 whatever the locale, as RFC 8259 asks of JSON."""
    emit_pieces((text,), file)


def emit_pieces(pieces: Iterable[str], file: str | None = None) -> None:
    """Write text for programs as it comes, piece by piece; faults as for `emit`."""
    buffer = getattr(sys.stdout, "buffer", None)
    if file is not None or buffer is None:
        _to_file(pieces, file) if file is not None else _write(sys.stdout, "".join(pieces))
        return
    try:
        sys.stdout.flush()
        for piece in pieces:
            buffer.write(piece.encode("utf-8", "backslashreplace"))
        buffer.flush()
    except BrokenPipeError:
        _close_quietly(sys.stdout)


def warn(text: str) -> None:
    """Write lines to standard error."""
    _write(sys.stderr, text if text.endswith("\n") else text + "\n")


def wants_colour(when: str) -> bool:
    """Whether to colour standard output: ``always``, ``never``, or ``auto`` (a terminal, and NO_COLOR not set)."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(sys.stdout.isatty())


def line_width() -> int:
    """Cells a line of standard output may take: ``COLUMNS``, the terminal's width, or 120 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and 0 < int(columns) < 100_000:
        return max(int(columns), NARROWEST)
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, NARROWEST)
    except (OSError, ValueError, AttributeError):  # no terminal, or no file at all
        return PLAIN_WIDTH


def _to_file(pieces: Iterable[str], file: str) -> None:
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.writelines(pieces)
    except OSError as error:
        raise Fault(
            en=f"The output file cannot be written ({error.strerror}).",
            zh=f"无法写入输出文件（{error.strerror}）。",
            hint_en="Give --output a file in a folder that exists and may be written.",
            hint_zh="请让 --output 指向已存在且可写的文件夹中的文件。",
            where=file,
        ) from error


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), end="", file=stream, flush=True)
    except BrokenPipeError:
        _close_quietly(stream)


def _close_quietly(stream: TextIO) -> None:
    """Point the stream at nothing, so that the interpreter's last flush does not complain either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
