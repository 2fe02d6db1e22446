"""Rewritten files as a patch that ``git apply`` and ``patch -p1`` take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from convergence_docs.regex import regex

_PLAIN = regex(r'[^\x00-\x1f"\\\x7f]+')
_ESCAPES = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
_CONTEXT = 3


def render_patch(path: str, before: bytes | None, after: bytes | None) -> bytes:
    """The patch of one file; empty where nothing changed. ``None``: there is no file, or is to be none.

    ``path`` is as seen from where the patch is applied, with ``/``. Lines end where git sees them end: at line feeds.
    """
    if before == after:
        return b""
    old, new = _quoted(f"a/{path}"), _quoted(f"b/{path}")
    head = f"diff --git {old} {new}\n"
    if before is None:
        head += "new file mode 100644\n"
    if after is None:
        head += "deleted file mode 100644\n"
    if before or after:
        head += f"--- {'/dev/null' if before is None else _ended(old)}\n"
        head += f"+++ {'/dev/null' if after is None else _ended(new)}\n"
    return head.encode("utf-8") + b"".join(_hunks(_lines(before or b""), _lines(after or b"")))


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _hunks(ours: list[bytes], theirs: list[bytes]) -> Iterator[bytes]:
    for group in SequenceMatcher(None, ours, theirs).get_grouped_opcodes(_CONTEXT):
        (_, first, _, new_first, _), (_, _, last, _, new_last) = group[0], group[-1]
        yield f"@@ -{_range(first, last)} +{_range(new_first, new_last)} @@\n".encode()
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (_marked(b" ", line) for line in ours[start:end])
            else:
                yield from (_marked(b"-", line) for line in ours[start:end])
                yield from (_marked(b"+", line) for line in theirs[new_start:new_end])


def _range(start: int, end: int) -> str:
    """Of lines as unified diffs count them: the first from 1, or the line before where there is none."""
    length = end - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _marked(mark: bytes, line: bytes) -> bytes:
    said = mark + line
    return said if line.endswith(b"\n") else said + b"\n\\ No newline at end of file\n"


def _ended(name: str) -> str:
    """A name on a line of its own: one with a space ends in a tab, as git writes it, unless it is quoted."""
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def _quoted(name: str) -> str:
    """A name as git quotes it, where it must."""
    if _PLAIN.fullmatch(name):
        return name
    quoted = (
        f"\\{character}"
        if character in '"\\'
        else _ESCAPES.get(character)
        or (f"\\{ord(character):03o}" if character < " " or character == "\x7f" else character)
        for character in name
    )
    return '"' + "".join(quoted) + '"'
