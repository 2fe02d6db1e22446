"""The letters that a PDF tells: those that were written, not radicals that look the same.

Chinese fonts draw 人 (U+4EBA) and the radical ⼈ (U+2F08) with one glyph, and Chromium tells of each glyph the first
letter that has it. Such a PDF reads well, but nobody finds a word in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_SUPPLEMENT: Final = str.maketrans(
    "⺁⺌⺎⺐⺗⺝⺟⺠⺫⻁⻄⻅⻆⻉⻋⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂小兀尢心月母民目虎西见角贝车钅長镸长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals without a compatibility form in Unicode: CJK Radicals Supplement, after EquivalentUnifiedIdeograph.txt."""
_SECTION = re.compile(rb"\d+\s+begin(bfchar|bfrange)\s(.*?)\send\1", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MOST = 100
"""Entries of one section, PDF 32000-1:2008, 9.10.3."""


def mend_letters(path: Path) -> None:
    """Rewrite what a PDF tells of its letters. Without ``pypdf`` it stays as it is."""
    try:
        from pypdf import PdfWriter
        from pypdf.generic import DictionaryObject, StreamObject
    except ModuleNotFoundError:
        return
    writer = PdfWriter(clone_from=path)
    for number in range(1, len(writer._objects) + 1):
        found = writer.get_object(number)
        stream = found.get("/ToUnicode") if isinstance(found, DictionaryObject) else None
        stream = stream.get_object() if stream is not None else None
        if isinstance(stream, StreamObject):
            stream.set_data(mended(stream.get_data()))
    writer.write(path)


def mended(cmap: bytes) -> bytes:
    """A ToUnicode map with unified ideographs in place of radicals."""
    glyphs = dict(_entries(cmap))
    start = _SECTION.search(cmap)
    if start is None:
        return cmap
    plain = {glyph: _plain(text) for glyph, text in glyphs.items()}
    if plain == glyphs:
        return cmap
    return cmap[: start.start()] + _written(plain) + _SECTION.sub(b"", cmap[start.start() :]).lstrip()


def _plain(text: str) -> str:
    if len(text) == 1 and "\u2e80" <= text <= "\u2fdf":
        return unicodedata.normalize("NFKC", text).translate(_SUPPLEMENT)
    return text


def _entries(cmap: bytes) -> Iterator[tuple[bytes, str]]:
    for section in _SECTION.finditer(cmap):
        codes = [b"".join(code.split()) for code in _CODE.findall(section[2])]
        if section[1] == b"bfchar":
            yield from ((glyph, _text(code)) for glyph, code in zip(codes[::2], codes[1::2], strict=True))
            continue
        for first, last, code in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            head, tail = _text(code)[:-1], _text(code)[-1:]
            for step in range(int(last, 16) - int(first, 16) + 1):
                glyph = b"%0*X" % (len(first), int(first, 16) + step)
                yield glyph, head + chr(ord(tail) + step)


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode("ascii")).decode("utf-16-be")


def _written(glyphs: Mapping[bytes, str]) -> bytes:
    lines = [b"<%s> <%s>" % (glyph, text.encode("utf-16-be").hex().upper().encode()) for glyph, text in glyphs.items()]
    sections = (lines[at : at + _MOST] for at in range(0, len(lines), _MOST))
    return b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(some), b"\n".join(some)) for some in sections)
